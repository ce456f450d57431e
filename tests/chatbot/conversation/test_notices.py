"""Emergencies in a conversation: when the notice is told, told again, and followed by the pages."""

import pytest

from chatbot.conversation import Conversation
from chatbot.turns import Turn


def test_an_emergency_is_told_before_anything_else(conversation):
    reply = conversation.ask("I can't breathe since my Botox injection")
    assert reply.urgent == "breathing"
    assert reply.notice is not None
    assert reply.text.startswith(f"**{reply.notice}**")
    assert "911" in reply.notice


def test_below_the_notice_stands_no_quote_but_a_way_to_the_pages(conversation):
    reply = conversation.ask("I can't breathe since my Botox injection")
    assert (reply.kind, reply.pages, reply.citations) == ("notice", (), ())
    assert "show me the pages" in reply.text


@pytest.mark.parametrize("message", ["what do i do", "ok", "is it serious?", "can it wait til morning"])
def test_after_a_notice_what_says_little_gets_it_again(conversation, message):
    first = conversation.ask("I can't breathe since my Botox injection")
    again = conversation.ask(message)
    assert (again.kind, again.notice, again.urgent) == ("notice", first.notice, first.urgent)


def test_after_a_notice_the_pages_can_be_asked_for(conversation):
    conversation.ask("I can't breathe since my Botox injection")
    assert conversation.ask("show me the pages").kind in ("answer", "related")


def test_after_a_notice_of_suicide_the_pages_come_without_their_answers(conversation):
    first = conversation.ask("I want to kill myself after my botox")
    pages = conversation.ask("show me the pages")
    assert pages.citations == ()
    assert first.notice is not None
    assert first.notice in pages.said


def test_an_emergency_is_told_though_the_corpus_has_nothing_about_it(conversation):
    reply = conversation.ask("I want to kill myself")
    assert (reply.urgent, reply.citations) == ("suicide", ())
    assert "988" in reply.text


def test_a_question_about_a_sign_is_answered_with_a_line_on_when_to_seek_help(conversation):
    reply = conversation.ask("Can Botox massage cause trouble swallowing?")
    assert reply.urgent is None
    assert reply.abstained or "call your local emergency number" in reply.text


def test_a_misspelled_question_after_a_notice_is_answered(conversation):
    conversation.ask("I can't breathe since my Botox injection")
    assert conversation.ask("Can I do facial exersizes right after Botox?").kind == "answer"


def test_the_message_before_an_unanswered_one_is_read_for_an_emergency_too(starter_index):
    history = [Turn("user", "how do i stop self harming")]
    assert Conversation(starter_index, history).ask("i did it again last night").urgent
