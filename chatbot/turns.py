"""The turns of a conversation, and the JSON in which it is saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from chatbot.errors import QuestionError
from index.filters import NO_FILTERS, Filters

Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reply cited, by ids: it is the same after a restart and after a build."""

    number: int
    answer_id: str
    start: int
    end: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the user, or one reply.

    A reply also keeps the query that it searched with (none, if it was small talk or pointed back), the
    filters that held, and what it cited; a turn that came from elsewhere has none of that.
    """

    role: Role
    content: str
    query: str | None = None
    filters: Filters = NO_FILTERS
    cited: tuple[Cited, ...] = ()


def last_query(turns: Sequence[Turn]) -> str | None:
    """Return the query of the last reply that searched, or None."""
    return next((turn.query for turn in reversed(turns) if turn.query), None)


def turn_to_record(turn: Turn) -> dict[str, Any]:
    """Return a turn as a JSON object; what it has not is left out."""
    record: dict[str, Any] = {"role": turn.role, "content": turn.content}
    if turn.query is not None:
        record["query"] = turn.query
    if turn.filters.any():
        record["filters"] = filters_to_record(turn.filters)
    if turn.cited:
        record["cited"] = [asdict(cited) for cited in turn.cited]
    return record


def turn_from_record(record: object, place: str) -> Turn:
    """Return the turn of a JSON object.

    Args:
        place: where the object stands, for the message of an error.

    Raises:
        QuestionError: it is no turn.
    """
    if (
        not isinstance(record, dict)
        or record.get("role") not in ("user", "assistant")
        or not isinstance(record.get("content"), str)
    ):
        raise QuestionError(f'{place}: expected a turn with "role" (user or assistant) and "content" (a text).')
    try:
        query = record.get("query")
        return Turn(
            role=record["role"],
            content=record["content"],
            query=str(query) if query is not None else None,
            filters=Filters(**record.get("filters", {})),
            cited=tuple(_cited(entry) for entry in record.get("cited", [])),
        )
    except (TypeError, KeyError, ValueError):
        raise QuestionError(f'{place}: the "filters" or "cited" of this turn are not as they were saved.') from None


def turns_from_records(records: Iterable[object]) -> list[Turn]:
    """Return the turns of a saved conversation.

    Raises:
        QuestionError: one of them is no turn.
    """
    return [turn_from_record(record, f"turn {number}") for number, record in enumerate(records, start=1)]


def filters_to_record(filters: Filters) -> dict[str, Any]:
    """Return the filters that hold, by their names."""
    return {name: value for name, value in asdict(filters).items() if value not in (None, False)}


def _cited(entry: Mapping[str, Any]) -> Cited:
    return Cited(
        int(entry["number"]),
        str(entry["answer_id"]),
        int(entry["start"]),
        int(entry["end"]),
        float(entry.get("score", 0)),
    )
