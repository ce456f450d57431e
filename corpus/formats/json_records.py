"""The exchange format: threads as JSON, one a line, or one JSON document.

See `docs/corpus.md` for the record. Ids that a record gives are kept; missing ones are made
from its content. Objects without a list of answers are flat rows, a question and an answer each.
"""

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from corpus.cleaning.asker import mark_asker
from corpus.cleaning.names import split_credentials
from corpus.formats.fields import Fields, kind_of, short
from corpus.ids import answer_id, thread_id
from corpus.records import Answer, Doctor, Place, Problem, Source, Thread

_MAX_TITLE_CHARS = 80
"""Of a title that is an answer's beginning."""

TakeObject = Callable[[dict[str, Any], int | None], str | None]
"""Takes a JSON object that has no list of answers, and its line; gives None, or why it can't be taken."""


class RecordError(Exception):
    """A record that can't be a thread; its text says why."""


def thread_to_record(thread: Thread, *, places: bool = False) -> dict[str, Any]:
    """Return the thread as the record of `docs/corpus.md`, ready for `json.dumps`.

    Args:
        places: whether each answer also says in which file and line it was read.
    """
    record: dict[str, Any] = {
        "id": thread.id,
        "title": thread.title,
        "question": thread.question,
        "url": thread.url,
        "source": thread.source,
        "tags": list(thread.tags),
        "disclaimer": thread.disclaimer,
        "answers": [_answer_to_record(answer, places=places) for answer in thread.answers],
    }
    if thread.also_in:
        record["also_in"] = [{"source": other.source, "url": other.url} for other in thread.also_in]
    return record


def author_to_record(author: Doctor | None) -> dict[str, Any]:
    """Return what is known of an author; a fact that is absent has no key."""
    if author is None:
        return {}
    facts = {name: getattr(author, name) for name in Doctor.__dataclass_fields__}
    return {name: fact for name, fact in facts.items() if fact is not None}


def _answer_to_record(answer: Answer, *, places: bool) -> dict[str, Any]:
    record: dict[str, Any] = {"id": answer.id, "title": answer.title, "text": answer.text, "url": answer.url}
    if answer.author is not None:
        record["author"] = author_to_record(answer.author)
    record["kind"] = answer.kind
    seldom = {"votes": answer.votes, "date": answer.date, "copy_of": answer.copy_of, "stance": answer.stance}
    record.update({key: value for key, value in seldom.items() if value is not None})
    if answer.by_asker:
        record["by_asker"] = True
    if places and answer.place:
        record["place"] = {"file": answer.place.file, "line": answer.place.line}
    return record


