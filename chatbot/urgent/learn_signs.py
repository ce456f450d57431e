"""Learns how the signs of other languages than English weigh together; `learn` runs it."""

import json

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from chatbot.urgent.examples import LANGUAGES, examples_in
from chatbot.urgent.signs import signs_in
from chatbot.urgent.weighing import FILE, features_of

NEGATIVES_TOLD = 0.03
"""The part of all negatives that is told, in languages that were not learned from: it sets the threshold."""

_COST = 0.3


def learn() -> list[str]:
    """Learn from the examples in other languages, write the weights, and return how well, a line a language."""
    examples = [example for example in examples_in(LANGUAGES) if not example.before]
    features = [features_of(signs_in(example.text, example.language), example.text) for example in examples]
    urgent = np.array([example.label == "urgent" for example in examples])
    languages = np.array([example.language for example in examples])
    values = np.zeros(len(examples))
    for language in sorted(set(languages)):
        seen = languages != language
        vectorizer, model = _learned([f for f, s in zip(features, seen, strict=True) if s], urgent[seen])
        judged = [f for f, s in zip(features, seen, strict=True) if not s]
        values[~seen] = model.decision_function(vectorizer.transform(judged))
    line = float(np.quantile(values[~urgent], 1 - NEGATIVES_TOLD))
    vectorizer, model = _learned(features, urgent)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    record = {"intercept": round(float(model.intercept_[0]) - line, 3)}
    record |= {name: round(float(weight), 3) for name, weight in sorted(weights.items())}
    FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    labels = np.array([example.label for example in examples])
    lines = []
    for name in (*sorted(set(languages)), "all"):
        here = (languages == name) | (name == "all")
        told = [f"{label} {_told(values, line, here & (labels == label))}" for label in sorted(set(labels))]
        lines.append(f"{name}: {', '.join(told)}")
    return lines


def _learned(features: list[dict[str, float]], urgent: NDArray[np.bool_]) -> tuple[DictVectorizer, LogisticRegression]:
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(features)
    return vectorizer, LogisticRegression(C=_COST, max_iter=2000, class_weight="balanced").fit(rows, urgent)


def _told(values: NDArray[np.float64], line: float, chosen: NDArray[np.bool_]) -> str:
    return f"{np.mean(values[chosen] > line):.3f} of {chosen.sum()}"
