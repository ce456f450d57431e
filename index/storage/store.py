"""Threads, answers, and how they are cut, in SQLite beside the vectors."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import Answer, Doctor, Source, Thread
from corpus.text.sentences import Span
from index.errors import IndexStateError
from index.storage.generations import damaged_file

STORE_FILE = "threads.sqlite"

Row = tuple[Any, ...]

SCHEMA = """
CREATE TABLE threads (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, question TEXT, url TEXT, source TEXT,
    tags TEXT NOT NULL, disclaimer TEXT, also_in TEXT NOT NULL
);
CREATE TABLE answers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread INTEGER NOT NULL REFERENCES threads(number),
    position INTEGER NOT NULL, title TEXT, text TEXT NOT NULL, url TEXT, kind TEXT NOT NULL, votes INTEGER,
    date TEXT, copy_of TEXT, by_asker INTEGER NOT NULL,
    name TEXT, credentials TEXT, specialty TEXT, location TEXT, rating REAL, reviews INTEGER
);
CREATE INDEX answers_by_thread ON answers(thread, position);
-- Numbers count from 0 and are the rows of the vectors. The passages of an answer and the sentences
-- of a passage follow each other, so a first number says where they begin.
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, answer INTEGER NOT NULL REFERENCES answers(number), "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, first_sentence INTEGER NOT NULL, sentences INTEGER NOT NULL, hash BLOB NOT NULL
);
CREATE INDEX passages_by_answer ON passages(answer);
CREATE INDEX passages_by_hash ON passages(hash);
CREATE TABLE sentences (number INTEGER PRIMARY KEY, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE questions (thread INTEGER PRIMARY KEY REFERENCES threads(number), hash BLOB NOT NULL);
"""
THREAD_COLUMNS = "id, title, question, url, source, tags, disclaimer, also_in"
ANSWER_COLUMNS = (
    "id, position, title, text, url, kind, votes, date, copy_of, by_asker,"
    " name, credentials, specialty, location, rating, reviews"
)


class Store:
    """Reads the store of an index. Safe to use from several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, read-only.

        Raises:
            IndexStateError: the file is missing or is no store.
        """
        self._path = folder / STORE_FILE
        self._lock = threading.Lock()
        try:
            self._database = sqlite3.connect(
                f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.rows("SELECT count(*) FROM answers")
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a statement.

        Raises:
            IndexStateError: the file is damaged.
        """
        try:
            with self._lock:
                return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def thread(self, number: int) -> Thread:
        """Return the thread with this number, whole."""
        (row,) = self.rows(f"SELECT {THREAD_COLUMNS} FROM threads WHERE number = ?", (number,))
        answers = self.rows(f"SELECT {ANSWER_COLUMNS} FROM answers WHERE thread = ? ORDER BY position", (number,))
        return thread_of(row, answers)

    def authors(self, answers: Sequence[int]) -> list[Doctor | None]:
        """Return the authors of the answers with these numbers, in their order."""
        places = ", ".join(map(str, answers))
        rows = self.rows(
            "SELECT number, name, credentials, specialty, location, rating, reviews FROM answers"
            f" WHERE number IN ({places})"
        )
        found = {number: doctor_of(facts) for number, *facts in rows}
        return [found[number] for number in answers]

    def thread_by_id(self, thread_id: str) -> Thread | None:
        """Return the thread with this id, or None."""
        found = self.rows("SELECT number FROM threads WHERE id = ?", (thread_id,))
        return self.thread(found[0][0]) if found else None

    def thread_of_answer(self, answer_id: str) -> Thread | None:
        """Return the thread that holds the answer with this id, or None."""
        found = self.rows("SELECT thread FROM answers WHERE id = ?", (answer_id,))
        return self.thread(found[0][0]) if found else None

    def answers_by(self, doctor: str) -> list[tuple[Thread, Answer]]:
        """Return every answer of the doctor with this name, each with its thread."""
        rows = self.rows(
            "SELECT thread, position FROM answers WHERE name = ? AND NOT by_asker ORDER BY number", (doctor,)
        )
        threads = [(self.thread(number), position) for number, position in rows]
        return [(thread, next(a for a in thread.answers if a.position == position)) for thread, position in threads]

    def values_of(self, field: str) -> tuple[str, ...]:
        """Return the different values of a column of the doctors' answers, sorted."""
        return tuple(
            value
            for (value,) in self.rows(
                f"SELECT DISTINCT {field} FROM answers WHERE {field} IS NOT NULL AND NOT by_asker ORDER BY 1"
            )
        )

    def threads(self) -> Iterator[Thread]:
        """Give every thread, in the order of the corpus, without holding them all."""
        for (number,) in self.rows("SELECT number FROM threads ORDER BY number"):
            yield self.thread(number)

    def sentences_of(self, answer_id: str) -> tuple[int, list[Span]]:
        """Return the number of an answer's first sentence, and the spans of all its sentences."""
        ((first, count),) = self.rows(
            "SELECT min(first_sentence), sum(sentences) FROM passages"
            " WHERE answer = (SELECT number FROM answers WHERE id = ?)",
            (answer_id,),
        )
        if first is None:
            return 0, []
        spans = self.rows(
            'SELECT "start", "end" FROM sentences WHERE number >= ? AND number < ? ORDER BY number',
            (first, first + count),
        )
        return first, [(start, end) for start, end in spans]

    def passage_span(self, number: int) -> Span:
        """Return where a passage stands in its answer."""
        ((start, end),) = self.rows('SELECT "start", "end" FROM passages WHERE number = ?', (number,))
        return start, end

    def is_whole(self) -> bool:
        """Whether SQLite finds the file's own structure sound."""
        return self.rows("PRAGMA quick_check") == [("ok",)]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _damaged(self, error: sqlite3.Error) -> IndexStateError:
        return damaged_file(self._path, f"missing or damaged ({error})")


def thread_of(row: Row, answers: Iterable[Row]) -> Thread:
    """Make a thread of the values of `THREAD_COLUMNS`, and for each answer of `ANSWER_COLUMNS`."""
    thread_id, title, question, url, source, tags, disclaimer, also_in = row
    return Thread(
        id=thread_id,
        title=title,
        question=question,
        url=url,
        source=source,
        tags=tuple(json.loads(tags)),
        disclaimer=disclaimer,
        answers=tuple(_answer_of(answer) for answer in answers),
        also_in=tuple(Source(*other) for other in json.loads(also_in)),
    )


def _answer_of(row: Row) -> Answer:
    answer_id, position, title, text, url, kind, votes, date, copy_of, by_asker, *facts = row
    return Answer(
        id=answer_id,
        position=position,
        text=text,
        title=title,
        url=url,
        author=doctor_of(facts),
        kind=kind,
        votes=votes,
        date=date,
        copy_of=copy_of,
        by_asker=bool(by_asker),
    )


def doctor_of(facts: Sequence[Any]) -> Doctor | None:
    """Return the doctor with these facts, in the order of `Doctor`, or None where there are none."""
    doctor = Doctor(*facts)
    return None if doctor == Doctor() else doctor
