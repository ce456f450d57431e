"""Learns case verdicts: `python -m chatbot.answering.learning.case_verdicts LABELS.jsonl THREADS.jsonl.gz...`.

LABELS.jsonl has an answer a line: {"answer_id": "...", "case_verdict": 0 or 1}; the texts come from the threads. The
labels are of answers on pages that belong to others, so neither is in the repository; `case_verdicts.npz` holds
numbers only.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from chatbot.answering.case_verdicts import LAYERS, WEIGHTS_FILE
from corpus import Problem, read_paths
from index.models.embedder import packaged_embedder

_REGULARISATION = 0.002
"""C of the logistic regression; 0.001 and 0.005 are as good within half a point."""
_PRECISION = 0.8
_FOLDS = 10
_BATCH = 32


def main() -> None:
    """Learn from the files that are named, print how well, and write the weights."""
    labels_file, *threads_files = sys.argv[1:]
    records = [json.loads(line) for line in Path(labels_file).read_text(encoding="utf-8").splitlines()]
    threads = [found for found in read_paths(threads_files) if not isinstance(found, Problem)]
    text_of = {answer.id: answer.text for thread in threads for answer in thread.answers}
    records = [record for record in records if record["answer_id"] in text_of]
    texts = [text_of[record["answer_id"]] for record in records]
    labels = np.array([record["case_verdict"] for record in records])
    embedder = packaged_embedder()
    rows = np.concatenate(
        [embedder.layer_means(texts[at : at + _BATCH], LAYERS) for at in range(0, len(texts), _BATCH)]
    )
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=_REGULARISATION, max_iter=3000))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    unseen = cross_val_predict(pipeline, rows, labels, cv=folds, method="decision_function")
    precision, recall, thresholds = precision_recall_curve(labels, unseen)
    at = int(np.argmax(precision >= _PRECISION))
    scaler, model = pipeline.fit(rows, labels).named_steps.values()
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_) - float(thresholds[at])
    np.savez_compressed(WEIGHTS_FILE, weights=weights.astype(np.float32), intercept=np.float32(intercept))
    print(f"{WEIGHTS_FILE}: from {len(labels)} answers, {labels.sum()} of them verdicts.")
    print(f"unseen: area under the curve {roc_auc_score(labels, unseen):.3f}")
    print(f"at the threshold: precision {precision[at]:.3f}, recall {recall[at]:.3f}.")


if __name__ == "__main__":
    main()
