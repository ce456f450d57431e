"""An index that is open: from a query to the answers found for it."""

from pathlib import Path

import numpy as np

from corpus import Thread
from index.embedder import Embedder, load_embedder
from index.errors import IndexStateError
from index.generations import current_generation
from index.info import check_files, rebuild_command
from index.manifest import read_manifest
from index.records import Hit
from index.sentences import Span, sentence_spans
from index.store import Store
from index.vectors import VectorIndex

_PASSAGES_A_HIT = 4
"""Passages asked of the vectors for each hit wanted, since several may be of one answer."""


class Index:
    """A corpus that can be searched. Safe to use from several threads at once."""

    def __init__(self, directory: Path, embedder: Embedder | None = None) -> None:
        """Open the index in `directory`, with the embedder that it was made with unless one is given.

        Raises:
            IndexStateError: there is no index, it is damaged, or it was made with another embedder.
            EmbedderError: the embedder that it was made with can't be had.
        """
        rebuild = rebuild_command(directory)
        folder = current_generation(directory, rebuild=rebuild)
        self.directory = directory
        self.manifest = read_manifest(folder, rebuild=rebuild)
        check_files(folder, self.manifest, rebuild=rebuild)
        self._embedder = embedder or load_embedder(self.manifest.embedder)
        if self._embedder.fingerprint != self.manifest.embedder_fingerprint:
            raise IndexStateError(
                f"{directory}: this index was made with another embedder ({self.manifest.embedder}) than "
                f"{self._embedder.name}, or with other weights of it. Build it again: {rebuild}"
            )
        self._vectors = VectorIndex(folder, rebuild=rebuild)
        self._store = Store(folder, rebuild=rebuild)
        rows = np.array(self._store.passage_rows(), dtype=np.int64).reshape(-1, 3)
        self._answer_of_passage, self._spans = rows[:, 0], rows[:, 1:]
        self._thread_of_answer = self._store.answer_threads()
        self._first_answer = _first_answers(self._thread_of_answer)
        if len(rows) != self._vectors.count or self._vectors.dimensions != self._embedder.dimensions:
            raise IndexStateError(
                f"{directory}: the vectors and the answers do not belong together. Build the index again: {rebuild}"
            )

    @property
    def embedder(self) -> Embedder:
        """The embedder that the index was made with."""
        return self._embedder

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """Return the `k` answers that match `query` best, best first, each with its best passage."""
        hits: list[Hit] = []
        seen: set[int] = set()
        wanted = k * _PASSAGES_A_HIT
        vector = self._embedder.embed_query(query)
        while len(hits) < k:
            rows, scores = self._vectors.nearest(vector, wanted)
            for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
                answer = int(self._answer_of_passage[row])
                if answer not in seen and len(hits) < k:
                    seen.add(answer)
                    hits.append(self._hit(answer, row, score))
            if wanted >= self._vectors.count:
                break
            wanted *= 4
        return hits

    def score_sentences(self, query: str, text: str) -> list[tuple[Span, float]]:
        """Return the span of each sentence of `text`, in order, with its cosine to `query`, -1 to 1."""
        spans = sentence_spans(text)
        vectors = self._embedder.embed_passages([text[start:end] for start, end in spans])
        scores = vectors @ self._embedder.embed_query(query)
        return list(zip(spans, scores.tolist(), strict=True))

    def thread(self, thread_id: str) -> Thread | None:
        """Return the thread with this id, or None."""
        return self._store.thread_by_id(thread_id)

    def sample_threads(self, count: int) -> list[Thread]:
        """Return up to `count` threads, spread evenly over the corpus, in its order."""
        total = self.manifest.threads
        step = max(1, total // count)
        return [self._store.thread(number) for number in range(0, total, step)][:count]

    def close(self) -> None:
        """Close the index's files."""
        self._store.close()

    def _hit(self, answer: int, row: int, score: float) -> Hit:
        number = self._thread_of_answer[answer]
        thread = self._store.thread(number)
        start, end = self._spans[row].tolist()
        return Hit(
            thread=thread, answer=thread.answers[answer - self._first_answer[number]], score=score, passage=(start, end)
        )


def _first_answers(thread_of_answer: list[int]) -> dict[int, int]:
    first: dict[int, int] = {}
    for answer, thread in enumerate(thread_of_answer):
        first.setdefault(thread, answer)
    return first
