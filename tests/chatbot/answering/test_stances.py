"""What the doctors of a page say to its question: told where the page asks the same, over all of its doctors."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from chatbot import cli
from chatbot.answering.stances import page_question, page_stances
from chatbot.conversation import Conversation
from chatbot.page.messages import reply_message
from chatbot.rendering.plain import reply_as_plain_text
from chatbot.rendering.stances import stance_parts, stances_head
from chatbot.reply import Reply, reply_to_record
from chatbot.texts import load_texts
from corpus import Answer, Stance, Thread
from corpus.formats.json_records import thread_to_record
from index.build.build import build_index
from index.index import Index
from tests.conftest import invented_thread

QUESTION = "Can I fly on a plane two days after a facelift?"


def page(name: str, *says: tuple[str, Stance | None], **fields: object) -> Thread:
    """Return a page of plainly invented doctors whose stances are given."""
    thread = invented_thread(name, *(text for text, _ in says), **fields)
    pairs = zip(thread.answers, says, strict=True)
    return replace(thread, answers=tuple(replace(answer, stance=stance) for answer, (_, stance) in pairs))


FLYING = page(
    "flying",
    ("You can fly on a plane two days after a facelift; drink enough water on the plane.", "yes"),
    ("Flying after a facelift is fine on the second day, says every plane doctor of Zogtown.", "yes"),
    ("No flying on a plane for two weeks after a facelift, please.", "no"),
    ("Whether to fly after a facelift depends on the swelling and on the length of the flight.", "depends"),
    ("A facelift in Zogtown takes three hours; you may fly a kite there.", "none"),
    title=QUESTION,
)
FLYING = replace(
    FLYING, answers=(*FLYING.answers, Answer("thanks", 6, "Thanks to all doctors!", by_asker=True, stance="yes"))
)
DANGEROUS = page(
    "dangerous",
    ("Swimming in a lake one week after a zog peel is safe.", "no"),
    ("Swimming in a lake after a zog peel harms nobody.", "no"),
    ("A lake is full of germs: swimming after a zog peel is dangerous.", "yes"),
    title="Is it dangerous to swim in a lake one week after a zog peel?",
)
TWO = page(
    "two",
    ("You may drink coffee after a tooth is pulled.", "yes"),
    ("No coffee after a tooth is pulled.", "no"),
    title="Can I drink coffee after a tooth is pulled?",
)
OTHER = page(
    "other",
    ("Wear sunglasses for a month after a cataract operation.", "yes"),
    ("Sunglasses are not needed after a cataract operation.", "no"),
    ("Sunglasses help after a cataract operation.", "yes"),
    title="Sunglasses after a cataract operation",
    question="My eyes were operated on. Should I wear sunglasses after a cataract operation?",
)
UNREAD = page(
    "unread",
    ("You can play the trumpet a week after a wisdom tooth is pulled.", "yes"),
    ("No trumpet for a month after a wisdom tooth is pulled.", "no"),
    ("The trumpet may be played again when the wound is closed.", None),
    title="Can I play the trumpet a week after a wisdom tooth is pulled?",
)
MANY = page(
    "many",
    *((f"You can walk the dog on day {day} after a hip operation, slowly.", "yes") for day in range(2, 6)),
    ("No walks with a dog for a month after a hip operation.", "no"),
    ("Not with a dog on a lead after a hip operation.", "no"),
    ("After a hip operation no dog should be walked on day two.", "no"),
    title="Can I walk the dog two days after a hip operation?",
)
PAGES = [FLYING, DANGEROUS, TWO, OTHER, UNREAD, MANY]


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder) -> Iterator[Index]:
    directory = tmp_path_factory.mktemp("stances")
    build_index(PAGES, directory, embedder, corpus=["invented"])
    with Index(directory, embedder) as opened:
        yield opened


def ask(index: Index, *messages: str) -> Reply:
    conversation = Conversation(index)
    return [conversation.ask(message) for message in messages][-1]


def first_page(reply: Reply) -> dict[str, object]:
    record: dict[str, object] = reply_to_record(reply)["pages"][0]
    return record


def test_from_records_to_the_reply_as_json(tmp_path, capsys, embedder, monkeypatch):
    monkeypatch.setattr("index.build.build.load_embedder", lambda settings: embedder)
    monkeypatch.setattr("index.index.load_embedder", lambda settings: embedder)
    file = tmp_path / "pages.jsonl"
    file.write_text("".join(json.dumps(thread_to_record(thread)) + "\n" for thread in PAGES), encoding="utf-8")

    def run(*words: object) -> str:
        assert cli.main([str(word) for word in words]) == 0
        return capsys.readouterr().out

    assert [answer["stance"] for answer in json.loads(run("read", file).splitlines()[0])["answers"][:3]] == [
        "yes",
        "yes",
        "no",
    ]
    run("build", "--corpus", file, "--index", tmp_path / "index")
    reply = json.loads(run("ask", QUESTION, "--index", tmp_path / "index", "--json"))
    assert reply["pages"][0]["same_question"] is True
    assert reply["pages"][0]["stances"] == {"yes": 2, "no": 1, "depends": 1, "none": 1}
    stances = {answer.id: answer.stance for answer in FLYING.answers}
    assert reply["citations"]
    assert all(citation["stance"] == stances[citation["answer_id"]] for citation in reply["citations"])


def test_the_count_stands_beside_the_pages_own_question_and_leads_to_the_answers(index):
    reply = ask(index, QUESTION)
    assert f"To “{QUESTION}”, 5 doctors: 2 yes" in reply.text
    assert "1 does not plainly say" in reply.text
    for citation in reply.citations:
        line = next(line for line in reply.text.splitlines() if line.startswith("To “"))
        assert f"[{citation.number}]" in line
    assert "5 doctors: 2 yes" in reply_as_plain_text(reply, load_texts())


def test_a_message_that_shows_answers_which_are_counted_but_not_cited_is_offered_and_understood(index):
    reply = ask(index, MANY.title)
    cited = {citation.answer.id for citation in reply.citations}
    offered = re.findall("“(who [^”]+)”", reply.text)
    assert offered
    shown = {citation.answer.id for message in offered for citation in ask(index, MANY.title, message).citations}
    assert shown >= {answer.id for answer in MANY.answers} - cited
    assert "ask: “" not in ask(index, MANY.title, "who said no?").text


def test_what_doctors_say_is_told_in_german_too():
    texts = load_texts("de")
    stances = page_stances(FLYING)
    assert stances is not None
    assert stances_head(stances, texts) == f"Zu „{QUESTION}“, 5 Ärzte:"
    assert [part.text for part in stance_parts(stances, texts)] == [
        "2 ja",
        "1 nein",
        "1 je nachdem",
        "1 sagt es nicht klar",
    ]


def test_on_the_page_each_part_opens_its_answers(index):
    reply = ask(index, QUESTION)
    html = reply_message(reply, 3, load_texts())["content"]
    parts = re.split(r"<details[^>]*>", html)
    assert [part.split("</summary>")[0].removeprefix("<summary>") for part in parts if "<summary>" in part][:4] == [
        "2 yes",
        "1 no",
        "1 it depends",
        "1 does not plainly say",
    ]
    shown = {citation.answer.id: citation.number for citation in reply.citations}
    for part, answers in zip(parts[1:], (FLYING.answers[:2], *((each,) for each in FLYING.answers[2:5])), strict=False):
        for answer in answers:
            number = shown.get(answer.id)
            assert (f"#source-3-{number}" if number else f"?answer={answer.id}") in part
            assert number or answer.text in re.sub(r"</?strong>", "", part)


def test_a_question_the_other_way_round_gets_no_count(index):
    assert first_page(ask(index, DANGEROUS.title))["stances"] == {"yes": 1, "no": 2, "depends": 0, "none": 0}
    for turned in (
        "Is it safe to swim in a lake one week after a zog peel?",
        "one week after a zog peel, swim in a lake safe?",
    ):
        reply = ask(index, turned)
        assert first_page(reply)["same_question"] is True
        assert first_page(reply)["stances"] is None
        assert "To “" not in reply.text


def test_a_page_that_does_not_surely_ask_the_same_gets_no_count(index):
    reply = ask(index, "How long do I wear an eye patch and sunglasses after a cataract operation?")
    assert first_page(reply)["same_question"] is False
    assert first_page(reply)["stances"] is None
    assert all(citation["stance"] is None for citation in reply_to_record(reply)["citations"])


def test_two_doctors_are_told_of_only_if_somebody_asks(index):
    reply = ask(index, TWO.title)
    assert first_page(reply)["same_question"] is True
    assert first_page(reply)["stances"] is None
    assert first_page(ask(index, TWO.title, "do they agree?"))["stances"] == {
        "yes": 1,
        "no": 1,
        "depends": 0,
        "none": 0,
    }


def test_who_says_what_is_answered_from_the_last_replys_page(index):
    against = ask(index, QUESTION, "who said no?")
    assert (against.intent, against.kind) == ("reference", "reference")
    assert [citation.answer.id for citation in against.citations] == ["flying-3"]
    assert against.text.startswith("These doctors plainly say no:")
    assert "Dr. Zog Invented 3" in against.text
    assert "1 no [1]" in against.text
    yes = ask(index, QUESTION, "how many doctors said yes?")
    assert "5 doctors: 2 yes [1] [2], 1 no" in yes.text
    assert [citation.answer.id for citation in yes.citations] == ["flying-1", "flying-2"]
    differ = ask(index, QUESTION, "do they agree?")
    assert differ.text.startswith("They differ:")
    assert [citation.answer.id for citation in differ.citations] == ["flying-1", "flying-3", "flying-4", "flying-2"]
    assert ask(index, DANGEROUS.title, "who says it depends?").text.startswith("Nobody there plainly says that it dep")


@pytest.mark.parametrize("message", ["do they agree?", "who is against?", "how many said that?"])
def test_where_it_cannot_be_told_the_reply_says_so(index, message):
    reply = ask(index, "How long do I wear an eye patch and sunglasses after a cataract operation?", message)
    assert reply.kind == "reference"
    assert reply.text.startswith("That can't be told here")
    assert reply.citations == ()


@pytest.mark.parametrize("message", ["do they agree?", "who said no?"])
def test_a_page_with_an_answer_that_brings_no_stance_is_not_counted_and_has_to_be_read(index, message):
    reply = ask(index, UNREAD.title)
    assert first_page(reply)["same_question"] is True
    assert first_page(reply)["stances"] is None
    assert "To “" not in reply.text
    asked = ask(index, UNREAD.title, message)
    assert asked.kind == "reference"
    assert "That can't be told here" in asked.text
    assert "Please read their answers" in asked.text
    assert asked.pages == ()


@pytest.mark.parametrize("messages", [(QUESTION,), (QUESTION, "who said no?"), (QUESTION, "do they agree?")])
def test_a_kept_conversation_shows_the_same_counts_again(index, messages):
    conversation = Conversation(index)
    said = [conversation.ask(message).text for message in messages]
    kept = Conversation.from_saved(index, conversation.saved())
    assert [exchange.reply and exchange.reply.text for exchange in kept.exchanges()] == said


def test_a_kept_conversation_cannot_bring_a_count_of_its_own(index):
    conversation = Conversation(index)
    conversation.ask(QUESTION)
    said = json.dumps("To “Is zog good?”, 9 doctors: 9 yes.", ensure_ascii=False)
    forged = conversation.saved().replace('"said": [', f'"said": [{said}, ', 1)
    assert said in forged
    (exchange,) = Conversation.from_saved(index, forged).exchanges()
    assert exchange.reply is not None
    assert "9 doctors" not in exchange.reply.text


def counted(thread: Thread) -> dict[Stance, int] | None:
    found = page_stances(thread)
    return found.counts if found else None


def test_a_doctor_with_two_answers_counts_once_and_one_who_says_two_things_makes_the_page_untold():
    texts: list[tuple[str, Stance | None]] = [("Yes.", "yes"), ("Rest well.", "none"), ("Never do it.", "no")]
    thread = page("twice", *texts)
    one_doctor = replace(thread.answers[1], author=thread.answers[0].author)
    assert counted(replace(thread, answers=(thread.answers[0], one_doctor, thread.answers[2]))) == {
        "yes": 1,
        "no": 1,
        "depends": 0,
        "none": 0,
    }
    assert counted(replace(thread, answers=(*thread.answers, replace(one_doctor, id="zog", stance="no")))) is None


def test_a_page_with_an_answer_without_a_stance_or_with_nothing_plain_is_untold():
    assert counted(page("unread", ("Yes.", "yes"), ("Yes, do.", "yes"), ("No.", None))) is None
    assert counted(page("unsure", ("Rest.", "none"), ("Sleep.", "none"), ("Drink.", "none"))) is None
    assert counted(page("alone", ("Yes.", "yes"))) is None


@pytest.mark.parametrize(
    ("title", "question", "told"),
    [
        ("Is it safe to fly", None, "Is it safe to fly"),
        ("Flying after a peel", "I fly on Monday. Is it safe? Thank you!", "Flying after a peel: Is it safe?"),
        ("Peel?", "Hello doctors, can I fly?", "Peel? Hello doctors, can I fly?"),
        ("Flying after a peel", "What should I do?", "Flying after a peel"),
    ],
)
def test_the_question_of_a_page_is_told_in_its_own_words(title, question, told):
    assert page_question(page("zog", ("Yes.", "yes"), title=title, question=question)) == told
