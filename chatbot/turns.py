"""The turns of a conversation, and the JSON in which it is saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from chatbot.errors import QuestionError
from chatbot.understanding.intent import IntentName
from corpus.text.sentences import Span
from index.search.filters import NO_FILTERS, Filters

Role = Literal["user", "assistant"]
ReplyKind = Literal["answer", "related", "abstention", "reference", "clarification", "fixed", "notice"]
"""What a reply is: answers, related pages without answers, that there is nothing, what the last reply cited, a
question back, a fixed sentence, or the notice of an emergency."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reply cited, by ids: it is the same after a restart and after a build."""

    number: int
    answer_id: str
    start: int
    end: int
    score: float = 0.0
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page that a reply showed, by its id."""

    thread_id: str
    same_question: bool | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the user, or one reply.

    A reply also keeps what happened: the query that it searched with (none, if it was small talk or pointed back),
    the filters that held, what it was, the sentences that it said, and what it showed and cited by ids. A turn that
    came from elsewhere has none of that.
    """

    role: Role
    content: str
    query: str | None = None
    filters: Filters = NO_FILTERS
    cited: tuple[Cited, ...] = ()
    intent: IntentName | None = None
    kind: ReplyKind | None = None
    urgent: str | None = None
    notice: str | None = None
    notice_heading: str | None = None
    understood: str | None = None
    carried: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    listing: Literal["quotes", "doctors"] = "quotes"
    pages: tuple[ShownPage, ...] = ()


_TEXT_LISTS = ("carried", "said", "closing")
_TEXTS = ("urgent", "notice", "notice_heading", "understood")


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
    if turn.pages:
        record["pages"] = [asdict(page) for page in turn.pages]
    if turn.listing != "quotes":
        record["listing"] = turn.listing
    for name in ("intent", "kind", *_TEXTS):
        if getattr(turn, name) is not None:
            record[name] = getattr(turn, name)
    for name in _TEXT_LISTS:
        if getattr(turn, name):
            record[name] = list(getattr(turn, name))
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
            filters=_filters(record.get("filters", {})),
            cited=tuple(_cited(entry) for entry in record.get("cited", [])),
            intent=_one_of(record.get("intent"), get_args(IntentName)),
            kind=_one_of(record.get("kind"), get_args(ReplyKind)),
            pages=tuple(_shown_page(entry) for entry in record.get("pages", [])),
            listing="doctors" if record.get("listing") == "doctors" else "quotes",
            urgent=_text(record.get("urgent")),
            notice=_text(record.get("notice")),
            notice_heading=_text(record.get("notice_heading")),
            understood=_text(record.get("understood")),
            carried=_texts(record.get("carried")),
            said=_texts(record.get("said")),
            closing=_texts(record.get("closing")),
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        raise QuestionError(
            f'{place}: the "filters", "cited" or "pages" of this turn are not as they were saved.'
        ) from None


def turns_from_records(records: Iterable[object]) -> list[Turn]:
    """Return the turns of a saved conversation.

    Raises:
        QuestionError: one of them is no turn.
    """
    return [turn_from_record(record, f"turn {number}") for number, record in enumerate(records, start=1)]


def filters_to_record(filters: Filters) -> dict[str, Any]:
    """Return the filters that hold, by their names."""
    return {name: value for name, value in asdict(filters).items() if value not in (None, False)}


def _filters(record: Mapping[str, Any]) -> Filters:
    kinds = {"min_rating": (int, float), "min_reviews": (int,), "verbatim_only": (bool,), "exact": (bool,)}
    if not all(isinstance(value, kinds.get(name, (str,))) for name, value in record.items()):
        raise ValueError(record)
    return Filters(**record)


def _cited(entry: Mapping[str, Any]) -> Cited:
    return Cited(
        int(entry["number"]),
        str(entry["answer_id"]),
        int(entry["start"]),
        int(entry["end"]),
        float(entry.get("score", 0)),
        tuple((int(start), int(end)) for start, end in entry.get("highlights", [])),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(str(value) for value in values or ())


def _shown_page(entry: Mapping[str, Any]) -> ShownPage:
    same = entry.get("same_question")
    return ShownPage(str(entry["thread_id"]), None if same is None else bool(same))


def _one_of(value: object, known: Sequence[str]) -> Any:
    if value is not None and value not in known:
        raise ValueError(value)
    return value
