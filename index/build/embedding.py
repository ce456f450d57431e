"""Fills the matrices of a new index: what was embedded before is copied, the rest is embedded.

The texts stay in the store; only those of one chunk are in memory at a time. Long ones go first,
so that texts of like length share a batch and the time left is not underestimated.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.build.checkpoint import Chunk, Unfinished
from index.build.stored_texts import passage_texts, question_texts
from index.errors import EmbedderError
from index.models.embedder import Embedder, Vectors
from index.storage.embedding_queue import EmbeddingQueue, Queued
from index.storage.matrices import (
    PASSAGES_FILE,
    QUESTIONS_FILE,
    SENTENCES_FILE,
    MatrixWriter,
    as_bytes,
    open_matrix,
)
from index.storage.store_writer import StoreWriter

Progress = Callable[[int, int], None]
"""Told how many texts are embedded, and how many there are to embed."""

CHUNK = 1024
"""Texts that are embedded before they are kept for good: some ten to thirty seconds of work."""
BATCH = 32

_UNIT_TOLERANCE = 1e-2
"""How far the length of a vector may be from 1: half precision keeps about three digits."""


class MatrixFiller:
    """Fills the matrices beside one unfinished store."""

    def __init__(self, store: StoreWriter, folder: Path, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._files = ExitStack()
        counts = store.counts
        self._passages = self._matrix(folder / PASSAGES_FILE, counts.passages, np.float16)
        self._sentences = self._matrix(folder / SENTENCES_FILE, counts.sentences, np.int8)
        self._questions = self._matrix(folder / QUESTIONS_FILE, counts.threads, np.float16)
        self._queue = EmbeddingQueue(store)

    def copy_from(self, generation: Path) -> None:
        """Copy the vectors of texts that stand in another generation, made by the same embedder."""
        old_passages = open_matrix(generation / PASSAGES_FILE)
        old_sentences = open_matrix(generation / SENTENCES_FILE)
        old_questions = open_matrix(generation / QUESTIONS_FILE)
        passages, questions = self._queue.known_in(generation)
        for number, text_hash, row, first, count in passages:
            self._put_passage(number, text_hash, old_passages[row], old_sentences[first : first + count])
        for number, text_hash, row in questions:
            self._put_question(number, text_hash, old_questions[row])

    def use(self, chunk: Chunk) -> None:
        """Take over what an unfinished build had embedded."""
        for text_hash, vector, sentences in chunk.items():
            for kind, number in self._queue.with_hash(text_hash):
                if kind == "question":
                    self._put_question(number, text_hash, vector)
                elif self._store.sentences_of(number)[1] == len(sentences):
                    self._put_passage(number, text_hash, vector, sentences)

    def embed_rest(self, unfinished: Unfinished, progress: Progress) -> None:
        """Embed what has no vector yet, a chunk at a time, and keep each chunk.

        Raises:
            EmbedderError: the embedder gives vectors that are not finite or not of unit length.
        """
        total = len(self._queue)
        done = 0
        progress(0, total)

        def count(more: int) -> None:
            nonlocal done
            done += more
            progress(done, total)

        while rows := self._queue.longest("question", CHUNK):
            unfinished.keep(self._embed_questions(rows, count))
        while rows := self._queue.longest("passage", CHUNK):
            unfinished.keep(self._embed_passages(rows, count))

    def finish(self) -> None:
        """Give texts that stand several times the vectors of the first, and finish the files."""
        for passage, source in self._store.repeated_passages():
            self._passages.copy(source, passage)
            (first, _), (source_first, count) = self._store.sentences_of(passage), self._store.sentences_of(source)
            for n in range(count):
                self._sentences.copy(source_first + n, first + n)
        for thread, source in self._store.repeated_questions():
            self._questions.copy(source, thread)
        self._queue.close()

    def __enter__(self) -> Self:
        """Return the filler itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self._files.close()

    def _embed_questions(self, queued: Sequence[Queued], count: Callable[[int], None]) -> Chunk:
        texts = question_texts(self._store, [number for number, _ in queued])
        parts = []
        for start in range(0, len(texts), BATCH):
            parts.append(self._checked(self._embedder.embed_queries(texts[start : start + BATCH])))
            count(len(parts[-1]))
        vectors = np.concatenate(parts).astype(np.float16)
        for (number, text_hash), vector in zip(queued, vectors, strict=True):
            self._put_question(number, text_hash, vector)
        none = np.zeros((0, vectors.shape[1]), dtype=np.int8)
        return Chunk(_hashes(queued), vectors, np.zeros(len(queued), np.int32), none)

    def _embed_passages(self, queued: Sequence[Queued], count: Callable[[int], None]) -> Chunk:
        texts, spans = passage_texts(self._store, [number for number, _ in queued])
        vectors: list[Vectors] = []
        sentences: list[NDArray[np.int8]] = []
        for start in range(0, len(texts), BATCH):
            batch = slice(start, start + BATCH)
            of_texts, of_sentences = self._embedder.embed_passages(texts[batch], spans[batch])
            vectors.append(self._checked(of_texts))
            sentences += [as_bytes(rows) for rows in of_sentences]
            count(len(of_texts))
        halves = np.concatenate(vectors).astype(np.float16)
        for (number, text_hash), vector, rows in zip(queued, halves, sentences, strict=True):
            self._put_passage(number, text_hash, vector, rows)
        counts = np.array([len(rows) for rows in sentences], dtype=np.int32)
        return Chunk(_hashes(queued), halves, counts, np.concatenate(sentences))

    def _checked(self, vectors: Vectors) -> Vectors:
        lengths = np.linalg.norm(vectors, axis=1)
        sound = np.isfinite(lengths) & (lengths > 0)
        if self._embedder.unit_length:
            sound &= np.abs(lengths - 1) < _UNIT_TOLERANCE  # NaN and infinity fail this too.
        if not sound.all():
            name = self._embedder.settings.name
            raise EmbedderError(f"The embedder {name} gave vectors that are not finite or not of unit length.")
        return vectors

    def _put_passage(
        self, number: int, text_hash: bytes, vector: NDArray[np.generic], sentences: NDArray[np.generic]
    ) -> None:
        first, _ = self._store.sentences_of(number)
        self._passages.write(number, vector)
        for n, row in enumerate(sentences):
            self._sentences.write(first + n, row)
        self._queue.remove("passage", text_hash)

    def _put_question(self, number: int, text_hash: bytes, vector: NDArray[np.generic]) -> None:
        self._questions.write(number, vector)
        self._queue.remove("question", text_hash)

    def _matrix(self, path: Path, rows: int, dtype: type[np.generic]) -> MatrixWriter:
        writer = MatrixWriter(path, rows=rows, dimensions=self._embedder.dimensions, dtype=dtype)
        return self._files.enter_context(writer)


def _hashes(queued: Sequence[Queued]) -> NDArray[np.uint8]:
    """Return the hashes of some texts, of shape (texts, HASH_BYTES)."""
    joined = b"".join(text_hash for _, text_hash in queued)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(queued), -1)
