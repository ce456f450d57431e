"""Teaches the stance reader: `python -m index.models.learning.stances DATA PAGES...` writes `stances.npz` again.

DATA is a folder with the public sets that docs/reader.md names; PAGES are the files or folders of the corpora that the
labels are of. First come public pairs: claims with what people say for and against them. Then come labels by reading
(`stance_labels.jsonl`, one answer a line, texts by ids only): whether the question of an answer's page is one of yes or
no, and what the answer says to it.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus import Stance, Thread, read_paths
from index.models.learning.low_rank import Example, LowRankLearner, save_mean
from index.models.stances import (
    ADAPTERS_FILE,
    MAX_TOKENS,
    OUTPUTS,
    STANCES,
    YES_NO_QUESTION,
    stance_answer_text,
    stance_question_text,
)

LABELS = Path(__file__).with_name("stance_labels.jsonl")

_SEEDS = (1, 2)
_PUBLIC = 6000
"""Public pairs that are learned from."""
_PUBLIC_WEIGHT = 0.5
_OF_ANOTHER = 0.2
"""The part of the public pairs that is given the words about another claim: these say nothing to it."""
_SAID: Mapping[str, Stance] = {"support": "yes", "undermine": "no"}


def main() -> None:
    """Learn from all there is, and write the adapters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    arguments = parser.parse_args()
    public = list(public_examples(arguments.data))
    threads = {thread.id: thread for thread in read_paths(arguments.pages) if isinstance(thread, Thread)}
    labelled = list(labelled_examples(_records(LABELS), threads))
    print(f"{len(public)} public pairs, {len(labelled)} labels by reading")
    changes = []
    for seed in _SEEDS:
        learner = LowRankLearner(outputs=OUTPUTS, max_tokens=MAX_TOKENS, seed=seed)
        learner.learn(public, epochs=1, learning_rate=1e-3)
        learner.learn(labelled, epochs=3, learning_rate=8e-4)
        changes.append(learner.changes())
    save_mean(changes, ADAPTERS_FILE)


def labelled_examples(records: Sequence[dict[str, Any]], threads: Mapping[str, Thread]) -> Iterator[Example]:
    """Give the labels by reading, a page's question once and each answer; those of other pages are left out.

    Args:
        records: {"thread_id", "answer_id", "yes_no": whether the page asks a yes-or-no question, "stance"} each.
        threads: the pages by their ids.
    """
    asked: set[str] = set()
    for record in records:
        thread = threads.get(record["thread_id"])
        answer = next((each for each in thread.answers if each.id == record["answer_id"]), None) if thread else None
        if thread is None or answer is None:
            continue
        question = stance_question_text(thread)
        if thread.id not in asked:
            asked.add(thread.id)
            yield Example("", question, YES_NO_QUESTION, float(record["yes_no"]))
        if record["yes_no"]:
            yield _example(question, stance_answer_text(answer), record["stance"])


def public_examples(data: Path) -> Iterator[Example]:
    """Give pairs of the public set in a folder: claims with words for and against them, or about something else."""
    order = random.Random(17)  # noqa: S311 - which ones are learned from is no secret
    records = _records(data / "reading" / "stances.jsonl.gz")
    for record in order.sample(records, min(_PUBLIC, len(records))):
        question = f"{record['claim'].rstrip('.')}?"
        if order.random() < _OF_ANOTHER:
            other = order.choice(records)
            if other["claim"] != record["claim"]:
                yield _example(question, other["perspective"], "none", _PUBLIC_WEIGHT)
        else:
            yield _example(question, record["perspective"], _SAID[record["stance"]], _PUBLIC_WEIGHT)


def _example(question: str, answer: str, stance: Stance, weight: float = 1.0) -> Example:
    targets = {YES_NO_QUESTION + 1 + at: float(each == stance) for at, each in enumerate(STANCES)}
    (first, target), *others = targets.items()
    return Example(question, answer, first, target, weight, dict(others))


def _records(path: Path) -> list[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().splitlines() if line.strip()]


if __name__ == "__main__":
    main()
