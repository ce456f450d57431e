"""Files of queries: JSON Lines with "id" and "text", or with "id" and "turns"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import QuestionError
from chatbot.saved import json_lines, read_text, turn_from_record
from chatbot.turns import Turn


@dataclass(frozen=True, slots=True)
class EvaluationQuery:
    """One query of a file: a message, and the turns before it."""

    id: str
    message: str
    history: tuple[Turn, ...] = ()


def read_queries(path: Path) -> list[EvaluationQuery]:
    """Read a file of queries.

    Raises:
        QuestionError: the file can't be read, or a line of it is no query.
    """
    text = read_text(path)
    queries = [_query(record, place) for place, record in _records(text, path)]
    if not queries:
        raise QuestionError(f"{path}: there are no queries in this file.")
    return queries


def _records(text: str, path: Path) -> list[tuple[str, object]]:
    if not text.lstrip().startswith("["):
        return json_lines(text, str(path))
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise QuestionError(f"{path}: not valid JSON. Expected one JSON object a line.") from None
    return [(f"{path}, record {n}", record) for n, record in enumerate(document, start=1)]


def _query(record: object, place: str) -> EvaluationQuery:
    if isinstance(record, dict) and isinstance(record.get("id"), str):
        if isinstance(record.get("text"), str):
            return EvaluationQuery(record["id"], record["text"])
        turns = record.get("turns")
        if isinstance(turns, list) and turns:
            *before, last = [turn_from_record(turn, place) for turn in turns]
            return _last_of_user(record["id"], before, last, place)
    raise QuestionError(f'{place}: not a query. Expected {{"id": "...", "text": "..."}} or "turns" instead of "text".')


def _last_of_user(query_id: str, before: Sequence[Turn], last: Turn, place: str) -> EvaluationQuery:
    if last.role != "user":
        raise QuestionError(f"{place}: the last of the turns must be the user's.")
    return EvaluationQuery(query_id, last.content, tuple(before))
