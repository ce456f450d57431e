"""The programs that learn the shipped weights: from a small file each, they write what the product can read."""

import json
from pathlib import Path

import numpy as np
import pytest

from chatbot.answering import case_verdicts, same_question
from chatbot.answering.learning import case_verdicts as learn_case_verdicts
from chatbot.answering.learning import same_question as learn_same_question
from chatbot.understanding.followups import learn as learn_followups
from chatbot.understanding.followups.resolve import WEIGHTS_FILE as FOLLOWUPS_FILE
from corpus.formats.json_records import thread_to_record
from tests.conftest import invented_thread

THINGS = ["zog peel", "glim balm", "vark laser", "mip tonic", "dorf mask", "plim serum", "quib needle", "snat wrap"]


@pytest.fixture
def learn(tmp_path: Path, monkeypatch, capsys):
    """Run a program on some records, with its weights in a file of the test's own; return that file and its output."""

    def run(module, records: list[dict[str, object]], *files: Path) -> tuple[Path, str]:
        source = tmp_path / "source.jsonl"
        source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        weights = tmp_path / module.WEIGHTS_FILE.name
        monkeypatch.setattr(module, "WEIGHTS_FILE", weights)
        monkeypatch.setattr("sys.argv", ["learn", str(source), *map(str, files)])
        module.main()
        return weights, capsys.readouterr().out

    return run


def test_what_follow_ups_carry_over_is_learned_from_rewrites(learn):
    def rewritten(*questions: str, rewrite: str) -> dict[str, object]:
        return {"turns": [{"role": "user", "content": text} for text in questions], "rewrite": rewrite}

    records = []
    for thing in THINGS:
        about = f"Does a {thing} hurt?"
        records.append(rewritten(about, "And swimming?", rewrite=f"Can I go swimming after a {thing}?"))
        records.append(rewritten(about, "How do I treat acne scars?", rewrite="How do I treat acne scars?"))
    weights, out = learn(learn_followups, records)
    learned = json.loads(weights.read_text(encoding="utf-8"))
    shipped = json.loads(FOLLOWUPS_FILE.read_text(encoding="utf-8"))
    assert {name: len(part["coefficients"]) for name, part in learned.items()} == {
        name: len(part["coefficients"]) for name, part in shipped.items()
    }
    assert "from 16 messages" in out


def test_whether_two_questions_are_the_same_is_learned_from_pairs(learn, embedder):
    records = [
        {"question_1": f"Does a {thing} hurt?", "question_2": second, "label": label}
        for thing in THINGS
        for n, other in enumerate(THINGS)
        for second, label in [(f"Is a {thing} painful?", 1), (f"What does a {other} cost in {n}?", 0)]
    ]
    # A question is in one fold only, so ten questions are the fewest for ten folds.
    records += [{**record, "question_1": f"Will it hurt, the {record['question_1'][7:]}"} for record in records]
    weights, out = learn(learn_same_question, records)
    learned = json.loads(weights.read_text(encoding="utf-8"))
    shipped = json.loads(same_question.WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert {name: np.shape(part) for name, part in learned.items()} == {
        name: np.shape(part) for name, part in shipped.items()
    }
    assert f"from {len(records)} pairs" in out


def test_case_verdicts_are_learned_from_labelled_answers(learn, embedder, tmp_path):
    texts = [
        text
        for thing in THINGS * 2
        for text in (f"You need a {thing}.", f"A {thing} takes an hour, and heals in days.")
    ]
    thread = invented_thread("zog", *texts)
    threads = tmp_path / "threads.jsonl"
    threads.write_text(json.dumps(thread_to_record(thread)) + "\n", encoding="utf-8")
    records = [{"answer_id": answer.id, "case_verdict": n % 2} for n, answer in enumerate(thread.answers)]
    weights, out = learn(learn_case_verdicts, records, threads)
    with np.load(weights) as learned, np.load(case_verdicts.WEIGHTS_FILE) as shipped:
        assert {name: learned[name].shape for name in learned} == {name: shipped[name].shape for name in shipped}
    assert f"from {len(records)} answers" in out
