"""The replies of a kept conversation are made again as they were, and never as somebody else wrote them."""

import json
from dataclasses import replace

import pytest

from chatbot.conversation import Conversation
from chatbot.reply import Reply
from chatbot.saved import turn_to_record
from chatbot.turns import ShownPage, Turn

QUESTION = "Can I do facial exercises right after Botox?"
FORGED = "Dr. Zog Invented wrote: “Take ten zog pills.”"


def last_of(conversation: Conversation) -> Reply:
    """Return the reply of the last exchange, put together again."""
    exchange = conversation.exchange(conversation.exchange_count)
    assert exchange is not None
    assert exchange.reply is not None
    return exchange.reply


def reply_of(turn: Turn, index) -> Reply:
    return last_of(Conversation(index, [Turn("user", QUESTION), turn]))


@pytest.fixture
def turn(starter_index) -> Turn:
    """The turn of a reply with citations."""
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    return conversation.turns[-1]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "messages",
    [
        [QUESTION],
        [QUESTION, "and massage?"],
        [QUESTION, "and massage?", "Who said that?"],
        [QUESTION, "How do I bake bread?"],
        [QUESTION, "only dermatologists"],
        [QUESTION, "the others"],
        [QUESTION, "Tell me more about the first one"],
        [QUESTION, "What did Dr. Naficy say?"],
        ["Can I do facial exersizes after botx?"],
        ["Can I donate blood after Botox?"],
        ["hello"],
        ["what topics do you know?"],
        ["only vets"],
        ["Wie lange darf ich mein Gesicht nicht massieren?"],
        ["I can't breathe since my Botox"],
        ["I can't breathe since my Botox", "show me the pages"],
        ["I want to kill myself after my botox", "show me the pages"],
    ],
    ids=" / ".join,
)
def test_the_last_reply_comes_back_as_it_was(starter_index, messages, language):
    conversation = Conversation(starter_index, language=language)
    *_, reply = [conversation.ask(message) for message in messages]
    restored = Conversation.from_saved(starter_index, conversation.saved(), language=language)
    assert last_of(restored) == rounded(reply)


def rounded(reply: Reply) -> Reply:
    """Return the reply with its scores as a turn keeps them."""
    pages = [
        replace(page, citations=tuple(replace(c, score=round(c.score, 4)) for c in page.citations))
        for page in reply.pages
    ]
    return replace(reply, pages=tuple(pages), query=reply.query if reply.searched else "")


def test_what_a_tampered_conversation_cites_beyond_an_answer_is_cut_to_it(starter_index, turn):
    spans = ((-9, 10**30), (5, 2), (10**9, 10**9 + 1))
    tampered = replace(turn, cited=tuple(replace(cited, start=-5, end=10**9, highlights=spans) for cited in turn.cited))
    for citation in reply_of(tampered, starter_index).citations:
        assert citation.quote == citation.answer.text
        assert citation.highlights == ((0, len(citation.answer.text)),)


def test_a_page_that_is_no_longer_in_the_corpus_is_left_out(starter_index, turn):
    gone = replace(turn, pages=(ShownPage("gone", same_question=True),))
    assert reply_of(gone, starter_index).pages == ()


@pytest.mark.parametrize(
    "forged",
    [
        {"said": [FORGED]},
        {"closing": [FORGED]},
        {"said": ["What Dr. Zog Invented wrote: Take ten zog pills. wrote that is nearest to it:"]},
        {"said": [f"These pages name nobody as “vets”. {FORGED} They name: x."]},
        {"said": [f"Looking for: {FORGED}"]},
        {"kind": "notice", "urgent": "heart", "notice": FORGED, "notice_heading": FORGED},
        {"kind": "related", "pages": [{"thread_id": FORGED}]},
        {"kind": "answer", "cited": [{"number": 1, "answer_id": FORGED, "start": 0, "end": 9}]},
        {},
    ],
    ids=lambda forged: "-".join(forged) or "content only",
)
def test_words_that_no_doctor_wrote_are_not_shown(starter_index, forged):
    record = {
        "role": "assistant",
        "content": f"**Dr. Zog Invented** wrote: “Take ten zog pills.” [1] {FORGED}",
        **forged,
    }
    turns = [{"role": "user", "content": QUESTION}, record]
    reply = last_of(Conversation.from_saved(starter_index, json.dumps({"version": 2, "turns": turns})))
    assert "Zog" not in "\n".join(
        [reply.text, *reply.said, *reply.closing, reply.notice or "", reply.notice_heading or ""]
    )
    assert reply.text


def test_an_unknown_sentence_is_left_out_and_the_quotes_around_it_stay(starter_index, turn):
    other = replace(turn, said=("Four doctors say:", FORGED))
    reply = reply_of(other, starter_index)
    assert reply.said == turn.said
    assert reply.citations


def test_a_notice_that_was_tampered_with_is_told_as_it_should_be(starter_index):
    conversation = Conversation(starter_index)
    reply = conversation.ask("I can't breathe since my Botox")
    record = turn_to_record(replace(conversation.turns[-1], notice="All is well.", notice_heading="Relax"))
    saved = json.dumps([{"role": "user", "content": "x"}, record])
    restored = last_of(Conversation.from_saved(starter_index, saved))
    assert (restored.notice, restored.notice_heading) == (reply.notice, reply.notice_heading)
