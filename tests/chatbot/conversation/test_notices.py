"""Emergencies in a conversation: when the notice is told, told again, and followed by the pages."""

import pytest

from chatbot.conversation import Conversation
from chatbot.turns import Turn
from chatbot.understanding.urgent_turns import dismisses_notice, urgency_after


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


@pytest.mark.parametrize(
    "denial",
    ["no no, I am fine, it's a blocked nose", "this is not an emergency, I have had it for years", "show me the pages"],
)
def test_who_says_that_there_is_no_emergency_sees_the_pages_and_no_notice_again(conversation, denial):
    conversation.ask("I can't breathe since my Botox injection")
    assert conversation.ask(denial).kind in ("answer", "related")
    for message in ("is that dangerous?", "how long does it last", "what about massage"):
        assert conversation.ask(message).kind != "notice"


def test_a_new_sign_after_a_dismissed_notice_is_told(conversation):
    conversation.ask("I can't breathe since my Botox injection")
    conversation.ask("it's not an emergency")
    assert conversation.ask("now my lips are blue").kind == "notice"


def test_more_of_what_was_said_to_be_no_emergency_is_told_again(conversation):
    for message in (
        "can too many paracetamol kill you",
        "i took 6 yesterday for my toothache",
        "it's not an emergency",
    ):
        conversation.ask(message)
    assert conversation.ask("what about my liver").kind != "notice"
    assert conversation.ask("i took 20 more now").urgent is not None


def test_after_the_pages_of_a_notice_of_suicide_the_messages_before_it_are_read_on(conversation):
    for message in ("how do i stop self harming", "i did it again last night", "show me the pages"):
        conversation.ask(message)
    assert conversation.ask("i did it again").urgent == "suicide"


def test_a_denial_that_asks_something_is_answered(conversation):
    conversation.ask("I can't breathe since my Botox injection")
    reply = conversation.ask("no emergency, I am fine, can I massage my face after Botox?")
    assert (reply.kind, reply.intent) == ("answer", "question")


def test_where_a_notice_is_not_denied_what_says_little_gets_it_though_more_words_follow(conversation):
    conversation.ask("I can't breathe since my Botox injection")
    assert conversation.ask("I called 911 and nobody comes").kind == "notice"


def test_no_notice_is_dismissed_where_none_was_told():
    assert not dismisses_notice("it's not an emergency", Turn("assistant", "", kind="answer"))
    assert urgency_after("how long does it last", [Turn("user", "can I fly after Botox?")]) is None
