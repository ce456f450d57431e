"""Pages and messages that try to run something, fetch something or disguise something: shown as harmless text."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus import Answer, Doctor, Thread
from index.build.build import build_index
from tests.browser.conftest import SIZES, Watch, ask, cards, last_reply, menu, save, serve

ATTACKS = [
    "<script>window.hacked = 1</script>",
    "<img src='http://evil.invalid/x.png' onerror='window.hacked = 1'>",
    "![beacon](http://evil.invalid/beacon.png)",
    "[click](javascript:window.hacked=1)",
    "<a href='javascript:window.hacked=1'>click</a>",
    "<style>body { display: none }</style>",
    "<form action='http://evil.invalid'><input name='insurance'></form>",
    "<iframe src='http://evil.invalid'></iframe>",
    "<div style='position:fixed;inset:0;background:red'>cover</div>",
    "<svg onload='window.hacked = 1'></svg>",
    "${window.hacked = 1} {{value}} {{{value}}} `${window.hacked = 1}`",
    "\\x1b]8;;http://evil.invalid\\x07link\\x1b]8;;\\x07",
    "\u202egnihtyna\u202c \u2066hidden\u2069",
    "</script><script>window.hacked = 1</script>",
    "' onmouseover='window.hacked = 1' x='",
    '"><img src=x onerror="window.hacked = 1">',
    "| a | b |\n|---|---|\n| # c | **d** |",
    "https://evil.invalid/phish www.evil.invalid",
]
TOPIC = "Itching after a zog peel lasts a week."


def hostile_threads() -> list[Thread]:
    """Return a thread with an attack in each field of each answer."""
    answers = tuple(
        Answer(
            id=f"hostile-{n}",
            position=n,
            title=f"{attack} itching",
            text=f"{TOPIC} Number {n}. {attack} Cool the itching skin.",
            url="javascript:window.hacked=1",
            author=Doctor(f"Zog{n} {attack}", f"MD {attack}", f"Zogger {attack}", f"Zug {attack}", 4.5, 3),
        )
        for n, attack in enumerate(ATTACKS, start=1)
    )
    return [
        Thread(
            id=f"hostile {attack[:12]}",
            title=f"Itching after a zog peel {attack}",
            question=f"How long does itching last? {attack}",
            answers=answers if n == 0 else (Answer(id=f"other-{n}", position=1, text=f"{attack} {TOPIC} Other {n}."),),
            source=attack,
            url="data:text/html,<script>window.hacked=1</script>",
            tags=(attack,),
            disclaimer=attack,
        )
        for n, attack in enumerate(ATTACKS)
    ]


@pytest.fixture(scope="module")
def hostile_address(embedder, guarded: dict[str, str], tmp_path_factory) -> Iterator[str]:
    """The address of the page over a hostile corpus."""
    directory = tmp_path_factory.mktemp("hostile")
    build_index(hostile_threads(), directory / "index", embedder, corpus=["x"])
    process, address = serve(directory / "index", directory / "stderr.txt", guarded)
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def hostile_page(request, browser: Browser, hostile_address: str) -> Iterator[Page]:
    """An open page over it, that fails on any script that ran, any error and any foreign request."""
    context = browser.new_context(viewport=SIZES["desk"], accept_downloads=True)
    page = context.new_page()
    watch = Watch(page, hostile_address)
    page.goto(hostile_address)
    yield page
    assert page.evaluate("window.hacked") is None
    save(page, request.node.name)
    context.close()
    assert watch.wrong == []


def nothing_foreign(page: Page) -> None:
    """Hold the page to having no element that a page or a message brought."""
    for selector in (
        "#chat img",
        "#cards img",
        "#place img",
        "iframe[src]",
        "form[action*=evil]",
        "input[name=insurance]",
    ):
        expect(page.locator(selector)).to_have_count(0)
    links = page.locator("#chat a, #cards a, #place a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert [link for link in links if not link.startswith(("#source-", "?"))] == []
    assert page.evaluate("window.hacked") is None


def test_answers_with_attacks_are_shown_as_text(hostile_page: Page):
    ask(hostile_page, "How long does itching last after a zog peel?")
    expect(cards(hostile_page).first).to_be_visible()
    nothing_foreign(hostile_page)
    ask(hostile_page, "Should I cool the itching skin after a zog peel?")
    expect(hostile_page.locator("#cards")).to_contain_text("Zogger")
    nothing_foreign(hostile_page)
    hostile_page.locator("#cards details summary").click()
    nothing_foreign(hostile_page)


def test_threads_with_attacks_are_listed_mapped_and_read_as_text(hostile_page: Page):
    expect(hostile_page.locator("#status")).to_contain_text("answers")
    hostile_page.get_by_role("tab", name="Pages").click()
    expect(hostile_page.locator("#place .threads > li")).to_have_count(len(ATTACKS))
    nothing_foreign(hostile_page)
    hostile_page.get_by_role("link", name=re.compile("^Who answers here")).click()
    expect(hostile_page.locator("#place .people").get_by_role("listitem")).to_have_count(len(ATTACKS))
    nothing_foreign(hostile_page)
    hostile_page.goto(re.sub(r"\?.*", "?map", hostile_page.url))
    points = hostile_page.locator("#place svg[role=group] a")
    expect(points).to_have_count(len(ATTACKS))
    for _ in range(20):  # the map may be drawn once more while the page settles
        points.first.focus()
        hostile_page.keyboard.press("ArrowRight")
        if points.nth(1).evaluate("each => each === document.activeElement"):
            break
        hostile_page.wait_for_timeout(200)
    expect(points.nth(1)).to_be_focused()
    expect(hostile_page.locator("#place .at")).to_have_text(points.nth(1).get_attribute("aria-label") or "")
    nothing_foreign(hostile_page)
    hostile_page.goto(re.sub(r"\?.*", "?find=itching", hostile_page.url))
    expect(hostile_page.locator("#place .threads mark").first).to_be_visible()
    nothing_foreign(hostile_page)
    hostile_page.goto(re.sub(r"\?.*", "?thread=hostile+%3Cscript%3Ewind", hostile_page.url))
    expect(hostile_page.locator("#place section")).to_have_count(len(ATTACKS))
    nothing_foreign(hostile_page)


def test_a_hostile_message_is_shown_as_text_in_every_place(hostile_page: Page):
    for attack in ATTACKS[:6]:
        ask(hostile_page, f"How long does itching last after a zog peel? {attack}")
        expect(hostile_page.locator("#cards .of")).to_contain_text(attack[:20])
        nothing_foreign(hostile_page)
    menu(hostile_page)
    expect(hostile_page.get_by_role("dialog")).to_contain_text("<script>")
    nothing_foreign(hostile_page)


def test_what_is_saved_and_printed_runs_nothing(hostile_page: Page):
    ask(hostile_page, f"How long does itching last after a zog peel? {ATTACKS[0]}")
    expect(cards(hostile_page).first).to_be_visible()
    menu(hostile_page).get_by_role("button", name="Print this conversation").click()
    printed = hostile_page.frame_locator("#print-frame")
    expect(printed.locator("body")).to_contain_text("This is not medical advice")
    for selector in ("script", "img", "iframe", "form", "a"):
        expect(printed.locator(selector)).to_have_count(0)


def test_a_hostile_address_is_a_question_like_any_other(hostile_page: Page, hostile_address: str):
    for attack in ATTACKS[:2]:
        hostile_page.goto(f"{hostile_address}?q={quote('How long does itching last after a zog peel? ' + attack)}")
        expect(hostile_page.locator("#chat .user.message")).to_contain_text(attack)
        expect(cards(hostile_page).first).to_be_visible()
        hostile_page.evaluate("sessionStorage.clear()")
    hostile_page.goto(f"{hostile_address}?thread={quote(ATTACKS[1])}")
    expect(hostile_page.get_by_role("alert").filter(has_text="not in the corpus")).to_be_visible()
    nothing_foreign(hostile_page)


def test_a_tampered_store_of_conversations_breaks_nothing(hostile_page: Page, hostile_address: str):
    turn = {"role": "user", "content": ATTACKS[1]}
    said = {
        "role": "assistant",
        "content": ATTACKS[1],
        "query": "x",
        "cited": [
            {"number": 1, "answer_id": "hostile-1", "start": -5, "end": 10**9},
            {"number": 2, "answer_id": "gone", "start": 0, "end": 1},
        ],
    }
    kept = {
        "keep": True,
        "conversations": [
            {"id": "a", "title": ATTACKS[0], "when": 1, "turns": [turn, said]},
            {"id": "b", "title": "broken", "when": 2, "turns": [{"role": "doctor"}]},
        ],
    }
    hostile_page.evaluate("kept => localStorage.setItem('doctors-answers', kept)", json.dumps(kept))
    hostile_page.reload()
    expect(hostile_page.locator("#status")).to_contain_text("answers")
    for name in (ATTACKS[0], "broken"):
        menu(hostile_page)
        hostile_page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    expect(hostile_page.locator("#chat .user.message")).to_have_count(1)
    nothing_foreign(hostile_page)
    ask(hostile_page, "How long does itching last after a zog peel?")
    expect(last_reply(hostile_page)).to_contain_text("answered")
