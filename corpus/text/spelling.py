"""Words that stand nowhere in the corpus, read as the word in it that was meant: "botx", "exersize".

Only slips that leave a word sounding the same, or swap two letters, are mended. A drug that the
corpus does not know ("Abilify") must never be read as a word that it does know ("ability").
"""

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MIN_LETTERS = 4
_MAX_LETTERS = 40
"""Letters beyond which nothing is a misspelled word."""
_MIN_SOUNDS = 3
_LONG = 8
"""Letters from which a word may have two slips; shorter ones have one."""
_SHORT = 6
"""Letters under which many words are near each other: the right one must be frequent."""
_FREQUENT = 0.01
"""The part of all answers that a word must stand in to be frequent."""

_SOUNDS = (
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|[cq]"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=.)[aeiouyhw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Vocabulary:
    """The words of a corpus, by their first letter and length, so that few are looked at to mend a slip."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """Take words in lower case, each with the number of answers that it stands in."""
        self._words = words
        self._alike: dict[tuple[str, int], list[str]] = {}
        for word in words:
            if len(word) >= _MIN_LETTERS:
                self._alike.setdefault((word[0], len(word)), []).append(word)

    def __contains__(self, word: str) -> bool:
        """Whether it has this very word."""
        return word in self._words

    def correction(self, word: str, *, answers: int) -> str | None:
        """Return the word of the corpus that `word` is a misspelling of, or None.

        It differs by a slip or two (a letter wrong, missing, too many, or two swapped: the optimal string
        alignment distance), begins with the same letter, and sounds the same but for vowels or has the
        same letters. Of several the nearest is taken, then the one in most answers.

        Args:
            word: a word in lower case that neither the corpus nor the embedder knows.
            answers: the number of all answers.
        """
        if not _MIN_LETTERS <= len(word) <= _MAX_LETTERS or not word.isalpha():
            return None
        sounds = sounds_of(word)
        if len(sounds) < _MIN_SOUNDS:
            return None
        slips = 2 if len(word) >= _LONG else 1
        least = _FREQUENT * answers if len(word) < _SHORT else 0
        lengths = range(len(word) - slips, len(word) + slips + 1)
        near = [
            other
            for length in lengths
            for other in self._alike.get((word[0], length), ())
            if self._words[other] >= least
        ]
        alike = [
            (distance, -self._words[other], other)
            for other, distance, _ in extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
            if sounds_of(other) == sounds or sorted(other) == sorted(word)
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


def sounds_of(word: str) -> str:
    """Return the consonants of a word as they sound, its first letter kept: "exersize" gives "eksrs"."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
