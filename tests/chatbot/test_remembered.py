"""A kept conversation's replies are made again as they were."""

import pytest
from chatbot.found import Finder

from chatbot.conversation import Conversation
from chatbot.remembered import last_reply_of
from chatbot.texts import load_texts

QUESTION = "Can I do facial exercises right after Botox?"


@pytest.mark.parametrize(
    "messages",
    [
        [QUESTION],
        [QUESTION, "and massage?"],
        [QUESTION, "and massage?", "Who said that?"],
        [QUESTION, "How do I bake bread?"],
        ["I can't breathe since my Botox"],
    ],
    ids=["question", "follow-up", "pointing back", "silence", "emergency"],
)
def test_the_last_reply_comes_back_with_all_that_it_offered(starter_index, messages):
    conversation = Conversation(starter_index)
    *_, reply = [conversation.ask(message) for message in messages]
    again = last_reply_of(conversation.turns, Finder(starter_index, load_texts()))
    assert again.text == reply.text
    assert [citation.quote for citation in again.citations] == [citation.quote for citation in reply.citations]
    assert (again.understood, again.suggestions) == (reply.understood, reply.suggestions)
    assert (again.views, again.abstained) == (reply.views, reply.abstained)
    assert (again.urgent, again.notice) == (reply.urgent, reply.notice)


def test_under_a_new_filter_the_views_are_still_those_of_the_question(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    conversation.ask("and massage?")
    reply = conversation.ask("only dermatologists")
    assert last_reply_of(conversation.turns, Finder(starter_index, load_texts())).views == reply.views
