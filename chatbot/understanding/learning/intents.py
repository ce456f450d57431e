"""Teaches what a message is: `python -m chatbot.understanding.learning.intents`

`intents.jsonl` has messages with the user's messages `before` them and what they are (`intent`), by writers who had
seen neither the rules nor each other's (`set`), and by those who wrote the rules ("own"). It prints what is known of
messages of the other writers, each left out in turn, and writes `intent_classifier.npz`, which has learned from all.
It takes a minute.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from chatbot.understanding.intent_classifier import INTENTS, LEAST_PROBABILITY, WEIGHTS_FILE, dense_rows, write
from chatbot.understanding.urgency.learning.signs import ngram_rows
from chatbot.understanding.urgency.ngrams import BUCKETS, hash_ngrams

EXAMPLES = Path(__file__).with_name("intents.jsonl")
OWN, OWN_WEIGHT = "own", 0.3
"""Messages by those who wrote the rules count less: with the weight of others recall was 0.04 lower."""
_COST = 10.0
"""Of 10, 30 and 50 all are as good within two points."""
_BATCH = 32


def main() -> None:
    """Print how well it tells, and write the weights."""
    records: list[dict[str, Any]] = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    labels = np.array(["question" if each["intent"] == "followup" else each["intent"] for each in records])
    sets = np.array([each["set"] for each in records])
    dense = np.concatenate([_dense(records[at : at + _BATCH]) for at in range(0, len(records), _BATCH)])
    ngrams = ngram_rows([hash_ngrams(each["text"]) for each in records], BUCKETS)
    rows = csr_matrix(hstack([csr_matrix(dense[:, :-1]), ngrams]))  # without the column of ones
    weights = np.where(sets == OWN, OWN_WEIGHT, 1.0)
    found = np.full(len(records), "question", dtype=object)
    for name in sorted({*sets} - {OWN}):
        others = sets != name
        probabilities = _learned(rows[others], labels[others], weights[others]).predict_proba(rows[~others])
        likely = probabilities.max(axis=1) >= LEAST_PROBABILITY
        found[sets == name] = np.where(likely, np.array(INTENTS)[probabilities.argmax(axis=1)], "question")
    for intent in INTENTS:
        of_intent = (labels == intent) & (sets != OWN)
        print(f"{intent:11} {np.mean(found[of_intent] == intent):.3f} of {of_intent.sum()}")
    print(f"all but questions {np.mean((found == labels)[(labels != 'question') & (sets != OWN)]):.3f}")
    model = _learned(rows, labels, weights)
    width = dense.shape[1] - 1
    write(np.column_stack([model.coef_[:, :width], model.intercept_]), model.coef_[:, width:])
    print(f"{WEIGHTS_FILE}: {WEIGHTS_FILE.stat().st_size / 1024:.0f} KiB from {len(records)} messages.")


def _dense(records: list[dict[str, Any]]) -> NDArray[np.float32]:
    return dense_rows([each["text"] for each in records], after_others=[bool(each["before"]) for each in records])


def _learned(rows: csr_matrix, labels: NDArray[np.str_], weights: NDArray[np.float64]) -> LogisticRegression:
    model = LogisticRegression(C=_COST, max_iter=600).fit(rows, labels, sample_weight=weights)
    assert tuple(model.classes_) == INTENTS  # noqa: S101 - scikit-learn sorts them too
    return model


if __name__ == "__main__":
    main()
