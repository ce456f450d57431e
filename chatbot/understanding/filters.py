"""Filter extraction from messages: "only dermatologists", "someone in California", "rated above 4.8", "any doctor".

A message is one if all of it restricts whose answers are wanted, in so many words: "only" or "just" with a
specialty, place or doctor of the corpus, "in" or "from" a place, "by" a specialty, a rating, a number of reviews, a
year. A place or a profession that the corpus has not is told as such.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from chatbot.understanding.doctors import named_doctors
from chatbot.understanding.message import Message, Word, plain
from chatbot.understanding.references import ASK as _ASK
from chatbot.understanding.references import SHOW
from index.search.facets import MAX_RUN, Facets
from index.search.filters import Filters
from index.search.regions import place_named

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
_YEAR = r"((?:19|20)\d\d)"
_SINCE = re.compile(
    rf"(?:(?:not |no )?(?:older|earlier) than|(?:written |posted |from )?(?:since|from|in or after))"
    rf" {_YEAR}(?: (?:on|onwards?|or (?:later|newer)))?\b"
)
_AFTER = re.compile(rf"(?:written |posted |from )?(?:after|newer than|later than|more recent than|past) {_YEAR}\b")
_LATEST = re.compile(
    r"(?:(?:written |posted |from |of |in )?(?:within )?(?:the )?(?:last|past)|(?:not |no )?older than)"
    r" (\d\d?|one|two|three|five|ten)? ?(?:years?|yrs?)\b"
)
_SPELLED = {"one": 1, "two": 2, "three": 3, "five": 5, "ten": 10}
_VERBATIM = re.compile(
    r"verbatim\b|(?:no|without) summar(?:y|ies)\b|in (?:their|the doctors?) own words\b|(?:their )?own words\b"
)
_ONLY = re.compile(r"(?:only|just|exclusively)\b")
_WHERE = re.compile(r"(?:(?:based |located |practi[cs]ing )?in|from|near|around|at) (?:the )?")
_BY = re.compile(r"(?:by|from|of) (?:an? |the )?")
_BETWEEN = re.compile(
    r"(?:an?|the|any|some|those|and|with|who (?:is|are)|that are|doctors?|docs?|physicians?|someone|somebody|anyone"
    r"|anybody|people|specialists?|ones?|answers?|opinions?|replies|quotes|anything|something|experts?|professionals?"
    r"|have|has)\b"
)
_ASKED_FOR = re.compile(
    rf"{SHOW}|(?:is|are) there|(?:do you )?got|do you have|i (?:just |only )?(?:want|need|prefer|trust)"
    r"|id (?:like|prefer|rather)(?: (?:to )?(?:hear|read|see)(?: (?:it|that))?)?"
    r"|(?:search|look) for|hear from"
    rf"|{_ASK}?(?:limit|restrict|narrow)(?: (?:it|them|this|the answers|answers|down|it down))? to"
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
    r"(?:social workers?"
    r"|\w+(?:ologists?|iatrists?|ia?tricians?|dontists?|surgeons?|therapists?)|surgeons?|therapists?|dentists?"
    r"|physicians?|nurses?|vets?|veterinarians?|gps?|paramedics?|pharmacists?|practitioners?|specialists?|opticians?"
    r"|optometrists?|dieti[ct]ians?|nutritionists?|counsell?ors?|midwi(?:fe|ves)|osteopaths?|chiropractors?|naturopaths?"
    r"|homeopaths?|internists?|a?estheticians?|injectors?)"
)
_KIND = r"(?P<kind>(?!my |your |his |her |our |their |one |two |some |other |these |those )"
_KIND += r"(?:(?:board|certified|licensed|qualified|registered|female|male|women|men|experienced|real|good) )*"
_KIND += rf"(?:\w+ )?{_PROFESSION})"
_PROFESSION_HERE = re.compile(rf"{_PROFESSION}\b")
_UNKNOWN = re.compile(
    rf"(?:(?:{_ASKED_FOR.pattern}) )?(?:only|just|exclusively) (?:answers? )?(?:(?:by|from) )?(?:the |an? )?{_KIND}"
    rf"(?: (?:in|from|near) \w+(?: \w+)?)?|{_KIND.replace('kind', 'last')} only"
    r"|(?:only|just) (?:the )?(?:doctors?|docs?|answers?|people|someone|surgeons?) (?:in|from|near) "
    r"(?P<place>(?!my |the |your |our )\w+(?: \w+)?)"
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A profession ("specialty") or a place ("location") that nobody in the corpus has, in the words of the message."""

    field: Literal["specialty", "location"]
    words: str


@dataclass(frozen=True, slots=True)
class _Restriction:
    """What a message restricts whose answers are wanted by, and whether it says so in so many words."""

    values: dict[str, Any]
    explicit: bool
    unknown: Unknown | None


def extract_filters(message: Message, current: Filters, facets: Facets) -> Filters | Unknown | None:
    """Return the filters that hold from now on if a message as a whole asks for some, or None.

    Where it asks for whom the corpus has not, that is returned.
    """
    found = _asked_for(message, facets)
    if found is None:
        return _unmatched(message)
    return found.unknown or replace(current, **found.values)


