"""How much a message sounds like one that describes an emergency.

A logistic regression on the vector of the packaged model, whatever embedder an index has. It has learned
from the messages in `examples/`.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedder import packaged_embedder

WEIGHTS_FILE = Path(__file__).with_name("weights.json")


def likeness(message: str) -> float:
    """Return the probability, 0 to 1, that the message describes an emergency now."""
    coefficients, intercept = _weights()
    (vector,) = packaged_embedder().embed_queries([message])
    return float(1 / (1 + np.exp(-(coefficients @ vector + intercept))))


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    record = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return np.array(record["coefficients"]), float(record["intercept"])
