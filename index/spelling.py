"""Words that stand nowhere in the corpus, read as the word in it that was meant: "botx", "exersize".

Only slips that leave a word sounding the same, or swap two letters, are mended. A drug that the
corpus does not know ("Abilify") must never be read as a word that it does know ("ability").
"""

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MIN_LETTERS = 4
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


def correction(word: str, vocabulary: Mapping[str, int], *, answers: int) -> str | None:
    """Return the word of the corpus that `word` is a misspelling of, or None.

    It differs by a slip or two (a letter wrong, missing, too many, or two swapped: the optimal string
    alignment distance), begins with the same letter, and sounds the same but for vowels or has the
    same letters. Of several the nearest is taken, then the one in most answers.

    Args:
        word: a word in lower case that neither the corpus nor the embedder knows.
        vocabulary: each word of the corpus, with the number of answers that it stands in.
        answers: the number of all answers.
    """
    sounds = sounds_of(word)
    if len(word) < _MIN_LETTERS or len(sounds) < _MIN_SOUNDS or not word.isalpha():
        return None
    slips = 2 if len(word) >= _LONG else 1
    least = _FREQUENT * answers if len(word) < _SHORT else 0
    near = [
        other
        for other, count in vocabulary.items()
        if other[0] == word[0]
        and abs(len(other) - len(word)) <= slips
        and len(other) >= _MIN_LETTERS
        and count >= least
    ]
    alike = [
        (distance, -vocabulary[other], other)
        for other, distance, _ in extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if sounds_of(other) == sounds or sorted(other) == sorted(word)
    ]
    return min(alike)[2] if alike else None


def sounds_of(word: str) -> str:
    """Return the consonants of a word as they sound, its first letter kept: "exersize" gives "eksrs"."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
