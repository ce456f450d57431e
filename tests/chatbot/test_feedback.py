"""Verdicts: stored where the operator wants them, without the question unless the user adds it."""

import json
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest

from chatbot.page.feedback import Feedback
from chatbot.saved import saved_from_turns
from chatbot.texts import load_texts
from chatbot.turns import Cited, Turn

TURNS = saved_from_turns(
    [Turn("user", "Can I swim?"), Turn("assistant", "Yes [1]", query="Can I swim?", cited=(Cited(1, "a-1", 0, 3),))]
)


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "feedback.jsonl"


def feedback(file: Path) -> Feedback:
    with gr.Blocks(analytics_enabled=False):
        return Feedback(file, gr.Chatbot(), gr.Textbox(), load_texts())


def thumb(index: int, *, liked: bool) -> gr.LikeData:
    return gr.LikeData(None, {"index": index, "value": "", "liked": liked})


def stored(file: Path) -> list[SimpleNamespace]:
    return [SimpleNamespace(**json.loads(line)) for line in file.read_text().splitlines()]


def test_a_thumb_is_stored_at_once_with_the_answers_and_not_the_question(file):
    said, *_ = feedback(file).given(TURNS, thumb(1, liked=False))
    assert "Thank you" in said
    (verdict,) = stored(file)
    assert (verdict.value, verdict.answers) == ("down", ["a-1"])
    assert "swim" not in file.read_text()


def test_a_word_is_added_to_the_thumb_that_was_given_and_the_question_only_if_the_user_adds_it(file):
    form = feedback(file)
    *_, about = form.given(TURNS, thumb(1, liked=True))
    form.added(" clear ", False, about)
    form.added("", True, about)
    verdict, word, question = stored(file)
    assert verdict.value == "up"
    assert verdict.id == word.id == question.id
    assert word.word == "clear"
    assert not hasattr(word, "question")
    assert question.question == "Can I swim?"


@pytest.mark.parametrize("index", [0, 2, 99])
def test_what_is_no_reply_is_not_judged(file, index):
    said, *_ = feedback(file).given(TURNS, thumb(index, liked=True))
    assert "Only replies" in said
    assert not file.exists()


def test_nothing_added_is_told_and_not_stored(file):
    said, *_ = feedback(file).added("  ", False, {"id": "x", "question": "Can I swim?"})
    assert "Write a word" in said
    assert not file.exists()


def test_what_was_written_is_not_lost_where_it_cannot_be_stored(tmp_path):
    form = feedback(tmp_path / "nowhere" / "x.jsonl")
    about = {"id": "x", "question": "Can I swim?"}
    said, word, with_question, _, still = form.added("a word", True, about)
    assert "could not be stored" in said
    assert (word, with_question, still) == ("a word", True, about)
    assert "could not be stored" in form.given(TURNS, thumb(1, liked=True))[0]
