"""How much a message sounds like one that describes an emergency.

A support vector machine with Gaussian kernel. It sees a message as the packaged model reads it on the way
to a vector, whatever embedder an index has: whether somebody tells of now, asks, or denies is plainer there
than in the vector itself. It has learned from the messages in `examples/`; `learn` makes its file again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedder import packaged_embedder
from index.sentences import sentence_spans

MACHINE_FILE = Path(__file__).with_name("likeness.npz")

LAYERS = (0, 2, 4, 6)
"""The layers of the packaged model that are looked at: its words, its last, and two between them."""
STEPS = 400
"""Support vectors are kept as bytes, in steps of 1/400 of the unit: hardly an entry is beyond 0.3."""

_ALONE = 0.25
"""How far above the line one sentence of a longer message must stand: torn from the others it sounds worse.

Of 154 long questions to doctors 18 in 100 are raised without looking at single sentences, 29 with this, and 40 with 0.
"""
_MAX_PARTS = 50
"""Parts of a message that are looked at by themselves: if it has more sentences, some stand together in one."""


def likeness(message: str) -> float:
    """Return on which side of the line a message stands, and how far: above 0 it sounds like an emergency.

    One sentence may say so in a long message: what counts is the whole, or the highest of its sentences.
    """
    whole, *sentences = parts_of(message)  # read apart: in one batch each would take as long as the whole
    layers = np.concatenate([layers_of([whole]), layers_of(sentences)])
    return highest(_machine().values(layers))


def parts_of(message: str) -> list[str]:
    """Return what is looked at of a message: all of it and, if it has several, its sentences."""
    spans = sentence_spans(message)
    if len(spans) <= 1:
        return [message]
    together = -(-len(spans) // _MAX_PARTS)
    groups = [spans[at : at + together] for at in range(0, len(spans), together)]
    return [message, *(message[group[0][0] : group[-1][1]] for group in groups)]


def highest(values: NDArray[np.float32]) -> float:
    """Return what a message's value is, from those of its parts."""
    return float(max(values[0], *(values[1:] - _ALONE))) if len(values) > 1 else float(values[0])


def layers_of(messages: Sequence[str]) -> NDArray[np.float32]:
    """Return how the packaged model reads some messages, as rows."""
    return packaged_embedder().layer_means(messages, LAYERS)


@dataclass(frozen=True, slots=True)
class Machine:
    """The learned machine: a projection, support vectors with their weights, and the line."""

    mean: NDArray[np.float32]
    """The mean of the examples' layers, of shape (layers,)."""
    directions: NDArray[np.float32]
    """Their principal directions, of shape (directions, layers)."""
    vectors: NDArray[np.float32]
    """The support vectors in these directions, as rows of length 1."""
    weights: NDArray[np.float32]
    """One a support vector."""
    gamma: float
    """Of the kernel exp(-gamma * squared distance)."""
    intercept: float
    """Added to the sum; it puts the line at 0."""

    def values(self, layers: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each row of `layers_of` on which side of the line it stands, and how far."""
        found = projected(layers, self.mean, self.directions)
        squared = 2.0 - 2.0 * (found @ self.vectors.T)  # of unit vectors
        values: NDArray[np.float32] = np.exp(-self.gamma * squared) @ self.weights + self.intercept
        return values


def projected(
    layers: NDArray[np.float32], mean: NDArray[np.float32], directions: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return rows in some directions, scaled to length 1."""
    found = (layers - mean) @ directions.T
    scaled: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return scaled


@cache
def _machine() -> Machine:
    with np.load(MACHINE_FILE) as kept:
        vectors = kept["vectors"].astype(np.float32)
        return Machine(
            mean=kept["mean"].astype(np.float32),
            directions=kept["directions"].astype(np.float32) / STEPS,
            vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
            weights=kept["weights"],
            gamma=float(kept["gamma"]),
            intercept=float(kept["intercept"]),
        )
