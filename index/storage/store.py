"""Reads threads, answers, and how they are cut, out of SQLite beside the vectors."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus import Answer, Doctor, Thread
from corpus.text.sentences import Span
from index.errors import IndexStateError
from index.storage.generations import damaged_file
from index.storage.schema import ANSWER_COLUMNS, STORE_FILE, THREAD_COLUMNS, Row, doctor_of, tags_of, thread_of

DoctorField = Literal["specialty", "location", "name", "credentials"]
Table = Literal["threads", "answers", "passages", "sentences"]


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What an answer can be filtered by: of itself, its doctor and its thread.

    `addresses` are the thread's source and address and the answer's own address, as far as they are known.
    """

    specialty: str | None
    credentials: str | None
    location: str | None
    doctor: str | None
    rating: float | None
    reviews: int | None
    kind: str
    date: str | None
    by_asker: bool
    tags: tuple[str, ...]
    addresses: tuple[str, ...]


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
            self._rows("SELECT count(*) FROM answers")
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def thread(self, number: int) -> Thread:
        """Return the thread with this number, whole."""
        (row,) = self._rows(f"SELECT {THREAD_COLUMNS} FROM threads WHERE number = ?", (number,))
        answers = self._rows(f"SELECT {ANSWER_COLUMNS} FROM answers WHERE thread = ? ORDER BY position", (number,))
        return thread_of(row, answers)

    def authors(self, answers: Sequence[int]) -> list[Doctor | None]:
        """Return the authors of the answers with these numbers, in their order."""
        places = ", ".join(map(str, answers))
        rows = self._rows(
            "SELECT number, name, credentials, specialty, location, rating, reviews FROM answers"
            f" WHERE number IN ({places})"
        )
        found = {number: doctor_of(facts) for number, *facts in rows}
        return [found[number] for number in answers]

    def thread_by_id(self, thread_id: str) -> Thread | None:
        """Return the thread with this id, or None."""
        found = self._rows("SELECT number FROM threads WHERE id = ?", (thread_id,))
        return self.thread(found[0][0]) if found else None

    def thread_of_answer(self, answer_id: str) -> Thread | None:
        """Return the thread that holds the answer with this id, or None."""
        found = self._rows("SELECT thread FROM answers WHERE id = ?", (answer_id,))
        return self.thread(found[0][0]) if found else None

    def answers_by(self, doctor: str) -> list[tuple[Thread, Answer]]:
        """Return every answer of the doctor with this name, each with its thread."""
        rows = self._rows(
            "SELECT thread, position FROM answers WHERE name = ? AND NOT by_asker ORDER BY number", (doctor,)
        )
        threads = [(self.thread(number), position) for number, position in rows]
        return [(thread, next(a for a in thread.answers if a.position == position)) for thread, position in threads]

    def values_of(self, field: DoctorField) -> tuple[str, ...]:
        """Return the different specialties, places, names or credentials of the doctors who answered, sorted."""
        return tuple(
            value
            for (value,) in self._rows(
                f"SELECT DISTINCT {field} FROM answers WHERE {field} IS NOT NULL AND NOT by_asker ORDER BY 1"
            )
        )

    def threads(self) -> Iterator[Thread]:
        """Give every thread, in the order of the corpus, without holding them all."""
        for (number,) in self._rows("SELECT number FROM threads ORDER BY number"):
            yield self.thread(number)

    def sentences_of(self, answer_id: str) -> tuple[int, list[Span]]:
        """Return the number of an answer's first sentence, and the spans of all its sentences."""
        ((first, count),) = self._rows(
            "SELECT min(first_sentence), sum(sentences) FROM passages"
            " WHERE answer = (SELECT number FROM answers WHERE id = ?)",
            (answer_id,),
        )
        if first is None:
            return 0, []
        spans = self._rows(
            'SELECT "start", "end" FROM sentences WHERE number >= ? AND number < ? ORDER BY number',
            (first, first + count),
        )
        return first, [(start, end) for start, end in spans]

    def passage_span(self, number: int) -> Span:
        """Return where a passage stands in its answer."""
        ((start, end),) = self._rows('SELECT "start", "end" FROM passages WHERE number = ?', (number,))
        return start, end

    # -- over the whole corpus --------------------------------------------------------------------

    def threads_of_answers(self) -> list[int]:
        """Return the number of each answer's thread."""
        return self._column("SELECT thread FROM answers ORDER BY number")

    def answers_of_passages(self) -> list[int]:
        """Return the number of each passage's answer."""
        return self._column("SELECT answer FROM passages ORDER BY number")

    def doctors_answers(self) -> list[bool]:
        """Return for each answer whether it is a doctor's, not the asker's own."""
        return [not by_asker for by_asker in self._column("SELECT by_asker FROM answers ORDER BY number")]

    def copies(self) -> list[tuple[int, int]]:
        """Return the number of each answer whose text repeats another's, with the number of that one."""
        rows = self._rows(
            "SELECT a.number, o.number FROM answers a JOIN answers o ON o.id = a.copy_of WHERE a.copy_of IS NOT NULL"
        )
        return [(copy, original) for copy, original in rows]

    def answer_facts(self) -> Iterator[AnswerFacts]:
        """Give what each answer can be filtered by, in the order of their numbers."""
        rows = self._rows(
            "SELECT a.specialty, a.credentials, a.location, a.name, a.rating, a.reviews, a.kind, a.date, a.by_asker,"
            " t.tags, t.source, t.url, a.url FROM answers a JOIN threads t ON t.number = a.thread ORDER BY a.number"
        )
        parsed: dict[str, tuple[str, ...]] = {}
        for specialty, credentials, location, name, rating, reviews, kind, date, by_asker, tags, *addresses in rows:
            known = tuple(address for address in addresses if address)
            if tags not in parsed:
                parsed[tags] = tags_of(tags)
            doctor = (specialty, credentials, location, name, rating, reviews)
            yield AnswerFacts(*doctor, kind, date, bool(by_asker), parsed[tags], known)

    def topics(self) -> list[tuple[str, int]]:
        """Return each tag with how many doctors' answers are in threads that have it, most first."""
        counts: Counter[str] = Counter()
        for tags, answers in self._rows(
            "SELECT t.tags, count(*) FROM threads t JOIN answers a ON a.thread = t.number"
            " WHERE NOT a.by_asker GROUP BY t.number"
        ):
            for tag in tags_of(tags):
                counts[tag] += answers
        return counts.most_common()

    def specialties(self) -> list[tuple[str, int]]:
        """Return each specialty with how many answers doctors of it gave, most first."""
        rows = self._rows(
            "SELECT specialty, count(*) AS n FROM answers WHERE specialty IS NOT NULL AND NOT by_asker"
            " GROUP BY specialty ORDER BY n DESC, specialty"
        )
        return [(specialty, count) for specialty, count in rows]

    def doctor_count(self) -> int:
        """Return how many doctors are named."""
        return self._column("SELECT count(DISTINCT name) FROM answers WHERE NOT by_asker")[0]

    # -- whether it is sound ----------------------------------------------------------------------

    def count(self, table: Table) -> tuple[int, int]:
        """Return how many rows a table has, and the number that follows its highest one."""
        ((count, following),) = self._rows(f"SELECT count(*), ifnull(max(number) + 1, 0) FROM {table}")
        return count, following

    def sentences_in_passages(self) -> int:
        """Return how many sentences the passages say that they have."""
        return self._column("SELECT ifnull(sum(sentences), 0) FROM passages")[0]

    def is_whole(self) -> bool:
        """Whether SQLite finds the file's own structure sound."""
        return self._rows("PRAGMA quick_check") == [("ok",)]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _column(self, statement: str) -> list[int]:
        """Return the numbers of a statement with one column."""
        return [value for (value,) in self._rows(statement)]

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a statement.

        Raises:
            IndexStateError: the file is damaged.
        """
        try:
            with self._lock:
                return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def _damaged(self, error: sqlite3.Error) -> IndexStateError:
        return damaged_file(self._path, f"missing or damaged ({error})")
