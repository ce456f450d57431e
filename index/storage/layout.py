"""Which rows belong together: the passages of an answer, the answers of a thread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.storage.store import Store

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Numbers of answers and passages; each list has one entry more, at the end, with the number of all.

    The passages of answer `a` are `first_passage[a]` to `first_passage[a + 1]`, and the answers of
    thread `t` are `first_answer[t]` to `first_answer[t + 1]`. `original` is
    the number of the answer whose text an answer repeats, or its own; `by_doctor` is whether it may be found
    at all, as the asker's own may not.
    """

    first_passage: NDArray[np.int32]
    first_answer: NDArray[np.int32]
    thread_of_answer: NDArray[np.int32]
    original: NDArray[np.int32]
    by_doctor: NDArray[np.bool_]

    @property
    def answers(self) -> int:
        """The number of all answers."""
        return len(self.thread_of_answer)

    @property
    def answered(self) -> NDArray[np.int32]:
        """The numbers of the threads that a doctor answered, in order."""
        numbers: NDArray[np.int32] = np.unique(self.thread_of_answer[self.by_doctor])
        return numbers

    def answers_of(self, threads: Numbers) -> Numbers:
        """Return the numbers of all answers of some threads, thread by thread."""
        return _ranges(self.first_answer, threads)

    def passage_counts(self, answers: Numbers) -> Numbers:
        """Return how many passages each of some answers has."""
        counts: Numbers = (self.first_passage[answers + 1] - self.first_passage[answers]).astype(np.int64)
        return counts

    def passages_of(self, answers: Numbers) -> Numbers:
        """Return the numbers of all passages of some answers, answer by answer."""
        return _ranges(self.first_passage, answers)


def read_layout(store: Store) -> Layout:
    """Read the layout of a store."""
    thread_of_answer = np.array(store.threads_of_answers(), dtype=np.int32)
    threads, _ = store.count("threads")
    return Layout(
        first_passage=_firsts(np.array(store.answers_of_passages(), dtype=np.int32), len(thread_of_answer)),
        first_answer=_firsts(thread_of_answer, threads),
        thread_of_answer=thread_of_answer,
        original=_originals(store, len(thread_of_answer)),
        by_doctor=np.array(store.doctors_answers(), dtype=np.bool_),
    )


def _originals(store: Store, answers: int) -> NDArray[np.int32]:
    original = np.arange(answers, dtype=np.int32)
    for copy, first in store.copies():
        original[copy] = first
    return original


def _firsts(owners: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Return where each owner's run begins in `owners`, which is sorted, and at the end its length."""
    return np.searchsorted(owners, np.arange(count + 1)).astype(np.int32)


def _ranges(firsts: NDArray[np.int32], chosen: Numbers) -> Numbers:
    starts = firsts[chosen].astype(np.int64)
    counts = firsts[chosen + 1] - starts
    # 0, 1, 2, ... within each range: a count over all, less what came before the range.
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    numbers: Numbers = np.repeat(starts, counts) + within
    return numbers
