"""States that are not everyday: loading, no index, a failed reply, very long, very many, and other scripts."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from corpus import Answer, Doctor, Thread
from index.build.build import build_index
from tests.browser.conftest import QUESTION, SIZES, Watch, ask, cards, citation, last_reply, menu, save, serve
from tests.conftest import invented_thread

LONG = " ".join(f"Sentence {n} of a long answer says that the florbin settles by itself." for n in range(450))


def served(directory: Path, guarded: dict[str, str], *options: str) -> Iterator[str]:
    process, address = serve(directory, directory.parent / "stderr.txt", guarded, *options)
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def strange_address(embedder, guarded, tmp_path_factory) -> Iterator[str]:
    """The address of a page over an answer of 5,000 words, a name in Arabic, and one with an endless word."""
    directory = tmp_path_factory.mktemp("strange") / "index"
    arabic = Doctor("الدكتور زغ المخترع", "MD", "طبيب جلدية", "القاهرة", 4.5, 12)
    threads = [
        invented_thread("florbin-settling", f"{LONG} Florbin settles within nine days after the treatment."),
        Thread(
            "arabic",
            "Swelling after florbin",
            (Answer("a-1", 1, "Swelling after florbin lasts a day.", author=arabic),),
        ),
        invented_thread("endless-word", f"Zumbling after florbin {'zog' * 400} is fine."),
    ]
    build_index(threads, directory, embedder, corpus=["x"])
    yield from served(directory, guarded)


@pytest.fixture
def look(request, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A function that opens an address, at the width that the test asks for or else of a phone, in the dark."""
    size, scheme = getattr(request, "param", ("phone", "dark"))
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
    watches = []

    def opened(address: str) -> Page:
        page = context.new_page()
        watches.append(Watch(page, address))
        page.goto(address)
        return page

    yield opened
    for page in context.pages:
        save(page, request.node.name)
    context.close()
    assert [watch.wrong for watch in watches if watch.wrong] == []


both_sizes = pytest.mark.parametrize("look", [("desk", "light"), ("phone", "dark")], ids="-".join, indirect=True)


@contextmanager
def running(look: Callable[[str], Page], index: Path, folder: Path, guarded: dict[str, str], *options: str):
    """The page of a server of its own, which ends after the page is closed."""
    process, address = serve(index, folder / "stderr.txt", guarded, *options)
    page = look(address)
    try:
        yield page
        save(page, folder.name)
    finally:
        page.close()
        process.terminate()
        process.wait(timeout=20)


def narrow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_question_asked_while_the_model_loads_can_be_stopped_and_is_answered(look, starter_index, guarded, tmp_path):
    with running(look, starter_index.directory, tmp_path, guarded) as page:
        expect(page.get_by_role("status").first).to_contain_text("The model is loading")
        ask(page, QUESTION)
        expect(last_reply(page)).to_contain_text("One moment")
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_label("Your question")).to_have_value(QUESTION)
        expect(page.locator("#chat .user.message")).to_have_count(0)
        page.get_by_label("Your question").press("Enter")
        expect(cards(page)).to_have_count(5)
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)


def test_a_missing_index_is_told_with_the_way_out(look, guarded, tmp_path):
    with running(look, tmp_path / "nowhere", tmp_path, guarded) as page:
        expect(page.locator("#status .failed")).to_contain_text("Build one: python -m chatbot build")
        ask(page, QUESTION)
        expect(last_reply(page)).to_contain_text("The chat can't answer")
        expect(page.locator("#chat .user.message")).to_contain_text(QUESTION)
        ask(page, "I can't breathe since the injection")
        expect(page.get_by_role("alert")).to_contain_text("Call 112")


@both_sizes
def test_an_answer_of_5000_words_is_quoted_shortly_and_its_card_opens(look, strange_address):
    page = look(strange_address)
    ask(page, "Within how many days does florbin settle after the treatment?")
    expect(last_reply(page)).to_contain_text("nine days")
    assert len(last_reply(page).inner_text()) < 3000
    citation(last_reply(page), 1).click()
    expect(cards(page).first).to_be_focused()
    expect(cards(page).first).to_be_in_viewport()
    assert narrow(page)


@both_sizes
def test_a_name_in_arabic_and_an_endless_word_fit(look, strange_address):
    page = look(strange_address)
    ask(page, "How long does swelling last after florbin?")
    expect(page.locator("#cards")).to_contain_text("الدكتور زغ المخترع")
    ask(page, "Is zumbling after florbin fine?")
    expect(page.locator("#cards")).to_contain_text("zogzogzog")
    assert narrow(page)


def test_200_turns_are_restored_and_gone_on_from(look, address):
    page = look(address)
    turns = []
    for n in range(100):
        turns += [
            {"role": "user", "content": f"Question {n}"},
            {"role": "assistant", "content": f"Reply {n} " + "word " * 60, "query": f"Question {n}"},
        ]
    kept = {"keep": True, "conversations": [{"id": "a", "title": "Long talk", "when": 1, "turns": turns}]}
    page.evaluate("kept => localStorage.setItem('doctors-answers', kept)", json.dumps(kept))
    expect(page.locator("#status")).to_contain_text("19 answers")
    menu(page)
    menu(page).get_by_role("button", name="Long talk", exact=True).click()
    expect(page.locator("#chat .user.message")).to_have_count(100)
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    expect(page.locator("#chat .user.message").last).to_be_in_viewport()


