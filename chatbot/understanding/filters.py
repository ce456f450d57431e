"""Filter extraction from messages: "only dermatologists", "someone in California", "rated above 4.8", "any doctor".

A message is one if all of it restricts whose answers are wanted, in so many words: "only" or "just" with a
specialty, place or doctor of the corpus, "in" or "from" a place, "by" a specialty, a rating, a number of reviews.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chatbot.understanding.doctors import named_doctors
from chatbot.understanding.message import Message, Word, plain
from chatbot.understanding.references import SHOW
from index.search.facets import MAX_RUN, Facets
from index.search.filters import Filters

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_AT_LEAST = "(?:above|over|at least|more than|better than|higher than|min|minimum|from)"
_OR_MORE = "(?: (?:or|and) (?:more|better|higher|above|up))?"
_RATED = re.compile(
    rf"(?:(?:an? )?(?:rated|ratings?)|stars) (?:of |is |are |at )?(?:{_AT_LEAST} )?{_NUMBER}(?: stars?)?{_OR_MORE}\b"
    rf"|(?:a )?(?:min|minimum) ratings? (?:of )?{_NUMBER}\b"
    rf"|(?:{_AT_LEAST} )?{_NUMBER} stars?{_OR_MORE}\b|{_AT_LEAST} {_NUMBER} rating\b"
)
_MAX_RATING = 5
_REVIEWS = re.compile(rf"(?:{_AT_LEAST} )?(\d+) (?:or more )?reviews?(?: or more)?\b")
_VERBATIM = re.compile(
    r"verbatim\b|(?:no|without) summar(?:y|ies)\b|in (?:their|the doctors?) own words\b|(?:their )?own words\b"
)
_ONLY = re.compile(r"(?:only|just|exclusively)\b")
_WHERE = re.compile(r"(?:(?:based |located |practi[cs]ing )?in|from|near|around|at) ")
_BY = re.compile(r"(?:by|from|of) (?:an? |the )?")
_BETWEEN = re.compile(
    r"(?:an?|the|any|some|those|and|with|who (?:is|are)|that are|doctors?|docs?|physicians?|someone|somebody|anyone"
    r"|anybody|people|specialists?|ones?|answers?|opinions?|replies|quotes)\b"
)
_ASKED_FOR = re.compile(
    rf"{SHOW}|(?:is|are) there|do you have|i (?:just |only )?(?:want|need|prefer|trust)|id (?:like|prefer)"
    r"|(?:search|look) for|hear from"
    r"|(?:limit|restrict|narrow)(?: (?:it|them|this|the answers|answers|down|it down))? to"
    r"|filter(?: (?:it|them|the answers))?(?: (?:by|for|to|on))?"
)
_RESTRICTS = re.compile(r"\b(?:only|just|filter|limit|restrict|narrow)\b")
_SHOWS = re.compile(r"\b(?:show|list|display|hear)\b")
_ASKS_WHAT_THEY_SAY = re.compile(
    r"what (?:do|does|did|would) (?P<inner>.+?) (?:say|think|write|recommend)(?: (?:about|of|on|to) (?:it|this|that))?"
)
_LIFTED = re.compile(
    rf"(?:(?:can|could|would|will) you (?:please )?)?"
    rf"(?:(?:{SHOW} |from |by |in )?(?:any|all|every)(?: of)?(?: the)? (?:doctors?|docs?|specialt(?:y|ies)|specialists?"
    r"|places?|locations?|ratings?|cit(?:y|ies)|countr(?:y|ies))(?: (?:is|are) (?:fine|ok|okay|good))?"
    r"|(?:remove|drop|clear|lift|delete|reset|cancel|undo|forget|disable|stop|turn off|switch off|get rid of|without|no"
    r"|no more|i dont (?:want|need))(?: all)?(?: of)?(?: the| my| these| any| this| that| your| a)? filters?"
    r"(?: any ?more)?"
    r"|(?:turn|switch|take) (?:the |all |all the |my )?filters? off|filters? off|stop filtering"
    rf"|(?:{SHOW} |from |by )?(?:everyone|everybody|anyone|anybody)|(?:from |in )?(?:anywhere|everywhere))"
)
_NOT_ONLY = re.compile("not (?:only|just) (?P<inner>.+)")
_PROFESSION = (
    r"(?:\w+(?:ologists?|iatrists?|ia?tricians?|dontists?|surgeons?|therapists?)|surgeons?|therapists?|dentists?"
    r"|physicians?|nurses?|vets?|veterinarians?|gps?|paramedics?|pharmacists?|practitioners?|specialists?|opticians?"
    r"|optometrists?|dieti[ct]ians?|nutritionists?|counsell?ors?|midwi(?:fe|ves)|osteopaths?|chiropractors?|naturopaths?"
    r"|homeopaths?|internists?|a?estheticians?|injectors?)"
)
_KIND = rf"(?P<kind>(?!my |your |his |her |our |their |one |two |some |other |these |those )(?:\w+ )?{_PROFESSION})"
_UNKNOWN = re.compile(
    rf"(?:(?:{_ASKED_FOR.pattern}) )?(?:only|just|exclusively) (?:answers? )?(?:(?:by|from) )?(?:the |an? )?{_KIND}"
    rf"(?: (?:in|from|near) \w+(?: \w+)?)?|{_KIND.replace('kind', 'last')} only"
    r"|(?:only|just) (?:the )?(?:doctors?|docs?|answers?|people|someone|surgeons?) (?:in|from|near) "
    r"(?P<place>(?!my |the |your |our )\w+(?: \w+)?)"
)


@dataclass(frozen=True, slots=True)
class _Restriction:
    """What a message restricts whose answers are wanted by, and whether it says so in so many words."""

    values: dict[str, Any]
    explicit: bool


def extract_filters(message: Message, current: Filters, facets: Facets) -> Filters | None:
    """Return the filters that hold from now on if a message as a whole asks for some, or None."""
    words: Sequence[Word] = message.core
    text = message.text
    asked = _ASKED_FOR.match(text)
    says = _ASKS_WHAT_THEY_SAY.fullmatch(text)
    if says:
        words = _words_of(words, text, says.span("inner"))
    elif asked and (asked.end() == len(text) or text[asked.end()] == " "):
        words = _words_of(words, text, (asked.end(), len(text)))
    found = _restriction(words, facets)
    # "what do dermatologists say?" and "show me surgeons" restrict by asking for them; "see a dermatologist" does not.
    shown = says is not None or (asked is not None and _SHOWS.search(asked.group()) is not None)
    named = found is not None and "specialty" in found.values and shown
    explicit = asked is not None and _RESTRICTS.search(asked.group()) is not None
    return replace(current, **found.values) if found and (found.explicit or named or explicit) else None


def removes_filters(message: Message, facets: Facets) -> bool:
    """Whether a message as a whole asks that no filter holds any more."""
    text = message.text
    if _LIFTED.fullmatch(text) or _LIFTED.fullmatch(plain(message.words)):
        return True
    match = _NOT_ONLY.fullmatch(text)
    return match is not None and _restriction(_words_of(message.core, text, match.span("inner")), facets) is not None


def unmatched_filter(message: Message) -> str | None:
    """Return whom a message like "only vets" asks for, in its words, or None: for doctors that the corpus has not."""
    match = _UNKNOWN.fullmatch(message.text)
    if match is None:
        return None
    group = match.lastgroup or ""
    return " ".join(word.written for word in _words_of(message.core, message.text, match.span(group)))


def _restriction(words: Sequence[Word], facets: Facets) -> _Restriction | None:
    """Return what words restrict if nothing of them is left over, or None."""
    values: dict[str, Any] = {}
    explicit = False
    at = 0
    while at < len(words):
        rest = plain(words[at:])
        step = (
            _number_in(rest)
            or _place_or_specialty(words, at, rest, facets)
            or _only_doctor(words, at, facets, only=explicit)
        )
        if step is not None:
            taken, new, is_explicit = step
            if values.keys() & new.keys():
                return None
            values |= new
            explicit = explicit or is_explicit
        elif match := _ONLY.match(rest):
            taken, explicit = _count(match), True
        elif match := _BETWEEN.match(rest) or _BY.match(rest + " "):
            taken = _count(match)
        else:
            return None
        at += taken
    return _Restriction(values, explicit) if values else None


_Step = tuple[int, dict[str, Any], bool]
"""Words taken, the values found in them, whether they restrict in so many words."""


def _number_in(rest: str) -> _Step | None:
    """Return what a rating, a number of reviews or "verbatim" at the beginning says."""
    if match := _REVIEWS.match(rest):
        return _count(match), {"min_reviews": int(match[1])}, True
    if match := _RATED.match(rest):
        number = float(next(group for group in match.groups() if group).replace(",", "."))
        return (_count(match), {"min_rating": number}, True) if number <= _MAX_RATING else None
    if match := _VERBATIM.match(rest):
        return _count(match), {"verbatim_only": True}, True
    return None


def _place_or_specialty(words: Sequence[Word], at: int, rest: str, facets: Facets) -> _Step | None:
    where, by = _WHERE.match(rest), _BY.match(rest)
    before = _count(where) if where else 0
    for length in range(min(MAX_RUN, len(words) - at - before), 0, -1):
        run = [word.plain for word in words[at + before : at + before + length]]
        if place := facets.place(run):
            return before + length, {"location": place}, where is not None
    before = _count(by) if by else 0
    for length in range(min(MAX_RUN, len(words) - at - before), 0, -1):
        run = [word.plain for word in words[at + before : at + before + length]]
        if specialty := facets.specialty(run):
            return before + length, {"specialty": specialty}, by is not None
    return None


def _only_doctor(words: Sequence[Word], at: int, facets: Facets, *, only: bool) -> _Step | None:
    """Return the doctor named here, where "only" stands before: without it a name is a reference."""
    for length in range(min(MAX_RUN, len(words) - at), 1, -1) if only else ():
        if doctors := named_doctors(words, at, at + length, facets):
            return length, {"doctor": doctors[0]}, True
    return None


def _count(match: re.Match[str]) -> int:
    return len(match.group().split())


def _words_of(words: Sequence[Word], text: str, span: tuple[int, int]) -> Sequence[Word]:
    first = len(text[: span[0]].split())
    return words[first : first + len(text[slice(*span)].split())]
