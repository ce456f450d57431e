"""A fact of the person, and the words of `person.toml` by which facts are found."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus.text.sentences import Span

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
_A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}


@dataclass(frozen=True, slots=True)
class Fact:
    """What the user said of the person whom they ask about.

    `value` is the drug, the condition, the age ("5 weeks") and so on, "" for what needs none. `text` are the exact
    words of the message that say it.
    """

    kind: FactKind
    value: str
    text: str

    @property
    def fact(self) -> str:
        """The fact in a few words of English: "pregnant", "on warfarin", "5 weeks old"."""
        return _NAMES[self.kind].format(value=self.value)


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
