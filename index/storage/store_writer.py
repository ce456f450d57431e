"""Writes the store of a new index: first the threads as they are read, then how they are cut."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus import Thread
from corpus.text.sentences import Span
from index.build.passages import Passage
from index.storage.schema import (
    ANSWER_COLUMNS,
    SCHEMA,
    STORE_FILE,
    THREAD_COLUMNS,
    Row,
    answer_values,
    thread_of,
    thread_values,
)

HASH_BYTES = 16
"""128 bits of SHA-256: enough that two texts of one corpus never share a hash by accident."""


@dataclass(slots=True)
class Counts:
    """How many of each there are so far; the next one's number."""

    threads: int = 0
    answers: int = 0
    doctors_answers: int = 0
    passages: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class PassageSource:
    """A passage in its answer: the titles above it, the answer's text, its own span in it, and its sentences'."""

    thread_title: str
    answer_title: str | None
    text: str
    span: Span
    sentences: list[Span]


class StoreWriter:
    """Writes one store. Nothing reads it before it is closed and published."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STORE_FILE
        self._database = sqlite3.connect(self.path.resolve().as_uri(), uri=True)
        # The file is written aside and synced as a whole: no journal on the disk is needed.
        self._database.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;" + SCHEMA)
        self.counts = Counts()

    def add_thread(self, thread: Thread) -> None:
        """Add a thread with its answers.

        Raises:
            sqlite3.IntegrityError: a thread or an answer with one of its ids is there already; the
                store is as it was before.
        """
        number, first = self.counts.threads, self.counts.answers
        self._database.execute("SAVEPOINT thread")
        try:
            self._database.execute(
                f"INSERT INTO threads (number, {THREAD_COLUMNS}) VALUES ({_places(9)})",
                (number, *thread_values(thread)),
            )
            self._database.executemany(
                f"INSERT INTO answers (number, thread, {ANSWER_COLUMNS}) VALUES ({_places(19)})",
                [(first + n, number, *answer_values(answer)) for n, answer in enumerate(thread.answers)],
            )
        except sqlite3.IntegrityError:
            self._database.execute("ROLLBACK TO thread")
            raise
        finally:
            self._database.execute("RELEASE thread")
        self.counts.threads += 1
        self.counts.answers += len(thread.answers)
        self.counts.doctors_answers += sum(not answer.by_asker for answer in thread.answers)

    def add_question(self, thread: int, text: str) -> None:
        """Note what is embedded for the question of the thread with this number."""
        self._database.execute("INSERT INTO questions VALUES (?, ?)", (thread, hash_of(f"question\0{text}")))

    def add_passages(self, answer: int, passages: Sequence[Passage]) -> None:
        """Add the passages of the answer with this number, with their sentences. Answers come in order."""
        for passage in passages:
            self._database.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self.counts.passages,
                    answer,
                    passage.start,
                    passage.end,
                    self.counts.sentences,
                    len(passage.sentences),
                    hash_of(passage.embedded_text),
                ),
            )
            first = self.counts.sentences
            rows = [(first + n, *span) for n, span in enumerate(passage.sentences)]
            self._database.executemany("INSERT INTO sentences VALUES (?, ?, ?)", rows)
            self.counts.passages += 1
            self.counts.sentences += len(rows)

    def threads(self) -> Iterator[tuple[int, int, Thread]]:
        """Give every thread with its number and the number of its first answer, without holding them all."""
        with closing(self._database.cursor()) as cursor:
            for number, *values in cursor.execute(f"SELECT number, {THREAD_COLUMNS} FROM threads ORDER BY number"):
                answers = self._answers_of(number)
                yield number, answers[0][0] if answers else 0, thread_of(tuple(values), [row[1:] for row in answers])

    def passage_source(self, passage: int) -> PassageSource:
        """Return what is embedded for the passage with this number is made of."""
        ((title, answer_title, text, start, end, first, count),) = self.execute(
            'SELECT t.title, a.title, a.text, p."start", p."end", p.first_sentence, p.sentences FROM passages p'
            " JOIN answers a ON a.number = p.answer JOIN threads t ON t.number = a.thread WHERE p.number = ?",
            (passage,),
        )
        sentences = self.execute(
            'SELECT "start", "end" FROM sentences WHERE number >= ? AND number < ? ORDER BY number',
            (first, first + count),
        )
        return PassageSource(title, answer_title, text, (start, end), [(left, right) for left, right in sentences])

    def question_source(self, thread: int) -> tuple[str, str | None]:
        """Return the title and the question of the thread with this number."""
        ((title, question),) = self.execute("SELECT title, question FROM threads WHERE number = ?", (thread,))
        return title, question

    def sentences_of(self, passage: int) -> tuple[int, int]:
        """Return the number of a passage's first sentence, and how many it has."""
        ((first, count),) = self.execute("SELECT first_sentence, sentences FROM passages WHERE number = ?", (passage,))
        return first, count

    def repeated_passages(self) -> list[tuple[int, int]]:
        """Return each passage whose text an earlier one has, and the first that has it."""
        return self.execute(
            "SELECT p.number, r.number FROM passages p JOIN"
            " (SELECT min(number) number, hash FROM passages GROUP BY hash HAVING count(*) > 1) r"
            " ON p.hash = r.hash WHERE p.number != r.number"
        )

    def repeated_questions(self) -> list[tuple[int, int]]:
        """Return each thread whose title and question an earlier one has, and the first that has them."""
        return self.execute(
            "SELECT q.thread, r.thread FROM questions q JOIN"
            " (SELECT min(thread) thread, hash FROM questions GROUP BY hash HAVING count(*) > 1) r"
            " ON q.hash = r.hash WHERE q.thread != r.thread"
        )

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement on the unfinished store and return its rows; only for the files of this folder."""
        return self._database.execute(statement, values).fetchall()

    def commit(self) -> None:
        """End the transaction that is open."""
        self._database.commit()

    def close(self) -> None:
        """Finish the file."""
        self._database.commit()
        self._database.close()

    def _answers_of(self, thread: int) -> list[Row]:
        return self.execute(
            f"SELECT number, {ANSWER_COLUMNS} FROM answers WHERE thread = ? ORDER BY position", (thread,)
        )


def hash_of(text: str) -> bytes:
    """Return the hash by which a text that was embedded before is found again."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).digest()[:HASH_BYTES]


def _places(count: int) -> str:
    return ", ".join("?" * count)
