"""The packaged model with low-rank adapters, taught to tell emergencies: English messages in, probabilities out.

The adapters (`index.models.low_rank`) were learned from the messages in `examples/`; `learning.network` makes
`adapters.npz` again.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE
from index.models.low_rank import AdaptedModel, TextPair

ADAPTERS_FILE = Path(__file__).with_name("adapters.npz")

CLASSES = (None, POSSIBLE, SUICIDE, VIOLENCE)
"""What each class is, in the order of the probabilities; None is no emergency."""
MAX_TOKENS = 192
"""Tokens of a message, with those before it, that are read at once."""


def probabilities(messages: Sequence[TextPair]) -> NDArray[np.float32]:
    """Return the probability of each of `CLASSES` for some messages, of shape (messages, 4).

    Args:
        messages: what the same person said before, or "", and the message.
    """
    values = _network().values(messages)
    odds = np.exp(values - values.max(axis=1, keepdims=True))
    found: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
    return found


@cache
def _network() -> AdaptedModel:
    """Return the model with its adapters, loaded once.

    It computes in full precision on every processor: thresholds should mean the same everywhere.
    """
    return AdaptedModel(ADAPTERS_FILE, max_tokens=MAX_TOKENS)
