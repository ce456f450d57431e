"""What a message asks, taken by itself or after those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from chatbot.turns import Turn
from chatbot.understanding.followups import Resolved, has_anaphor, query_expansion, question_types_of, resolve
from chatbot.understanding.followups.yes_no import elliptical_question, yes_no_question
from corpus.text.tokens import words_of
from corpus.text.word_frequency import frequency_rank
from index.index import Index
from index.records import Query

_NAMES_SOMETHING = 0.1
"""The rarity above which a word names something: "long", "soon" and "many" are below, "drink" and "bread" above."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is searched with: `text` stands alone.

    `also` is the message itself where `text` spells it out. `understood` is what a follow-up was taken for, as
    people read it, and `carried` the words that it carried over; None and empty where the message stands alone.
    `before` are the questions that were asked before it: none of them is suggested again.
    """

    text: str
    also: str | None = None
    understood: str | None = None
    carried: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def query(self, index: Index) -> Query:
        """Return it as a query to an index."""
        return index.query(self.text, also=self.also, words_of_pages=query_expansion(self.text))


def asked_in(message: str, before: Sequence[str], index: Index, *, alone: bool = False) -> Asked:
    """Return what a message asks.

    Args:
        before: the questions before it, oldest first.
        alone: take the message by itself, though it may seem to lean on those before it.
    """
    message = " ".join(message.split())
    words = words_of(message)
    # "How do I bake bread?" leans on nothing, short as it is: the corpus knows none of its words. "How long?" does.
    names = any(frequency_rank(word) > _NAMES_SOMETHING for word in words)
    strange = names and index.vocabulary_overlap(words) == 0 and not has_anaphor(message)
    resolved = Resolved(message)
    if not alone and not strange:
        own = yes_no_question(message) or question_types_of(message)
        going_on = None if own else elliptical_question(message, before)
        resolved = resolve(message, before, circumstances=going_on.circumstances if going_on else "")
    return Asked(
        text=resolved.text,
        also=message if resolved.carried else None,
        understood=resolved.shown or None,
        carried=resolved.carried,
        before=tuple(before),
    )


def questions_of(turns: Sequence[Turn]) -> list[str]:
    """Return what the user has asked in some turns; of a conversation from elsewhere all that they said."""
    knows = any(turn.query is not None for turn in turns)

    def asks(reply: Turn | None) -> bool:
        if reply is not None and reply.intent is not None:
            return reply.intent in ("question", "followup")
        return reply is None or not knows or reply.query is not None

    return [turn.content for turn, reply in zip_longest(turns, turns[1:]) if turn.role == "user" and asks(reply)]
