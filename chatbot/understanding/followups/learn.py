"""Learns what follow-ups carry over: `python -m chatbot.understanding.followups.learn REWRITES.jsonl`.

The file has a question a line: {"turns": [{"role": "user", "content": "..."}, ...], "rewrite": "..."},
where the rewrite says the last turn so that it stands alone, as in TREC CAsT
(https://github.com/daltonj/treccastweb). The weights that are shipped are learned from its years 2019
to 2022 and hold numbers only, none of its words.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from chatbot.understanding.followups.features import earlier_terms, message_features, term_features
from chatbot.understanding.followups.resolve import WEIGHTS_FILE
from corpus.text.tokens import stem, words_of

_REGULARISATION = 0.05
"""C of the logistic regression; between 0.01 and 0.1 the held-out topics saw no difference."""
_DIGITS = 4


def examples(path: Path) -> tuple[list[tuple[list[float], bool]], list[tuple[list[float], bool]]]:
    """Return features and labels: of messages that lean on others, and of terms that are carried over."""
    messages: list[tuple[list[float], bool]] = []
    terms: list[tuple[list[float], bool]] = []
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
            terms.append((term_features(known, len(earlier), of_message), term in rewritten))
    return messages, terms


def learned(rows: list[tuple[list[float], bool]]) -> dict[str, Any]:
    """Return the logistic regression of some examples, for features as they are."""
    features, labels = np.array([row for row, _ in rows]), np.array([label for _, label in rows])
    scaler, model = (
        make_pipeline(StandardScaler(), LogisticRegression(C=_REGULARISATION, max_iter=2000))
        .fit(features, labels)
        .named_steps.values()
    )
    coefficients = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - coefficients @ scaler.mean_)
    rounded = [round(float(number), _DIGITS) for number in coefficients]
    return {"coefficients": rounded, "intercept": round(intercept, _DIGITS)}


def main() -> None:
    """Learn from the file that is named, and write the weights."""
    messages, terms = examples(Path(sys.argv[1]))
    record = {"leans": learned(messages), "carries": learned(terms)}
    WEIGHTS_FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE}: from {len(messages)} messages and {len(terms)} terms.")


if __name__ == "__main__":
    main()