def read_json_lines(lines: Iterable[str], *, file: str, other: TakeObject | None = None) -> Iterator[Thread | Problem]:
    """Read one thread a line; a line that is no thread gives a `Problem`, and reading goes on.

    Args:
        other: takes the objects that have no list of answers; None if there must be none.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                record = _decoded(line)
            except RecordError as error:
                yield Problem(file, str(error), number)
            else:
                yield from _read(record, file=file, line=number, other=other)


def read_json_document(text: str, *, file: str, other: TakeObject | None = None) -> Iterator[Thread | Problem]:
    """Read a JSON document that is a thread or a row, or a list of them."""
    try:
        document = _decoded(text)
    except RecordError as error:
        yield Problem(file, str(error))
        return
    if not isinstance(document, list):
        yield from _read(document, file=file, other=other)
        return
    for number, record in enumerate(document, start=1):
        yield from _read(record, file=file, name=f"record {number}: ", other=other)


def read_record(
    record: object, *, file: str, line: int | None = None, answer_lines: Sequence[int | None] | None = None
) -> Iterator[Thread | Problem]:
    """Give the thread of one decoded JSON record, after a problem for each part of it that is left out.

    Args:
        answer_lines: the line of each answer, where they differ from `line`.

    Raises:
        RecordError: the record holds no thread at all.
    """
    problems: list[Problem] = []
    thread = _thread(record, problems, file, line, answer_lines)
    yield from problems
    yield thread


def _thread(
    record: object, problems: list[Problem], file: str, line: int | None, answer_lines: Sequence[int | None] | None
) -> Thread:
    if not isinstance(record, dict):
        raise RecordError(f"expected a thread as a JSON object, found {kind_of(record)}")
    doubts: list[str] = []
    fields = Fields(record, "the thread", doubts)
    title, question = fields.text("title"), fields.text("question")
    if title is None:
        # MedQuAD-like exports have a question only: it is the page's title then, not both.
        title, question = question, None
    url = fields.text("url")
    entries = record.get("answers")
    named_by = title
    if title is None or named_by is None:
        named_by = _first_text(entries)
        title = _beginning(named_by)
        message = f'the thread has no title and no question: "{title}", where its first answer begins, is its title'
        problems.append(Problem(file, message, line, skipped=False))
    identity = fields.identity() or thread_id(url=url, title=named_by, question=question)
    if not isinstance(entries, list):
        raise RecordError(f'the thread "{short(title)}" has no list of answers')
    lines = answer_lines or [line] * len(entries)
    found = list(_answers(zip(entries, lines, strict=True), identity, problems, file))
    asker = fields.text("asker")
    answers = mark_asker([answer for answer, _ in found], asker, given=[by_asker for _, by_asker in found])
    if not answers:
        raise RecordError(f'the thread "{short(title)}" has no answer with a text')
    thread = Thread(
        id=identity,
        title=title,
        question=question,
        url=url,
        source=fields.text("source"),
        tags=fields.texts("tags"),
        disclaimer=fields.text("disclaimer"),
        answers=answers,
        also_in=_also_in(record.get("also_in"), doubts),
    )
    problems[:0] = [Problem(file, doubt, line) for doubt in doubts]
    return thread


def _first_text(entries: object) -> str:
    """Return the title of a thread's first answer that has a text, or else the text.

    Raises:
        RecordError: no answer has a text.
    """
    for entry in entries if isinstance(entries, list) else []:
        fields = Fields(entry if isinstance(entry, dict) else {}, "an answer", [])
        text = fields.text("text")
        if text is not None:
            return fields.text("title") or text
    raise RecordError("the thread has no title, no question and no answer with a text")


def _beginning(text: str) -> str:
    """Return the words with which a text begins, in one line, with dots behind them where it goes on."""
    words = textwrap.shorten(text, _MAX_TITLE_CHARS, placeholder=" …")
    return words if words.strip("… ") else f"{text[: _MAX_TITLE_CHARS - 1]}…"


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError(f"not valid JSON ({error.msg} at line {error.lineno}, column {error.colno})") from None
    except (RecursionError, ValueError):
        raise RecordError("the JSON is nested too deep, or a number in it is too long, to be a thread") from None


def _read(
    record: object, *, file: str, line: int | None = None, name: str = "", other: TakeObject | None = None
) -> Iterator[Thread | Problem]:
    if other is not None and isinstance(record, dict) and "answers" not in record:
        refused = other(record, line)
        if refused:
            yield Problem(file, f"{name}neither a thread nor a row: {refused}", line)
        return
    try:
        for found in read_record(record, file=file, line=line):
            yield found if isinstance(found, Thread) else Problem(file, f"{name}{found.message}", line)
    except RecordError as error:
        yield Problem(file, f"{name}{error}", line)


def _answers(
    entries: Iterable[tuple[object, int | None]], thread: str, problems: list[Problem], file: str
) -> Iterator[tuple[Answer, bool | None]]:
    """Give each answer, and whether its record says that the asker wrote it."""
    position = 0
    for number, (entry, line) in enumerate(entries, start=1):
        doubts: list[str] = []
        answer = _answer(entry, doubts, number=number, position=position + 1, thread=thread, place=Place(file, line))
        problems += [Problem(file, doubt, line) for doubt in doubts]
        if answer is not None:
            position += 1
            yield answer, _given(entry)


def _given(entry: object) -> bool | None:
    known = entry.get("by_asker") if isinstance(entry, dict) else None
    return known if isinstance(known, bool) else None


def _answer(
    entry: object, doubts: list[str], *, number: int, position: int, thread: str, place: Place
) -> Answer | None:
    if not isinstance(entry, dict):
        doubts.append(f"answer {number} is {kind_of(entry)}, not a JSON object: left out")
        return None
    fields = Fields(entry, f"answer {number}", doubts)
    text, title = fields.text("text"), fields.text("title")
    if text is None:
        doubts.append(f"answer {number} has no text: left out")
        return None
    author = _author(entry.get("author"), f"the author of answer {number}", doubts)
    name = author.name if author else None
    return Answer(
        id=fields.identity() or answer_id(thread=thread, name=name, title=title, text=text),
        position=position,
        title=title,
        text=text,
        url=fields.text("url"),
        author=author,
        kind=fields.kind(),
        votes=fields.whole_number("votes"),
        date=fields.date("date"),
        copy_of=fields.identity("copy_of"),
        by_asker=fields.truth("by_asker") is True,
        stance=fields.stance(),
        place=_place(entry.get("place")) or place,
    )


def _author(entry: object, owner: str, doubts: list[str]) -> Doctor | None:
    if entry is None or entry == {}:
        return None
    if not isinstance(entry, dict):
        doubts.append(f"{owner} is {kind_of(entry)}, not a JSON object: left out")
        return None
    fields = Fields(entry, owner, doubts)
    doctor = Doctor(
        name=fields.text("name"),
        credentials=fields.text("credentials"),
        specialty=fields.text("specialty"),
        location=fields.text("location"),
        rating=fields.stars("rating"),
        reviews=fields.whole_number("reviews", least=0),
    )
    return None if doctor == Doctor() else split_credentials(doctor)


def _also_in(entries: object, doubts: list[str]) -> tuple[Source, ...]:
    if entries is None:
        return ()
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        doubts.append('"also_in" of the thread should be a list of objects: left out')
        return ()
    found = [Fields(entry, "another source", doubts) for entry in entries]
    return tuple(Source(fields.text("source"), fields.text("url")) for fields in found)


def _place(entry: object) -> Place | None:
    if isinstance(entry, dict) and isinstance(entry.get("file"), str):
        line = entry.get("line")
        return Place(entry["file"], line if isinstance(line, int) else None)
    return None
