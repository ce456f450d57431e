"""Files of queries and histories: JSON Lines with "id" and "text", or with "id" and "turns"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.errors import QuestionError
from chatbot.turns import Turn, turn_from_record, turn_to_record


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a file: a message, and the turns before it."""

    id: str
    message: str
    history: tuple[Turn, ...] = ()


def read_queries(path: Path) -> list[Query]:
    """Read a file of queries.

    Raises:
        QuestionError: the file can't be read, or a line of it is no query.
    """
    queries = [_query(record, place) for place, record in _records(path)]
    if not queries:
        raise QuestionError(f"{path}: there are no queries in this file.")
    return queries


def read_history(path: Path) -> tuple[Turn, ...]:
    """Read the turns of a conversation: JSON Lines, or a JSON list, of "role" and "content".

    Raises:
        QuestionError: the file can't be read, or is no list of turns.
    """
    return tuple(turn_from_record(record, place) for place, record in _records(path))


def write_history(path: Path, turns: Sequence[Turn]) -> None:
    """Write the turns of a conversation as JSON Lines, so that `read_history` gives them again.

    Raises:
        QuestionError: the file can't be written.
    """
    lines = [json.dumps(turn_to_record(turn), ensure_ascii=False) + "\n" for turn in turns]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise QuestionError(f"{path}: can't be written ({error.strerror}).") from None


def _records(path: Path) -> list[tuple[str, object]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise QuestionError(f"{path}: can't be read ({reason}).") from None
    if text.lstrip().startswith("["):
        document = _decoded(text, str(path))
        return [(f"{path}, record {n}", record) for n, record in enumerate(document, start=1)]
    lines = enumerate(text.split("\n"), start=1)
    return [(f"{path}:{n}", _decoded(line, f"{path}:{n}")) for n, line in lines if line.strip()]


def _decoded(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise QuestionError(f"{place}: not valid JSON. Expected one JSON object a line.") from None


def _query(record: object, place: str) -> Query:
    if isinstance(record, dict) and isinstance(record.get("id"), str):
        if isinstance(record.get("text"), str):
            return Query(record["id"], record["text"])
        turns = record.get("turns")
        if isinstance(turns, list) and turns:
            *before, last = [turn_from_record(turn, place) for turn in turns]
            return _last_of_user(record["id"], before, last, place)
    raise QuestionError(f'{place}: not a query. Expected {{"id": "...", "text": "..."}} or "turns" instead of "text".')


def _last_of_user(query_id: str, before: Sequence[Turn], last: Turn, place: str) -> Query:
    if last.role != "user":
        raise QuestionError(f"{place}: the last of the turns must be the user's.")
    return Query(query_id, last.content, tuple(before))
