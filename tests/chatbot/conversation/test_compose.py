"""What a reply shows: answers, related pages, or that there is nothing."""

import re
from pathlib import Path

import pytest

from chatbot.answering.selection import MAX_ANSWERS
from chatbot.conversation import Conversation
from chatbot.reply import reply_to_record
from index.build.build import build_index
from index.index import Index
from tests.chatbot.conversation import COVERED, OFF_TOPIC
from tests.conftest import invented_thread, messages_in


@pytest.mark.parametrize("question", COVERED)
def test_a_covered_question_is_answered_with_citations_of_exact_characters(conversation, question):
    reply = conversation.ask(question)
    assert not reply.abstained
    assert 1 <= len(reply.citations) <= MAX_ANSWERS
    for citation in reply.citations:
        assert citation.quote == citation.answer.text[citation.start : citation.end] != ""
        assert citation.answer in citation.thread.answers


@pytest.mark.parametrize("question", COVERED)
def test_the_marks_in_the_text_are_the_numbers_of_the_citations_in_order(conversation, question):
    reply = conversation.ask(question)
    marks = [int(mark) for mark in re.findall(r"(?<!\\)\[(\d+)\]", reply.text)]
    assert marks == [citation.number for citation in reply.citations] == list(range(1, len(marks) + 1))


def test_no_text_is_quoted_twice(tmp_path, embedder):
    same = "Itching after a zog peel usually lasts a week, because the skin renews itself."
    threads = [invented_thread(f"itching-{n}", same, f"{same} Cool it {n} times.") for n in range(4)]
    build_index(threads, tmp_path, embedder, corpus=["x"])
    citations = Conversation(Index(tmp_path, embedder)).ask("How long does itching last after a zog peel?").citations
    assert len({citation.answer.text for citation in citations}) == len(citations) > 1


def test_a_reply_goes_by_pages_and_says_whose_question_each_was(conversation):
    reply = conversation.ask("Can I do facial exercises right after Botox?")
    assert reply.kind == "answer"
    for page in reply_to_record(reply)["pages"]:
        assert page["title"] in reply.text
        assert page["quoted"] == sorted(page["quoted"])
        cited = [citation for citation in reply.citations if citation.number in page["quoted"]]
        assert {citation.thread.id for citation in cited} == {page["thread_id"]}


def test_what_is_marked_lies_within_what_is_shown(conversation):
    for question in COVERED:
        for citation in conversation.ask(question).citations:
            assert all(citation.start <= start < end <= len(citation.answer.text) for start, end in citation.highlights)


def test_a_near_miss_gets_related_pages_without_answers_and_one_can_ask_for_a_page(conversation):
    reply = conversation.ask("Can I donate blood after Botox?")
    assert (reply.kind, reply.abstained, reply.citations) == ("related", False, ())
    assert "Not quite your question" in reply.text
    assert [page["quoted"] for page in reply_to_record(reply)["pages"]] == [[], []]
    second = reply.pages[1].thread
    shown = conversation.ask("the second one")
    assert shown.kind == "reference"
    assert {citation.thread.id for citation in shown.citations} == {second.id}


def test_where_no_page_asks_the_same_nobody_is_counted(conversation):
    reply = conversation.ask("Is massage ok after Botox?")
    assert not re.search(r"\d+ (?:say|says|advise|advises|see)\b", reply.text)
    assert all(page["stances"] is None for page in reply_to_record(reply)["pages"])


def test_summaries_are_told_as_summaries(conversation):
    reply = conversation.ask(COVERED[0])
    assert reply.text.count("Summary of") == len(reply.citations)
    assert not re.search(r"wrote: “", reply.text)


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_what_the_corpus_does_not_cover_is_declined_and_nothing_is_cited(conversation, question):
    reply = conversation.ask(question)
    assert reply.abstained
    assert reply.citations == ()
    assert "found nothing" in reply.text
    assert reply.pages == ()


def test_an_off_topic_question_is_declined_after_a_covered_one_too(conversation):
    assert not conversation.ask(COVERED[0]).abstained
    assert conversation.ask(OFF_TOPIC[0]).abstained


def test_every_reply_has_the_disclaimer(conversation):
    for question in (COVERED[0], OFF_TOPIC[0]):
        assert "not medical advice" in conversation.ask(question).disclaimer


@pytest.mark.parametrize("question", COVERED)
def test_every_suggestion_has_answers_and_was_not_asked(starter_index, conversation, question):
    for suggestion in conversation.ask(question).suggestions:
        assert suggestion != question
        assert not Conversation(starter_index).ask(suggestion).abstained


def test_of_a_hundred_questions_off_the_topic_at_most_five_are_answered(starter_index):
    questions = messages_in(Path(__file__).parent.parent / "messages" / "off_topic_held_out.txt")
    answered = [question for question in questions if Conversation(starter_index).ask(question).citations]
    assert len(questions) == 50
    assert len(answered) <= 0.05 * len(questions), answered


def kinds(index: Index, name: str) -> list[str]:
    """Return what kind of reply every second question of a held-out file gets; all of them take half a minute."""
    questions = messages_in(Path(__file__).parent.parent / "messages" / f"{name}_held_out.txt")[::2]
    return [Conversation(index).ask(question).kind for question in questions]


def test_near_misses_are_seldom_answered_and_covered_questions_are_seldom_met_with_silence(starter_index):
    near, covered = kinds(starter_index, "near_misses"), kinds(starter_index, "covered")
    assert near.count("answer") <= 0.75 * len(near)
    assert covered.count("answer") >= 0.8 * len(covered)
    assert covered.count("abstention") <= 0.1 * len(covered)
