"""Spelling correction: a word that stands nowhere in the corpus becomes the one in it that was meant ("botx").

Only typos that leave a word sounding the same, or swap two letters, are corrected. A drug that the
corpus does not know ("Abilify") must never be read as a word that it does know ("ability").
"""

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MIN_LETTERS = 4
_MAX_LETTERS = 40
"""Letters beyond which nothing is a misspelled word."""
_MIN_KEY = 3
_LONG = 8
"""Letters from which a word may be two edits away; shorter ones one."""
_SHORT = 6
"""Letters under which many words are near each other: the right one must be frequent."""
_FREQUENT = 0.01
"""The part of all answers that a word must stand in to be frequent."""

_PHONETIC_RULES = (
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|[cq]"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=.)[aeiouyhw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Vocabulary:
    """The words of a corpus, by their first letter and length, so that few are compared with a misspelled one."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """Take words in lower case, each with the number of answers that it stands in."""
        self._words = words
        self._by_start_and_length: dict[tuple[str, int], list[str]] = {}
        for word in words:
            if len(word) >= _MIN_LETTERS:
                self._by_start_and_length.setdefault((word[0], len(word)), []).append(word)

    def __contains__(self, word: str) -> bool:
        """Whether it has this very word."""
        return word in self._words

    def correction(self, word: str, *, answers: int) -> str | None:
        """Return the word of the corpus that `word` is a misspelling of, or None.

        It differs by an edit or two (a letter wrong, missing, too many, or two swapped: the optimal string
        alignment distance), begins with the same letter, and has the same `phonetic_key` or the
        same letters. Of several the nearest is taken, then the one in most answers.

        Args:
            word: a word in lower case that neither the corpus nor the embedder knows.
            answers: the number of all answers.
        """
        if not _MIN_LETTERS <= len(word) <= _MAX_LETTERS or not word.isalpha():
            return None
        key = phonetic_key(word)
        if len(key) < _MIN_KEY:
            return None
        edits = 2 if len(word) >= _LONG else 1
        least = _FREQUENT * answers if len(word) < _SHORT else 0
        lengths = range(len(word) - edits, len(word) + edits + 1)
        near = [
            other
            for length in lengths
            for other in self._by_start_and_length.get((word[0], length), ())
            if self._words[other] >= least
        ]
        alike = [
            (distance, -self._words[other], other)
            for other, distance, _ in extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
            if phonetic_key(other) == key or sorted(other) == sorted(word)
        ]
        return min(alike)[2] if alike else None


def correction(word: str, vocabulary: Mapping[str, int], *, answers: int) -> str | None:
    """Return `Vocabulary(vocabulary).correction(word, ...)`; for more than one word keep a `Vocabulary`."""
    return Vocabulary(vocabulary).correction(word, answers=answers)


def with_corrections(text: str, corrected: Mapping[str, str]) -> str:
    """Return `text` with the misspelled words in it, whatever their case, as they should be.

    Args:
        corrected: the right word for each misspelled one, in lower case.
    """
    return re.sub(r"\w+", lambda word: corrected.get(word[0].lower(), word[0]), text)


def phonetic_key(word: str) -> str:
    """Return the consonants of a word as they sound, and its first letter as it is: "exersize" gives "eksrs"."""
    for pattern, sound in _PHONETIC_RULES:
        word = pattern.sub(sound, word)
    return word
