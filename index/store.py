"""Threads and answers in SQLite, beside the vectors."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import Answer, Doctor, Thread
from index.errors import IndexStateError
from index.passages import Passage

STORE_FILE = "threads.sqlite"

Row = tuple[Any, ...]

_SCHEMA = """
CREATE TABLE threads (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, question TEXT, url TEXT, source TEXT,
    tags TEXT NOT NULL, disclaimer TEXT
);
CREATE TABLE answers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread INTEGER NOT NULL REFERENCES threads(number),
    position INTEGER NOT NULL, title TEXT, text TEXT NOT NULL, url TEXT, kind TEXT NOT NULL, votes INTEGER,
    name TEXT, credentials TEXT, specialty TEXT, location TEXT, rating REAL, reviews INTEGER
);
CREATE INDEX answers_by_thread ON answers(thread, position);
-- `number` is the row of the passage's vector, from 0.
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, answer INTEGER NOT NULL REFERENCES answers(number),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL
);
"""
_THREAD_COLUMNS = "id, title, question, url, source, tags, disclaimer"
_ANSWER_COLUMNS = "id, position, title, text, url, kind, votes, name, credentials, specialty, location, rating, reviews"


class StoreWriter:
    """Writes the store of a new index, thread by thread."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / STORE_FILE)
        # The file is written aside and synced as a whole, so a journal would only cost time.
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._threads = self._answers = self._passages = 0

    def add(self, thread: Thread, passages: Sequence[Sequence[Passage]]) -> None:
        """Add a thread with the passages of each of its answers.

        Raises:
            sqlite3.IntegrityError: a thread or an answer with one of its ids is there already.
        """
        number = self._threads
        t = thread
        self._database.execute(
            f"INSERT INTO threads (number, {_THREAD_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, t.id, t.title, t.question, t.url, t.source, json.dumps(t.tags, ensure_ascii=False), t.disclaimer),
        )
        self._threads += 1
        for answer, cut in zip(thread.answers, passages, strict=True):
            self._add_answer(number, answer, cut)

    def _add_answer(self, thread: int, answer: Answer, passages: Sequence[Passage]) -> None:
        d = answer.author or Doctor()
        a = answer
        facts = (d.name, d.credentials, d.specialty, d.location, d.rating, d.reviews)
        self._database.execute(
            f"INSERT INTO answers (number, thread, {_ANSWER_COLUMNS}) VALUES ({', '.join('?' * 15)})",
            (self._answers, thread, a.id, a.position, a.title, a.text, a.url, a.kind, a.votes, *facts),
        )
        rows = [(self._passages + n, self._answers, passage.start, passage.end) for n, passage in enumerate(passages)]
        self._database.executemany('INSERT INTO passages (number, answer, "start", "end") VALUES (?, ?, ?, ?)', rows)
        self._passages += len(rows)
        self._answers += 1

    def close(self) -> None:
        """Finish the file."""
        self._database.commit()
        self._database.close()


class Store:
    """Reads the store of an index. Safe to use from several threads at once."""

    def __init__(self, folder: Path, *, rebuild: str) -> None:
        """Open the store in `folder`, read-only.

        Raises:
            IndexStateError: the file is missing or is no store.
        """
        self._path = folder / STORE_FILE
        self._rebuild = rebuild
        self._lock = threading.Lock()
        try:
            self._database = sqlite3.connect(
                f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.answer_count = self._one("SELECT count(*) FROM answers")
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def passage_rows(self) -> list[tuple[int, int, int]]:
        """Return (answer number, start, end) of every passage, in the order of the vectors."""
        return self._rows('SELECT answer, "start", "end" FROM passages ORDER BY number')

    def answer_threads(self) -> list[int]:
        """Return the thread number of every answer, in the order of the answers' numbers."""
        return [row[0] for row in self._rows("SELECT thread FROM answers ORDER BY number")]

    def thread(self, number: int) -> Thread:
        """Return the thread with this number, whole."""
        return self._thread(self._rows(f"SELECT {_THREAD_COLUMNS} FROM threads WHERE number = ?", (number,)), number)

    def thread_by_id(self, thread_id: str) -> Thread | None:
        """Return the thread with this id, or None."""
        found = self._rows("SELECT number FROM threads WHERE id = ?", (thread_id,))
        return self.thread(found[0][0]) if found else None

    def thread_of_answer(self, answer_id: str) -> Thread | None:
        """Return the thread that holds the answer with this id, or None."""
        found = self._rows("SELECT thread FROM answers WHERE id = ?", (answer_id,))
        return self.thread(found[0][0]) if found else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _thread(self, rows: list[Row], number: int) -> Thread:
        (thread_id, title, question, url, source, tags, disclaimer) = rows[0]
        answers = self._rows(f"SELECT {_ANSWER_COLUMNS} FROM answers WHERE thread = ? ORDER BY position", (number,))
        return Thread(
            id=thread_id,
            title=title,
            question=question,
            url=url,
            source=source,
            tags=tuple(json.loads(tags)),
            disclaimer=disclaimer,
            answers=tuple(_answer(row) for row in answers),
        )

    def _one(self, statement: str) -> int:
        return int(self._rows(statement)[0][0])

    def _rows(self, statement: str, values: Row = ()) -> list[Row]:
        try:
            with self._lock:
                return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def _damaged(self, error: sqlite3.Error) -> IndexStateError:
        return IndexStateError(f"{self._path}: missing or damaged ({error}). Build the index again: {self._rebuild}")


def _answer(row: Row) -> Answer:
    answer_id, position, title, text, url, kind, votes, *facts = row
    doctor = Doctor(*facts)
    return Answer(
        id=answer_id,
        position=position,
        text=text,
        title=title,
        url=url,
        author=None if doctor == Doctor() else doctor,
        kind=kind,
        votes=votes,
    )
