"""Whether a message in another language describes an emergency, by the signs in it together.

A logistic regression on which concepts of a language's list a message names (`signs/`), what modifies them,
which combinations stand in it, and the n-grams of its language. The weights of the concepts are the same for all
languages; `learning.svm` makes `sign_classifier.json` (the concepts) and `sign_classifier.npz` (the n-grams) again.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE
from chatbot.understanding.urgency.multilingual.signs import SignMatches, signs_in
from chatbot.understanding.urgency.ngrams import hash_ngrams_of, ngram_value

FILE = Path(__file__).with_name("sign_classifier.json")
NGRAMS_FILE = Path(__file__).with_name("sign_classifier.npz")

_MANY = 8
_PLAIN = 2.0
_SHORT_CHARS = 60
"""1 and 2 for messages up to so long raise recall on plain messages from 0.83 to 0.88 and 0.93, and cost 0.02 and
0.03 on those that others wrote."""
_ABOUT = {
    SUICIDE: frozenset({"die", "not_live", "end_life", "suicide_now", "self_harm", "wrists", "jump", "bridge"}),
    VIOLENCE: frozenset({"partner", "hits", "hits_me", "threatens", "afraid", "rapes"}),
}


def kind_by_sign_classifier(message: str, language: str) -> str | None:
    """Return the kind of emergency that the signs in a message say, or None."""
    found = signs_in(message, language)
    value = decision_value(sign_features(found, message)) + ngram_value(hash_ngrams_of(message, language), _ngrams())
    value += bonus(found, message)
    if value <= 0:
        return None
    return found.kind or found.combined or _likeliest(found)


def bonus(found: SignMatches, message: str) -> float:
    """Return what is added where a short message has a sign that no modifier cancels: it must not be missed."""
    return _PLAIN if found.kind is not None and len(message) < _SHORT_CHARS else 0.0


def sign_features(found: SignMatches, message: str) -> dict[str, float]:
    """Return the features by name, as in `sign_classifier.json`: 1 for what is there, `concepts` 0 to 2."""
    features = {f"concept {name}": 1.0 for name in found.concepts}
    features |= {f"modifier {name}": 1.0 for name in found.modifiers}
    if found.kind:
        features |= {"sign": 1.0, f"sign {found.kind}": 1.0}
    if found.combined:
        features |= {"combination": 1.0, f"combination {found.combined}": 1.0}
    if found.negated:
        features["negated"] = 1.0
    features["concepts"] = min(len(found.concepts), _MANY) / 4
    features["question"] = float(any(mark in message for mark in "?؟？"))
    return features


def decision_value(features: Mapping[str, float]) -> float:
    """Return the decision value of some features, without the n-grams'; above 0 with theirs it is an emergency."""
    weights = _weights()
    return weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _likeliest(found: SignMatches) -> str:
    weights = _weights()
    sums = {
        kind: sum(weights.get(f"concept {name}", 0.0) for name in names & found.concepts)
        for kind, names in _ABOUT.items()
    }
    best = max(sums, key=lambda kind: sums[kind])
    return best if sums[best] > _LEAST_ABOUT else POSSIBLE


_LEAST_ABOUT = 0.8


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return weights


@cache
def _ngrams() -> NDArray[np.float32]:
    with np.load(NGRAMS_FILE) as kept:
        weights: NDArray[np.float32] = kept["ngrams"].astype(np.float32) * np.float32(kept["step"])
        return weights
