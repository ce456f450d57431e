"""Whether two patients' questions ask the same thing: question equivalence, by a small learned model.

A logistic regression on how alike two questions are, in meaning and in words. It has learned from 3,048 pairs that
doctors wrote and judged (McCreery et al. 2020, https://arxiv.org/abs/2008.13546), of which the "different" ones
are near misses on purpose. Ten-fold: area under the curve 0.89; at the threshold 0.96 of the pairs called the same
are. `python -m chatbot.answering.learning.same_question PAIRS.jsonl` makes `same_question.json` again.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Thread
from corpus.text.tokens import stem, words_of
from corpus.text.word_frequency import frequency_rank
from index.models.embedder import Vectors, packaged_embedder

WEIGHTS_FILE = Path(__file__).with_name("same_question.json")

_MIN_RANKS = 0.15
"""What the frequency ranks of a question's words must add up to for its share of common words to count in full."""
_MAX_CHARS = 600
"""Characters of a page's question that are compared: the model reads no more."""


class PairFeatures(NamedTuple):
    """How alike two questions are. Shares are 0 to 1, weighted by the `frequency_rank` of the words."""

    cosine: float
    """Of their vectors, -1 to 1."""
    cosine_squared: float
    share_of_first: float
    """The part of the first question's words that the second has."""
    share_of_second: float
    rarest_only_in_first: float
    """The highest frequency rank, 0 to 1, of the words that only the first has; 0 without any."""
    rarest_only_in_second: float
    fewer_words: float
    """The words of the shorter one."""
    length_ratio: float
    """The absolute logarithm of the ratio of their numbers of words."""


def pair_features(first: str, second: str, first_vector: Vectors, second_vector: Vectors) -> PairFeatures:
    """Return how alike two questions are; the vectors are the packaged model's, of length 1."""
    one, other = ({stem(word): frequency_rank(word) for word in words_of(text)} for text in (first, second))
    common = sum(max(one[term], other[term]) for term in one.keys() & other.keys())
    cosine = float(first_vector @ second_vector)
    return PairFeatures(
        cosine=cosine,
        cosine_squared=cosine * cosine,
        share_of_first=common / max(sum(one.values()), _MIN_RANKS),
        share_of_second=common / max(sum(other.values()), _MIN_RANKS),
        rarest_only_in_first=max((one[term] for term in one if term not in other), default=0.0),
        rarest_only_in_second=max((other[term] for term in other if term not in one), default=0.0),
        fewer_words=float(min(len(one), len(other))),
        length_ratio=abs(float(np.log((1 + len(one)) / (1 + len(other))))),
    )


def pages_asking_the_same(question: str, threads: Sequence[Thread]) -> frozenset[str]:
    """Return the ids of the threads whose title or question asks the same as `question`, as far as that is sure."""
    texts = [text[:_MAX_CHARS] for thread in threads for text in _asked(thread)]
    if not texts:
        return frozenset()
    asked_vector, *vectors = packaged_embedder().embed_queries([question[:_MAX_CHARS], *texts])
    model = _model()
    same = [
        model.is_same(pair_features(question[:_MAX_CHARS], text, asked_vector, vector))
        for text, vector in zip(texts, vectors, strict=True)
    ]
    owners = [thread.id for thread in threads for _ in _asked(thread)]
    return frozenset(thread_id for thread_id, is_same in zip(owners, same, strict=True) if is_same)


class _Model(NamedTuple):
    coefficients: NDArray[np.float64]
    intercept: float
    threshold: float

    def is_same(self, features: PairFeatures) -> bool:
        value = self.coefficients @ np.array(features) + self.intercept
        return bool(1 / (1 + np.exp(-value)) >= self.threshold)


def _asked(thread: Thread) -> tuple[str, ...]:
    return (thread.title, thread.question) if thread.question else (thread.title,)


@cache
def _model() -> _Model:
    record = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    coefficients = np.array([record["coefficients"][name] for name in PairFeatures._fields])
    return _Model(coefficients, record["intercept"], record["threshold"])
