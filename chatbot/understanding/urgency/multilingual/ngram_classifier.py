"""Whether a message in another language than English describes an emergency, by n-grams of words and characters.

Two multinomial logistic regressions on hashed n-grams, for the packaged model reads English only: one says whether it
is an emergency, in ten languages together, the other which language it is, where function words have not said so. They
have learned from the messages in `examples/`, the English ones as no emergencies; `learning.languages` makes their file
again.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE
from corpus.text.normalisation import character_folded

WEIGHTS_FILE = Path(__file__).with_name("ngram_classifier.npz")

BUCKETS = 1 << 16
"""Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"."""
KINDS = (None, POSSIBLE, SUICIDE, VIOLENCE)
"""What each class is, in the order of the weights."""
LANGUAGE_BUCKETS = 1 << 13
STEPS = 8.0
"""Weights are kept as bytes, in steps of 1/8."""
THRESHOLD = 0.75
"""The probability of an emergency from which a message is urgent."""
LANGUAGE_THRESHOLD = 0.7
"""The probability of a language from which it is taken for the message's."""

_READ_CHARS = 1500
_CHARACTER_SIZES = (1, 2, 3, 4, 5)
_WORD_SIZES = (1, 2)
_WORD = re.compile(r"\w+")


class Classification(NamedTuple):
    """Whether a message describes an emergency, which it would be, and the language as far as that is sure."""

    urgent: bool
    kind: str
    language: str | None


def classify_ngrams(message: str) -> Classification:
    """Return what a message in another language than English describes."""
    buckets, values = hash_ngrams(message)
    weights = _weights()
    emergency = _softmax(values @ weights.kinds[buckets] + weights.kind_intercepts)
    language = _softmax(values @ weights.languages[buckets % LANGUAGE_BUCKETS] + weights.language_intercepts)
    likeliest = int(language.argmax())
    sure = language[likeliest] >= LANGUAGE_THRESHOLD
    return Classification(
        urgent=1.0 - float(emergency[0]) >= THRESHOLD,
        kind=KINDS[1 + int(emergency[1:].argmax())] or POSSIBLE,
        language=weights.language_names[likeliest] if sure and weights.language_names[likeliest] != "en" else None,
    )


def _softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    exponentials = np.exp(values - values.max())
    found: NDArray[np.float32] = exponentials / exponentials.sum()
    return found


def hash_ngrams(message: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the buckets of a message's n-grams and their values: the characters' together as long as the words'."""
    text = " ".join(character_folded(message[:_READ_CHARS]).split())
    blocks = (_buckets(_character_ngrams(f" {text} ")), _buckets(_word_ngrams(_WORD.findall(text))))
    values = [np.full(len(block), 1.0 / np.sqrt(max(len(block), 1)), dtype=np.float32) for block in blocks]
    return np.concatenate(blocks), np.concatenate(values)


def _buckets(ngrams: Iterator[str]) -> NDArray[np.int64]:
    return np.array(sorted({zlib.crc32(ngram.encode()) % BUCKETS for ngram in ngrams}), dtype=np.int64)


def _character_ngrams(text: str) -> Iterator[str]:
    for size in _CHARACTER_SIZES:
        for at in range(len(text) - size + 1):
            yield text[at : at + size]


def _word_ngrams(words: list[str]) -> Iterator[str]:
    for size in _WORD_SIZES:
        for at in range(len(words) - size + 1):
            yield "w " + " ".join(words[at : at + size])


class _Weights(NamedTuple):
    """Weights of shape (buckets, classes), and intercepts."""

    kinds: NDArray[np.float32]
    kind_intercepts: NDArray[np.float32]
    languages: NDArray[np.float32]
    language_intercepts: NDArray[np.float32]
    language_names: tuple[str, ...]


@cache
def _weights() -> _Weights:
    with np.load(WEIGHTS_FILE) as kept:
        return _Weights(
            kinds=kept["kinds"].astype(np.float32) / STEPS,
            kind_intercepts=kept["kind_intercepts"],
            languages=kept["languages"].astype(np.float32) / STEPS,
            language_intercepts=kept["language_intercepts"],
            language_names=tuple(str(name) for name in kept["language_names"]),
        )
