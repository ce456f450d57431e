"""Stances in an index: what records bring, and what is read once for the rest."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import Answer, Stance, Thread
from index.build.build import Told, build_index, threads_in_index
from index.index import Index
from index.models import stances
from index.models.learning.low_rank import LowRankLearner, save_mean
from index.models.learning.stances import labelled_examples, public_examples
from index.models.stances import StanceReader, stance_answer_text, stance_question_text
from index.storage.generations import current_generation
from tests.conftest import invented_thread
from tests.index.quick_builder import RandomEmbedder


class ByFirstWord:
    """A reader that takes an answer's first word for its stance, and remembers which threads it read."""

    def __init__(self, fingerprint: str = "one", fails_after: int | None = None):
        self.fingerprint = fingerprint
        self.read_threads: list[str] = []
        self._fails_after = fails_after

    def read(self, threads):
        if self._fails_after is not None and len(self.read_threads) >= self._fails_after:
            raise KeyboardInterrupt
        self.read_threads += [thread.id for thread in threads]
        return [[self._stance(answer) for answer in thread.answers] for thread in threads]

    def _stance(self, answer: Answer) -> Stance:
        word = answer.text.split()[0].lower().rstrip(",.")
        return answer.stance or ({"yes": "yes", "no": "no", "perhaps": "depends"}.get(word) or "none")  # type: ignore[return-value]


def build(directory: Path, threads: list[Thread], reader: ByFirstWord, told: Told | None = None) -> None:
    build_index(threads, directory, RandomEmbedder(), corpus=["invented"], stance_reader=reader, told=told)


def stances_in(directory: Path, thread: Thread) -> list[Stance | None]:
    with Index(directory, RandomEmbedder()) as index:
        known = index.stances(thread)
    return [known.get(answer.id) for answer in thread.answers]


def given(thread: Thread, *given_stances: Stance | None) -> Thread:
    pairs = zip(thread.answers, given_stances, strict=True)
    return replace(thread, answers=tuple(replace(answer, stance=stance) for answer, stance in pairs))


PEEL = invented_thread("Is a zog peel safe", "Yes, it is.", "No, never.", "Perhaps.", "I agree with my colleagues.")
MASK = invented_thread("Is a zog mask safe", "No.", "No, it is not.")


def test_each_answer_of_a_page_with_two_answers_is_read_when_the_index_is_built(tmp_path):
    alone = invented_thread("Is zog tea safe", "Yes.")
    told: list[tuple[int, int]] = []
    reader = ByFirstWord()
    build(tmp_path, [PEEL, MASK, alone], reader, Told(stances=lambda done, total: told.append((done, total))))
    assert stances_in(tmp_path, PEEL) == ["yes", "no", "depends", "none"]
    assert stances_in(tmp_path, MASK) == ["no", "no"]
    assert stances_in(tmp_path, alone) == [None]
    assert told == [(0, 2), (2, 2)]


def test_a_stance_that_a_record_brings_is_taken_as_it_is_and_stays_one_of_the_record(tmp_path):
    peel = given(PEEL, "no", None, None, "yes")
    whole = given(MASK, "yes", "none")
    reader = ByFirstWord()
    build(tmp_path, [peel, whole], reader)
    assert stances_in(tmp_path, peel) == ["no", "no", "depends", "yes"]
    assert stances_in(tmp_path, whole) == ["yes", "none"]
    assert reader.read_threads == [peel.id]
    assert list(threads_in_index(tmp_path)) == [peel, whole]


def test_an_update_reads_only_threads_that_changed(tmp_path):
    build(tmp_path, [PEEL, MASK], ByFirstWord())
    changed = replace(MASK, answers=(replace(MASK.answers[0], text="Yes, now it is."), MASK.answers[1]))
    again = ByFirstWord()
    build(tmp_path, [PEEL, changed, invented_thread("Is a zog wrap safe", "Yes.", "Yes.")], again)
    assert again.read_threads == [MASK.id, "Is a zog wrap safe"]
    assert stances_in(tmp_path, PEEL) == ["yes", "no", "depends", "none"]
    assert stances_in(tmp_path, changed) == ["yes", "no"]


def test_another_reader_reads_everything_again_though_no_thread_changed(tmp_path):
    build(tmp_path, [PEEL, MASK], ByFirstWord())
    generation = current_generation(tmp_path)
    same, other = ByFirstWord(), ByFirstWord("two")
    build(tmp_path, [PEEL, MASK], same)
    assert (same.read_threads, current_generation(tmp_path)) == ([], generation)
    build(tmp_path, [PEEL, MASK], other)
    assert other.read_threads == [PEEL.id, MASK.id]
    assert current_generation(tmp_path) != generation


