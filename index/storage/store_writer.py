"""Writes the store of a new index: first the threads as they are read, then how they are cut."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus import Answer, Doctor, Thread
from index.build.passages import Passage
from index.storage.store import ANSWER_COLUMNS, SCHEMA, STORE_FILE, THREAD_COLUMNS, Row, thread_of

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


class StoreWriter:
    """Writes one store. Nothing reads it before it is closed and published."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STORE_FILE
        self._database = sqlite3.connect(self.path, uri=True)
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
        t = thread
        tags = json.dumps(t.tags, ensure_ascii=False)
        also_in = json.dumps([(other.source, other.url) for other in t.also_in], ensure_ascii=False)
        self._database.execute("SAVEPOINT thread")
        try:
            self._database.execute(
                f"INSERT INTO threads (number, {THREAD_COLUMNS}) VALUES ({_places(9)})",
                (number, t.id, t.title, t.question, t.url, t.source, tags, t.disclaimer, also_in),
            )
            self._database.executemany(
                f"INSERT INTO answers (number, thread, {ANSWER_COLUMNS}) VALUES ({_places(18)})",
                [(first + n, number, *_answer_values(answer)) for n, answer in enumerate(t.answers)],
            )
        except sqlite3.IntegrityError:
            self._database.execute("ROLLBACK TO thread")
            raise
        finally:
            self._database.execute("RELEASE thread")
        self.counts.threads += 1
        self.counts.answers += len(t.answers)
        self.counts.doctors_answers += sum(not answer.by_asker for answer in t.answers)

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

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement on the unfinished store and return its rows."""
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


def _answer_values(answer: Answer) -> Row:
    d = answer.author or Doctor()
    a = answer
    facts = (d.name, d.credentials, d.specialty, d.location, d.rating, d.reviews)
    return (a.id, a.position, a.title, a.text, a.url, a.kind, a.votes, a.date, a.copy_of, a.by_asker, *facts)


def _places(count: int) -> str:
    return ", ".join("?" * count)
