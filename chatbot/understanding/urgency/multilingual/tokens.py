"""A message as the lists of signs see it: sentences of tokens without accents, whatever the script."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.text.normalisation import character_folded

_SENTENCE = re.compile(r"[.!?;\n…。！？；؟।]+")
_TOKEN = re.compile(r"[^\s,:()\[\]\"«»„“”<>/\\*_|~،、，：（）「」『』]+")
_GERMAN = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_ARABIC_BEFORE = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ه")
_SHORT = {
    "nn": "non",
    "q": "que",
    "ñ": "no",
    "hj": "hoje",
    "vc": "voce",
    "msm": "mesmo",
    "grad": "gerade",
    "nimmer": "nicht",
}
"""How some tokens are written in a hurry."""
_LEAST_LEFT = 2
_GAP = 3
"""Tokens that "..." in a phrase may stand for."""
_ELISION = re.compile(r"^[a-z]{1,2}'|^(?:qu|all|dell|dall|nell|sull)'")
_SENTENCE_CHARS = 600
"""A sentence without an end is cut here."""


def sentences_of(message: str) -> Iterator[str]:
    """Give the folded sentences of a message, none much longer than 600 characters."""
    for sentence in _SENTENCE.split(character_folded(message)):
        for at in range(0, len(sentence), _SENTENCE_CHARS):
            part = sentence[at : at + _SENTENCE_CHARS]
            if part.strip():
                yield part


def tokens_of(sentence: str) -> list[str]:
    """Return the tokens of a folded sentence."""
    return [token.strip("'-–—&#+=%") or token for token in _TOKEN.findall(sentence)]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands in a sentence, in tokens (in Chinese in characters)."""

    start: int
    end: int


class Phrases:
    """Named lists of phrases, found in a sentence in one pass over its tokens.

    A phrase is tokens in a row; "be*" is any ending, "..." up to three tokens between.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]], *, language: str) -> None:
        """Take the lists of a language, by their names."""
        self._language = language
        self._exact: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._begins: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._written: list[tuple[str, re.Pattern[str]]] = []
        for name, phrases in lists.items():
            if language == "zh":
                self._written.append((name, _written(phrases)))
                continue
            for phrase in dict.fromkeys(spelling for one in phrases for spelling in _spellings(one, language)):
                first, *rest = phrase.split()
                index = self._begins if first.endswith("*") else self._exact
                index.setdefault(first.rstrip("*"), []).append((name, tuple(rest)))

    def found(self, sentence: str) -> dict[str, list[Match]]:
        """Return where the phrases of each list stand in a folded sentence, by the list's name."""
        if self._language == "zh":
            found = {
                name: [Match(*match.span()) for match in pattern.finditer(sentence)] for name, pattern in self._written
            }
            return {name: matches for name, matches in found.items() if matches}
        tokens = [_variants(token, self._language) for token in tokens_of(sentence)]
        matches: dict[str, list[Match]] = {}
        for at, variants in enumerate(tokens):
            for name, rest in self._starting_with(variants):
                end = _end(rest, tokens, at + 1)
                if end is not None:
                    matches.setdefault(name, []).append(Match(at, end))
        return matches

    def _starting_with(self, variants: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for token in variants:
            yield from self._exact.get(token, ())
            for length in range(1, len(token) + 1):
                yield from self._begins.get(token[:length], ())


def _written(phrases: Sequence[str]) -> re.Pattern[str]:
    gap = r".{0,8}?"
    return re.compile(
        "|".join(gap.join(map(re.escape, character_folded(phrase).split(" ... "))) for phrase in phrases) or "$^"
    )


def _spellings(phrase: str, language: str) -> Iterator[str]:
    """Give a phrase as it is looked for; German umlauts also as two letters."""
    yield _without_commas(character_folded(phrase))
    if language == "de":
        text = phrase.casefold()
        for letter, written in _GERMAN:
            text = text.replace(letter, written)
        yield _without_commas(character_folded(text))


def _without_commas(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _variants(token: str, language: str) -> tuple[str, ...]:
    """Return a token and what it is without the small words written at its beginning."""
    if language == "ar":
        bare = [token[len(b) :] for b in _ARABIC_BEFORE if token.startswith(b) and len(token) - len(b) >= _LEAST_LEFT]
        return (token, *bare)
    if token in _SHORT:
        return (token, _SHORT[token])
    if language == "tr" and token.endswith("yo"):
        return (token, f"{token}r")
    if language == "fr" and token.startswith("j") and len(token) > _LEAST_LEFT + 2:
        return (token, token[1:].lstrip("'"))
    if language in ("fr", "it", "pt"):
        bare_token = _ELISION.sub("", token)
        return (token, bare_token) if bare_token not in ("", token) else (token,)
    return (token,)


def _end(rest: Sequence[str], tokens: Sequence[Sequence[str]], at: int) -> int | None:
    """Return where a phrase's last tokens end, or None where they don't follow."""
    for place, wanted in enumerate(rest):
        if wanted == "...":
            ends = (_end(rest[place + 1 :], tokens, start) for start in range(at, min(at + _GAP, len(tokens)) + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(tokens) or not any(_is(token, wanted) for token in tokens[at]):
            return None
        at += 1
    return at


def _is(token: str, wanted: str) -> bool:
    if wanted == "*":
        return True
    return token.startswith(wanted[:-1]) if wanted.endswith("*") else token == wanted
