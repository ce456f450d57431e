"""A kept conversation's replies are made again as they were."""

import json
from dataclasses import replace

import pytest

from chatbot.answering.compose import Composer
from chatbot.conversation import Conversation
from chatbot.remembered import last_reply_of, reply_of
from chatbot.reply import Reply
from chatbot.texts import load_texts
from chatbot.turns import ShownPage, turn_to_record, turns_from_records

QUESTION = "Can I do facial exercises right after Botox?"


@pytest.mark.parametrize(
    "messages",
    [
        [QUESTION],
        [QUESTION, "and massage?"],
        [QUESTION, "and massage?", "Who said that?"],
        [QUESTION, "How do I bake bread?"],
        ["Can I donate blood after Botox?"],
        ["hello"],
        ["I can't breathe since my Botox"],
    ],
    ids=["question", "follow-up", "pointing back", "silence", "related pages", "small talk", "emergency"],
)
def test_the_last_reply_comes_back_as_it_was(starter_index, messages):
    conversation = Conversation(starter_index)
    *_, reply = [conversation.ask(message) for message in messages]
    saved = turns_from_records(json.loads(json.dumps([turn_to_record(turn) for turn in conversation.turns])))
    assert last_reply_of(saved, Composer(starter_index, load_texts())) == rounded(reply)


def rounded(reply: Reply) -> Reply:
    """Return the reply with its scores as a turn keeps them."""
    pages = [
        replace(page, citations=tuple(replace(c, score=round(c.score, 4)) for c in page.citations))
        for page in reply.pages
    ]
    return replace(reply, pages=tuple(pages), query=reply.query if reply.searched else "")


def test_what_a_tampered_conversation_cites_beyond_an_answer_is_cut_to_it(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    turn = conversation.turns[-1]
    tampered = replace(turn, cited=tuple(replace(cited, start=-5, end=10**9) for cited in turn.cited))
    for citation in reply_of(tampered, Composer(starter_index, load_texts())).citations:
        assert citation.quote == citation.answer.text


def test_a_page_that_is_no_longer_in_the_corpus_is_left_out(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    turn = replace(conversation.turns[-1], pages=(ShownPage("gone", same_question=True),))
    assert reply_of(turn, Composer(starter_index, load_texts())).pages == ()
