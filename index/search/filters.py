"""Which answers may be found at all: by doctor, place, rating, topic and source."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.records import Doctor
from corpus.text.normalisation import case_folded
from index.search.facets import root
from index.search.professions import professions_of
from index.search.regions import regions_of
from index.storage.store import AnswerFacts, Store

_WORD = re.compile(r"[^\W_]+")
_MIN_END = 9
"""Letters from which a specialty finds words that end with it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer must have to be found; None for anything. An answer without the field is not found.

    A text is one or more words that stand in a row in the field, whatever their case and accents: "surgeon" finds
    "Plastic Surgeon", and of specialties "Surgeons" too. Where the corpus has no value with these words, each of
    them may be the beginning of one: "dermat" finds "Dermatologic Surgeon". With `exact` a text is a whole value.

    `specialty` is looked for in the credentials too, and in what they say that somebody is: "therapist" finds "LMFT".
    `location` is looked for in the state and the country of a place too: "canada" finds "Toronto". `tag` is one of
    the thread's tags. `source` is the thread's source, its address or the answer's. `min_rating` is in stars, 0 to 5.
    `since` is the first year or day that an answer may be from, in ISO 8601: "2015".
    """

    specialty: str | None = None
    location: str | None = None
    doctor: str | None = None
    min_rating: float | None = None
    min_reviews: int | None = None
    tag: str | None = None
    source: str | None = None
    since: str | None = None
    verbatim_only: bool = False
    exact: bool = False

    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return replace(self, exact=False) != NO_FILTERS


NO_FILTERS = Filters()
"""Anything may be found."""

_Values = Callable[[AnswerFacts], Iterable[str | None]]

_VALUES: dict[str, _Values] = {
    "specialty": lambda facts: specialties_of(facts.specialty, facts.credentials),
    "location": lambda facts: places_of(facts.location),
    "doctor": lambda facts: (facts.doctor,),
    "tag": lambda facts: facts.tags,
    "source": lambda facts: facts.addresses,
}
"""For each filter by a text the values of an answer that it looks at."""


def allowed_answers(store: Store, filters: Filters) -> NDArray[np.bool_]:
    """Return for each answer whether it is a doctor's and passes the filters, of shape (answers,)."""
    every = list(store.answer_facts())
    allowed = np.array([_passes(facts, filters) for facts in every], dtype=np.bool_)
    for name, values_of in _VALUES.items():
        wanted = getattr(filters, name)
        if wanted is not None:
            values = {value for facts in every if not facts.by_asker for value in values_of(facts) if value}
            fitting = _fitting(wanted, values, plurals=name == "specialty", exact=filters.exact)
            allowed &= np.array([not fitting.isdisjoint(values_of(facts)) for facts in every], dtype=np.bool_)
    return allowed


def is_of(doctor: Doctor, wanted: str) -> bool:
    """Whether a doctor is of a specialty, or at a place, that these words name."""
    specialties = {value for value in specialties_of(doctor.specialty, doctor.credentials) if value}
    places = {value for value in places_of(doctor.location) if value}
    return bool(
        _fitting(wanted, specialties, plurals=True, exact=False) or _fitting(wanted, places, plurals=False, exact=False)
    )


def specialties_of(specialty: str | None, credentials: str | None) -> tuple[str | None, ...]:
    """Return what a doctor is, as the record says it and by the credentials."""
    return specialty, credentials, *professions_of(credentials or "")


def places_of(location: str | None) -> tuple[str | None, ...]:
    """Return a doctor's place, and the state and country that it lies in."""
    return location, *regions_of(location or "")


def _passes(facts: AnswerFacts, filters: Filters) -> bool:
    """Whether an answer is a doctor's and passes what is no text."""
    return (
        not facts.by_asker
        and (filters.min_rating is None or (facts.rating is not None and facts.rating >= filters.min_rating))
        and (filters.min_reviews is None or (facts.reviews is not None and facts.reviews >= filters.min_reviews))
        and (filters.since is None or (facts.date is not None and facts.date >= filters.since))
        and (not filters.verbatim_only or facts.kind == "verbatim")
    )


def _fitting(wanted: str, values: Set[str], *, plurals: bool, exact: bool) -> set[str | None]:
    """Return which of some values a text finds: those with its words whole, or else with words that begin so.

    Args:
        plurals: whether a word also finds its plural, and a plural its singular.
    """
    words = _words(wanted)
    if exact or not words:
        return {value for value in values if case_folded(value) == case_folded(wanted)}

    def key(word: str) -> str:
        return (root(word) or word) if plurals else word

    def whole(word: str, other: str) -> bool:
        # A psychotherapist is a therapist.
        ends_so = plurals and len(words) == 1 and len(word) >= _MIN_END and key(other).endswith(key(word))
        return key(word) == key(other) or ends_so

    def found_by(fits: Callable[[str, str], bool]) -> set[str | None]:
        return {value for value in values if _in_a_row(words, _words(value), fits)}

    return found_by(whole) or found_by(lambda word, other: other.startswith(word))


def _in_a_row(words: Sequence[str], found: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    """Whether some words fit words that stand in a row among those found."""
    starts = range(len(found) - len(words) + 1)
    return any(all(map(fits, words, found[start : start + len(words)])) for start in starts)


def _words(text: str) -> list[str]:
    return _WORD.findall(case_folded(text))
