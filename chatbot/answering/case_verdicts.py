"""Answers that are nothing but a verdict on one patient: "you are not pregnant", "increase it to 125".

A logistic regression on the hidden states of the packaged model: the mean of the token vectors in four of its layers,
side by side, of shape (4 x 384,). It has learned from 650 doctors' and therapists' answers that a reader labelled: a
verdict is an answer of which no substantial sentence holds for anybody but the patient whom it was written to.
Ten-fold: area under the curve 0.90; at the threshold 0.80 of the answers called verdicts are, and 0.70 of the verdicts
are found.
`python -m chatbot.answering.learning.case_verdicts` makes `case_verdicts.npz` again.
"""

from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models.embedder import packaged_embedder

WEIGHTS_FILE = Path(__file__).with_name("case_verdicts.npz")

LAYERS = (0, 2, 4, 6)
"""The layers of the packaged model that are looked at: its words, its last, and two between them."""
LONGEST_CHARS = 450
"""Longer answers explain something: of the 200 labelled ones 9 are verdicts."""
_KEPT = 4096
"""Answers whose verdict is remembered."""


@lru_cache(_KEPT)
def is_case_verdict(text: str) -> bool:
    """Whether an answer is nothing but a verdict on the patient whom it was written to."""
    if len(text) > LONGEST_CHARS:
        return False
    weights, intercept = _model()
    (row,) = packaged_embedder().layer_means([text], LAYERS)
    return bool(row @ weights + intercept > 0)


@cache
def _model() -> tuple[NDArray[np.float32], float]:
    """Return the weights of the layers' means, and the intercept less the threshold."""
    with np.load(WEIGHTS_FILE) as kept:
        return kept["weights"].astype(np.float32), float(kept["intercept"])
