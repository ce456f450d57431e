"""Stances beside labels by reading: `python -m tests.benchmarks.stances --index CORPUS=DIR ...`

`labels/stances.jsonl` has one answer a line: {"thread_id", "answer_id", "yes_no", "stance"}, whether its page asks a
question of yes or no, and what the answer says to it; texts are named by ids only. Printed for each corpus:

- of the answers that were read as yes, no or depends how many are right, and how many inverted (yes for no or the other
  way round);
- the same of those that stand in a count that a reply tells, and of those that it tells as not saying plainly;
- on how many of the yes-or-no questions that three or more answers of one page plainly answer, by the labels, a count
  is told to somebody who asks the page's own question.

Labels of pages that are in none of the indexes are left out.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from chatbot.answering.stances import page_question, told_stances
from corpus import Stance, Thread
from index.index import Index

LABELS = Path(__file__).parent / "labels" / "stances.jsonl"
LEAST_PLAIN = 3
"""Answers of a page that plainly say yes, no or depends, from which a count is wanted."""


class Label(NamedTuple):
    """What an answer says to its page's question, by reading."""

    thread_id: str
    answer_id: str
    yes_no: bool
    stance: Stance

    @property
    def plain(self) -> bool:
        """Whether it plainly answers a question of yes or no."""
        return self.yes_no and self.stance != "none"


class Judged(NamedTuple):
    """An answer's stance in the index beside its label's."""

    found: Stance
    right: Stance


def labels_in(path: Path) -> list[Label]:
    """Return the labels of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = (json.loads(line) for line in lines if line.strip())
    return [Label(*(record[field] for field in Label._fields)) for record in records]


def by_thread(labels: Sequence[Label], index: Index) -> Iterator[tuple[Thread, Mapping[str, Label]]]:
    """Give each thread of an index that has labels, with its labels by the answers' ids."""
    grouped: dict[str, dict[str, Label]] = defaultdict(dict)
    for label in labels:
        grouped[label.thread_id][label.answer_id] = label
    for thread_id, own in grouped.items():
        thread = index.thread(thread_id)
        if thread is not None:
            yield thread, own


def measure(labels: Sequence[Label], index: Index) -> list[str]:
    """Return a line for each figure of a corpus."""
    read: list[Judged] = []
    told: list[Judged] = []
    wanted = counted = 0
    for thread, own in by_thread(labels, index):
        stances = index.stances(thread)
        count = told_stances(page_question(thread), thread, index)
        several = sum(label.plain for label in own.values()) >= LEAST_PLAIN
        wanted += several
        counted += several and count is not None
        for answer_id, label in own.items():
            right: Stance = label.stance if label.yes_no else "none"
            if answer_id in stances:
                read.append(Judged(stances[answer_id], right))
            shown = count.of(answer_id) if count else None
            if shown is not None:
                told.append(Judged(shown, right))
    return [
        _line("read as yes, no or depends", [each for each in read if each.found != "none"]),
        _line("told as yes, no or depends", [each for each in told if each.found != "none"]),
        _line("told as not saying plainly", [each for each in told if each.found == "none"]),
        f"  counts told: {_share(counted, wanted)} questions that {LEAST_PLAIN} or more plainly answer",
    ]


def _line(name: str, judged: Sequence[Judged]) -> str:
    right = sum(each.found == each.right for each in judged)
    inverted = sum({each.found, each.right} == {"yes", "no"} for each in judged)
    return f"  {name}: right {_share(right, len(judged))}, inverted {inverted}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} of {whole}" if whole else "none of 0"


def main() -> None:
    """Print the figures of each corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", action="extend", nargs="+", required=True, metavar="CORPUS=DIR")
    parser.add_argument("--labels", type=Path, default=LABELS, help="the labels (default: %(default)s)")
    arguments = parser.parse_args()
    labels = labels_in(arguments.labels)
    for named in arguments.index:
        name, _, directory = named.partition("=")
        with Index(Path(directory)) as index:
            print("\n".join([f"{name}:", *measure(labels, index)]))


if __name__ == "__main__":
    main()
