"""Whether the doctors of a reply agree: their views counted, and only where the evidence is clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chatbot.views.question import YesNoQuestion
from chatbot.views.view import View, view_of

_MIN_CLEAR = 2
"""Clear views below which nothing is said of agreement."""


class Quoted(NamedTuple):
    """A quote with its whole answer, and what the page asks on which it stands (None: the question itself)."""

    quote: str
    answer: str
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Views:
    """What each of some quotes says to a yes-or-no question, in their order; None where that is not clear."""

    each: tuple[View | None, ...]
    acts: bool
    """Whether the question is whether to do something: a yes then allows or advises it."""

    @property
    def clear(self) -> int:
        """How many of the quotes are clear."""
        return sum(view is not None for view in self.each)

    @property
    def differ(self) -> bool:
        """Whether two of the clear views differ."""
        return len(set(self.each) - {None}) > 1

    def places(self, view: View | None) -> tuple[int, ...]:
        """Return the places, from 0, of the quotes with this view."""
        return tuple(at for at, other in enumerate(self.each) if other == view)


def views_of(asked: YesNoQuestion | None, quotes: Sequence[Quoted]) -> Views | None:
    """Return the views of some quotes on a question.

    None where the question can't be answered with yes or no (`asked` is None), or where too few quotes are
    clear to speak of agreement: at least two must be, and at least as many as are not.
    """
    if asked is None:
        return None
    views = Views(
        tuple(view_of(asked, quoted.quote, quoted.answer, quoted.page) for quoted in quotes),
        acts=asked.act and not asked.shuns and not asked.asks_need,
    )
    return views if views.clear >= max(_MIN_CLEAR, len(quotes) - views.clear) else None
