"""Signs of an emergency in a message, by rules.

The signs, and what modifies them, stand in `rules.toml` with the public guidance that each is from. This file only
knows how they are put together: sentence by sentence, a sign counts unless a modifier stands with it: a negation, the
past, a supposition, a figure of speech (as in ConText, Harkema et al. 2009, https://doi.org/10.1016/j.jbi.2009.05.002).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chatbot.understanding.patterns import compile_phrases
from corpus.text.normalisation import straight_quotes

RULES_FILE = Path(__file__).with_name("rules.toml")

SUICIDE = "suicide"
"""A kind that has numbers of its own, and that a supposing "if" does not cancel."""
VIOLENCE = "violence"
"""The other kind that has numbers of its own: somebody is hurt or threatened by a person."""
POSSIBLE = "possible"
"""The kind of a message that sounds like an emergency without a sign of the rules."""

_END = re.compile(r"[.!?;\n]+")
_PART_END = re.compile(r"[.!?;\n]+|,|\b(?:but|and now|today|now)\b")
_WORDS_BETWEEN_NEGATION_AND_SIGN = 3
_DENIED = re.compile(r"(?:n't|\bnot|\bno|\bnever)\s+$")
"""Directly before the second word of a sign that has several: "my tongue isn't swollen"."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of an emergency."""

    kind: str
    source: str
    phrases: re.Pattern[str] | None
    all_of: tuple[re.Pattern[str], ...]
    company: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    noun: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All signs, and the modifiers that cancel one."""

    signs: tuple[Sign, ...]
    modifiers: re.Pattern[str]
    figures: re.Pattern[str]
    before: re.Pattern[str]
    question: re.Pattern[str]


def kind_by_rules(message: str) -> str | None:
    """Return the kind of emergency of the first sign that counts, or None."""
    rules = load_rules()
    text = straight_quotes(message).lower()
    for sign in rules.signs:
        if sign.company and not sign.company.search(text):
            continue
        if sign.unless and sign.unless.search(text):
            continue
        if any(_counts(sign, sentence, rules) for sentence in _sentences(text, whole=bool(sign.all_of))):
            return sign.kind
    return None


def asks_in_general(message: str) -> bool:
    """Whether a message speaks of a sign though it describes no emergency, as a question in general does."""
    text = straight_quotes(message).lower()
    return any(_matches(sign, text) for sign in load_rules().signs)


def words_of_the_signs() -> Iterable[str]:
    """Give the phrases of all signs, as they stand in the file."""
    record = _read()
    for sign in record["sign"]:
        yield from (phrase for phrases in (sign.get("phrases", []), *sign.get("all", [])) for phrase in phrases)
    for phrases in record["words"].values():
        yield from phrases


@cache
def load_rules() -> Rules:
    """Read the rules."""
    record = _read()
    groups: Mapping[str, Sequence[str]] = record["words"]
    modifiers: Mapping[str, Sequence[str]] = record["modifiers"]
    in_sentence = [*modifiers["past"], *modifiers["told"], *modifiers["supposed"]]
    before = [*modifiers["negations"], *modifiers["before"]]
    words_between = rf"(?:\s+\S+){{0,{_WORDS_BETWEEN_NEGATION_AND_SIGN}}}\s+$"
    return Rules(
        signs=tuple(
            Sign(
                kind=sign["kind"],
                source=sign["source"],
                phrases=compile_phrases(sign["phrases"], groups) if "phrases" in sign else None,
                all_of=tuple(compile_phrases(phrases, groups) for phrases in sign.get("all", [])),
                company=compile_phrases(sign["with"], groups) if "with" in sign else None,
                unless=compile_phrases(sign["unless"], groups) if "unless" in sign else None,
                noun=sign.get("noun", False),
            )
            for sign in record["sign"]
        ),
        modifiers=compile_phrases(in_sentence, groups),
        figures=compile_phrases(modifiers["figures"], groups),
        before=re.compile(rf"(?:{compile_phrases(before, groups).pattern}){words_between}"),
        question=re.compile(rf"\s*(?:{compile_phrases(modifiers['questions'], groups).pattern})"),
    )


def _read() -> dict[str, Any]:
    return tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))


def _counts(sign: Sign, sentence: str, rules: Rules) -> bool:
    places = _matches(sign, sentence)
    if not places or rules.figures.search(sentence):
        return False
    if sign.kind != SUICIDE and rules.modifiers.search(sentence):
        return False
    if rules.before.search(sentence[: min(places)]) or any(_DENIED.search(sentence[:at]) for at in places[1:]):
        return False
    return not (sign.noun and rules.question.match(sentence))


def _matches(sign: Sign, text: str) -> list[int]:
    """Return where each phrase that belongs to a sign stands first; nothing if not all of them are there."""
    patterns = (*sign.all_of, *([sign.phrases] if sign.phrases else []))
    found = [match.start() for pattern in patterns if (match := pattern.search(text))]
    return found if len(found) == len(patterns) else []


def _sentences(text: str, *, whole: bool) -> Iterable[str]:
    """Give the sentences, or the parts of them that may say something else than the rest."""
    return (part for part in (_END if whole else _PART_END).split(text) if part.strip())
