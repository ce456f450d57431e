"""Teaches the weights of relevance: `python -m chatbot.answering.learning.relevance --index CORPUS=DIR ...`

It prints the coefficients of the five regressions of `chatbot/answering/relevance.py`. They learn from the labels by
reading that the reader has not learned from (`"part": "decision"` in `reader_labels.jsonl`), and from the questions off
the topic among them, for which nothing was labelled. It also prints how well each tells, on folds that it has not
learned from.
"""

import argparse
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from chatbot.answering.relevance import READ, Features, SentenceFeatures, features_of, relative_closeness
from index.index import Index
from index.models.learning.reader import ANSWERING, LABELS, overlaps

_COST = 0.3
_FOLDS = 10
_Features = Features | SentenceFeatures


class Judged(NamedTuple):
    """A hit with its features and labels."""

    question: str
    """The question's id: hits of one question stay in one fold."""
    features: Features
    answers: bool
    near: bool
    """Whether something found for the question is at least useful: the question is on the topic."""
    off_topic: bool
    covered: bool
    """Whether some answer answers the question."""
    sentences: list[tuple[SentenceFeatures, bool, bool]]
    """Each with whether it answers by itself, and whether it misleads."""


def main() -> None:
    """Print the coefficients, and how well they tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", action="append", required=True, metavar="CORPUS=DIR")
    indexes = {
        corpus: Index(directory) for corpus, _, directory in (each.partition("=") for each in parser.parse_args().index)
    }
    records = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    hits = [
        hit
        for record in records
        if record.get("part") == "decision" and record["corpus"] in indexes
        for hit in judged(record, indexes[record["corpus"]])
    ]
    print(f"{len({hit.question for hit in hits})} questions, {len(hits)} hits")
    ranked = [hit for hit in hits if hit.covered]
    topical = [hit for hit in hits if hit.near or hit.off_topic]
    _teach(
        "_RANKING", [hit.features for hit in ranked], [hit.answers for hit in ranked], [hit.question for hit in ranked]
    )
    _teach("_DECISION", [hit.features for hit in hits], [hit.answers for hit in hits], [hit.question for hit in hits])
    _teach(
        "_ON_TOPIC",
        [hit.features for hit in topical],
        [not hit.off_topic for hit in topical],
        [hit.question for hit in topical],
    )
    sentences = [(hit.question, *sentence) for hit in hits if not hit.off_topic for sentence in hit.sentences]
    for name, at in (("_ANSWERING", 2), ("_MISLEADING", 3)):
        _teach(
            name,
            [each[1] for each in sentences],
            [bool(each[at]) for each in sentences],
            [each[0] for each in sentences],
        )


def judged(record: dict[str, Any], index: Index) -> list[Judged]:
    """Return the hits of a labelled question, or of one off the topic, that are labelled or known to be nothing."""
    query = index.query(record["question"])
    hits = index.search(query, READ)
    closeness = relative_closeness(index, query, hits)
    if closeness is None:
        return []
    off_topic = not record["answers"]
    found = features_of(record["question"], query, hits, index, closeness)
    covered = ANSWERING in record["answers"].values()
    near = any(record["pages"].values()) or any(record["answers"].values())
    return [
        Judged(
            record["id"],
            features,
            record["answers"].get(hit.answer.id) == ANSWERING,
            near,
            off_topic,
            covered,
            [
                (
                    of_sentence,
                    overlaps(span, record.get("answering", {}).get(hit.answer.id, ())),
                    overlaps(span, record.get("misleading", {}).get(hit.answer.id, ())),
                )
                for span, of_sentence in sentences.items()
            ],
        )
        for hit, features, sentences in zip(hits, found.features, found.sentences, strict=True)
        if off_topic or hit.answer.id in record["answers"]
    ]


def _teach(name: str, features: Sequence[_Features], targets: Sequence[bool], questions: Sequence[str]) -> None:
    """Print the coefficients of a regression, and the area under the curve on folds that it has not learned from."""
    values, wanted = np.array(features), np.array(targets)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_COST, max_iter=1000))
    held_out = cross_val_predict(
        model, values, wanted, groups=questions, cv=GroupKFold(_FOLDS), method="decision_function"
    )
    scaler, regression = model.fit(values, wanted).named_steps.values()
    coefficients: NDArray[np.float64] = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - coefficients @ scaler.mean_)
    print(f"{name} = {type(features[0])(*(round(float(each), 3) for each in coefficients))}, intercept {intercept:.3f}")
    print(f"  area under the curve, ten-fold: {roc_auc_score(wanted, held_out):.3f} of {len(targets)}")


if __name__ == "__main__":
    main()
