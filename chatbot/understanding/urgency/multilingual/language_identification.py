"""Language identification: which language a message is in, where that is clear.

By its script, or by function words: a message is taken for another language only where at least two of its tokens,
and more than are English, are that language's. Names of drugs, Latin terms and typos say nothing.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chatbot.understanding.urgency.multilingual.signs import LANGUAGES, function_words, sign_words
from corpus.text.normalisation import character_folded

_FILE = Path(__file__).with_name("language_identification.toml")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[^\W\d_]\w*")
_READ = 300
"""Tokens and, of scripts, ten times as many characters that are looked at."""
_LEAST = 1.6
_SHORT = 3
"""Up to so many tokens, all of which are known, one that is no English word is enough."""
_SIGN = 0.6
_LEARNED = 0.8
_LETTER = 0.5
_NEAR = 1.0
"""How far behind the likeliest language another may be: "mi marido me pega" has words of Spanish and of Portuguese."""

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7af\u1100-\u11ff]"),
    ("zh", r"[\u3400-\u9fff\uf900-\ufaff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("uk", r"[іїєґІЇЄҐ]"),
    ("ru", r"[\u0400-\u04ff]"),
    ("fa", r"[پچژگک]"),
    ("ar", r"[\u0600-\u06ff\u0750-\u077f]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("bn", r"[\u0980-\u09ff]"),
    ("pa", r"[\u0a00-\u0a7f]"),
    ("gu", r"[\u0a80-\u0aff]"),
    ("ta", r"[\u0b80-\u0bff]"),
    ("te", r"[\u0c00-\u0c7f]"),
    ("ml", r"[\u0d00-\u0d7f]"),
    ("hy", r"[\u0530-\u058f]"),
    ("ka", r"[\u10a0-\u10ff]"),
    ("am", r"[\u1200-\u137f]"),
)
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_WHOLE_WORDS = ("zh", "ja")
"""Scripts in which one letter says as much as several Latin ones."""


def language_of(message: str) -> str | None:
    """Return the ISO code of a message's language if it is clearly not English, else None."""
    by_script = _by_script(message[: _READ * 10])
    if by_script is not None:
        return by_script
    scores, english, tokens = _scores(message)
    if not scores:
        return None
    best = max(scores, key=lambda language: scores[language])
    score = scores[best]
    if score >= _LEAST and score > english:
        return best
    known = sum(best in _lists().get(token, ()) for token in tokens)
    return best if len(tokens) <= _SHORT and english == 0 and score >= 1.0 and known * 2 >= len(tokens) else None


def possible_languages(message: str) -> list[str]:
    """Return the languages of the lists of signs that a message may be in, the likeliest first.

    None of them where it is clearly English, or in a language without a list.
    """
    by_script = _by_script(message[: _READ * 10])
    if by_script is not None:
        return [by_script] if by_script in LANGUAGES else []
    scores, english, _ = _scores(message)
    least = max(_LEAST / 2, english, max(scores.values(), default=0.0) - _NEAR)
    likely = [language for language in LANGUAGES if scores.get(language, 0.0) >= least]
    return sorted(likely, key=lambda language: -scores[language])


def _by_script(text: str) -> str | None:
    foreign = len(_OTHER_SCRIPT.findall(text))
    latin = len(_LATIN.findall(text))
    if not foreign:
        return None
    counts = {name: len(re.findall(pattern, text)) for name, pattern in _SCRIPTS}
    worth = 3 if counts["zh"] + counts["ja"] else 1
    if foreign * worth < latin or foreign < 2:
        return None
    if counts["ja"] and counts["ja"] * 5 < counts["zh"]:
        counts["ja"] = 0
    for letters, language in (("ja", "zh"), ("uk", "ru"), ("fa", "ar")):
        if counts[letters] * 20 >= counts[language] and counts[letters]:
            counts[letters] += counts[language]
    name = max(counts, key=lambda one: counts[one])
    return name if counts[name] else None


def _scores(message: str) -> tuple[Mapping[str, float], float, list[str]]:
    """Return how much says for each language, how much for English, and the tokens."""
    lists, letters = _lists(), _letters()
    tokens = [match.group() for match in _TOKEN.finditer(character_folded(message[: _READ * 10]))][:_READ]
    scores: dict[str, float] = {}
    for token in tokens:
        for language, worth in lists.get(token, {}).items():
            scores[language] = scores.get(language, 0.0) + worth
        for part in token.split("'")[:1] if "'" in token and token not in lists else ():
            for language in _elisions().get(part, ()):
                scores[language] = scores.get(language, 0.0) + 1.0
    lower = message[: _READ * 10].lower()
    for letter, languages in letters.items():
        if letter in lower:
            for language in languages:
                scores[language] = scores.get(language, 0.0) + _LETTER
    english = float(sum(token in _english() for token in tokens))
    return scores, english, tokens


@cache
def _lists() -> Mapping[str, Mapping[str, float]]:
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    neutral = frozenset(record["also_english"]["words"]) | _english()
    found: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        for token in sign_words(language):
            found.setdefault(token, {})[language] = _SIGN
        for token in function_words(language):
            found.setdefault(token, {})[language] = 1.0
    for language, words in record["learned"].items():
        for word in words:
            found.setdefault(word, {}).setdefault(language, _LEARNED)
    for language, words in record["others"].items():
        for word in words:
            found.setdefault(character_folded(word), {})[language] = 1.0
    return {token: languages for token, languages in found.items() if token not in neutral}


@cache
def _english() -> frozenset[str]:
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return frozenset(record["english"]["words"])


@cache
def _letters() -> Mapping[str, list[str]]:
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    letters: Mapping[str, list[str]] = record["letters"]
    return letters


@cache
def _elisions() -> Mapping[str, list[str]]:
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    elisions: Mapping[str, list[str]] = record["elisions"]
    return elisions
