"""A text's words, their stems, and the terms that lexical search matches.

The stop words are those of bm25s, the stems those of Snowball. Both libraries are imported when they are first
needed, for bm25s brings SciPy along.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from Stemmer import Stemmer

_STEMS_KEPT = 2**14
_WORD = re.compile(r"\w\w+")
_NAMED = re.compile(r"(?<!\w)(\w\w+)[ -]([\db-hj-z])(?![\w'’])")


@cache
def _stop_words() -> frozenset[str]:
    """Return 179 words that say nothing of a topic: on four sets better than Lucene's 33 (docs/retrieval.md)."""
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return frozenset(STOPWORDS_EN_PLUS)


@cache
def _stemmer() -> Stemmer:
    return Stemmer("english")


def words_of(text: str) -> list[str]:
    """Return the words of a text that say something of its topic, in lower case and in order."""
    nothing = _stop_words()
    return [word for word in _WORD.findall(text.lower()) if word not in nothing]


def terms_of(text: str) -> list[str]:
    """Return the stems of the words of a text, in order: "exercises" and "exercising" are one term.

    A word with a digit or letter behind it is a term of its own too: "type 2", "vitamin D".
    """
    named = [f"{stem(word)} {sign}" for word, sign in _NAMED.findall(text.lower()) if word not in _stop_words()]
    return [*(stem(word) for word in words_of(text)), *named]


@lru_cache(_STEMS_KEPT)
def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


def weighted(terms: Iterable[str]) -> dict[str, float]:
    """Return each different term with the weight 1."""
    return dict.fromkeys(terms, 1.0)
