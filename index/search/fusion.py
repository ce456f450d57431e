"""How the parts of a match become one score.

A scaled sum, its weights from docs/retrieval.md, where the table shows what each part is worth.
Reciprocal rank fusion, the field's habit, did worse than the dense part alone on doctors' answers:
it forgets how much better one hit is than the next.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

FEW_ANSWERS = 100
"""How rare a word is can't be told from a few answers: with so many, words count half, with fewer less."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a match counts, 0 for nothing.

    `passage` is the answer's best passage, `whole` its mean vector, `words` its BM25 score, and
    `question` its thread's title and question. `thread` is the mean over all answers of the thread,
    beside the answer's own score of 1: where several doctors answer one question, that they all
    match says that the question does.
    """

    passage: float = 1.0
    whole: float = 0.5
    words: float = 0.3
    thread: float = 1.5
    question: float = 0.4

    @property
    def total(self) -> float:
        """What a perfect match would get; 0 where nothing counts."""
        return (abs(self.passage) + abs(self.whole) + abs(self.words)) * (1 + abs(self.thread)) + abs(self.question)


def fuse(
    weights: Weights,
    *,
    passage: Scores,
    whole: Scores,
    words: Scores,
    question: Scores,
    thread_of_answer: NDArray[np.int64],
    corpus_size: int,
) -> Scores:
    """Return one score an answer, -1 to 1, of the shape of `passage`; 0 for each where no part counts.

    Args:
        weights: what each part counts.
        passage: the cosine of each answer's best passage.
        whole: the cosine of each answer's mean vector.
        words: each answer's BM25 score divided by the best of all answers.
        question: the cosine of the title and question of each answer's thread.
        thread_of_answer: the thread of each answer; all answers of a thread must be there.
        corpus_size: how many answers the corpus has.
    """
    trust = corpus_size / (corpus_size + FEW_ANSWERS)
    own = weights.passage * passage + weights.whole * whole + weights.words * trust * words
    _, thread = np.unique(thread_of_answer, return_inverse=True)
    means = np.bincount(thread, weights=own) / np.bincount(thread)
    fused = own + weights.thread * means[thread] + weights.question * question
    scaled: Scores = (fused / (weights.total or 1.0)).astype(np.float32)
    return scaled