def test_a_build_that_was_broken_off_goes_on_with_the_threads_that_it_had_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("index.build.stances.STANCES_AT_ONCE", 1)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, [PEEL, MASK], ByFirstWord(fails_after=1))
    with (tmp_path / "unfinished" / "stances.jsonl").open("a") as file:
        file.write('["cut off in the mid')
    again = ByFirstWord()
    build(tmp_path, [PEEL, MASK], again)
    assert again.read_threads == [MASK.id]
    assert stances_in(tmp_path, PEEL) == ["yes", "no", "depends", "none"]
    assert not (tmp_path / "unfinished").exists()


@pytest.fixture
def taught(tmp_path) -> Path:
    """Adapters that have learned nothing, with a head that says yes to everything: to see what is read of it."""
    changes = LowRankLearner(outputs=stances.OUTPUTS, max_tokens=64, seed=1).changes()
    changes["head.weights"] = np.zeros_like(changes["head.weights"])
    changes["head.bias"] = np.array([5, 5, -5, -5, -5], dtype=np.float32)
    save_mean([changes], tmp_path / "stances.npz", rank=1)
    return tmp_path / "stances.npz"


def with_head(file: Path, *bias: float) -> StanceReader:
    with np.load(file) as kept:
        arrays = dict(kept)
    arrays["head.bias"] = np.array(bias, dtype=np.float32)
    own = file.with_name(f"{bias}.npz")
    np.savez(own, **arrays)
    return StanceReader(own)


def test_the_reader_tells_what_is_sure_and_says_none_to_the_rest(taught):
    asker = replace(MASK, answers=(*MASK.answers, Answer("asker", 3, "Thanks!", by_asker=True)))
    sure, no_question = with_head(taught, 5, 5, -5, -5, -5), with_head(taught, -5, 5, -5, -5, -5)
    assert sure.fingerprint != no_question.fingerprint
    assert sure.read([asker, PEEL]) == [["yes", "yes", "none"], ["yes"] * 4]
    assert no_question.read([MASK]) == [["none", "none"]]
    assert with_head(taught, 5, 1, 1, -5, -5).read([MASK]) == [["none", "none"]]


def test_a_page_whose_record_brings_a_stance_asks_a_yes_or_no_question(taught):
    reader = with_head(taught, -5, -5, 5, -5, -5)
    assert reader.read([given(MASK, "yes", None)]) == [["yes", "no"]]


def test_the_end_of_what_was_asked_is_read_and_both_ends_of_a_long_answer():
    thread = invented_thread("Zog peel", "Yes.", question=f"A long story. {'And so on. ' * 100} Is it safe?")
    assert stance_question_text(thread).startswith("Zog peel ")
    assert stance_question_text(thread).endswith("And so on. Is it safe?")
    assert len(stance_question_text(thread)) < 320
    answer = Answer("zog", 1, f"Thanks for asking. {'Blah blah. ' * 300} So yes, it is.", title="My view")
    assert stance_answer_text(answer).startswith("My view. Thanks for asking.")
    assert stance_answer_text(answer).endswith("So yes, it is.")
    assert len(stance_answer_text(answer)) < 920


def test_the_teaching_program_takes_labels_by_ids_and_public_pairs(tmp_path):
    folder = tmp_path / "reading"
    folder.mkdir()
    records = [
        {"claim": f"Zog {n % 3} is good.", "perspective": f"It helps {n}.", "stance": "support"} for n in range(40)
    ]
    (folder / "stances.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    public = list(public_examples(tmp_path))
    assert {example.first for example in public} == {f"Zog {n} is good?" for n in range(3)}
    told = [[example.target, *example.also.values()] for example in public]
    assert [1.0, 0.0, 0.0, 0.0] in told
    assert [0.0, 0.0, 0.0, 1.0] in told
    labels = [
        {"thread_id": PEEL.id, "answer_id": PEEL.answers[1].id, "yes_no": True, "stance": "no"},
        {"thread_id": PEEL.id, "answer_id": PEEL.answers[2].id, "yes_no": True, "stance": "depends"},
        {"thread_id": "of-another-corpus", "answer_id": "zog", "yes_no": True, "stance": "no"},
    ]
    question, *answers = labelled_examples(labels, {PEEL.id: PEEL})
    assert (question.first, question.output, question.target, dict(question.also)) == ("", 0, 1.0, {})
    assert [(each.second, each.target, list(each.also.values())) for each in answers] == [
        ("No, never.", 0.0, [1.0, 0.0, 0.0]),
        ("Perhaps.", 0.0, [0.0, 1.0, 0.0]),
    ]
