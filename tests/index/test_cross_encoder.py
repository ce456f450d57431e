"""A cross-encoder of the operator's as reader: what it judges, on which scale, and what is told where it can't."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sentence_transformers import CrossEncoder
from transformers import BertForSequenceClassification

from corpus.text.sentences import sentence_spans
from index.errors import ReaderError
from index.models.cross_encoder import CrossEncoderReader, Scale
from index.models.packaged_model import packaged_model_folder
from index.models.reader import AnswerToRead, answer_text, packaged_reader
from tests.conftest import invented_thread

PAGES = [
    invented_thread(
        "Can I run after a knee injection?",
        "Yes, you can run two days after the injection.",
        "The clinic is open from Monday to Friday, and parking is free.",
    ),
    invented_thread("How do I clean contact lenses?", "Rinse them with fresh solution each evening."),
    invented_thread("Does a zog peel itch?", "Itching is usual for a week. Cool the skin.", "Only a little."),
]
QUESTION = "how soon may i go jogging after a shot in my knee"
ANSWERS = [
    AnswerToRead(page, answer, [(span, 0.5) for span in sentence_spans(answer.text)])
    for page in PAGES
    for answer in page.answers
]


def changed(folder: Path, target: Path, change) -> str:
    """Return a copy of a cross-encoder with other weights."""
    shutil.copytree(folder, target)
    model = BertForSequenceClassification.from_pretrained(target)
    with torch.no_grad():
        change(model.classifier)
    model.save_pretrained(target)
    return str(target)


def logits(folder: Path, pairs):
    return CrossEncoder(str(folder)).predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)


def test_it_judges_whether_answers_answer_and_the_packaged_reader_all_else(cross_encoder):
    reader = CrossEncoderReader(str(cross_encoder), PAGES)
    judged, packaged = reader.judge(QUESTION, PAGES, ANSWERS), packaged_reader().judge(QUESTION, PAGES, ANSWERS)
    np.testing.assert_allclose(judged.same_question, packaged.same_question, atol=1e-4)
    assert [list(found) for found in judged.sentences] == [list(found) for found in packaged.sentences]
    raw = logits(cross_encoder, [(QUESTION, answer_text(answer).text) for answer in ANSWERS])
    np.testing.assert_allclose(judged.answers, reader.scale.slope * raw + reader.scale.intercept, atol=1e-4)
    assert list(np.argsort(judged.answers)) == list(np.argsort(raw)) != list(np.argsort(packaged.answers))


def test_the_scale_takes_quartiles_of_own_and_other_answers_to_those_of_the_packaged_reader(cross_encoder):
    scale = CrossEncoderReader(str(cross_encoder), PAGES).scale
    beside = {0: 2, 1: 0, 2: 1}
    pairs = [
        (title, AnswerToRead(page, answer, ()))
        for at, page in enumerate(PAGES)
        for answer in page.answers
        for title in (page.title, PAGES[beside[at]].title)
    ]
    wanted = [packaged_reader().judge(title, (), [answer]).answers[0] for title, answer in pairs]
    raw = logits(cross_encoder, [(title, answer_text(answer).text) for title, answer in pairs])
    mapped = scale.slope * np.percentile(raw, [25, 75]) + scale.intercept
    np.testing.assert_allclose(mapped, np.percentile(wanted, [25, 75]), atol=0.05)


def test_a_model_of_another_middle_and_spread_judges_the_same(cross_encoder, tmp_path: Path):
    def change(head):
        head.weight *= 7
        head.bias += 40

    other = CrossEncoderReader(changed(cross_encoder, tmp_path / "other", change), PAGES)
    one = CrossEncoderReader(str(cross_encoder), PAGES)
    np.testing.assert_allclose(
        other.judge(QUESTION, (), ANSWERS).answers, one.judge(QUESTION, (), ANSWERS).answers, atol=1e-3
    )


def test_nothing_to_judge_is_no_error(cross_encoder):
    judged = CrossEncoderReader(str(cross_encoder), PAGES).judge("anything", [], [])
    assert (len(judged.same_question), len(judged.answers)) == (0, 0)


@given(st.lists(st.floats(-20, 20), min_size=4, max_size=40), st.floats(0.1, 9), st.floats(-9, 9))
def test_a_scale_finds_an_increasing_map_again(logits, slope, intercept):
    values = np.array(logits)
    low, high = np.percentile(values, [25, 75])
    if high - low < 1e-3:
        return
    scale = Scale.between(values, slope * values + intercept)
    np.testing.assert_allclose(scale(values), slope * values + intercept, atol=1e-6)


def test_a_model_to_which_all_texts_are_alike_is_told(cross_encoder, tmp_path: Path):
    folder = changed(cross_encoder, tmp_path / "flat", lambda head: head.weight.zero_())
    with pytest.raises(ReaderError, match=r"flat: this model does not tell the answers of the index's pages apart"):
        CrossEncoderReader(folder, PAGES)


@pytest.mark.parametrize("pages", [[], [invented_thread("zog", "Rest.")]])
def test_too_few_pages_are_told(cross_encoder, pages):
    with pytest.raises(ReaderError, match="apart, or they are too few"):
        CrossEncoderReader(str(cross_encoder), pages)


def test_a_model_that_was_taught_to_make_vectors_is_told():
    with pytest.raises(ReaderError, match=r"one output, and it was trained for something else\. Three ways"):
        CrossEncoderReader(str(packaged_model_folder()), PAGES)


def test_a_model_with_several_outputs_is_told(cross_encoder, tmp_path: Path):
    folder = tmp_path / "three"
    shutil.copytree(cross_encoder, folder)
    config = json.loads((folder / "config.json").read_text())
    model = BertForSequenceClassification(BertForSequenceClassification.config_class(**{**config, "num_labels": 3}))
    model.save_pretrained(folder)
    with pytest.raises(ReaderError, match="three: a reader is a cross-encoder with one output, and it has 3 outputs"):
        CrossEncoderReader(str(folder), PAGES)


def test_a_folder_without_a_model_and_one_that_is_not_there_are_told(tmp_path: Path):
    with pytest.raises(ReaderError, match="not a cross-encoder that sentence-transformers can load"):
        CrossEncoderReader(str(tmp_path), PAGES)
    with pytest.raises(ReaderError, match=r"no such folder\. Three ways .* leave --reader out for the packaged reader"):
        CrossEncoderReader(str(tmp_path / "gone"), PAGES)
