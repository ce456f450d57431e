"""Learns question equivalence: `python -m chatbot.answering.learning.same_question PAIRS.jsonl`.

The file has a pair a line: {"question_1": "...", "question_2": "...", "label": 1 or 0}, as in the Medical Question
Pairs of curai (https://github.com/curai/medical-question-pair-dataset). The weights that are shipped hold nine
numbers, none of its words.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from chatbot.answering.same_question import WEIGHTS_FILE, PairFeatures, pair_features
from index.models.embedder import packaged_embedder

_PRECISION = 0.96
"""The part of the pairs called the same that are, at the threshold, to a model that has not learned from them."""
_FOLDS = 10
_BATCH = 64
_DIGITS = 4


def main() -> None:
    """Learn from the file that is named, print how well, and write the weights."""
    records = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    texts = list(dict.fromkeys(record[side] for record in records for side in ("question_1", "question_2")))
    embedder = packaged_embedder()
    vectors = np.concatenate([embedder.embed_queries(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])
    vector_of = dict(zip(texts, vectors, strict=True))
    pairs = [(record["question_1"], record["question_2"]) for record in records]
    rows = np.array([pair_features(one, other, vector_of[one], vector_of[other]) for one, other in pairs])
    labels = np.array([record["label"] for record in records])
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    folds = GroupKFold(_FOLDS)
    groups = [one for one, _ in pairs]
    unseen = cross_val_predict(pipeline, rows, labels, groups=groups, cv=folds, method="predict_proba")[:, 1]
    precision, recall, thresholds = precision_recall_curve(labels, unseen)
    at = int(np.argmax(precision >= _PRECISION))
    scaler, model = pipeline.fit(rows, labels).named_steps.values()
    coefficients = model.coef_[0] / scaler.scale_
    record = {
        "coefficients": {
            name: round(float(number), _DIGITS) for name, number in zip(PairFeatures._fields, coefficients, strict=True)
        },
        "intercept": round(float(model.intercept_[0] - coefficients @ scaler.mean_), _DIGITS),
        "threshold": round(float(thresholds[at]), _DIGITS),
    }
    WEIGHTS_FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE}: from {len(labels)} pairs.")
    print(f"unseen: area under the curve {roc_auc_score(labels, unseen):.3f}")
    print(f"at the threshold: precision {precision[at]:.3f}, recall {recall[at]:.3f}.")


if __name__ == "__main__":
    main()
