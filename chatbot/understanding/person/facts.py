"""A fact of the person, and the words of `person.toml` by which facts are found."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus.text.sentences import Span
from corpus.text.tokens import stem, terms_of, words_of

FactKind = Literal[
    "pregnant", "breastfeeding", "conceiving", "age", "decade", "drug", "allergy", "condition", "procedure", "for_whom"
]

_FILE = Path(__file__).with_name("person.toml")
_NAMES = {
    "pregnant": "pregnant",
    "breastfeeding": "breastfeeding",
    "conceiving": "trying to conceive",
    "age": "{value} old",
    "decade": "in the {value}",
    "drug": "on {value}",
    "allergy": "allergic to {value}",
    "condition": "{value}",
    "procedure": "{value}",
    "for_whom": "for my {value}",
}
_AGE = re.compile(r"(\d+) (year|month|week|day)s?")
_WHEN = re.compile(
    r"\d+|(?:hour|hr|day|week|wk|month|mo|year|yr)s?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|ago|back|last|yesterday|morning|few|couple|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|since|out|post"
)
_A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}


@dataclass(frozen=True, slots=True)
class Fact:
    """What the user said of the person whom they ask about.

    `value` is the drug, the condition, the age ("5 weeks") and so on, "" for what needs none. `text` are the exact
    words of the message that say it. `whom` is of whom it is, "son", or "" for the user.
    """

    kind: FactKind
    value: str
    text: str
    whom: str = ""

    @property
    def fact(self) -> str:
        """The fact in a few words of English: "pregnant", "on warfarin", "5 weeks old"."""
        return _NAMES[self.kind].format(value=self.value)

    @property
    def name(self) -> str:
        """The fact with of whom it is, which tells it from all others: "son: 5 years old"."""
        return f"{self.whom}: {self.fact}" if self.whom else self.fact


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as a message states it, or takes it back (`holds` is false), with its place in the message."""

    fact: Fact
    span: Span
    holds: bool = True


def age_group(fact: Fact) -> str | None:
    """Return the age group that a fact puts the person in: baby, child or teenager; None for others."""
    people = lists("people")
    if fact.kind == "for_whom":
        return next((group for group in ("baby", "child", "teenager") if fact.value in people[group]), None)
    match = _AGE.fullmatch(fact.value) if fact.kind == "age" else None
    if match is None:
        return None
    years = int(match[1]) / _A_YEAR[match[2]]
    group = [name for name, begins in _read()["age_groups"].items() if years >= begins][-1]
    return None if group == "adult" else group


def words_for(fact: Fact) -> tuple[str, re.Pattern[str]] | None:
    """Return what a page must speak of so that it suits the person, and a pattern of the words for it.

    The first is a key of the texts ("pregnant", "breastfeeding", "baby", ...), or the name of a drug itself. None for
    facts that a page need not speak of.
    """
    if fact.kind == "drug":
        same = _read()["drugs"]["same"].get(fact.value, ())
        return fact.value, _speaks_of((fact.value, *same))
    key = fact.kind if fact.kind in ("pregnant", "breastfeeding", "conceiving") else age_group(fact)
    return None if key is None else (key, _speaks_of(tuple(lists("pages")[key])))


def search_words(facts: Iterable[Fact], text: str) -> str:
    """Return the words of facts that pages may have, but for those that a text has already; "" for none."""
    words: dict[str, None] = {}
    for fact in facts:
        said = {"pregnant": "pregnant", "breastfeeding": "breastfeeding", "conceiving": "conceive"}.get(fact.kind)
        if said is None and fact.kind in ("age", "decade", "for_whom"):
            said = age_group(fact) or ""
        found = words_of(said if said is not None else fact.value)
        words |= dict.fromkeys(word for word in found if not (fact.kind == "procedure" and _WHEN.fullmatch(word)))
    own = set(terms_of(text))
    return " ".join(word for word in words if stem(word) not in own)


@cache
def lists(name: str) -> dict[str, list[str]]:
    """Return the lists of words of a section of `person.toml`."""
    return {key: value for key, value in _read()[name].items() if isinstance(value, list)}


@cache
def names(section: str, key: str = "names") -> str:
    """Return a regular expression of any of the words of a list of `person.toml`."""
    return any_of(lists(section)[key])


@cache
def anybody(*groups: str) -> str:
    """Return a regular expression of any of the people for whom one may ask: of some groups, or of all."""
    people = lists("people")
    return any_of(word for group in groups or people for word in people[group])


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression of any of some words; the longest is tried first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in ordered)


@cache
def _speaks_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)", re.IGNORECASE)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
