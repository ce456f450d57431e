"""Which doctor the words of a message name, or describe by a profession or a place.

A doctor is meant by a title before the name ("Dr. Roe"), by the full name, or, if just cited, by a last name
that is written as one: with a capital letter, which is not there only because the message begins with it. Described
is one by "the" and a profession, a place, or both: "the LPC", "the one from Texas".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.understanding.message import Word
from corpus.text.word_frequency import frequency_rank
from index.search.facets import Facets, name_words
from index.search.professions import professions_of
from index.search.regions import place_named

_TITLES = frozenset("dr drs doctor doc prof professor".split())
PROFESSION = re.compile(
    r"\w*(?:ologist|iatrist|iatrician|dontist|surgeon|therapist|dentist|counsel+or|nurse|worker)s?|gps?|vets?"
)
_ANYBODY = frozenset("one doctor doc author expert person guy woman man lady".split())
_DEFINITE = frozenset(["the", "that", "this"])
_AT_A_PLACE = frozenset(["in", "from", "of"])
_PROFESSION_WORDS = 3
_UNLISTED = 1.0
"""The frequency rank of what is no common word."""


def named_doctors(
    words: Sequence[Word], start: int, end: int, facets: Facets, cited: Sequence[str | None] = ()
) -> tuple[str, ...]:
    """Return the doctors whom `words[start:end]`, as a whole, names: those who were cited, or else all of the name.

    Args:
        cited: the names of the doctors just cited.
    """
    run = words[start:end]
    titled = len(run) > 1 and run[0].plain in _TITLES
    name = tuple(word.plain for word in (run[1:] if titled else run))
    if not name:
        return ()
    just_cited = Facets.of(doctors=[doctor for doctor in cited if doctor])
    for known in (just_cited, facets):
        # "Dr. Young's answer" has come without its apostrophe.
        for form in dict.fromkeys([name, (*name[:-1], name[-1].removesuffix("s"))]):
            if found := _of_name(form, known, titled=titled):
                return found
    if len(name) == 1 and _is_written_as_a_name(words, start):
        return just_cited.surnames.get(name[0], ())
    return ()


def _of_name(name: tuple[str, ...], known: Facets, *, titled: bool) -> tuple[str, ...]:
    if len(name) > 1:
        return known.names.get(name_words(" ".join(name)), ())
    return (known.surnames.get(name[0]) or known.first_names.get(name[0], ())) if titled else ()


def _is_written_as_a_name(words: Sequence[Word], at: int) -> bool:
    written = words[at].written
    shouted = all(word.written.isupper() for word in words if word.written.isalpha())
    if not written[0].isupper() or (shouted and len(words) > 1):
        return False
    return at > 0 or frequency_rank(words[at].plain) >= _UNLISTED


@dataclass(frozen=True, slots=True)
class Description:
    """What words say of the one doctor that they mean, as they were written; "" where they say nothing of it."""

    profession: str
    place: str


def described_doctor(words: Sequence[Word], facets: Facets) -> Description | None:
    """Return what words, as a whole, say of one doctor: "the surgeon from Texas", "the Texas one"; else None.

    A place is one of the corpus, a state, a country, or what is written as a name.
    """
    if len(words) < 2 or words[0].plain not in _DEFINITE:
        return None
    rest = words[1:]
    at = next((at for at, word in enumerate(rest) if word.plain in _AT_A_PLACE), len(rest))
    who, place = tuple(rest[:at]), tuple(rest[at + 1 :])
    if not place:
        first = next((n for n in range(1, len(who)) if _is_place_before(who[:n], who[n:], facets)), 0)
        place, who = who[:first], who[first:]
    if not who or not (_is_one(who, facets) if place else _is_profession(who, facets)):
        return None
    if place and not _is_place(place, facets):
        return None
    return Description("" if _is_anybody(who) else _written(who), _written(place))


def _is_one(words: Sequence[Word], facets: Facets) -> bool:
    return _is_anybody(words) or _is_profession(words, facets)


def _is_anybody(words: Sequence[Word]) -> bool:
    return len(words) == 1 and words[0].plain in _ANYBODY


def _is_profession(words: Sequence[Word], facets: Facets) -> bool:
    """Whether words name what one doctor is: a profession, or letters as they stand behind a name."""
    last = words[-1]
    if last.plain.endswith("s") or len(words) > _PROFESSION_WORDS or last.plain in _ANYBODY:
        return False
    known = facets.specialty([word.plain for word in words]) is not None
    letters = len(words) == 1 and last.written.isupper() and bool(professions_of(last.written))
    return known or letters or (len(words) < _PROFESSION_WORDS and PROFESSION.fullmatch(last.plain) is not None)


def _is_place(words: Sequence[Word], facets: Facets) -> bool:
    return _is_known_place(words, facets) or all(word.written[0].isupper() for word in words)


def _is_known_place(words: Sequence[Word], facets: Facets) -> bool:
    names = [word.plain for word in words]
    return bool(facets.place(names) or place_named(tuple(names)))


def _is_place_before(place: Sequence[Word], who: Sequence[Word], facets: Facets) -> bool:
    """Whether words are a place and one of it: "Texas dermatologist", "Boise one"; not "Plastic Surgeon"."""
    known = _is_known_place(place, facets)
    return (known and _is_profession(who, facets)) or (_is_anybody(who) and _is_place(place, facets))


def _written(words: Sequence[Word]) -> str:
    return " ".join(word.written for word in words)
