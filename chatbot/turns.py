"""The turns of a conversation: what each message and each reply leaves behind."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated, Any, Literal

from pydantic import Field

from chatbot.understanding.intent import IntentName
from corpus.text.sentences import Span
from index.search.filters import NO_FILTERS, Filters

Role = Literal["user", "assistant"]
ReplyKind = Literal["answer", "related", "abstention", "reference", "clarification", "fixed", "notice"]
"""What a reply is: answers, related pages without answers, that there is nothing, what the last reply cited, a
question back, a fixed sentence, or the notice of an emergency."""
Listing = Literal["quotes", "doctors"]
"""Whether a reply shows the quotes of its citations, or only who wrote them ("who said that?")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFields:
    """What is the same in a reply and in the turn that keeps it.

    `intent` is what the message was taken for, `kind` what the reply is; None in the turns of a conversation from
    elsewhere. `said` are the paragraphs before the pages, `closing` those after them, all plain text. `urgent` is None
    or the kind of emergency that the message describes, `notice` its notice, to stand below `notice_heading`: such a
    reply has no pages. `understood` is the message with its spelling corrected, where that is not as it was
    written. `carried` are the words of earlier messages that a follow-up was searched with too.
    `filters` held for this reply.
    """

    intent: IntentName | None = None
    kind: ReplyKind | None = None
    urgent: str | None = None
    notice: str | None = None
    notice_heading: str | None = None
    understood: str | None = None
    carried: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    listing: Listing = "quotes"
    filters: Filters = NO_FILTERS


def reply_fields(of: ReplyFields) -> dict[str, Any]:
    """Return the fields of `ReplyFields` by name, to make a turn of a reply or a reply of a turn."""
    return {field.name: getattr(of, field.name) for field in fields(ReplyFields)}


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reply cited, by ids and offsets in characters: it is the same after a restart and after a build."""

    number: int
    answer_id: str
    start: int
    end: int
    score: Annotated[float, Field(allow_inf_nan=False)] = 0.0
    highlights: tuple[Span, ...] = ()

    def within(self, text: str) -> "Cited":
        """Return the same with every offset within the answer's text, whatever a saved conversation says."""
        start, end = _within((self.start, self.end), text)
        inside = (_within(span, text) for span in self.highlights)
        return replace(self, start=start, end=end, highlights=tuple(span for span in inside if span[0] < span[1]))


def _within(span: Span, text: str) -> Span:
    start = min(max(span[0], 0), len(text))
    return start, min(max(span[1], start), len(text))


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page that a reply showed, by its id; `counted` is whether it told what the page's doctors say."""

    thread_id: str
    same_question: bool | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Turn(ReplyFields):
    """One message of the user, or one reply.

    A reply also keeps what happened: the fields of `ReplyFields`, the query that it searched with (None, if it was
    small talk or pointed back), and what it showed and cited by ids. A turn that came from elsewhere has none of that.
    `forgotten` are the facts of the person, by their names, that the user removed after this turn.
    """

    role: Role
    content: str
    query: str | None = None
    cited: tuple[Cited, ...] = ()
    pages: tuple[ShownPage, ...] = ()
    forgotten: tuple[str, ...] = ()


def last_query(turns: Sequence[Turn]) -> str | None:
    """Return the query of the last reply that searched, or None."""
    return next((turn.query for turn in reversed(turns) if turn.query), None)


def exchanges_of(turns: Sequence[Turn]) -> list[tuple[int | None, int | None]]:
    """Return the places of each message of the user and of the reply to it; None for what stands without the other."""
    found: list[tuple[int | None, int | None]] = []
    for at, turn in enumerate(turns):
        if turn.role == "user":
            found.append((at, None))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0], at)
        else:
            found.append((None, at))
    return found


def filters_to_record(filters: Filters) -> dict[str, Any]:
    """Return the filters that hold, by their names."""
    return {name: value for name, value in asdict(filters).items() if value not in (None, False)}
