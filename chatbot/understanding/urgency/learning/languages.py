"""Learns emergencies in other languages, out of `examples/languages.jsonl`.

`python -m chatbot.understanding.urgency.learning.languages` runs it.

It prints how examples are judged that it has not learned from (ten-fold), and writes the weights of all of them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from chatbot.understanding.urgency.examples import ENGLISH, LANGUAGES, Example, examples_in
from chatbot.understanding.urgency.multilingual.ngram_classifier import (
    BUCKETS,
    KINDS,
    LANGUAGE_BUCKETS,
    STEPS,
    THRESHOLD,
    WEIGHTS_FILE,
    hash_ngrams,
)

_COST = 10.0
"""C of the logistic regression; 3 and 30 are as good within two points."""
_FOLDS = 10


def main() -> None:
    """Learn, print how well, and write the weights."""
    examples = [*examples_in(LANGUAGES), *(replace(each, label="english") for each in examples_in(ENGLISH)[::2])]
    rows = _rows([example.text for example in examples])
    labels = np.array([KINDS.index(example.notice) if example.label == "urgent" else 0 for example in examples])
    languages = np.array([example.language for example in examples])
    model = LogisticRegression(C=_COST, max_iter=1000)
    groups = [f"{example.language} {example.label}" for example in examples]
    folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(groups, groups))
    unseen = 1.0 - cross_val_predict(model, rows, labels, cv=folds, method="predict_proba")[:, 0]
    _report(examples, unseen)
    model.fit(rows, labels)
    of_language = LogisticRegression(C=_COST, max_iter=1000).fit(_modulo(rows), languages)
    np.savez_compressed(
        WEIGHTS_FILE,
        kinds=_as_bytes(model.coef_.T),
        kind_intercepts=model.intercept_.astype(np.float32),
        languages=_as_bytes(of_language.coef_.T),
        language_intercepts=of_language.intercept_.astype(np.float32),
        language_names=of_language.classes_,
    )
    print(f"{WEIGHTS_FILE}: from {len(examples)} messages.")


def _as_bytes(weights: NDArray[np.float64]) -> NDArray[np.int8]:
    return np.round(weights * STEPS).clip(-127, 127).astype(np.int8)


def _modulo(rows: csr_matrix) -> csr_matrix:
    """Return rows with the buckets of the languages' weights."""
    rows_of_languages = csr_matrix(
        (rows.data, rows.indices % LANGUAGE_BUCKETS, rows.indptr), shape=(rows.shape[0], LANGUAGE_BUCKETS)
    )
    rows_of_languages.sum_duplicates()
    return rows_of_languages


def _report(examples: Sequence[Example], unseen: NDArray[np.float64]) -> None:
    flagged = unseen >= THRESHOLD
    for language in sorted({example.language for example in examples}):
        shares = []
        for label in ("urgent", "hard negative", "ordinary", "english"):
            mine = np.array([(example.language, example.label) == (language, label) for example in examples])
            if mine.any():
                shares.append(f"{flagged[mine].mean():.3f} of {label}")
        print(f"{language}: flagged {', '.join(shares)}")


def _rows(texts: Sequence[str]) -> csr_matrix:
    found = [hash_ngrams(text) for text in texts]
    starts = np.cumsum([0, *(len(buckets) for buckets, _ in found)])
    values, buckets = np.concatenate([row for _, row in found]), np.concatenate([row for row, _ in found])
    return csr_matrix((values, buckets, starts), shape=(len(texts), BUCKETS))


if __name__ == "__main__":
    main()
