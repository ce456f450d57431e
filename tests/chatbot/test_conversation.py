"""From a message to a reply, with the real model and the starter corpus."""

import re

import pytest

from chatbot.choice import MAX_DOCTORS
from chatbot.conversation import MAX_MESSAGE_CHARS, Conversation
from chatbot.errors import QuestionError
from chatbot.reply import reply_to_record
from index.build import build_index
from index.index import Index
from tests.conftest import invented_thread

COVERED = [
    "Can I do facial exercises right after Botox?",
    "Is it ok to massage my face after botox injections?",
    "Does exercising the face tighten loose skin?",
    "How long should I keep from lying down after Botox?",
    "My skin sags five months after Botox, is that from the Botox?",
]
OFF_TOPIC = ["How do I bake bread?", "Who won the world cup?", "My car does not start", "Is my knee pain arthritis?"]


@pytest.fixture
def conversation(starter_index: Index) -> Conversation:
    return Conversation(starter_index)


@pytest.mark.parametrize("question", COVERED)
def test_a_covered_question_is_answered_with_citations_of_exact_characters(conversation, question):
    reply = conversation.ask(question)
    assert not reply.abstained
    assert 1 <= len(reply.citations) <= MAX_DOCTORS
    for citation in reply.citations:
        assert citation.quote == citation.answer.text[citation.start : citation.end] != ""
        assert citation.answer in citation.thread.answers


@pytest.mark.parametrize("question", COVERED)
def test_the_marks_in_the_text_are_the_numbers_of_the_citations_in_order(conversation, question):
    reply = conversation.ask(question)
    marks = [int(mark) for mark in re.findall(r"(?<!\\)\[(\d+)\]", reply.text)]
    assert marks == [citation.number for citation in reply.citations] == list(range(1, len(marks) + 1))


def test_no_doctor_and_no_text_is_quoted_twice(tmp_path, embedder):
    same = "Itching after a zog peel lasts a week."
    threads = [invented_thread(f"itching-{n}", same, f"{same} Cool it {n} times.") for n in range(4)]
    build_index(threads, tmp_path, embedder, corpus=["x"])
    citations = Conversation(Index(tmp_path, embedder)).ask("How long does itching last after a zog peel?").citations
    names = [citation.answer.author.name for citation in citations if citation.answer.author]
    assert sorted(names) == ["Zog Invented 1", "Zog Invented 2"]
    assert len({citation.answer.text for citation in citations}) == len(citations)


def test_summaries_are_told_as_summaries(conversation):
    reply = conversation.ask(COVERED[0])
    assert reply.text.count("Summary of") == len(reply.citations)
    assert "“" not in reply.text


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_what_the_corpus_does_not_cover_is_declined_and_nothing_is_cited(conversation, question):
    reply = conversation.ask(question)
    assert reply.abstained
    assert reply.citations == ()
    assert "found nothing" in reply.text


def test_an_off_topic_question_is_declined_after_a_covered_one_too(conversation):
    assert not conversation.ask(COVERED[0]).abstained
    assert conversation.ask(OFF_TOPIC[0]).abstained


def test_every_reply_has_the_disclaimer(conversation):
    for question in (COVERED[0], OFF_TOPIC[0]):
        assert "not medical advice" in conversation.ask(question).disclaimer


def test_a_conversation_remembers_its_turns_and_can_be_gone_on_with(starter_index):
    first = Conversation(starter_index)
    reply = first.ask(COVERED[0])
    assert [(turn.role, turn.content) for turn in first.turns] == [("user", COVERED[0]), ("assistant", reply.text)]
    assert Conversation(starter_index, first.turns).turns == first.turns


def test_two_conversations_never_touch(starter_index):
    one, other = Conversation(starter_index), Conversation(starter_index)
    one.ask(COVERED[0])
    assert other.turns == ()


def test_the_same_conversation_gives_the_same_replies(starter_index):
    def replies():
        conversation = Conversation(starter_index)
        return [reply_to_record(conversation.ask(question)) for question in COVERED]

    assert replies() == replies()


@pytest.mark.parametrize("message", ["", "  \n\t "])
def test_an_empty_message_is_refused_and_not_remembered(conversation, message):
    with pytest.raises(QuestionError, match="Please write a question first"):
        conversation.ask(message)
    assert conversation.turns == ()


def test_an_endless_message_is_refused(conversation):
    with pytest.raises(QuestionError, match=f"{MAX_MESSAGE_CHARS} is the most"):
        conversation.ask("a" * (MAX_MESSAGE_CHARS + 1))
