"""Learns the classifier of signs and n-grams of other languages than English; `learning.svm` runs it."""

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from chatbot.understanding.urgency.examples import LANGUAGES, Example, examples_in
from chatbot.understanding.urgency.multilingual.sign_classifier import FILE, NGRAMS_FILE, bonus, sign_features
from chatbot.understanding.urgency.multilingual.signs import signs_in
from chatbot.understanding.urgency.ngrams import BUCKETS_OF_OTHERS, HashedNgrams, hash_ngrams_of

FALSE_POSITIVE_RATE = 0.06
"""Of hard negatives that were not learned from; it sets the threshold.

Twice that of English: with 0.03 recall falls by a tenth, and in these languages a false notice costs no answer.
"""

_COST = 10.0
_CONCEPT_WEIGHT = 0.5
"""What a concept counts beside n-grams: 0.15 and 0.3 were a point worse, n-grams alone twelve, concepts alone five."""
_FOLDS = 6

_Bools = NDArray[np.bool_]


def learn() -> list[str]:
    """Learn from the examples in other languages, write the weights, and return how well, a line a language."""
    examples = [example for example in examples_in(LANGUAGES) if not example.before]
    vectorizer = DictVectorizer()
    found = [signs_in(example.text, example.language) for example in examples]
    texts = [example.text for example in examples]
    concepts = vectorizer.fit_transform([sign_features(*one) for one in zip(found, texts, strict=True)])
    ngrams_of_texts = ngram_rows([hash_ngrams_of(e.text, e.language) for e in examples], BUCKETS_OF_OTHERS)
    rows = csr_matrix(hstack([concepts * _CONCEPT_WEIGHT, ngrams_of_texts]))
    urgent = np.array([example.label == "urgent" for example in examples])
    hard = np.array([example.label == "hard negative" and example.written for example in examples])
    values = _unseen(rows, urgent, examples) + [bonus(*one) for one in zip(found, texts, strict=True)]
    threshold = float(np.quantile(values[hard], 1 - FALSE_POSITIVE_RATE))
    model = _learned(rows, urgent)
    weights = model.coef_[0]
    names = vectorizer.get_feature_names_out()
    record = {"intercept": round(float(model.intercept_[0]) - threshold, 3)}
    named = sorted(zip(names, weights, strict=False))
    record |= {name: round(float(weight) * _CONCEPT_WEIGHT, 3) for name, weight in named}
    FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    ngrams = weights[len(names) :]
    step = float(np.abs(ngrams).max()) / 127
    np.savez_compressed(NGRAMS_FILE, ngrams=np.round(ngrams / step).astype(np.int8), step=np.float32(step))
    return _report(values > threshold, examples)


def ngram_rows(found: Sequence[HashedNgrams], size: int) -> csr_matrix:
    """Return hashed n-grams as the rows of a matrix."""
    starts = np.cumsum([0, *(len(buckets) for buckets, _ in found)])
    buckets = np.concatenate([buckets for buckets, _ in found])
    values = np.concatenate([some for _, some in found])
    return csr_matrix((values, buckets, starts), shape=(len(found), size))


def _unseen(rows: csr_matrix, urgent: _Bools, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return each example's value from weights that have not seen it, nor, if its set is small, any of its set."""
    sets = np.array([example.set for example in examples])
    sizes = {name: int((sets == name).sum()) for name in set(sets)}
    random = np.random.default_rng(1)
    folds = random.integers(_FOLDS, size=len(examples))
    small = np.array([sizes[example.set] < 100 and example.written for example in examples])
    values = np.zeros(len(examples))
    for judged in (small, *((folds == fold) & ~small for fold in range(_FOLDS))):
        model = _learned(rows[~judged], urgent[~judged])
        values[judged] = model.decision_function(rows[judged])
    return values


def _learned(rows: csr_matrix, urgent: _Bools) -> LogisticRegression:
    return LogisticRegression(C=_COST, max_iter=3000, class_weight="balanced").fit(rows, urgent)


def _report(flagged: _Bools, examples: Sequence[Example]) -> list[str]:
    lines = []
    languages = sorted({example.language for example in examples})
    for language in (*languages, "all"):
        for label in ("urgent", "hard negative", "ordinary"):
            here = np.array([e.written and e.label == label and language in (e.language, "all") for e in examples])
            lines.append(
                f"{language:4} {label:10} {flagged[here].sum():5} of {here.sum():5}  {flagged[here].mean():.3f}"
            )
    return lines
