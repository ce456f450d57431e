"""Whether an English message describes an emergency: a support vector machine and n-grams.

The SVM (Gaussian kernel) sees a message as the packaged model reads it on the way to a vector, whatever embedder
an index has: whether somebody tells of now, asks, or denies is plainer there than in the vector itself. It has
learned from the messages in `examples/`; `learning.svm` makes its file again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE
from chatbot.understanding.urgency.ngrams import hash_ngrams, ngram_value
from corpus.text.sentences import sentence_spans
from index.models.embedder import packaged_embedder

WEIGHTS_FILE = Path(__file__).with_name("svm.npz")

LAYERS = (0, 2, 4, 6)
"""The layers of the packaged model that are looked at: its words, its last, and two between them."""
STEPS = 400
"""Vectors are kept as bytes, in steps of 1/400 of the unit: hardly an entry is beyond 0.3."""
NGRAMS = 0.1
"""What the n-grams count beside the SVM: 0 and 0.2 cost 0.005 to 0.04 of recall in cross-validation."""
PART_MARGIN = 0.8
"""How far above the threshold a part of a long message must stand: torn from the others it sounds worse.

With 0.5 and 0.3 the threshold that long negatives ask for costs 0.01 and 0.03 of recall.
"""
SIGN_MARGIN = 0.25
"""How far below the threshold a message with a sign of the rules is still urgent."""
KINDS = (POSSIBLE, SUICIDE, VIOLENCE)
CONTEXT_WORDS = 25
"""Longer messages are not read with those before them."""
CONTEXT_DIRECTIONS = 96
"""The principal directions that the SVM in context sees of both messages together, and of the last alone."""
VALUE_SCALE = 0.3
"""What a decision value counts beside the unit vectors in the SVM that sees the messages before."""

_PART_WORDS = 40
_MAX_PARTS = 12
_READ_CHARS = 1200
"""Characters of a message that are given to the model at once; it reads about so many."""

Rows = NDArray[np.float32]


def suspects_in_context(message: str, before: Sequence[str]) -> bool:
    """Whether a short message, read after the ones before it, sounds like an emergency."""
    if not message.split() or len(message.split()) > CONTEXT_WORDS:
        return False
    rows = layer_means([with_context(message, before), message])
    return _weights().context_value(rows, _weights().values(rows)) > 0


def decision_value(message: str) -> float:
    """Return the classifier's decision value: of the whole message, or of the part that is most urgent."""
    return message_value(_weights().values(_rows(message)), ngram_value(hash_ngrams(message), _weights().ngrams))


def with_context(message: str, before: Sequence[str]) -> str:
    """Return a message with the ones before it, as they are read together."""
    return " ".join([*before, message])[-_READ_CHARS:]


def parts_of(message: str) -> list[str]:
    """Return what is looked at of a message: its beginning whole and, if it is long, at most 12 parts of it."""
    if len(message.split()) <= _PART_WORDS * 2:
        return [message[:_READ_CHARS]]
    spans = sentence_spans(message)
    words = max(_PART_WORDS, -(-len(message.split()) // (_MAX_PARTS - 1)))
    parts: list[str] = []
    start, count = 0, 0
    for at, (_, end) in enumerate(spans):
        count += len(message[spans[at][0] : end].split())
        if count >= words or at == len(spans) - 1:
            parts.append(message[spans[start][0] : end][:_READ_CHARS])
            start, count = at + 1, 0
    return [message[:_READ_CHARS], *parts[:_MAX_PARTS]]


@lru_cache(maxsize=4)
def _rows(message: str) -> Rows:
    whole, *parts = parts_of(message)  # read apart: in one batch each would take as long as the whole
    return np.concatenate([layer_means([whole]), layer_means(parts)])


def message_value(values: Rows, ngrams: float) -> float:
    """Return a message's decision value, from those of its parts, the whole first, and what its n-grams weigh."""
    whole = float(values[0]) + NGRAMS * ngrams
    return max(whole, float(values[1:].max()) - PART_MARGIN) if len(values) > 1 else whole


def layer_means(messages: Sequence[str]) -> Rows:
    """Return how the packaged model reads some messages, as rows."""
    return packaged_embedder().layer_means(messages, LAYERS)


@dataclass(frozen=True, slots=True)
class Svm:
    """Support vectors with their weights, of the kernel exp(-gamma * squared distance)."""

    vectors: Rows
    weights: Rows
    gamma: float
    intercept: float

    def values(self, rows: Rows) -> Rows:
        """Return the decision value of each row."""
        squared = (
            (rows**2).sum(axis=1)[:, None] + (self.vectors**2).sum(axis=1)[None, :] - 2.0 * (rows @ self.vectors.T)
        )
        values: Rows = np.exp(-self.gamma * squared) @ self.weights + self.intercept
        return values


@dataclass(frozen=True, slots=True)
class Weights:
    """All that is learned: a projection, the SVMs of a message and of one after others, n-grams, and the kinds."""

    mean: Rows
    directions: Rows
    alone: Svm
    in_context: Svm
    ngrams: Rows
    kinds: Rows
    """One column a kind, the last row added."""

    def projected(self, rows: Rows) -> Rows:
        """Return rows of `layer_means` in the principal directions, scaled to length 1."""
        found = (rows - self.mean) @ self.directions.T
        scaled: Rows = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return scaled

    def values(self, rows: Rows) -> Rows:
        """Return the decision value of each row of `layer_means`."""
        return self.alone.values(self.projected(rows))

    def context_value(self, rows: Rows, values: Rows) -> float:
        """Return the decision value of a message after others, from the rows of both together and of it alone."""
        return float(self.in_context.values(context_row(self.projected(rows), values)[None, :])[0])

    def kind(self, row: Rows) -> str:
        """Return the likeliest kind of a row that is an emergency."""
        scores = self.projected(row) @ self.kinds[:-1] + self.kinds[-1]
        return KINDS[int(scores[0].argmax())]


def context_row(projected: Rows, values: Rows) -> Rows:
    """Return what the SVM in context sees: both messages together, the last alone, and their decision values."""
    seen = projected[:, :CONTEXT_DIRECTIONS].ravel()
    return np.concatenate([seen, np.clip(values, -2, 2) * VALUE_SCALE]).astype(np.float32)


@cache
def _weights() -> Weights:
    with np.load(WEIGHTS_FILE) as kept:
        return Weights(
            mean=kept["mean"].astype(np.float32),
            directions=kept["directions"].astype(np.float32) / STEPS,
            alone=_svm(kept, "alone"),
            in_context=_svm(kept, "context"),
            ngrams=kept["ngrams"].astype(np.float32) * float(kept["ngrams_step"]),
            kinds=kept["kinds"].astype(np.float32),
        )


def _svm(kept: "np.lib.npyio.NpzFile", name: str) -> Svm:
    return Svm(
        vectors=(kept[f"{name}_vectors"].astype(np.float32) / STEPS).astype(np.float32),
        weights=kept[f"{name}_weights"].astype(np.float32),
        gamma=float(kept[f"{name}_gamma"]),
        intercept=float(kept[f"{name}_intercept"]),
    )
