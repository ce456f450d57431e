"""The tables of the store, and records as their rows and back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from corpus import Answer, Doctor, Source, Thread

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
    date TEXT, copy_of TEXT, by_asker INTEGER NOT NULL, stance TEXT,
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
    "id, position, title, text, url, kind, votes, date, copy_of, by_asker, stance,"
    " name, credentials, specialty, location, rating, reviews"
)


def thread_of(row: Row, answers: Iterable[Row]) -> Thread:
    """Make a thread of the values of `THREAD_COLUMNS`, and for each answer of `ANSWER_COLUMNS`."""
    thread_id, title, question, url, source, tags, disclaimer, also_in = row
    return Thread(
        id=thread_id,
        title=title,
        question=question,
        url=url,
        source=source,
        tags=tags_of(tags),
        disclaimer=disclaimer,
        answers=tuple(_answer_of(answer) for answer in answers),
        also_in=tuple(Source(*other) for other in json.loads(also_in)),
    )


def thread_values(thread: Thread) -> Row:
    """Return the values of `THREAD_COLUMNS` for a thread."""
    t = thread
    tags = json.dumps(t.tags, ensure_ascii=False)
    also_in = json.dumps([(other.source, other.url) for other in t.also_in], ensure_ascii=False)
    return (t.id, t.title, t.question, t.url, t.source, tags, t.disclaimer, also_in)


def answer_values(answer: Answer) -> Row:
    """Return the values of `ANSWER_COLUMNS` for an answer."""
    d = answer.author or Doctor()
    a = answer
    facts = (d.name, d.credentials, d.specialty, d.location, d.rating, d.reviews)
    own = (a.id, a.position, a.title, a.text, a.url, a.kind, a.votes, a.date, a.copy_of, a.by_asker, a.stance)
    return (*own, *facts)


def tags_of(value: str) -> tuple[str, ...]:
    """Return the tags of a thread out of their column."""
    return tuple(json.loads(value))


def _answer_of(row: Row) -> Answer:
    answer_id, position, title, text, url, kind, votes, date, copy_of, by_asker, stance, *facts = row
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
        stance=stance,
    )


def doctor_of(facts: Sequence[Any]) -> Doctor | None:
    """Return the doctor with these facts, in the order of `Doctor`, or None where there are none."""
    doctor = Doctor(*facts)
    return None if doctor == Doctor() else doctor
