"""The exchange format: threads as JSON, one a line, or one JSON document.

See `docs/corpus.md` for the record. Ids that a record gives are kept; missing ones are made
from its content.
"""

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.ids import answer_id, thread_id
from corpus.records import MAX_STARS, Answer, Doctor, Kind, Problem, Thread

_ID_MAX_CHARS = 200


class RecordError(Exception):
    """A record that can't be a thread; its text says why."""


def thread_to_record(thread: Thread) -> dict[str, Any]:
    """Return the thread as the record of `docs/corpus.md`, ready for `json.dumps`."""
    return {
        "id": thread.id,
        "title": thread.title,
        "question": thread.question,
        "url": thread.url,
        "source": thread.source,
        "tags": list(thread.tags),
        "disclaimer": thread.disclaimer,
        "answers": [_answer_to_record(answer) for answer in thread.answers],
    }


def author_to_record(author: Doctor | None) -> dict[str, Any]:
    """Return what is known of an author; a fact that is absent has no key."""
    if author is None:
        return {}
    facts = {name: getattr(author, name) for name in Doctor.__dataclass_fields__}
    return {name: fact for name, fact in facts.items() if fact is not None}


def _answer_to_record(answer: Answer) -> dict[str, Any]:
    record: dict[str, Any] = {"id": answer.id, "title": answer.title, "text": answer.text, "url": answer.url}
    if answer.author is not None:
        record["author"] = author_to_record(answer.author)
    record["kind"] = answer.kind
    if answer.votes is not None:
        record["votes"] = answer.votes
    return record


def thread_from_record(record: object) -> tuple[Thread, list[str]]:
    """Make a thread of one decoded JSON record.

    Returns:
        The thread, and a sentence for each part of the record that was left out.

    Raises:
        RecordError: the record holds no thread at all.
    """
    if not isinstance(record, dict):
        raise RecordError(f"expected a thread as a JSON object, found {_kind_of(record)}")
    doubts: list[str] = []
    fields = _Fields(record, "the thread", doubts)
    title, question = fields.text("title"), fields.text("question")
    if title is None:
        # MedQuAD-like exports have a question only: it is the page's title then, not both.
        title, question = question, None
    if title is None:
        raise RecordError("the thread has no title and no question")
    url = fields.text("url")
    identity = fields.identity() or thread_id(url=url, title=title, question=question)
    entries = record.get("answers")
    if not isinstance(entries, list):
        raise RecordError(f'the thread "{_short(title)}" has no list of answers')
    answers = tuple(_answers(entries, thread=identity, doubts=doubts))
    if not answers:
        raise RecordError(f'the thread "{_short(title)}" has no answer with a text')
    thread = Thread(
        id=identity,
        title=title,
        question=question,
        url=url,
        source=fields.text("source"),
        tags=fields.texts("tags"),
        disclaimer=fields.text("disclaimer"),
        answers=answers,
    )
    return thread, doubts


def read_json_lines(lines: Iterable[str], *, file: str) -> Iterator[Thread | Problem]:
    """Read one thread a line; a line that is no thread gives a `Problem`, and reading goes on."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                record = _decoded(line)
            except RecordError as error:
                yield Problem(file, str(error), number)
            else:
                yield from _read(record, file=file, line=number)


def read_json_document(text: str, *, file: str) -> Iterator[Thread | Problem]:
    """Read a JSON document that is a thread or a list of threads."""
    try:
        document = _decoded(text)
    except RecordError as error:
        yield Problem(file, str(error))
        return
    if not isinstance(document, list):
        yield from _read(document, file=file)
        return
    for number, record in enumerate(document, start=1):
        yield from _read(record, file=file, name=f"record {number}: ")


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError(f"not valid JSON ({error.msg} at line {error.lineno}, column {error.colno})") from None
    except (RecursionError, ValueError):
        raise RecordError("the JSON is nested too deep, or a number in it is too long, to be a thread") from None


def _read(record: object, *, file: str, line: int | None = None, name: str = "") -> Iterator[Thread | Problem]:
    try:
        thread, doubts = thread_from_record(record)
    except RecordError as error:
        yield Problem(file, f"{name}{error}", line)
        return
    yield from (Problem(file, f"{name}{doubt}", line) for doubt in doubts)
    yield thread


def _answers(entries: list[object], *, thread: str, doubts: list[str]) -> Iterator[Answer]:
    position = 0
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            doubts.append(f"answer {number} is {_kind_of(entry)}, not a JSON object: left out")
            continue
        fields = _Fields(entry, f"answer {number}", doubts)
        text, title = fields.text("text"), fields.text("title")
        if text is None:
            doubts.append(f"answer {number} has no text: left out")
            continue
        position += 1
        author = _author(entry.get("author"), f"the author of answer {number}", doubts)
        name = author.name if author else None
        yield Answer(
            id=fields.identity() or answer_id(thread=thread, name=name, title=title, text=text),
            position=position,
            title=title,
            text=text,
            url=fields.text("url"),
            author=author,
            kind=fields.kind(),
            votes=fields.whole_number("votes"),
        )


def _author(entry: object, owner: str, doubts: list[str]) -> Doctor | None:
    if entry is None or entry == {}:
        return None
    if not isinstance(entry, dict):
        doubts.append(f"{owner} is {_kind_of(entry)}, not a JSON object: left out")
        return None
    fields = _Fields(entry, owner, doubts)
    doctor = Doctor(
        name=fields.text("name"),
        credentials=fields.text("credentials"),
        specialty=fields.text("specialty"),
        location=fields.text("location"),
        rating=fields.stars("rating"),
        reviews=fields.whole_number("reviews", least=0),
    )
    return None if doctor == Doctor() else doctor


class _Fields:
    """Reads the fields of one JSON object, and notes each that is not what it should be."""

    def __init__(self, record: dict[str, Any], owner: str, doubts: list[str]) -> None:
        self._record = record
        self._owner = owner
        self._doubts = doubts

    def text(self, key: str) -> str | None:
        """A text without the white space around it; an empty one is absent."""
        value = self._record.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._left_out(key, f"should be a text, found {_kind_of(value)}")
            return None
        return value.strip() or None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._record.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._left_out(key, "should be a list of texts")
            return ()
        return tuple(item.strip() for item in value if item.strip())

    def identity(self) -> str | None:
        value = self._record.get("id")
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or len(value) > _ID_MAX_CHARS or value.split() != [value]:
            self._left_out("id", f"should be a text of 1 to {_ID_MAX_CHARS} characters without spaces")
            return None
        return value

    def kind(self) -> Kind:
        value = self._record.get("kind")
        if value == "summary":
            return "summary"
        if value not in (None, "verbatim"):
            self._left_out("kind", 'should be "verbatim" or "summary" (so it counts as verbatim)')
        return "verbatim"

    def whole_number(self, key: str, *, least: int | None = None) -> int | None:
        value = self._record.get(key)
        if value is None:
            return None
        whole = isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()
        if not whole or (least is not None and value < least):
            self._left_out(key, f"should be a whole number, found {_short(str(value))}")
            return None
        return int(value)

    def stars(self, key: str) -> float | None:
        value = self._record.get(key)
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not 0 <= value <= MAX_STARS:
            self._left_out(key, f"should be a number from 0 to {MAX_STARS:g}, found {_short(str(value))}")
            return None
        return float(value)

    def _left_out(self, key: str, why: str) -> None:
        self._doubts.append(f'"{key}" of {self._owner} {why}: left out')


def _kind_of(value: object) -> str:
    names = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
