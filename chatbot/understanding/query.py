"""What a message asks, taken by itself or after those before it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np

from chatbot.turns import Turn
from chatbot.understanding.followups import ResolvedQuery, has_anaphor, query_expansion, question_types_of, resolve
from chatbot.understanding.followups.yes_no import elliptical_question, yes_no_question
from chatbot.understanding.person.facts import Fact, search_words
from corpus.text.tokens import words_of
from corpus.text.word_frequency import frequency_rank
from index.index import Index
from index.records import Query

_PERSON_WEIGHT = 0.3
"""What the facts of the person count in a query, of 1."""
_NAMES_SOMETHING = 0.1
"""The rarity above which a word names something: "long", "soon" and "many" are below, "drink" and "bread" above."""


def understood_in(message: str, before: Sequence[str], index: Index, *, alone: bool = False) -> ResolvedQuery:
    """Return what a message is understood as, after the questions before it or by itself.

    Args:
        before: the questions before it, oldest first.
        alone: take the message by itself, though it may seem to lean on those before it.
    """
    message = " ".join(message.split())
    words = words_of(message)
    # "How do I bake bread?" leans on nothing, short as it is: the corpus knows none of its words. "How long?" does.
    names = any(frequency_rank(word) > _NAMES_SOMETHING for word in words)
    strange = names and index.vocabulary_overlap(words) == 0 and not has_anaphor(message)
    if alone or strange:
        return ResolvedQuery(message, before=tuple(before))
    own = yes_no_question(message) or question_types_of(message)
    going_on = None if own else elliptical_question(message, before)
    return resolve(message, before, circumstances=going_on.circumstances if going_on else "")


def search_query(resolved: ResolvedQuery, index: Index, person: Sequence[Fact] = ()) -> Query:
    """Return what a message was understood as, as a query to an index.

    Args:
        person: what is remembered of the person; it counts less than the question, which it would drown.
    """
    expansion = query_expansion(resolved.text)
    query = index.query(resolved.text, also=resolved.also, expansion=expansion)
    words = search_words(person, resolved.text)
    if not words:
        return query
    of_person = index.query(resolved.text, also=resolved.also, expansion=f"{expansion} {words}")
    vector = (1 - _PERSON_WEIGHT) * query.vector + _PERSON_WEIGHT * of_person.vector
    terms = dict.fromkeys(of_person.terms, _PERSON_WEIGHT) | dict(query.terms)
    return replace(query, vector=vector / np.linalg.norm(vector), terms=terms)


def questions_of(turns: Sequence[Turn]) -> list[str]:
    """Return what the user has asked in some turns; of a conversation from elsewhere all that they said."""
    knows = any(turn.query is not None for turn in turns)

    def asks(reply: Turn | None) -> bool:
        if reply is not None and reply.intent is not None:
            return reply.intent in ("question", "followup")
        return reply is None or not knows or reply.query is not None

    return [turn.content for turn, reply in zip_longest(turns, turns[1:]) if turn.role == "user" and asks(reply)]
