"""Relevance: how likely each answer that was found answers the user's question.

A logistic regression over what the reader makes of an answer and of its page, and how both were found. On 203
questions that nobody had tuned to, it tells the questions that some answer answers from others with an area under the
curve of 0.76 (closeness alone 0.66), and ranks answers that answer above others in 0.80 of pairs. docs/reader.md.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Thread
from corpus.text.sentences import Span
from index.index import Index
from index.models.reader import AnswerToRead, packaged_reader
from index.records import Hit, Query

READ = 8
"""Hits that are read, the best ones: each costs time."""

ANSWERS_FROM = 0.15
"""The probability from which an answer answers. Half of those so likely do: labels by reading are strict."""


class Features(NamedTuple):
    """What an answer is judged by. As coefficients: the change of the log-odds by one more of each."""

    answers: float
    """The reader's log-odds that it answers."""
    same_question: float
    """The reader's log-odds that its page asks the same."""
    closeness: float
    """How close the hits come to the question: 0 from where they are related, 1 from where they are near."""
    score: float
    """The hit's score, as a part of the best one's."""
    sentence: float
    """How far the answer's best sentence stays behind the best of all, in cosine: 0 or below."""


_COEFFICIENTS = Features(answers=0.917, same_question=0.110, closeness=0.074, score=3.368, sentence=1.342)
_INTERCEPT = -3.254
_LEAST = 1e-6

Sentences = Sequence[tuple[Span, float]]


def relevance(question: str, query: Query, hits: Sequence[Hit], index: Index) -> dict[str, float]:
    """Return the probability that each of the first `READ` hits answers a question, by the answer's id.

    Args:
        hits: best first; one search's, for the question.
    """
    hits = hits[:READ]
    if not hits:
        return {}
    sentences = [index.score_sentences(query, hit.answer) for hit in hits]
    threads: dict[str, Thread] = {hit.thread.id: hit.thread for hit in hits}
    answers = [AnswerToRead(hit.thread, hit.answer, scored) for hit, scored in zip(hits, sentences, strict=True)]
    judged = packaged_reader().judge(question, list(threads.values()), answers)
    same = dict(zip(threads, judged.same_question, strict=True))
    best = [max((score for _, score in scored), default=0.0) for scored in sentences]
    top = max(*(hit.score for hit in hits), _LEAST)
    closeness = _relative_closeness(index, query, hits)
    features = np.array(
        [
            Features(answers, same[hit.thread.id], closeness, hit.score / top, sentence - max(best))
            for hit, answers, sentence in zip(hits, judged.answers, best, strict=True)
        ]
    )
    odds = features @ np.array(_COEFFICIENTS) + _INTERCEPT
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-odds))
    return {hit.answer.id: float(probability) for hit, probability in zip(hits, found, strict=True)}


def _relative_closeness(index: Index, query: Query, hits: Sequence[Hit]) -> float:
    closeness = index.closeness(query, hits)
    near = index.manifest.thresholds
    if closeness is None:
        return 0.0
    return (closeness - near.related) / max(near.answers - near.related, _LEAST)
