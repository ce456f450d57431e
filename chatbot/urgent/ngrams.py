"""Words and letters in a row, as hashed features: what the model's vectors blur, such as "kms" or "2nite"."""

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
"""Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"."""

_WORD = re.compile(r"[\w']+")
_READ_WORDS = 400
"""Words of a message that are looked at."""
_WORDS = (1, 2)
_LETTERS = (3, 4, 5)


def hashed(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the buckets of a text's n-grams and their values; words and letters weigh the same in all."""
    words = _WORD.findall(text.lower())[:_READ_WORDS]
    blocks = (_buckets(_word_ngrams(words)), _buckets(_letter_ngrams(words)))
    values = [np.full(len(block), 1.0 / np.sqrt(max(len(block), 1)), dtype=np.float32) for block in blocks]
    return np.concatenate(blocks), np.concatenate(values)


def weighed(text: str, weights: NDArray[np.float32]) -> float:
    """Return the sum of the weights of a text's n-grams."""
    buckets, values = hashed(text)
    return float(weights[buckets] @ values)


def _buckets(ngrams: Iterator[str]) -> NDArray[np.int64]:
    found = {zlib.crc32(ngram.encode()) % BUCKETS for ngram in ngrams}
    return np.array(sorted(found), dtype=np.int64)


def _word_ngrams(words: Sequence[str]) -> Iterator[str]:
    for size in _WORDS:
        for at in range(len(words) - size + 1):
            yield "w " + " ".join(words[at : at + size])


def _letter_ngrams(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word[:30]} "
        for size in _LETTERS:
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size]
