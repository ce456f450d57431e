"""What is asked of the reply: its answers, its doctors, the others of its pages."""

import pytest

from chatbot.answering.selection import MAX_ANSWERS
from tests.chatbot.conversation import COVERED, OFF_TOPIC


def test_a_number_that_nothing_has_is_said_and_not_searched_for(conversation):
    conversation.ask("Can I donate blood after Botox?")
    assert conversation.ask("number 7").text == "The last reply has 2 sources only."


def test_the_second_one_is_shown_whole(conversation):
    second = conversation.ask(COVERED[0]).citations[1]
    reply = conversation.ask("Tell me more about the second one")
    assert [citation.answer for citation in reply.citations] == [second.answer]
    assert reply.citations[0].quote == second.answer.text


def test_who_said_that_lists_the_doctors_of_the_last_reply(conversation):
    first = conversation.ask(COVERED[1])
    reply = conversation.ask("who said that?")
    assert [c.answer for c in reply.citations] == [c.answer for c in first.citations]
    assert "Dr. Benjamin Barankin, MD, FRCPC, Dermatologic Surgeon, Toronto" in reply.text


def test_a_doctor_who_was_not_quoted_can_be_asked_for_by_name(conversation):
    conversation.ask(COVERED[0])
    reply = conversation.ask("What did Dr. Naficy say?")
    assert {c.answer.author.name for c in reply.citations if c.answer.author} == {"Sam Naficy"}


def test_the_other_answers_of_the_page_are_offered_and_shown_when_asked_for(conversation):
    first = conversation.ask("Can I do facial exercises right after Botox?")
    assert first.others
    assert "the others" in first.text
    quoted = {citation.answer.id for citation in first.citations}
    others = [answer.id for _, answer in first.others]
    assert not quoted & set(others)
    for wish in ("the others", "What did the other doctors say?", "show me the others"):
        reply = conversation.fork(2).ask(wish)
        assert [citation.answer.id for citation in reply.citations] == others[:MAX_ANSWERS]
    for _ in range(len(others) // MAX_ANSWERS + 1):
        conversation.ask("the others")
    assert "no other answers" in conversation.ask("the others").text


def test_of_the_reply_one_can_ask_who_is_rated_best_and_from_where(conversation):
    shown = conversation.ask(COVERED[1])
    best = conversation.ask("who is the best rated?")
    assert best.kind == "reference"
    ratings = [c.answer.author.rating for c in shown.citations if c.answer.author and c.answer.author.rating]
    assert {c.answer.author.rating for c in best.citations if c.answer.author} == {max(ratings)}
    conversation = conversation.fork(2)
    canadians = conversation.ask("are any of them from Canada?")
    assert {c.answer.author.location for c in canadians.citations if c.answer.author} == {"Toronto"}


def test_what_the_pages_do_not_tell_is_said_and_not_searched_for(conversation):
    conversation.ask(COVERED[1])
    assert "do not tell when" in conversation.ask("is that old?").text
    assert "can't be told" in conversation.ask("which of them is a woman?").text


def test_what_would_refer_is_no_question_where_nothing_was_quoted(conversation):
    conversation.ask(OFF_TOPIC[0])
    reply = conversation.ask("who is the best rated?")
    assert (reply.intent, reply.citations) == ("reference", ())
    assert "nothing yet" in reply.text


def test_the_surgeon_and_the_one_from_toronto_point_at_those_quoted_and_are_no_filter(conversation):
    conversation.ask(COVERED[1])
    surgeon = conversation.ask("the one from Toronto")
    assert (surgeon.kind, surgeon.filters.any()) == ("reference", False)
    assert {c.answer.author.location for c in surgeon.citations if c.answer.author} == {"Toronto"}


@pytest.mark.parametrize("message", ["the psychologist", "the LPC", "the one from Texas", "the surgeon from Toronto?"])
def test_where_none_of_those_quoted_is_meant_the_reply_says_so_and_searches_nothing(conversation, message):
    conversation.ask("How long should I keep from lying down after Botox?")
    quoted = conversation.turns[-1].cited
    reply = conversation.ask(message)
    assert (reply.intent, reply.kind, reply.searched) == ("reference", "reference", False)
    assert "none of those quoted fits" in reply.text
    assert [c.answer.id for c in reply.citations] == [c.answer_id for c in quoted]


def test_she_may_be_one_of_whom_the_user_spoke(conversation):
    conversation.ask("My daughter has had Botox, can she massage her face?")
    assert conversation.ask("how do i talk to her").intent != "reference"
