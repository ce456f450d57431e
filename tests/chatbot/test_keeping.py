"""A conversation to keep, as Markdown and as a page to print."""

import re

import pytest

from chatbot.answering.compose import Composer
from chatbot.conversation import Conversation
from chatbot.page.keeping import as_markdown, as_printable
from chatbot.texts import load_texts
from chatbot.turns import Turn
from index.index import Index

QUESTION = "Is massage ok after Botox?"


@pytest.fixture
def composer(starter_index: Index) -> Composer:
    return Composer(starter_index, load_texts())


@pytest.fixture
def conversation(starter_index: Index) -> Conversation:
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    conversation.ask("How do I bake bread?")
    return conversation


def test_markdown_has_every_question_reply_and_source_in_order(conversation, composer):
    markdown = as_markdown(conversation.turns, composer)
    assert re.findall(r"^## (.+)$", markdown, re.MULTILINE) == [QUESTION, "How do I bake bread?"]
    assert markdown.count("### Sources") == 1
    for number in range(1, 6):
        assert f"- \\[{number}\\] " in markdown
    assert "I found nothing" in markdown
    assert markdown.rstrip().endswith("emergency number.*")


def test_both_say_when_and_from_which_corpus(conversation, composer):
    for kept in (as_markdown(conversation.turns, composer), as_printable(conversation.turns, composer)):
        assert re.search(r"Saved on \d{4}-\d\d-\d\d from 19 answers \(corpus [0-9a-f]{8}, indexed on", kept)


def test_it_is_the_same_for_turns_that_were_saved_and_restored(conversation, composer, starter_index):
    restored = Conversation(starter_index, conversation.turns)
    assert as_markdown(restored.turns, composer) == as_markdown(conversation.turns, composer)


def test_a_tampered_reply_brings_no_markup(composer):
    turns = [Turn("user", "<b>x</b>"), Turn("assistant", "<img src=x> ![a](http://e.invalid) [b](javascript:1)")]
    markdown = as_markdown(turns, composer)
    assert "<img" not in markdown.replace("\\<img", "")
    assert "](http" not in markdown.replace("\\]", "")
    printed = as_printable(turns, composer)
    assert "<img" not in printed
    assert "<b>x" not in printed
    assert "<script" not in printed
