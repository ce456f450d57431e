"""One vector an answer in a FAISS index: finds the answers worth a closer look.

An answer's vector is the mean of its passages' vectors. The closer look then goes by the passages
themselves (`search`). The exact index is used as long as it is fast; its vectors are kept in half
precision, which FAISS also searches faster than single (0.4 ms for 16,000 answers against 0.9).
"""

from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors
from index.storage.generations import damaged_file

ANSWERS_FILE = "answers.faiss"

EXACT_UP_TO = 100_000
"""Answers that are searched exactly; above, a graph finds most of the nearest much faster (docs/retrieval.md)."""

_LINKS = 32  # These three give a recall@10 of 0.99 and more on 200,000 answers.
_BUILD_EFFORT = 120
_SEARCH_EFFORT = 256
_ROWS_AT_ONCE = 8192


def answer_means(
    passages: NDArray[np.generic], first_passage: NDArray[np.int32], *, unit_length: bool
) -> Iterator[Vectors]:
    """Give the mean of each answer's passages, some thousand answers at a time, as rows.

    Args:
        passages: the passages' vectors, as rows.
        first_passage: for each answer the row of its first passage, and at the end the number of all.
        unit_length: whether the means are scaled to length 1.
    """
    for start in range(0, len(first_passage) - 1, _ROWS_AT_ONCE):
        bounds = first_passage[start : start + _ROWS_AT_ONCE + 1]
        rows = passages[bounds[0] : bounds[-1]].astype(np.float32)
        counts = np.diff(bounds)
        sums = np.zeros((len(counts), passages.shape[1]), dtype=np.float32)
        some = counts > 0
        if some.any():
            sums[some] = np.add.reduceat(rows, (bounds[:-1] - bounds[0])[some], axis=0)
        lengths = np.linalg.norm(sums, axis=1) if unit_length else counts.astype(np.float32)
        yield sums / np.maximum(lengths, np.finfo(np.float32).tiny)[:, None]


def write_answers(folder: Path, means: Iterator[Vectors], *, answers: int, dimensions: int) -> None:
    """Write the answers' vectors as an exact index, or above `EXACT_UP_TO` as a graph (HNSW)."""
    if answers <= EXACT_UP_TO:
        index = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    else:
        # Malkov and Yashunin 2016, https://arxiv.org/abs/1603.09320
        index = faiss.IndexHNSWSQ(dimensions, faiss.ScalarQuantizer.QT_fp16, _LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = _BUILD_EFFORT
    index.train(np.zeros((1, dimensions), dtype=np.float32))  # Half precision has nothing to learn.
    for rows in means:
        index.add(rows)
    faiss.write_index(index, str(folder / ANSWERS_FILE))


class AnswerVectors:
    """Finds the answers whose vectors are nearest to a query's."""

    def __init__(self, folder: Path) -> None:
        """Open the vectors in `folder`.

        Raises:
            IndexStateError: the file is missing or is no FAISS index.
        """
        path = folder / ANSWERS_FILE
        try:
            self._index = faiss.read_index(str(path))
        except RuntimeError:
            raise damaged_file(path) from None
        self.count: int = self._index.ntotal
        self.dimensions: int = self._index.d
        self.exact = not isinstance(self._index, faiss.IndexHNSW)

    def nearest(self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Return the numbers of the `k` answers nearest to `query`, best first.

        Args:
            allowed: for each answer whether it may be found; None for all. It holds before the list
                is cut at `k`, so a narrow filter still fills it.
        """
        among = self.count if allowed is None else int(allowed.sum())
        k = min(k, among)
        if k == 0:
            return np.empty(0, dtype=np.int64)
        if allowed is not None and not self.exact and among <= EXACT_UP_TO:
            # A graph loses its way among few allowed answers; these are soon looked at one by one.
            numbers = np.flatnonzero(allowed)
            return numbers[np.argsort(-(self.vectors(numbers) @ query), kind="stable")[:k]]
        selector = None if allowed is None else faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        _, found = self._index.search(query.reshape(1, -1), k, params=self._parameters(selector, k))
        nearest: NDArray[np.int64] = found[0][found[0] >= 0]
        return nearest

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the vectors of some answers, as rows."""
        storage = self._index.storage if not self.exact else self._index
        rows: Vectors = faiss.downcast_index(storage).reconstruct_batch(numbers)
        return rows

    def recall(self, queries: Vectors, *, k: int) -> float:
        """Return which part of the exact `k` nearest answers are found, on average over `queries`, 0 to 1."""
        best_scores = np.empty((len(queries), 0), dtype=np.float32)
        best = np.empty((len(queries), 0), dtype=np.int64)
        for start in range(0, self.count, _ROWS_AT_ONCE):
            numbers = np.arange(start, min(start + _ROWS_AT_ONCE, self.count))
            scores = np.concatenate([best_scores, queries @ self.vectors(numbers).T], axis=1)
            places = np.concatenate([best, np.broadcast_to(numbers, (len(queries), len(numbers)))], axis=1)
            top = np.argsort(-scores, axis=1, kind="stable")[:, :k]
            best_scores, best = np.take_along_axis(scores, top, 1), np.take_along_axis(places, top, 1)
        found = [len(set(self.nearest(query, k)) & set(exact)) for query, exact in zip(queries, best, strict=True)]
        return float(np.mean(found)) / k

    def _parameters(self, selector: "faiss.IDSelector | None", k: int) -> "faiss.SearchParameters | None":
        if not self.exact:
            return faiss.SearchParametersHNSW(sel=selector, efSearch=max(_SEARCH_EFFORT, 2 * k))
        return faiss.SearchParameters(sel=selector) if selector else None
