"""N-grams of words and characters, as hashed features: what vectors and lists blur, such as "kms" or "2nite".

Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning", https://arxiv.org/abs/0902.2206
"""

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.multilingual.tokens import tokens_of
from corpus.text.normalisation import character_folded

BUCKETS = 1 << 15
"""Of English."""
BUCKETS_OF_OTHERS = 1 << 16
"""Of all other languages together."""

_WORD = re.compile(r"[\w']+")
_READ_WORDS = 400
"""Words of a message that are looked at."""
_WORD_LETTERS = 24
_WORD_SIZES = (1, 2)
_CHARACTER_SIZES = (3, 4, 5)
_SIZES_WITHOUT_SPACES = (2, 3, 4)
"""In Chinese, where a sign is a word or nearly one."""

HashedNgrams = tuple[NDArray[np.int64], NDArray[np.float32]]
"""The buckets of n-grams and their values, both of shape (n-grams,)."""


def hash_ngrams(text: str) -> HashedNgrams:
    """Return the buckets of an English text's n-grams and their values; words and characters have the same norm."""
    words = _WORD.findall(text.lower())[:_READ_WORDS]
    return _valued([_word_ngrams(words, _WORD_SIZES, "w "), _character_ngrams(words, "")], BUCKETS)


def hash_ngrams_of(text: str, language: str) -> HashedNgrams:
    """Return the buckets of the n-grams of a text in another language, which no other language shares."""
    if language == "zh":
        characters = [char for char in character_folded(text) if not char.isspace()][:_READ_WORDS]
        blocks = [
            _word_ngrams(characters, _WORD_SIZES, "zh w "),
            _word_ngrams(characters, _SIZES_WITHOUT_SPACES, "zh ", between=""),
        ]
    else:
        words = tokens_of(re.sub(r"[.!?;।؟؛]", " ", character_folded(text)))[:_READ_WORDS]
        blocks = [_word_ngrams(words, _WORD_SIZES, f"{language} w "), _character_ngrams(words, f"{language} ")]
    return _valued(blocks, BUCKETS_OF_OTHERS)


def ngram_value(found: HashedNgrams, weights: NDArray[np.float32]) -> float:
    """Return the sum of the weights of n-grams, each times its value."""
    buckets, values = found
    return float(weights[buckets] @ values)


def _valued(blocks: Sequence[Iterator[str]], size: int) -> HashedNgrams:
    numbers = [np.array(sorted({zlib.crc32(one.encode()) % size for one in block}), dtype=np.int64) for block in blocks]
    values = [np.full(len(some), 1.0 / np.sqrt(max(len(some), 1)), dtype=np.float32) for some in numbers]
    return np.concatenate(numbers), np.concatenate(values)


def _word_ngrams(words: Sequence[str], sizes: Sequence[int], prefix: str, between: str = " ") -> Iterator[str]:
    for size in sizes:
        for at in range(len(words) - size + 1):
            yield prefix + between.join(words[at : at + size])


def _character_ngrams(words: Sequence[str], prefix: str) -> Iterator[str]:
    for word in words:
        padded = f" {word[:_WORD_LETTERS]} "
        for size in _CHARACTER_SIZES:
            for at in range(len(padded) - size + 1):
                yield prefix + padded[at : at + size]
