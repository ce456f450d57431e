"""A conversation to keep, as Markdown and as a page to print."""

import re

import pytest

from chatbot.conversation import Conversation
from chatbot.page.keeping import as_markdown, as_printable
from chatbot.turns import Turn
from index.index import Index

QUESTION = "Is massage ok after Botox?"


@pytest.fixture
def conversation(starter_index: Index) -> Conversation:
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    conversation.ask("How do I bake bread?")
    return conversation


def test_markdown_has_every_question_reply_and_source_in_order(conversation):
    markdown = as_markdown(conversation)
    assert re.findall(r"^## (.+)$", markdown, re.MULTILINE) == [QUESTION, "How do I bake bread?"]
    assert markdown.count("### Sources") == 1
    for number in range(1, 6):
        assert f"- \\[{number}\\] " in markdown
    assert "I found nothing" in markdown
    assert markdown.rstrip().endswith("emergency number.*")


def test_both_say_when_and_from_which_corpus(conversation):
    for kept in (as_markdown(conversation), as_printable(conversation)):
        assert re.search(r"Saved on \d{4}-\d\d-\d\d from 19 answers \(corpus [0-9a-f]{8}, indexed on", kept)


def test_it_is_the_same_for_turns_that_were_saved_and_restored(conversation, starter_index):
    restored = Conversation(starter_index, conversation.turns)
    assert as_markdown(restored) == as_markdown(conversation)


def test_a_tampered_reply_brings_no_markup(starter_index):
    turns = [Turn("user", "<b>x</b>"), Turn("assistant", "<img src=x> ![a](http://e.invalid) [b](javascript:1)")]
    conversation = Conversation(starter_index, turns)
    markdown = as_markdown(conversation)
    assert "<img" not in markdown.replace("\\<img", "")
    assert "](http" not in markdown.replace("\\]", "")
    printed = as_printable(conversation)
    assert "<img" not in printed
    assert "<b>x" not in printed
    assert "<script" not in printed
