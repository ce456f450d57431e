"""Relevance: how likely each answer that was found answers the user's question, and whether any does.

Two logistic regressions over what the reader makes of an answer and of its page, and how both were found: one ranks
answers; the other, which has seen questions off the topic too, decides whether to answer. docs/reader.md says what they
are worth, `python -m tests.benchmarks.replies` prints it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Thread
from corpus.text.sentences import Span
from index.index import Index
from index.models.reader import AnswerToRead, Reader, packaged_reader
from index.records import Hit, Query
from index.search.answerability import Answerability

READ = 8
"""Hits that are read, the best ones: each costs time."""

READ_FROM = -1.5
"""The closeness, as in `Features`, below which nothing is read: the hits have nothing to do with the question."""
ANSWERS_FROM = 0.12
"""The probability from which hits answer a question: the labels by reading that it was learned from are strict."""
RELATED_FROM = 0.09
"""The probability from which hits are related to a question though they are not close to it."""


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

    far: float
    """The closeness where it is below 0, else 0."""


_RANKING = Features(answers=0.917, same_question=0.110, closeness=0.074, score=3.368, sentence=1.342, far=0.0)
_RANKING_INTERCEPT = -3.254
_DECISION = Features(answers=0.928, same_question=0.049, closeness=0.245, score=0.0, sentence=2.418, far=0.477)
_DECISION_INTERCEPT = -0.71
_LEAST = 1e-6


class Relevance(NamedTuple):
    """What hits are to a question."""

    answerability: Answerability
    """Whether they answer it, are only related to it, or have nothing to do with it."""
    answers: Mapping[str, float]
    """The probability that each of the hits that were read answers it, by the answer's id."""
    decision: float = 0.0
    """The probability by which it was decided whether any does; 0 where nothing was read."""
    sentences: Mapping[str, Mapping[Span, float]] = {}
    """How likely sentences of each answer answer the question by themselves, by the answer's id."""


def relevance(
    question: str, query: Query, hits: Sequence[Hit], index: Index, reader: Reader | None = None
) -> Relevance:
    """Return what hits, best first, are to a question.

    Args:
        reader: what judges pages and answers; None for the packaged reader.
    """
    hits = hits[:READ]
    closeness = _relative_closeness(index, query, hits)
    if closeness is None or closeness < READ_FROM:
        return Relevance("nothing", {})
    features, sentences = _features(question, query, hits, index, closeness, reader=reader or packaged_reader())
    decided = float(max(_probabilities(features, _DECISION, _DECISION_INTERCEPT)))
    ranked = _probabilities(features, _RANKING, _RANKING_INTERCEPT)
    answers = {hit.answer.id: float(probability) for hit, probability in zip(hits, ranked, strict=True)}
    if decided >= ANSWERS_FROM:
        return Relevance("answers", answers, decided, sentences)
    related = decided >= RELATED_FROM or closeness >= 0
    return Relevance("related" if related else "nothing", answers, decided, sentences)


def _features(
    question: str, query: Query, hits: Sequence[Hit], index: Index, closeness: float, *, reader: Reader
) -> tuple[list[Features], dict[str, dict[Span, float]]]:
    """Return what each hit is judged by, and how likely its sentences answer."""
    sentences = [index.score_sentences(query, hit.answer) for hit in hits]
    threads: dict[str, Thread] = {hit.thread.id: hit.thread for hit in hits}
    answers = [AnswerToRead(hit.thread, hit.answer, scored) for hit, scored in zip(hits, sentences, strict=True)]
    judged = reader.judge(question, list(threads.values()), answers)
    same = dict(zip(threads, judged.same_question, strict=True))
    best = [max((score for _, score in scored), default=0.0) for scored in sentences]
    top = max(*(hit.score for hit in hits), _LEAST)
    features = [
        Features(
            answers=float(answers),
            same_question=float(same[hit.thread.id]),
            closeness=closeness,
            score=hit.score / top,
            sentence=sentence - max(best),
            far=min(closeness, 0.0),
        )
        for hit, answers, sentence in zip(hits, judged.answers, best, strict=True)
    ]
    likely = {
        hit.answer.id: {
            span: float(_probability(odds.answers) * _probability(-odds.misleads)) for span, odds in found.items()
        }
        for hit, found in zip(hits, judged.sentences, strict=True)
    }
    return features, likely


def _probabilities(features: Sequence[Features], coefficients: Features, intercept: float) -> NDArray[np.float64]:
    return _probability(np.array(features) @ np.array(coefficients) + intercept)


def _probability(odds: NDArray[np.float64] | float) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.asarray(odds, dtype=np.float64)))
    return found


def _relative_closeness(index: Index, query: Query, hits: Sequence[Hit]) -> float | None:
    closeness = index.closeness(query, hits)
    near = index.manifest.thresholds
    if closeness is None:
        return None
    return (closeness - near.related) / max(near.answers - near.related, _LEAST)
