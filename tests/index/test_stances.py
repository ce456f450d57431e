"""The experiment with a model that reads stances: what is read, what it is taught with, and what is measured."""

import gzip
import json

import numpy as np
import pytest

from corpus import Answer
from index.models.learning.stances import (
    LABELS,
    Figures,
    agreement,
    answer_text,
    figures,
    labelled_examples,
    measure,
    public_examples,
    question_text,
    stance_from,
)
from tests.conftest import invented_thread

PEEL = invented_thread("Is a zog peel safe", "Yes, it is.", "No, never.", "Perhaps.")
MASK = invented_thread("How does a zog mask work", "By zog.")


def label(thread, at, *, yes_no=True, stance="none", **fields):
    return {
        "thread_id": thread.id,
        "answer_id": thread.answers[at].id,
        "yes_no": yes_no,
        "stance": stance,
        **fields,
    }


def test_the_end_of_what_was_asked_is_read_and_both_ends_of_a_long_answer():
    thread = invented_thread("Zog peel", "Yes.", question=f"A long story. {'And so on. ' * 100} Is it safe?")
    assert question_text(thread).startswith("Zog peel ")
    assert question_text(thread).endswith("And so on. Is it safe?")
    assert len(question_text(thread)) < 320
    answer = Answer("zog", 1, f"Thanks for asking. {'Blah blah. ' * 300} So yes, it is.", title="My view")
    assert answer_text(answer).startswith("My view. Thanks for asking.")
    assert answer_text(answer).endswith("So yes, it is.")
    assert len(answer_text(answer)) < 920


def test_public_pairs_become_questions_with_what_is_said_to_them(tmp_path):
    folder = tmp_path / "reading"
    folder.mkdir()
    claims = [
        {"claim": f"Zog {n % 3} is good.", "perspective": f"It helps {n}.", "stance": "support"} for n in range(40)
    ]
    health = [{"claim": "Zog heals.", "evidence": said, "label": said} for said in ("supports", "refutes", "neutral")]
    for name, records in (("stances", claims), ("health-claims", health)):
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    public = list(public_examples(tmp_path))
    told = [(each.first, each.second, [each.target, *each.also.values()]) for each in public]
    assert {question for question, _, _ in told} == {"Zog 0 is good?", "Zog 1 is good?", "Zog 2 is good?", "Zog heals?"}
    assert {tuple(targets) for _, _, targets in told[:-3]} == {(1, 0, 0, 0), (0, 0, 0, 1)}
    assert told[-3:] == [
        ("Zog heals?", "supports", [1, 0, 0, 0]),
        ("Zog heals?", "refutes", [0, 1, 0, 0]),
        ("Zog heals?", "neutral", [0, 0, 0, 1]),
    ]
    assert {each.weight for each in public} == {0.5}


def test_a_label_teaches_its_question_once_and_its_answer_only_to_one_of_yes_or_no():
    labels = [label(PEEL, 1, stance="no"), label(PEEL, 2, stance="depends"), label(MASK, 0, yes_no=False)]
    peel, *answers, mask = labelled_examples(labels, {PEEL.id: PEEL, MASK.id: MASK})
    assert [(each.first, each.output, each.target, dict(each.also)) for each in (peel, mask)] == [
        ("", 0, 1.0, {}),
        ("", 0, 0.0, {}),
    ]
    assert [(each.second, each.target, list(each.also.values())) for each in answers] == [
        ("No, never.", 0.0, [1.0, 0.0, 0.0]),
        ("Perhaps.", 0.0, [0.0, 1.0, 0.0]),
    ]


@pytest.mark.parametrize(
    ("values", "threshold", "stance"),
    [([3, 0, 0, 0], 0.8, "yes"), ([3, 0, 0, 0], 0.9, "none"), ([0, 9, 0, 0], 0.9, "no"), ([0, 0, 0, 9], 0.5, "none")],
)
def test_a_stance_is_told_from_a_probability_on(values, threshold, stance):
    assert stance_from(np.array(values, dtype=float), threshold) == stance


def test_what_is_told_is_counted_beside_the_labels():
    told = ["yes", "yes", "no", "depends", "none", "yes"]
    right = ["yes", "no", "no", "yes", "yes", "none"]
    assert figures(told, right) == Figures(told=5, right=2, inverted=1, found=0.4)
    assert figures(["none"], ["none"]) == Figures(told=0, right=0, inverted=0, found=0.0)


class ByFirstWord:
    """A model that takes questions with "is" for ones of yes or no, and the first word of an answer for its stance."""

    def values(self, pairs):
        said = ["yes", "no", "perhaps"]
        return np.array(
            [
                [9.0 if text.startswith("Is ") else -9.0, *(9.0 * text.lower().startswith(word) for word in said), 1.0]
                for _, text in pairs
            ]
        )


def test_a_model_is_measured_by_page_and_by_threshold():
    how = invented_thread("How does a zog wrap work", "Yes.")
    labels = [
        label(PEEL, 0, stance="yes"),
        label(PEEL, 1, stance="yes"),
        label(PEEL, 2, stance="depends"),
        label(MASK, 0, yes_no=False),
        label(how, 0, yes_no=False),
    ]
    area, *by_threshold = measure(ByFirstWord(), labels, {thread.id: thread for thread in (PEEL, MASK, how)})  # type: ignore[arg-type]
    assert area == "questions of yes or no among 3: area under the curve 1.00"
    assert by_threshold == [
        f"from {threshold}: told 3 of 5, right 0.67, inverted 1, plain ones found 0.67"
        for threshold in (0.5, 0.7, 0.8, 0.9)
    ]


def test_two_readers_of_the_kept_labels_agree():
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    parts = {part: {each["thread_id"] for each in labels if each["part"] == part} for part in ("learn", "test")}
    assert not parts["learn"] & parts["test"]
    assert agreement([each for each in labels if each["part"] == "test"]) == [
        "Cohen's kappa of two readers: yes-or-no questions 0.96",
        "Cohen's kappa of two readers: stances 0.94",
    ]
