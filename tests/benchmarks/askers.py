"""Which answers the asker wrote: fits `corpus.cleaning.asker` again and measures it.

`python -m tests.benchmarks.askers` runs it.

The labels are by reading: all 127 answers of the doctors' corpus whose author is called no doctor and writes
seldom; every other answer is taken for a doctor's. Measured is each answer by weights that were fitted without
its thread (five folds), among all authors and among those that no page calls a doctor.
"""

import gzip
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from corpus import Doctor
from corpus.cleaning.asker import THRESHOLD, AskerFeatures, asker_features, is_called_doctor

DATA = Path(__file__).parents[3] / "shared" / "data"
BY_ASKER = frozenset(
    f"questionDoctor-{number}"
    for number in (
        "9 266 543 721 1168 1458 1718 1906 1910 1956 2010 2322 2377 2756 2925 2934 2939 3154 3212 3303 3468 3514 3537 "
        "3757 3827 3934 3986 3988 4015 4017 4052 4078 4119 4169 4173 4181 4210 4239 4249 4272 4376 4431 4496 4654 4655 "
        "5124 5146 5158 5172 5212 5246 5330 5363 5388 5410 5490"
    ).split()
)
_FOLDS = 5
_WEIGHT = 5
"""How much an asker's answer counts against a doctor's: there are 150 of these to one of those."""


def model() -> LogisticRegression:
    """Return the model, not fitted yet."""
    return LogisticRegression(C=1.0, max_iter=5000, class_weight={False: 1, True: _WEIGHT})


def main() -> None:
    """Print the weights and the measures."""
    features, labels, threads, titled = [], [], [], []
    for corpus in ("doctors", "counsel-chat"):
        with gzip.open(DATA / corpus / "threads.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                thread = json.loads(line)
                for n, answer in enumerate(thread["answers"]):
                    features.append(asker_features(answer["text"], first=n == 0))
                    labels.append(answer["id"] in BY_ASKER)
                    threads.append(thread["id"])
                    titled.append(is_called_doctor(Doctor(**answer.get("author", {}))))
    x, y, called_doctor = np.array(features, dtype=float), np.array(labels), np.array(titled)
    groups = np.unique(threads, return_inverse=True)[1]
    scores = np.zeros(len(y))
    for train, test in GroupKFold(_FOLDS).split(x, y, groups):
        scores[test] = model().fit(x[train], y[train]).decision_function(x[test])
    evidence = x[
        :, [AskerFeatures._fields.index(name) for name in ("thanks", "facts", "my", "asks_back", "refers", "to_doctor")]
    ]
    scores[~evidence.any(axis=1)] = -np.inf
    for threshold in (0.0, 0.5, 1.0, 1.5, 2.0):
        found = scores > threshold
        for name, among in (("all authors", found), ("called no doctor", found & ~called_doctor)):
            right, wrong = int((among & y).sum()), int((among & ~y).sum())
            precision, recall = right / max(1, right + wrong), right / y.sum()
            mark = "*" if threshold == THRESHOLD else " "
            print(f"{mark} threshold {threshold}, {name:17} found {right} of {y.sum()}, and {wrong} of others: "
                  f"precision {precision:.2f}, recall {recall:.2f}")  # fmt: skip
    fitted = model().fit(x, y)
    for name, weight in zip(AskerFeatures._fields, fitted.coef_[0], strict=True):
        print(f"    {name}={weight:.2f},")
    print(f"BIAS = {fitted.intercept_[0]:.2f}")


if __name__ == "__main__":
    main()
