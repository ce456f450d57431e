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
from index.build.passages import MAX_CONTEXT_CHARS
from index.build.stored_texts import passage_texts, question_texts
from index.errors import EmbedderError
from index.models.embedder import Embedder, Vectors
from index.storage.matrices import (
    PASSAGES_FILE,
    QUESTIONS_FILE,
    SENTENCES_FILE,
    MatrixWriter,
    as_bytes,
    open_matrix,
)
from index.storage.store import STORE_FILE
from index.storage.store_writer import StoreWriter

Progress = Callable[[int, int], None]
"""Told how many texts are embedded, and how many there are to embed."""

CHUNK = 1024
"""Texts that are embedded before they are kept for good: some ten to thirty seconds of work."""
BATCH = 32

_UNIT_TOLERANCE = 1e-2
"""How far the length of a vector may be from 1: half precision keeps about three digits."""

_TODO = """
CREATE TEMP TABLE todo (kind TEXT NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, chars INTEGER NOT NULL,
                        PRIMARY KEY (kind, number)) WITHOUT ROWID;
CREATE INDEX temp.todo_by_hash ON todo(hash);
"""
_FILL_TODO = (
    "INSERT INTO todo SELECT 'question', min(thread), q.hash, max(length(title) + ifnull(length(question), 0))"
    " FROM questions q JOIN threads ON thread = number GROUP BY q.hash",
    "INSERT INTO todo SELECT 'passage', min(p.number), p.hash,"
    f' max(p."end" - p."start" + min({MAX_CONTEXT_CHARS}, length(t.title) + ifnull(length(a.title), 0)))'
    " FROM passages p"
    " JOIN answers a ON a.number = p.answer JOIN threads t ON t.number = a.thread GROUP BY p.hash",
)


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
        for statement in _TODO.split(";")[:-1]:
            store.execute(statement)
        for statement in _FILL_TODO:
            store.execute(statement)

    def todo(self) -> int:
        """Return how many different texts have no vector yet."""
        return int(self._store.execute("SELECT count(*) FROM todo")[0][0])

    def copy_from(self, generation: Path) -> None:
        """Copy the vectors of texts that stand in another generation, made by the same embedder."""
        old_passages = open_matrix(generation / PASSAGES_FILE)
        old_sentences = open_matrix(generation / SENTENCES_FILE)
        old_questions = open_matrix(generation / QUESTIONS_FILE)
        self._store.execute("ATTACH ? AS old", (f"file:{generation / STORE_FILE}?mode=ro&immutable=1",))
        try:
            passages = self._store.execute(
                "SELECT t.number, t.hash, min(o.number), o.first_sentence, o.sentences FROM todo t"
                " JOIN passages n ON n.number = t.number JOIN old.passages o ON o.hash = t.hash"
                " AND o.sentences = n.sentences WHERE kind = 'passage' GROUP BY t.number"
            )
            for number, digest, row, first, count in passages:
                self._put_passage(number, digest, old_passages[row], old_sentences[first : first + count])
            questions = self._store.execute(
                "SELECT number, t.hash, min(thread) FROM todo t JOIN old.questions o ON o.hash = t.hash"
                " WHERE kind = 'question' GROUP BY number"
            )
            for number, digest, row in questions:
                self._put_question(number, digest, old_questions[row])
        finally:
            self._store.commit()
            self._store.execute("DETACH old")

    def use(self, chunk: Chunk) -> None:
        """Take over what an unfinished build had embedded."""
        for digest, vector, sentences in chunk.items():
            for kind, number in self._store.execute("SELECT kind, number FROM todo WHERE hash = ?", (digest,)):
                if kind == "question":
                    self._put_question(number, digest, vector)
                elif self._sentence_count(number) == len(sentences):
                    self._put_passage(number, digest, vector, sentences)

    def embed_rest(self, unfinished: Unfinished, progress: Progress) -> None:
        """Embed what has no vector yet, a chunk at a time, and keep each chunk.

        Raises:
            EmbedderError: the embedder gives vectors that are not finite or not of unit length.
        """
        total = self.todo()
        done = 0
        progress(0, total)

        def count(more: int) -> None:
            nonlocal done
            done += more
            progress(done, total)

        for kind, embed in (("question", self._embed_questions), ("passage", self._embed_passages)):
            while rows := self._store.execute(
                "SELECT number, hash FROM todo WHERE kind = ? ORDER BY chars DESC, number LIMIT ?", (kind, CHUNK)
            ):
                unfinished.keep(embed([number for number, _ in rows], [digest for _, digest in rows], count))

    def finish(self) -> None:
        """Give texts that stand several times the vectors of the first, and finish the files."""
        twice = self._store.execute(
            "SELECT p.number, p.first_sentence, r.number, r.first_sentence, p.sentences FROM passages p JOIN"
            " (SELECT min(number) number, first_sentence, hash FROM passages GROUP BY hash HAVING count(*) > 1) r"
            " ON p.hash = r.hash WHERE p.number != r.number"
        )
        for number, first, source, source_first, count in twice:
            self._passages.copy(source, number)
            for n in range(count):
                self._sentences.copy(source_first + n, first + n)
        for thread, source in self._store.execute(
            "SELECT q.thread, r.thread FROM questions q JOIN"
            " (SELECT min(thread) thread, hash FROM questions GROUP BY hash HAVING count(*) > 1) r"
            " ON q.hash = r.hash WHERE q.thread != r.thread"
        ):
            self._questions.copy(source, thread)
        self._store.execute("DROP TABLE todo")

    def __enter__(self) -> Self:
        """Return the filler itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self._files.close()

    def _embed_questions(self, numbers: list[int], hashes: list[bytes], count: Callable[[int], None]) -> Chunk:
        texts = question_texts(self._store, numbers)
        parts = []
        for start in range(0, len(texts), BATCH):
            parts.append(self._checked(self._embedder.embed_queries(texts[start : start + BATCH])))
            count(len(parts[-1]))
        vectors = np.concatenate(parts).astype(np.float16)
        for number, digest, vector in zip(numbers, hashes, vectors, strict=True):
            self._put_question(number, digest, vector)
        none = np.zeros((0, vectors.shape[1]), dtype=np.int8)
        return Chunk(_as_rows(hashes), vectors, np.zeros(len(numbers), np.int32), none)

    def _embed_passages(self, numbers: list[int], hashes: list[bytes], count: Callable[[int], None]) -> Chunk:
        texts, spans = passage_texts(self._store, numbers)
        vectors: list[Vectors] = []
        sentences: list[NDArray[np.int8]] = []
        for start in range(0, len(texts), BATCH):
            batch = slice(start, start + BATCH)
            of_texts, of_sentences = self._embedder.embed_passages(texts[batch], spans[batch])
            vectors.append(self._checked(of_texts))
            sentences += [as_bytes(rows) for rows in of_sentences]
            count(len(of_texts))
        halves = np.concatenate(vectors).astype(np.float16)
        for number, digest, vector, rows in zip(numbers, hashes, halves, sentences, strict=True):
            self._put_passage(number, digest, vector, rows)
        counts = np.array([len(rows) for rows in sentences], dtype=np.int32)
        return Chunk(_as_rows(hashes), halves, counts, np.concatenate(sentences))

    def _checked(self, vectors: Vectors) -> Vectors:
        lengths = np.linalg.norm(vectors, axis=1)
        sound = np.isfinite(lengths) & (lengths > 0)
        if self._embedder.unit_length:
            sound &= np.abs(lengths - 1) < _UNIT_TOLERANCE  # NaN and infinity fail this too.
        if not sound.all():
            name = self._embedder.settings.name
            raise EmbedderError(f"The embedder {name} gave vectors that are not finite or not of unit length.")
        return vectors

    def _sentence_count(self, passage: int) -> int:
        return int(self._store.execute("SELECT sentences FROM passages WHERE number = ?", (passage,))[0][0])

    def _put_passage(
        self, number: int, digest: bytes, vector: NDArray[np.generic], sentences: NDArray[np.generic]
    ) -> None:
        ((first,),) = self._store.execute("SELECT first_sentence FROM passages WHERE number = ?", (number,))
        self._passages.write(number, vector)
        for n, row in enumerate(sentences):
            self._sentences.write(first + n, row)
        self._store.execute("DELETE FROM todo WHERE kind = 'passage' AND hash = ?", (digest,))

    def _put_question(self, number: int, digest: bytes, vector: NDArray[np.generic]) -> None:
        self._questions.write(number, vector)
        self._store.execute("DELETE FROM todo WHERE kind = 'question' AND hash = ?", (digest,))

    def _matrix(self, path: Path, rows: int, dtype: type[np.generic]) -> MatrixWriter:
        writer = MatrixWriter(path, rows=rows, dimensions=self._embedder.dimensions, dtype=dtype)
        return self._files.enter_context(writer)


def _as_rows(hashes: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(len(hashes), -1)
