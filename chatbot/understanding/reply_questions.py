"""Questions about what a reply quotes: "which of them is a dermatologist?", "who is the best rated?", "is that old?".

A message asks of the reply if each of its words is one of `reply_words.toml`, a number, or a name, specialty or place:
nothing is left over that could be asked of a doctor.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chatbot.understanding.doctors import PROFESSION
from chatbot.understanding.message import Message, Word, plain
from corpus import Answer
from index.search.facets import MAX_RUN, Facets
from index.search.regions import place_named

Attribute = Literal["rating", "reviews", "date", "specialty", "place", "link", "length"]
Wish = Literal["tell", "most", "least", "which", "untold", "sure"]

_FILE = Path(__file__).with_name("reply_words.toml")
_PERSON = frozenset(["he", "she", "him", "her", "his", "hers", "their", "whose"])
_THEY = frozenset("them these those they".split())
_WRITING = frozenset("written wrote write posted published said say answered answer answers made given gave".split())
_COUNTED = frozenset("star stars review reviews".split())
_ONLY_PERSONS = frozenset(
    "credentials qualification qualifications qualified specialty specialties based practice practise woman women man"
    " men male female married retired".split()
)
"""Words that are said of persons only."""
_CHOOSES = frozenset(["which", "who", "whos", "any", "anyone", "anybody", "someone", "is", "are", "many", "does", "do"])
_ASKS_FIRST = frozenset(
    "which who whos whose when what whats how where is are was were does do did has have can could show tell give list"
    " the this that and from on".split()
)


@dataclass(frozen=True, slots=True)
class ReplyQuestion:
    """What is asked of a reply.

    `attribute` is what is asked for; None for "which" (those with a specialty or at a place, in the message's words:
    `value`), "untold" (what no record tells) and "sure". `targets` are places (from 0) among what was cited, all of
    them where the message names none.
    """

    wish: Wish
    attribute: Attribute | None = None
    targets: tuple[int, ...] = ()
    value: str = ""


@dataclass(slots=True)
class _Read:
    """What was found in a message so far."""

    attributes: list[Attribute] = field(default_factory=list)
    things: set[str] = field(default_factory=set)
    targets: list[int] = field(default_factory=list)
    value: tuple[int, int] | None = None
    wish: Wish | None = None
    untold: bool = False
    sure: bool = False


def reply_question(
    message: Message, cited: Sequence[Answer], facets: Facets, named: Callable[[int, int], tuple[int, ...]]
) -> ReplyQuestion | None:
    """Return what a message as a whole asks of a reply, or None.

    Args:
        cited: the answers that the reply quotes.
        facets: the specialties and places of the corpus.
        named: gives the places among those quoted that a run of the message's core means, by number or name.
    """
    words = message.core
    if not cited or not words:
        return None
    found = _Read()
    at = 0
    while at < len(words):
        taken = _step(words, at, found, facets, named)
        if not taken:
            return None
        at += taken
    return _question(words, found, len(cited))


def _step(
    words: Sequence[Word],
    at: int,
    found: _Read,
    facets: Facets,
    named: Callable[[int, int], tuple[int, ...]],
) -> int:
    """Read what stands at a word, and return how many words it has; 0 where it is nothing of a reply."""
    for length in range(min(MAX_RUN, len(words) - at), 0, -1):
        run = plain(words[at : at + length])
        kinds = _kinds().get(run, ())
        if kinds:
            for kind in kinds:
                _note(found, kind)
            return length
        counts = plain(words[at + length : at + length + 1]) in _COUNTED
        if not counts and (targets := named(at, at + length)):
            found.targets += targets
            found.things.add("doctor")
            return length
        if found.value is None and _is_value(words[at : at + length], facets):
            found.value = (at, at + length)
            return length
    return 0


def _note(found: _Read, kind: str) -> None:
    """Take down what a word or phrase of the lists is."""
    group, _, name = kind.partition(".")
    if group == "things":
        found.things.add(name)
    elif group == "attributes":
        found.attributes.append(name)  # type: ignore[arg-type]
    elif group == "superlatives":
        found.wish = "most" if name == "most" else "least"
    elif group == "untold":
        found.untold = True
    elif group == "sure":
        found.sure = True


def _question(words: Sequence[Word], found: _Read, cited: int) -> ReplyQuestion | None:
    """Return what is asked by what was found in a message, or None where it asks nothing."""
    own = [word.plain for word in words]
    said = frozenset(own)
    targets = tuple(dict.fromkeys(found.targets)) or tuple(range(cited))
    if "you" in said and "doctor" in found.things and own[0] in ("are", "is"):
        return None  # "Are you a real doctor?"
    definite = bool(found.targets) or bool(said & (_PERSON | _THEY))
    if found.sure:
        return ReplyQuestion("sure", targets=targets) if "you" in said else None
    if found.untold or ("old" in said and said & _PERSON and not said & _WRITING):
        # "How old is he?" asks for a person's age, which no record has.
        return ReplyQuestion("untold", targets=targets) if definite and _is_of_persons(found, said) else None
    return _of_what_is_told(words, found, targets, definite=definite)


def _of_what_is_told(
    words: Sequence[Word], found: _Read, targets: tuple[int, ...], *, definite: bool
) -> ReplyQuestion | None:
    """Return what is asked of what records tell of doctors and answers, or None.

    Args:
        definite: whether the message points at some of those quoted.
    """
    own = [word.plain for word in words]
    said = frozenset(own)
    value = "" if found.value is None else " ".join(word.written for word in words[slice(*found.value)])
    attribute = next(iter(found.attributes), "date" if own[0] == "when" and said & _WRITING else None)
    if found.wish is not None and attribute in ("rating", "reviews", "date", "length"):
        # Who has the best reviews has most stars; who has the most reviews is another.
        counted = "reviews" in found.attributes and not said & {"best", "worst", "better"}
        by: Attribute = "reviews" if counted else "rating" if attribute == "reviews" else attribute
        chooses = found.things or own[0] in ("who", "whos", "which", "the", "whose")
        return ReplyQuestion(found.wish, by, targets, value) if chooses else None
    if value:
        chosen = definite or own[0] in ("who", "which")
        asked = chosen and _CHOOSES & said and not found.attributes
        return ReplyQuestion("which", targets=targets, value=value) if asked else None
    asks = own[0] in _ASKS_FIRST or bool(_PERSON & {own[0]}) or bool(found.targets)
    if attribute is None or ("your" in said and attribute == "link") or (attribute == "place" and said & {"i", "me"}):
        return None
    told = _is_of_persons(found, said) if attribute in ("specialty", "place") else bool(found.things)
    told = told or (own[0] in ("when", "how", "where") and attribute != "place")
    asked = (told and asks) or (attribute == "link" and (len(own) == 1 or own[0] in ("give", "show", "list")))
    return ReplyQuestion("tell", attribute, targets) if asked else None


def _is_of_persons(found: _Read, said: frozenset[str]) -> bool:
    """Whether something is asked of doctors, not of treatments: "they" alone may be either."""
    return "doctor" in found.things or bool(found.targets) or bool(said & _ONLY_PERSONS)


def _is_value(run: Sequence[Word], facets: Facets) -> bool:
    words = [word.plain for word in run]
    known = facets.specialty(words) or facets.place(words) or place_named(tuple(words))
    # "Plastic surgeon" may be none of the corpus.
    *before, last = words
    kind = len(before) <= 1 and not any(word in _kinds() for word in before)
    return bool(known) or (kind and PROFESSION.fullmatch(last) is not None)


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    """Return the groups of each word or phrase of the lists: of "newest" an attribute and a superlative."""
    record: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    kinds: dict[str, list[str]] = {}
    for group, lists in record.items():
        for name, phrases in lists.items():
            for phrase in phrases:
                kinds.setdefault(phrase, []).append(f"{group}.{name}")
    return {phrase: tuple(of) for phrase, of in kinds.items()}
