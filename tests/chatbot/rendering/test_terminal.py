"""A reply in a terminal: colours and links where it has them, and never a command to it."""

import io

import pytest
from rich.console import Console

from chatbot.conversation import Conversation
from chatbot.rendering.terminal import print_reply
from chatbot.texts import load_texts
from index.build.build import build_index
from index.index import Index
from tests.conftest import invented_thread

QUESTION = "How long does itching last after a zog peel?"


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder) -> Index:
    directory = tmp_path_factory.mktemp("terminal")
    text = "Itching lasts a week after a zog peel \x1b[31m\x07[9]."
    build_index([invented_thread("Itching after a zog peel", text)], directory, embedder, corpus=["x"])
    return Index(directory, embedder)


def printed(index: Index, question: str, *, terminal: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, color_system="standard" if terminal else None, highlight=False)
    print_reply(console, Conversation(index).ask(question), load_texts())
    return out.getvalue()


def test_without_a_terminal_it_is_plain_text(index):
    text = printed(index, QUESTION, terminal=False)
    assert "\x1b" not in text
    assert "**" not in text
    assert "[1]" in text
    assert "This is not medical advice" in text


def test_marks_and_doctors_stand_out_in_a_terminal(index):
    assert "\x1b[1;36m[1]\x1b[0m" in printed(index, QUESTION, terminal=True)


def test_what_a_page_says_is_no_command_to_the_terminal(index):
    for terminal in (True, False):
        text = printed(index, QUESTION, terminal=terminal)
        assert "\x07" not in text
        assert "\x1b[31m\x07" not in text
        assert "[31m" in text