def test_the_page_speaks_german_and_stores_a_verdict_where_the_operator_wants_it(
    look, starter_index, guarded, tmp_path
):
    file = tmp_path / "feedback.jsonl"
    options = ("--language", "de", "--feedback", str(file))
    with running(look, starter_index.directory, tmp_path, guarded, *options) as page:
        page.get_by_label("Ihre Frage").fill(QUESTION)
        page.get_by_label("Ihre Frage").press("Enter")
        expect(last_reply(page)).to_contain_text("10 Ärzte haben das auf einer Seite beantwortet")
        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page.get_by_role("tab", name="Seiten")).to_be_visible()
        assert narrow(page)
        page.get_by_role("button", name="Like", exact=True).last.click()
        expect(page.locator("#feedback")).to_contain_text("Danke")
        (verdict,) = map(json.loads, file.read_text().splitlines())
        assert (verdict["value"], len(verdict["answers"])) == ("up", 5)
        expect(page.get_by_label("Ein Wort dazu")).to_be_in_viewport(ratio=1)
        page.get_by_label("Ein Wort dazu").fill("klar")
        page.get_by_role("button", name="Dazu speichern").click()
        expect(page.get_by_label("Ein Wort dazu")).to_have_count(0)
        added = json.loads(file.read_text().splitlines()[1])
        assert (added["id"], added["word"]) == (verdict["id"], "klar")
        assert QUESTION not in file.read_text()


def test_nothing_is_asked_or_stored_where_the_operator_does_not_want_it(look, address):
    page = look(address)
    expect(page.locator("#status")).to_contain_text("19 answers")
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    expect(page.get_by_role("button", name="Like", exact=True)).to_have_count(0)
    expect(page.locator("#feedback")).to_have_count(0)


@pytest.fixture(scope="module")
def therapists_address(embedder, guarded, tmp_path_factory) -> Iterator[str]:
    """The address of a page over two threads that therapists answered."""
    directory = tmp_path_factory.mktemp("therapists") / "index"
    counselor = Doctor("Zog Invented", "LPC", "professional counselor", "Florbinville", 4.5, 12)
    sleep = (
        Answer("sleep-1", 1, "Write the florbin worries down an hour before bed, to sleep well.", author=counselor),
        Answer("sleep-2", 2, "A walk helps to sleep."),
    )
    talk = (Answer("talk-1", 1, "Tell a friend of the florbin.", author=counselor),)
    asked = "I lie awake at night with florbin worries. How do I sleep?"
    threads = [
        Thread("sleep", "How do I sleep with florbin worries?", sleep, question=asked),
        Thread("talk", "Whom can I tell of it?", talk),
    ]
    build_index(threads, directory, embedder, corpus=["x"])
    yield from served(directory, guarded)


@both_sizes
def test_where_therapists_answered_the_page_says_doctor_nowhere(look, therapists_address):
    page = look(therapists_address)

    def nobody_is_called_a_doctor() -> None:
        heard = (
            re.sub(r"/url: .*", "", page.locator("body").aria_snapshot())
            + page.locator("body").inner_text()
            + page.title()
        )
        assert re.findall(r".*\b(?:doctor|patient)s?\b.*", heard, re.IGNORECASE) == []

    expect(page.locator("#status")).to_contain_text("3 answers on 2 pages")
    expect(page.locator("#chat .example").first).to_be_visible()
    nobody_is_called_a_doctor()
    ask(page, "How do I sleep with florbin worries?")
    expect(last_reply(page)).to_contain_text("2 therapists answered this")
    citation(last_reply(page), 1).click()
    expect(cards(page).first).to_be_focused()
    nobody_is_called_a_doctor()
    page.keyboard.press("Escape")
    for message, said in (
        ("How do I bake bread?", "I found nothing"),
        ("hello", "I show you what therapists wrote"),
        ("who are you?", "not a therapist"),
    ):
        ask(page, message)
        expect(last_reply(page)).to_contain_text(said)
        shown = last_reply(page).inner_text()
        assert not re.search(r"\b(?:doctor|patient)s?\b", shown, re.IGNORECASE), shown
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("tab", name="Pages").click()
    expect(page.locator("#place .threads > li")).to_have_count(2)
    nobody_is_called_a_doctor()
    page.get_by_role("link", name="How do I sleep with florbin worries?").click()
    expect(page.locator("#place article section")).to_have_count(2)
    nobody_is_called_a_doctor()
    menu(page)
    nobody_is_called_a_doctor()


def asked_over_http(address: str, event: int, question: str, session: str) -> list[str]:
    """Ask as the page does, in a session of its own, and return the messages of the chat."""
    joined = {"data": [f"1|{question}", [], None], "fn_index": event, "session_hash": session}
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        client.post("/gradio_api/queue/join", json=joined).raise_for_status()
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("msg") == "process_completed":
                    assert told["success"], told
                    chat = told["output"]["data"][0]
                    return [part["text"] for message in chat for part in message["content"]]
    raise AssertionError("the stream ended without a reply")


def test_twenty_people_get_their_own_replies(address: str):
    config = httpx.get(f"{address.rstrip('/')}/config", trust_env=False, timeout=60).json()
    (asked,) = [each["id"] for each in config["components"] if each["props"].get("elem_id") == "asked"]
    (event,) = [each["id"] for each in config["dependencies"] if [asked, "change"] in map(list, each["targets"])]
    questions = [
        "Can I do facial exercises right after Botox?",
        "Does massage tighten the skin of the face?",
        "How long should I keep from lying down after Botox?",
        "How do I bake bread?",
    ]
    with ThreadPoolExecutor(20) as people:
        said = list(people.map(lambda n: asked_over_http(address, event, questions[n % 4], f"person-{n}"), range(20)))
    for n, messages in enumerate(said):
        assert len(messages) == 2
        assert messages[0] == questions[n % 4]
        assert ("I found nothing" in messages[1]) == (n % 4 == 3)
        assert messages[1] == said[n % 4][1]
