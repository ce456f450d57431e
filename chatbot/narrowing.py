"""Filters out of words: "only dermatologists", "someone in California", "rated above 4.8", "any doctor".

Specialties and places are those that the corpus has; nothing else is taken for one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.filters import Filters, folded

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_AT_LEAST = r"above|over|at least|more than|better than|min(?:imum)?"
_RATED = re.compile(
    rf"\b(?:rated|rating|stars?)\b\W*(?:of|with|is|are)?\s*(?:{_AT_LEAST}|from)?\s*{_NUMBER}"
    rf"|\b(?:{_AT_LEAST})\s+{_NUMBER}\s*(?:stars?|rating)"
    rf"|{_NUMBER}\+?\s*stars?\b(?:\s+(?:or (?:more|better)|and up))?",
    re.IGNORECASE,
)
_REVIEWS = re.compile(
    rf"\b(?:{_AT_LEAST}|with)\s+(\d+)\+?\s+reviews?|\b(\d+)\+?\s+(?:or more\s+)?reviews?\b", re.IGNORECASE
)
_VERBATIM = re.compile(
    r"\b(?:verbatim(?: only)?|no summar(?:y|ies)|without summar(?:y|ies)|(?:in )?(?:their )?own words(?: only)?)\b",
    re.IGNORECASE,
)
_LIFTED = re.compile(
    r"\W*(?:(?:show |from |by )?(?:any|all|every)(?: of the)? (?:doctors?|specialt(?:y|ies)|places?|ratings?)"
    r"|(?:remove|drop|clear|lift|delete|reset|without|no)(?: all)?(?: the| my| these)? filters?"
    r"|everyone|anybody|anyone)\W*",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?:only|just)\s+(?:the\s+)?([\w'’-]+(?:\s+[\w'’-]+){0,2})\W*", re.IGNORECASE)
_FILLING = frozenset(
    "only just show me answers answer by from of in at near the a an someone somebody doctor doctors specialist"
    " specialists who are is with and or please what do does did say says said about it that i want need ones one any"
    " those to hear how many star stars rated rating reviews review above over least more than better find give opinion"
    " opinions practicing based located around now but people think thoughts can you limit filter".split()
)
_MIN_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Facets:
    """What answers of a corpus can be told apart by: every specialty and every place that it names."""

    specialties: tuple[str, ...]
    places: tuple[str, ...]


def narrowing(message: str, current: Filters, facets: Facets) -> Filters | None:
    """Return the filters that a message asks for, or None if it asks for anything else (too)."""
    if _LIFTED.fullmatch(message):
        return Filters()
    rest = message
    filters = current
    if match := _REVIEWS.search(rest):
        filters = replace(filters, min_reviews=int(_number(match)))
        rest = _without(rest, match)
    if match := _RATED.search(rest):
        filters = replace(filters, min_rating=_number(match))
        rest = _without(rest, match)
    if match := _VERBATIM.search(rest):
        filters = replace(filters, verbatim_only=True)
        rest = _without(rest, match)
    words = re.findall(r"[\w'’]+", rest)
    left = [word for word in words if folded(word) not in _FILLING]
    specialty, left = _found(left, facets.specialties)
    place, left = _found(left, facets.places)
    filters = replace(filters, specialty=specialty or filters.specialty, location=place or filters.location)
    return filters if not left and filters != current else None


def only_unknown(message: str) -> str | None:
    """Return whom a message like "only vets" asks for, or None. For what `narrowing` did not understand."""
    match = _ONLY.fullmatch(message.strip())
    return match.group(1) if match else None


def _found(words: Sequence[str], values: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the longest run of words that stands in one of the values, and the words that are left."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            wanted = [_root(word) for word in run]
            if sum(map(len, wanted)) >= _MIN_LETTERS and any(_stands_in(wanted, value) for value in values):
                return " ".join(wanted), [*words[:start], *words[start + length :]]
    return None, list(words)


def _stands_in(roots: Sequence[str], value: str) -> bool:
    return re.search(r"\b" + r"\w*\W+".join(map(re.escape, roots)), folded(value)) is not None


def _root(word: str) -> str:
    """Return what "Dermatologists" and "dermatologist" have in common."""
    text = folded(word)
    return text.removesuffix("'s").removesuffix("s")


def _number(match: re.Match[str]) -> float:
    return float(next(group for group in match.groups() if group).replace(",", "."))


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
