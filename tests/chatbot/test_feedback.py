"""Verdicts: stored where the operator wants them, without the question unless the user adds it."""

import json
from pathlib import Path

import gradio as gr
import pytest

from chatbot.page.feedback import FeedbackForm
from chatbot.texts import load_texts
from chatbot.turns import Cited, Turn

TURNS = [Turn("user", "Can I swim?"), Turn("assistant", "Yes [1]", query="Can I swim?", cited=(Cited(1, "a-1", 0, 3),))]


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "feedback.jsonl"


def form(file: Path) -> FeedbackForm:
    with gr.Blocks(analytics_enabled=False):
        return FeedbackForm(file, gr.State([]), load_texts())


def test_a_verdict_is_stored_with_the_answers_and_not_the_question(file):
    said, value, word, with_question = form(file).sent("up", " clear ", False, TURNS)
    assert "Thank you" in said
    assert (value, word, with_question) == (None, "", False)
    (record,) = map(json.loads, file.read_text().splitlines())
    assert (record["value"], record["word"], record["answers"]) == ("up", "clear", ["a-1"])
    assert "swim" not in file.read_text()


def test_the_question_is_stored_only_if_the_user_adds_it(file):
    form(file).sent("down", "", True, TURNS)
    assert json.loads(file.read_text())["question"] == "Can I swim?"


@pytest.mark.parametrize(("value", "turns"), [(None, TURNS), ("sideways", TURNS), ("up", [])])
def test_what_is_missing_is_told_and_nothing_is_stored(file, value, turns):
    said, *_ = form(file).sent(value, "x", False, turns)
    assert "Choose a thumb" in said
    assert not file.exists()


def test_what_was_written_is_not_lost_where_it_cannot_be_stored(tmp_path):
    said, value, word, with_question = form(tmp_path / "nowhere" / "x.jsonl").sent("up", "a word", True, TURNS)
    assert "could not be stored" in said
    assert (value, word, with_question) == ("up", "a word", True)