def _asked_for(message: Message, facets: Facets) -> _Restriction | None:
    """Return the restriction that a message as a whole asks for, or None."""
    words: Sequence[Word] = message.core
    text = message.text
    asked = _ASKED_FOR.match(text)
    says = _ASKS_WHAT_THEY_SAY.fullmatch(text)
    if says:
        words = _words_of(words, text, says.span("inner"))
    elif asked and (asked.end() == len(text) or text[asked.end()] == " "):
        words = _words_of(words, text, (asked.end(), len(text)))
    found = _restriction(words, facets, asked=asked is not None or says is not None)
    # "what do dermatologists say?" and "show me surgeons" restrict by asking for them; "see a dermatologist" does not.
    shown = says is not None or (asked is not None and _SHOWS.search(asked.group()) is not None)
    if found is None:
        return None
    specialty = "specialty" in found.values or (found.unknown is not None and found.unknown.field == "specialty")
    explicit = asked is not None and _RESTRICTS.search(asked.group()) is not None
    return found if found.explicit or (specialty and shown) or explicit else None


def removes_filters(message: Message, facets: Facets) -> bool:
    """Whether a message as a whole asks that no filter holds any more."""
    text = message.text
    if _LIFTED.fullmatch(text) or _LIFTED.fullmatch(plain(message.words)):
        return True
    match = _NOT_ONLY.fullmatch(text)
    inner = _words_of(message.core, text, match.span("inner")) if match else ()
    return _restriction(inner, facets, asked=True) is not None


def _unmatched(message: Message) -> Unknown | None:
    """Return whom a message like "only board certified vets" asks for, or None."""
    match = _UNKNOWN.fullmatch(message.text)
    if match is None:
        return None
    group = match.lastgroup or ""
    asked = _written(_words_of(message.core, message.text, match.span(group)))
    return Unknown("location" if group == "place" else "specialty", asked)


def _restriction(words: Sequence[Word], facets: Facets, *, asked: bool) -> _Restriction | None:
    """Return what words restrict if nothing of them is left over, or None.

    Args:
        asked: whether something is asked for: then "from a vet" restricts, though the corpus names none.
    """
    values: dict[str, Any] = {}
    explicit = False
    unknown: Unknown | None = None
    at = 0
    while at < len(words):
        rest = plain(words[at:])
        step = step_at(words, at, facets, only=explicit)
        if step is not None:
            taken, new, is_explicit = step
            if values.keys() & new.keys():
                return None
            values |= new
            explicit = explicit or is_explicit
        elif match := _ONLY.match(rest):
            taken, explicit = _count(match), True
        elif missing := unknown_at(words, at, rest):
            taken, unknown, is_explicit = missing
            explicit = explicit or is_explicit or (asked and at > 0 and words[at - 1].plain in ("from", "by"))
        elif match := _BETWEEN.match(rest) or _BY.match(rest + " "):
            taken = _count(match)
        else:
            return None
        at += taken
    return _Restriction(values, explicit, unknown) if values or unknown else None


Step = tuple[int, dict[str, Any], bool]
"""Words taken, the values found in them, whether they restrict in so many words."""


def step_at(words: Sequence[Word], at: int, facets: Facets, *, only: bool = True) -> Step | None:
    """Return what the words from a place on restrict by: a number, a place, a specialty or, with `only`, a doctor."""
    rest = plain(words[at:])
    return (
        _number_in(rest) or _place_or_specialty(words, at, rest, facets) or _only_doctor(words, at, facets, only=only)
    )


def unknown_at(words: Sequence[Word], at: int, rest: str) -> tuple[int, Unknown, bool] | None:
    """Return the place or the profession at the beginning that the corpus has not, with the words taken."""
    where = _WHERE.match(rest)
    before = _count(where) if where else 0
    for length in range(min(MAX_RUN, len(words) - at - before), 0, -1):
        run = words[at + before : at + before + length]
        if place_named(tuple(word.plain for word in run)):
            return before + length, Unknown("location", _written(run)), where is not None
    profession = _PROFESSION_HERE.match(rest)
    if profession is None:
        return None
    taken = _count(profession)
    return taken, Unknown("specialty", _written(words[at : at + taken])), False


def _number_in(rest: str) -> Step | None:
    """Return what a rating, a number of reviews, a year or "verbatim" at the beginning says."""
    if since := _since(rest):
        return since
    if match := _REVIEWS.match(rest):
        return _count(match), {"min_reviews": int(match[1])}, True
    if match := _RATED.match(rest):
        number = float(next(group for group in match.groups() if group).replace(",", "."))
        return (_count(match), {"min_rating": number}, True) if number <= _MAX_RATING else None
    if match := _VERBATIM.match(rest):
        return _count(match), {"verbatim_only": True}, True
    return None


def _since(rest: str) -> Step | None:
    """Return what a year or a number of years at the beginning says."""
    if match := _SINCE.match(rest):
        return _count(match), {"since": match[1]}, True
    if match := _AFTER.match(rest):
        return _count(match), {"since": str(int(match[1]) + 1)}, True
    if match := _LATEST.match(rest):
        years = int(_SPELLED.get(match[1], match[1] or 1))
        return _count(match), {"since": str(date.today().year - years)}, True
    return None


def _place_or_specialty(words: Sequence[Word], at: int, rest: str, facets: Facets) -> Step | None:
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


def _only_doctor(words: Sequence[Word], at: int, facets: Facets, *, only: bool) -> Step | None:
    """Return the doctor named here, where "only" stands before: without it a name is a reference."""
    for length in range(min(MAX_RUN, len(words) - at), 1, -1) if only else ():
        if doctors := named_doctors(words, at, at + length, facets):
            return length, {"doctor": doctors[0]}, True
    return None


def _written(words: Sequence[Word]) -> str:
    return " ".join(word.written for word in words)


def _count(match: re.Match[str]) -> int:
    return len(match.group().split())


def _words_of(words: Sequence[Word], text: str, span: tuple[int, int]) -> Sequence[Word]:
    first = len(text[: span[0]].split())
    return words[first : first + len(text[slice(*span)].split())]
