"""What a message is, learned from messages: what the rules of `intent` do not know by their phrases.

A multinomial logistic regression over how the packaged model reads the message (the means of some layers), its hashed
n-grams, its length, and whether anything was said before. `python -m chatbot.understanding.learning.intents` teaches it
again; docs/conversation.md says what it is worth.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.svm import layer_means
from chatbot.understanding.urgency.ngrams import BUCKETS, hash_ngrams, ngram_value

LearnedIntent = Literal["question", "reference", "filter", "lift", "small_talk", "command", "vague"]
INTENTS: tuple[LearnedIntent, ...] = ("command", "filter", "lift", "question", "reference", "small_talk", "vague")
"""A follow-up counts as a question: whether a question leans on others is not for the classifier to say."""

WEIGHTS_FILE = Path(__file__).with_name("intent_classifier.npz")
LEAST_PROBABILITY = 0.5
"""The probability from which a message is no question; on messages of writers left out 0.013 of questions reach it."""
_MAX_CHARS, _MAX_WORDS = 300, 40
"""A longer message is a question."""
_WORDS_SCALE = 20.0
_BEFORE_SCALE = 0.5


class Weights(NamedTuple):
    """The regression: a row for each of `INTENTS`."""

    rows: NDArray[np.float32]
    """Of the model's reading, the number of words, whether something was said before, and 1."""
    ngrams: NDArray[np.float32]


def dense_rows(messages: Sequence[str], *, after_others: Sequence[bool]) -> NDArray[np.float32]:
    """Return what the regression sees of messages beside their n-grams, of shape (messages, features)."""
    words = [[min(len(message.split()), _MAX_WORDS) / _WORDS_SCALE] for message in messages]
    before = [[_BEFORE_SCALE * after, 1.0] for after in after_others]
    rows = [layer_means(messages), np.array(words, np.float32), np.array(before, np.float32)]
    return np.concatenate(rows, axis=1)


def classified_intent(message: str, *, after_others: bool) -> LearnedIntent:
    """Return what a message most likely is; "question" wherever that is not likely enough to be anything else.

    Args:
        after_others: whether anything was asked before.
    """
    if len(message) > _MAX_CHARS or len(message.split()) > _MAX_WORDS:
        return "question"
    weights = _weights()
    found = hash_ngrams(message)
    by_ngrams = [ngram_value(found, of_intent) for of_intent in weights.ngrams]
    odds = weights.rows @ dense_rows([message], after_others=[after_others])[0] + np.array(by_ngrams)
    exponentials = np.exp(odds - odds.max())
    best = int(exponentials.argmax())
    return INTENTS[best] if exponentials[best] >= LEAST_PROBABILITY * exponentials.sum() else "question"


def write(rows: NDArray[np.float64], ngrams: NDArray[np.float64]) -> None:
    """Write the weights; those of n-grams as bytes."""
    assert ngrams.shape == (len(INTENTS), BUCKETS)  # noqa: S101 - the caller made them
    step = float(np.abs(ngrams).max()) / 127
    np.savez_compressed(
        WEIGHTS_FILE,
        rows=rows.astype(np.float16),
        ngrams=np.round(ngrams / step).astype(np.int8),
        ngrams_step=np.float32(step),
    )


@cache
def _weights() -> Weights:
    with np.load(WEIGHTS_FILE) as stored:
        ngrams = stored["ngrams"].astype(np.float32) * stored["ngrams_step"]
        return Weights(stored["rows"].astype(np.float32), ngrams)
