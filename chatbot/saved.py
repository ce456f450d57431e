"""A saved conversation: one JSON object with its version and its turns, in a file or in the browser.

Versions:

1. The turns alone, as a JSON list or as JSON Lines; any conversation from elsewhere can be written so.
2. `{"version": 2, "turns": [...]}`.

A turn is a JSON object with at least "role" (user or assistant) and "content". What is read is data that anybody may
have written: it is held to the types of `chatbot.turns`, and what else it says is looked up or said again when it is
shown (`chatbot.restoring`).
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chatbot.errors import QuestionError
from chatbot.turns import Turn

VERSION = 2
"""The version that is written, and the newest one that is read."""
MAX_TURNS = 10_000

_PLACE = "The saved conversation"


def saved_from_turns(turns: Sequence[Turn]) -> str:
    """Return the turns of a conversation as JSON text in one line, in the present version."""
    record = {"version": VERSION, "turns": [turn_to_record(turn) for turn in turns]}
    return json.dumps(record, ensure_ascii=False)


def turns_from_saved(text: str, place: str = _PLACE) -> tuple[Turn, ...]:
    """Return the turns of a saved conversation of this or an earlier version; none for an empty text.

    Args:
        place: where the text is from, for the message of an error.

    Raises:
        QuestionError: it is no saved conversation, or one of a newer version.
    """
    if not text.strip():
        return ()
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return _turns_of_lines(text, place)
    if isinstance(record, dict) and "role" in record:
        return (turn_from_record(record, place),)
    if isinstance(record, list):
        record = {"version": 1, "turns": record}
    if not isinstance(record, dict) or not isinstance(record.get("turns"), list):
        raise QuestionError(f'{place}: not a saved conversation. Expected {{"version": {VERSION}, "turns": [...]}}.')
    version = record.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise QuestionError(f'{place}: "version" must be a number from 1 to {VERSION}.')
    if version > VERSION:
        raise QuestionError(
            f"{place}: saved by a newer version of this program (format {version}; this one reads up to {VERSION}). "
            "Update the program to read it."
        )
    return turns_from_records(record["turns"], place)


def read_turns(path: Path) -> tuple[Turn, ...]:
    """Read the turns of a conversation from a file: a saved one of any version, or JSON Lines of turns.

    Raises:
        QuestionError: the file can't be read, or is no saved conversation.
    """
    return turns_from_saved(read_text(path), str(path))


def write_turns(path: Path, turns: Sequence[Turn]) -> None:
    """Write the turns of a conversation, so that `read_turns` gives them again.

    Raises:
        QuestionError: the file can't be written.
    """
    try:
        path.write_text(saved_from_turns(turns) + "\n", encoding="utf-8")
    except OSError as error:
        raise QuestionError(f"{path}: can't be written ({error.strerror}).") from None


def read_text(path: Path) -> str:
    """Return the text of a file of JSON.

    Raises:
        QuestionError: it can't be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise QuestionError(f"{path}: can't be read ({reason}).") from None


def json_lines(text: str, place: str) -> list[tuple[str, object]]:
    """Return the JSON value of each line that has one, with its place.

    Raises:
        QuestionError: a line is no JSON.
    """
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append((f"{place}:{number}", json.loads(line)))
            except (ValueError, RecursionError):
                raise QuestionError(f"{place}:{number}: not valid JSON. Expected one JSON object a line.") from None
    return found


def turn_to_record(turn: Turn) -> dict[str, Any]:
    """Return a turn as a JSON object; what it has not is left out."""
    record = _adapter().dump_python(turn, mode="json", exclude_defaults=True)
    return {"role": turn.role, "content": turn.content, **record}


def turn_from_record(record: object, place: str) -> Turn:
    """Return the turn of a JSON object.

    Args:
        place: where the object stands, for the message of an error.

    Raises:
        QuestionError: it is no turn.
    """
    try:
        return _adapter().validate_json(json.dumps(record, allow_nan=False))
    except ValidationError as error:
        wrong = next((str(each["loc"][0]) for each in error.errors() if each["loc"]), "role")
    except (ValueError, RecursionError):
        raise QuestionError(f"{place}: this turn is not valid JSON.") from None
    if wrong in ("role", "content"):
        raise QuestionError(f'{place}: expected a turn with "role" (user or assistant) and "content" (a text).')
    raise QuestionError(f'{place}: "{wrong}" of this turn is not as it was saved.')


def turns_from_records(records: Iterable[object], place: str = _PLACE) -> tuple[Turn, ...]:
    """Return the turns of JSON objects.

    Raises:
        QuestionError: one of them is no turn, or there are more than `MAX_TURNS`.
    """
    records = list(records)
    if len(records) > MAX_TURNS:
        raise QuestionError(f"{place}: it has {len(records)} turns, {MAX_TURNS} is the most.")
    return tuple(turn_from_record(record, f"{place}, turn {n}") for n, record in enumerate(records, start=1))


def _turns_of_lines(text: str, place: str) -> tuple[Turn, ...]:
    lines = json_lines(text, place)
    if len(lines) > MAX_TURNS:
        raise QuestionError(f"{place}: it has {len(lines)} turns, {MAX_TURNS} is the most.")
    return tuple(turn_from_record(record, at) for at, record in lines)


@cache
def _adapter() -> TypeAdapter[Turn]:
    return TypeAdapter(Turn)
