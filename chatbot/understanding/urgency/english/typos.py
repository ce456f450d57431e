"""Spelling correction of the words that the signs are made of: who types "cant brethe" needs help too."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain

from chatbot.understanding.urgency.english.rules import words_of_the_signs
from corpus.text.spelling import correction
from corpus.text.word_frequency import frequency_rank

_WORD = re.compile(r"[^\W\d_]+")
_UNLISTED = 1.0


def correct_typos(message: str) -> str:
    """Return a message with misspelled words of the signs corrected; words that are words stay."""
    return _WORD.sub(lambda word: _corrected(word.group()), message)


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    lower = word.lower()
    known = _known()
    if lower in known or frequency_rank(lower) < _UNLISTED:
        return word
    return correction(lower, known, answers=1) or word


@cache
def _known() -> Mapping[str, int]:
    return dict.fromkeys(chain.from_iterable(_WORD.findall(phrase) for phrase in words_of_the_signs()), 1)
