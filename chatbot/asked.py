"""What a message asks: taken by itself or after those before it, and again out of a kept conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from chatbot.followups import Resolved, points_back, question_types_of, resolve, words_of_pages
from chatbot.turns import Turn
from chatbot.views import YesNoQuestion, question_going_on, yes_no_question
from index.filters import Filters
from index.index import Index
from index.lexical import words_of
from index.rarity import rarity
from index.records import Query

_NAMES_SOMETHING = 0.1
"""The rarity above which a word names something: "long", "soon" and "many" are below, "drink" and "bread" above."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is searched with: `text` stands alone.

    `also` is the message itself where `text` spells it out. `understood` is what a follow-up was taken for, as
    people read it; None where the message stands alone. `before` are the questions that were asked before it:
    none of them is suggested again. `yes_no` is what it asks that yes or no can answer, or None.
    """

    text: str
    also: str | None = None
    understood: str | None = None
    before: tuple[str, ...] = ()
    yes_no: YesNoQuestion | None = None

    def query(self, index: Index) -> Query:
        """Return it as a query to an index."""
        return index.query(self.text, also=self.also, words_of_pages=words_of_pages(self.text))


def asked_in(message: str, before: Sequence[str], index: Index, *, alone: bool = False) -> Asked:
    """Return what a message asks.

    Args:
        before: the questions before it, oldest first.
        alone: take the message by itself, though it may seem to lean on those before it.
    """
    message = " ".join(message.split())
    words = words_of(message)
    # "How do I bake bread?" leans on nothing, short as it is: the corpus knows none of its words. "How long?" does.
    names = any(rarity(word) > _NAMES_SOMETHING for word in words)
    strange = names and index.share_known(words) == 0 and not points_back(message)
    resolved = Resolved(message)
    yes_no = yes_no_question(message)
    if not alone and not strange:
        going_on = None if yes_no or question_types_of(message) else question_going_on(message, before)
        resolved = resolve(message, before, circumstances=going_on.circumstances if going_on else "")
        yes_no = going_on or yes_no_question(resolved.text)
    return Asked(
        text=resolved.text,
        also=message if resolved.carried else None,
        understood=resolved.shown or None,
        before=tuple(before),
        yes_no=yes_no,
    )


def asked_again(turns: Sequence[Turn], index: Index) -> Asked | None:
    """Return what the last reply of a kept conversation was searched with, or None if it was not.

    A reply under new filters repeats the question before it: that one is returned.
    """
    *earlier, user, reply = turns
    if reply.query is None:
        return None
    before = questions_of(earlier)
    for alone in (False, True):
        asked = asked_in(user.content, before, index, alone=alone)
        if asked.text == reply.query:
            return asked
    repeats = bool(earlier) and earlier[-1].query == reply.query
    return asked_again(earlier, index) if repeats else Asked(reply.query, before=tuple(before))


def questions_of(turns: Sequence[Turn]) -> list[str]:
    """Return what the user has asked in some turns; of a conversation from elsewhere all that they said."""
    knows = any(turn.query is not None for turn in turns)
    asked = []
    filters = Filters()
    for turn, following in zip_longest(turns, turns[1:]):
        if turn.role == "assistant":
            filters = turn.filters
        elif not knows or following is None or (following.query is not None and following.filters == filters):
            asked.append(turn.content)
    return asked
