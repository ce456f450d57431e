"""Whether the signs in a message in another language weigh enough, together.

A logistic regression on which things of a language's list a message names (`signs/`), what calms it, and which
combinations stand in it. The weights are the same for all languages: they were learned from messages in all
ten, each judged by weights that had not seen its language. `learn` makes `weighing.json` again.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chatbot.urgent.rules import POSSIBLE, SUICIDE, VIOLENCE
from chatbot.urgent.signs import Found, signs_in

FILE = Path(__file__).with_name("weighing.json")

_MANY = 8
_ABOUT = {
    SUICIDE: frozenset({"die", "not_live", "end_life", "suicide_now", "self_harm", "wrists", "jump", "bridge"}),
    VIOLENCE: frozenset({"partner", "hits", "hits_me", "threatens", "afraid", "rapes"}),
}


def kind_by_weights(message: str, language: str) -> str | None:
    """Return the kind of emergency that the signs in a message say, or None."""
    found = signs_in(message, language)
    if not found.things or weigh(features_of(found, message)) <= 0:
        return None
    return found.kind or found.combined or _likeliest(found)


def features_of(found: Found, message: str) -> dict[str, float]:
    """Return what is weighed, by name."""
    features = {f"thing {name}": 1.0 for name in found.things}
    features |= {f"calm {name}": 1.0 for name in found.calm}
    if found.kind:
        features |= {"sign": 1.0, f"sign {found.kind}": 1.0}
    if found.combined:
        features |= {"combination": 1.0, f"combination {found.combined}": 1.0}
    if found.denied:
        features["denied"] = 1.0
    features["things"] = min(len(found.things), _MANY) / 4
    features["question"] = float(any(mark in message for mark in "?؟？"))
    return features


def weigh(features: Mapping[str, float]) -> float:
    """Return the sum of the weights of some features; above 0 it is an emergency."""
    weights = _weights()
    return weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _likeliest(found: Found) -> str:
    weights = _weights()
    sums = {
        kind: sum(weights.get(f"thing {name}", 0.0) for name in names & found.things) for kind, names in _ABOUT.items()
    }
    best = max(sums, key=lambda kind: sums[kind])
    return best if sums[best] > _LEAST_ABOUT else POSSIBLE


_LEAST_ABOUT = 0.8


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return weights
