"""How the parts of a match become one score.

A scaled sum, its weights from docs/retrieval.md, where the table shows what each part is worth.
Reciprocal rank fusion, the field's habit, did worse than the dense part alone on doctors' answers:
it forgets how much better one hit is than the next.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

PASSAGE = 1.0
WHOLE = 0.5
WORDS = 0.3
THREAD = 1.5
"""What the mean over all answers of the thread counts, beside the answer's own score of 1: where
several doctors answer one question, that they all match says that the question does."""
QUESTION = 0.4
FEW_ANSWERS = 100
"""How rare a word is can't be told from a few answers: with so many, words count half, with fewer less."""

_ALL = (PASSAGE + WHOLE + WORDS) * (1 + THREAD) + QUESTION


def fuse(
    *,
    passage: Scores,
    whole: Scores,
    words: Scores,
    question: Scores,
    thread_of_answer: NDArray[np.int64],
    corpus_size: int,
) -> Scores:
    """Return one score an answer, at most 1.

    Args:
        passage: the cosine of each answer's best passage.
        whole: the cosine of each answer's mean vector.
        words: each answer's BM25 score divided by the best of all answers.
        question: the cosine of the title and question of each answer's thread.
        thread_of_answer: the thread of each answer; all answers of a thread must be there.
        corpus_size: how many answers the corpus has.
    """
    trust = corpus_size / (corpus_size + FEW_ANSWERS)
    own = PASSAGE * passage + WHOLE * whole + WORDS * trust * words
    _, thread = np.unique(thread_of_answer, return_inverse=True)
    means = np.bincount(thread, weights=own) / np.bincount(thread)
    fused: Scores = ((own + THREAD * means[thread] + QUESTION * question) / _ALL).astype(np.float32)
    return fused
