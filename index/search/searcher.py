"""From a query's vector and terms to the answers, by dense and lexical matching together."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors
from index.records import Parts, Query
from index.search.dense import AnswerVectors
from index.search.fusion import Scores, Weights, fuse
from index.search.lexical import LexicalIndex
from index.storage.layout import Layout, Numbers, read_layout
from index.storage.matrices import PASSAGES_FILE, QUESTIONS_FILE, open_matrix
from index.storage.store import Store

MIN_CANDIDATES = 100
"""Answers that each of the two ways of matching puts forward. All of the ten best by an exhaustive
search are among them and their threads, on all four sets of docs/retrieval.md."""


_RECALL_QUESTIONS = 200
"""Questions of the corpus with which an approximate index is measured."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that was looked at closely, by its number, with its score and best passage."""

    answer: int
    score: float
    best_passage: int
    parts: Parts


class Searcher:
    """Searches the files of one generation."""

    def __init__(self, folder: Path, store: Store, *, largest_length: float) -> None:
        """Open the vectors and words in `folder`.

        Args:
            largest_length: the length of the longest passage vector; scores are scaled by it.

        Raises:
            IndexStateError: a file is missing or damaged.
        """
        self.layout: Layout = read_layout(store)
        self.answers = AnswerVectors(folder)
        self.lexical = LexicalIndex(folder, answers=self.layout.answers)
        self._passages = open_matrix(folder / PASSAGES_FILE)
        self.questions = open_matrix(folder / QUESTIONS_FILE)
        self._largest_length = largest_length
        # None where every answer is a doctor's: then nothing needs to be masked.
        self._by_doctor = None if self.layout.by_doctor.all() else self.layout.by_doctor

    def search(
        self,
        query: Query,
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        *,
        weights: Weights | None = None,
        fold: bool = True,
    ) -> list[Candidate]:
        """Return the `k` best answers of doctors, best first; fewer where there are no more.

        Args:
            allowed: for each answer whether it may be found, of shape (answers,); None for all.
            weights: what each part of a match counts; None for the usual ones.
            fold: whether of several copies of one text only the best is returned.
        """
        if self._by_doctor is not None:
            allowed = self._by_doctor if allowed is None else allowed & self._by_doctor
        vector = query.vector / (np.linalg.norm(query.vector) * self._largest_length)
        words = self._words(query, allowed)
        looked_at = self._candidates(vector, words, max(MIN_CANDIDATES, 2 * k), allowed)
        if not len(looked_at):
            return []
        whole = self.answers.vectors(looked_at) @ vector
        passage, best = self._best_passages(looked_at, vector)
        threads = self.layout.thread_of_answer[looked_at].astype(np.int64)
        different, place = np.unique(threads, return_inverse=True)
        question = (self.questions[different].astype(np.float32) @ vector)[place]
        scores = fuse(
            weights or Weights(),
            passage=passage,
            whole=whole,
            words=words[looked_at],
            question=question,
            thread_of_answer=threads,
            corpus_size=self.layout.answers,
        )
        order = np.lexsort((looked_at, -scores))
        if allowed is not None:
            order = order[allowed[looked_at[order]]]
        if fold:
            _, firsts = np.unique(self.layout.original[looked_at[order]], return_index=True)
            order = order[np.sort(firsts)]
        return [
            Candidate(
                answer=int(looked_at[at]),
                score=float(scores[at]),
                best_passage=int(best[at]),
                parts=Parts(
                    passage=float(passage[at]),
                    whole=float(whole[at]),
                    question=float(question[at]),
                    words=float(words[looked_at[at]]),
                ),
            )
            for at in order[:k].tolist()
        ]

    def approximate_recall(self) -> float | None:
        """Return the recall@10 of the answers' vectors against exact search, None where it is exact."""
        if self.answers.exact:
            return None
        step = max(1, len(self.questions) // _RECALL_QUESTIONS)
        questions = self.questions[::step].astype(np.float32)
        return self.answers.recall(questions, k=10)

    def _words(self, query: Query, allowed: NDArray[np.bool_] | None) -> Scores:
        """Return the lexical score of every answer as a part of the best one's, 0 to 1."""
        scores = self.lexical.scores(query.terms)
        best = scores.max(initial=0.0, where=True if allowed is None else allowed)
        scaled: Scores = np.minimum(scores / best, 1.0) if best > 0 else scores
        return scaled

    def _candidates(self, vector: Vectors, words: Scores, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """Return the numbers of all answers of the threads that either way of matching puts forward."""
        dense = self.answers.nearest(vector, count, allowed)
        lexical = _best(words if allowed is None else np.where(allowed, words, 0), count)
        threads = np.unique(self.layout.thread_of_answer[np.concatenate([dense, lexical])]).astype(np.int64)
        answers = self.layout.answers_of(threads)
        return answers[self.layout.passage_counts(answers) > 0]

    def _best_passages(self, answers: Numbers, vector: Vectors) -> tuple[Scores, Numbers]:
        """Return the score of each answer's best passage, and the number of that passage.

        Args:
            answers: numbers of answers that have passages.
        """
        rows = self.layout.passages_of(answers)
        scores = self._passages[rows].astype(np.float32) @ vector
        counts = self.layout.passage_counts(answers)
        # By answer, then by score; of equal passages the first counts.
        order = np.lexsort((rows, -scores, np.repeat(np.arange(len(answers)), counts)))
        best = order[np.cumsum(counts) - counts]
        return scores[best], rows[best]


def _best(scores: Scores, count: int) -> Numbers:
    """Return the places of the `count` highest scores above 0, in no order."""
    count = min(count, int(np.count_nonzero(scores > 0)))
    if count == 0:
        return np.empty(0, dtype=np.int64)
    return np.argpartition(-scores, count - 1)[:count]
