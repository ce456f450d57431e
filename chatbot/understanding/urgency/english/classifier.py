"""Whether an English message describes an emergency: the network and the SVM that learned from examples, and signs.

The score of a message is the network's log-odds of an emergency and `SVM` times the decision value of the SVM: each
raises false alarms where the other does not. How high it must be depends on whether a sign of the rules is there and
on how much is said. A message of some length is read with those before it too: what they make harmless is not urgent,
what they make urgent is.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.network import CLASSES, probabilities
from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE
from chatbot.understanding.urgency.english.svm import CONTEXT_WORDS, decision_value, suspects_in_context

SVM = 4.0
"""What the SVM counts beside the network; 2 and 8 are as good within two points of recall."""
THRESHOLD = 0.75
"""The score above which a message without a sign is urgent."""
LONG_WORDS = 60
LONG_THRESHOLD = 1.75
"""... of more words without a sign: a long letter has many parts, of which the most alarming one counts."""
SIGN_THRESHOLD = -0.75
"""... with a sign of the rules."""
GRAVE_SIGN_THRESHOLD = -2.75
"""... with a sign of suicide or violence: what else a message speaks of must not outweigh it."""
SHORT_WORDS = 6
SHORT_THRESHOLD = 1.75
"""... of so few words without a sign: in a few words the model alone must be surer."""
CONTEXT_PROBABILITY = 0.8
"""The network's probability above which a message read with those before it is urgent, if the SVM suspects it too."""
CONTEXT_SURE = 0.98
"""... and the one above which it is urgent whatever the SVM says."""
CONTEXT_BOTH = 0.5
"""... and the one that it needs where the message alone is suspect without a sign ("he says he can stop any time"), and
that suffices where there is a sign."""
PLAIN_KIND = 0.7
"""The part of the probability of an emergency that a kind must have to be told as such."""

_READ_CHARS = 1200
"""Characters of a message that are given to the network; it reads about so many."""
_MIN_PROBABILITY = 1e-4


def classify(message: str, sign: str | None, before: Sequence[str] = ()) -> str | None:
    """Return the kind of emergency that an English message describes, or None.

    Args:
        sign: the kind that the rules found in it, or None.
        before: the messages before it that it is read with, oldest first.
    """
    if not message.strip():
        return None
    (row,) = probabilities([("", message[:_READ_CHARS])])
    words = len(message.split())
    score = _log_odds(1.0 - float(row[0])) + SVM * decision_value(message)
    urgent = score > _threshold(words, sign)
    if before and words <= CONTEXT_WORDS:
        (in_context,) = probabilities([(" ".join(before)[-_READ_CHARS:], message)])
        likely = 1.0 - float(in_context[0])
        if sign is not None:
            by_context = likely > CONTEXT_BOTH
        else:
            urgent = urgent and likely > CONTEXT_BOTH
            needed = CONTEXT_PROBABILITY if suspects_in_context(message, before) else CONTEXT_SURE
            by_context = likely > needed
        row = row if urgent else in_context
        urgent = urgent or by_context
    return _kind(row, sign) if urgent else None


def _kind(row: NDArray[np.float32], sign: str | None) -> str:
    """Return the kind of emergency: suicide and violence only where that is plain, for their notices say no more."""
    at = 1 + int(row[1:].argmax())
    plain = float(row[at]) >= PLAIN_KIND * (1.0 - float(row[0]))
    learned = (CLASSES[at] if plain else "") or POSSIBLE
    return learned if sign is None or learned in (SUICIDE, VIOLENCE) else sign


def _log_odds(probability: float) -> float:
    probability = min(max(probability, _MIN_PROBABILITY), 1.0 - _MIN_PROBABILITY)
    return math.log(probability / (1.0 - probability))


def _threshold(words: int, sign: str | None) -> float:
    if sign is not None:
        return GRAVE_SIGN_THRESHOLD if sign in (SUICIDE, VIOLENCE) else SIGN_THRESHOLD
    if words <= SHORT_WORDS:
        return SHORT_THRESHOLD
    return LONG_THRESHOLD if words > LONG_WORDS else THRESHOLD
