"""Learns what follow-ups carry over: `python -m chatbot.understanding.followups.learn REWRITES.jsonl`.

The file has a question a line: {"turns": [{"role": "user", "content": "..."}, ...], "rewrite": "..."},
where the rewrite says the last turn so that it stands alone, as in TREC CAsT
(https://github.com/daltonj/treccastweb). The weights that are shipped are learned from its years 2019
to 2022 and hold numbers only, none of its words.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from chatbot.understanding.followups.features import (
    CarriedFeatures,
    MessageFeatures,
    carried_features,
    earlier_terms,
    message_features,
)
from chatbot.understanding.followups.resolve import WEIGHTS_FILE
from corpus.text.tokens import stem, words_of

_REGULARISATION = 0.05
"""C of the logistic regression; between 0.01 and 0.1 the held-out topics saw no difference."""
_DIGITS = 4


Examples = list[tuple[tuple[float, ...], bool]]
"""Rows of features, each with its label."""


def examples(path: Path) -> tuple[Examples, Examples]:
    """Return features and labels: of messages that depend on others, and of terms that are carried over."""
    messages: Examples = []
    terms: Examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        *earlier, message = [turn["content"] for turn in record["turns"] if turn["role"] == "user"]
        if not earlier:
            continue
        rewritten = {stem(word) for word in words_of(record["rewrite"])}
        of_message = message_features(message, earlier)
        found = earlier_terms(message, earlier)
        messages.append((of_message, any(term in rewritten for term in found)))
        for term, known in found.items():
            terms.append((carried_features(known, len(earlier), of_message).values(), term in rewritten))
    return messages, terms


def fit(rows: Examples, names: Sequence[str]) -> dict[str, Any]:
    """Return the logistic regression of some examples, for features as they are, its coefficients by name."""
    features, labels = np.array([row for row, _ in rows]), np.array([label for _, label in rows])
    scaler, model = (
        make_pipeline(StandardScaler(), LogisticRegression(C=_REGULARISATION, max_iter=2000))
        .fit(features, labels)
        .named_steps.values()
    )
    coefficients = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - coefficients @ scaler.mean_)
    rounded = {name: round(float(number), _DIGITS) for name, number in zip(names, coefficients, strict=True)}
    return {"coefficients": rounded, "intercept": round(intercept, _DIGITS)}


def main() -> None:
    """Learn from the file that is named, and write the weights."""
    messages, terms = examples(Path(sys.argv[1]))
    record = {"depends": fit(messages, MessageFeatures._fields), "carried": fit(terms, CarriedFeatures.names())}
    WEIGHTS_FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE}: from {len(messages)} messages and {len(terms)} terms.")


if __name__ == "__main__":
    main()
