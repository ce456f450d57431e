"""Signs of an emergency in ten languages other than English, out of lists that a doctor can read.

`xx.toml` has a language's words for the concepts of emergencies (chest, pain, ...) and the modifiers that make a
sentence none now (negated, long over, asked in general); `combinations.toml` says, for all languages, which concepts in
one sentence are a sign.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chatbot.understanding.urgency.multilingual.tokens import Match, Phrases, sentences_of, tokens_of

_FOLDER = Path(__file__).parent
LANGUAGES = ("es", "de", "fr", "pt", "it", "pl", "tr", "ar", "hi", "zh")

_NEGATION_REACH = 3
"""Tokens before a sign within which a negation denies it (in Chinese characters)."""
_FIRST = ("suicide", "violence")
"""Kinds that go before others."""


@dataclass(frozen=True, slots=True)
class _Signs:
    language: str
    concepts: Phrases
    modifiers: Phrases
    combinations: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    vocabulary: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignMatches:
    """What a language's lists find in a message."""

    concepts: frozenset[str]
    """The names of the lists of which it has words."""
    modifiers: frozenset[str]
    """What in it says that it is no emergency now: negations, past, general, figures."""
    kind: str | None
    """The kind of the first combination that no modifier cancels."""
    combined: str | None
    """The kind of the first combination, cancelled or not."""
    negated: bool
    """Whether a sentence that names something has a negation."""


def signs_in(message: str, language: str) -> SignMatches:
    """Return what the lists of a language find in a message, sentence by sentence."""
    signs = _signs(language)
    concepts: set[str] = set()
    modifiers: set[str] = set()
    kinds, combined = [], []
    negated = False
    for sentence in sentences_of(message):
        named, modifying = signs.concepts.found(sentence), signs.modifiers.found(sentence)
        concepts |= named.keys()
        modifiers |= modifying.keys()
        negated |= bool(named) and "negations" in modifying
        kinds += [kind for kind in [_kind(named, modifying, signs)] if kind]
        combined += [kind for kind, parts in signs.combinations if _places(parts, named)][:1]
    return SignMatches(
        frozenset(concepts),
        frozenset(modifiers),
        min(kinds, key=_rank) if kinds else None,
        min(combined, key=_rank) if combined else None,
        negated,
    )


def function_words(language: str) -> frozenset[str]:
    """Return the function words by which a language is identified, without accents."""
    return _signs(language).vocabulary


def sign_words(language: str) -> frozenset[str]:
    """Return the single words of a language's signs, without accents."""
    return _sign_words(language)


def _kind(found: Mapping[str, Sequence[Match]], modifiers: Mapping[str, Sequence[Match]], signs: _Signs) -> str | None:
    if "figures" in modifiers:
        return None
    past_or_general = bool({"past", "general"} & modifiers.keys())
    for kind, parts in signs.combinations:
        if past_or_general and not (kind == "suicide" and "past" not in modifiers and len(parts) == 1):
            continue
        places = _places(parts, found)
        if places and not _is_negated(places, modifiers):
            return kind
    return None


def _places(parts: Sequence[Sequence[str]], found: Mapping[str, Sequence[Match]]) -> list[Match]:
    """Return one match for each part of a combination, no two in the same place; nothing if one is missing."""
    chosen: list[Match] = []
    for names in parts:
        free = [
            match
            for name in names
            for match in found.get(name, ())
            if all(match.end <= other.start or match.start >= other.end for other in chosen)
        ]
        if not free:
            return []
        chosen.append(free[0])
    return chosen


def _is_negated(places: Sequence[Match], modifiers: Mapping[str, Sequence[Match]]) -> bool:
    first = min(match.start for match in places)
    inside = [range(match.start, match.end) for match in places]
    for negation in modifiers.get("negations", ()):
        if any(negation.start in span for span in inside):
            continue
        if 0 <= first - negation.end < _NEGATION_REACH:
            return True
    last = max(match.end for match in places)
    return any(
        0 <= negation.start - last < _NEGATION_REACH
        for negation in modifiers.get("negations_after", ())
        if not any(negation.start in span for span in inside)
    )


def _rank(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


@cache
def _signs(language: str) -> _Signs:
    record = _read(language)
    return _Signs(
        language=language,
        concepts=Phrases(record["words"], language=language),
        modifiers=Phrases(record["modifiers"], language=language),
        combinations=tuple(_combinations()),
        vocabulary=frozenset(token for phrase in record["language"]["words"] for token in _tokens(phrase)),
    )


@cache
def _sign_words(language: str) -> frozenset[str]:
    phrases = (phrase for some in _read(language)["words"].values() for phrase in some)
    return frozenset(token for phrase in phrases for token in _tokens(phrase) if "*" not in phrase)


def _tokens(phrase: str) -> list[str]:
    return [token for sentence in sentences_of(phrase) for token in tokens_of(sentence)]


def _combinations() -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for kind, combinations in tomllib.loads((_FOLDER / "combinations.toml").read_text(encoding="utf-8")).items():
        for combination in combinations:
            parts = combination.split(" + ")
            yield kind, tuple(tuple(name.strip() for name in part.split("|")) for part in parts)


def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
