"""How much a message sounds like one that describes an emergency.

A support vector machine with Gaussian kernel on the vectors of the packaged model, whatever embedder an
index has. It has learned from the messages in `examples/`; `learn` makes its file again.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedder import packaged_embedder

MACHINE_FILE = Path(__file__).with_name("likeness.npz")

STEPS = 400
"""Vectors are kept as bytes, in steps of 1/400 of the unit: no entry of a sentence's vector is beyond 0.3."""


def likeness(message: str) -> float:
    """Return on which side of the line the message stands, and how far: above 0 it sounds like an emergency."""
    vectors, weights, gamma, intercept = _machine()
    (vector,) = packaged_embedder().embed_queries([message])
    squared = 2.0 - 2.0 * (vectors @ vector)  # of unit vectors
    return float(weights @ np.exp(-gamma * squared) + intercept)


@cache
def _machine() -> tuple[NDArray[np.float32], NDArray[np.float32], float, float]:
    with np.load(MACHINE_FILE) as kept:
        vectors = kept["vectors"].astype(np.float32) / STEPS
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit, kept["weights"], float(kept["gamma"]), float(kept["intercept"])
