"""Relevance: how likely each answer that was found answers the user's question, and whether any does.

Logistic regressions over what the reader makes of an answer, its sentences and its page, and how they were found: one
ranks answers; one, which has seen questions off the topic too, decides whether to answer; one tells what is off the
topic; two choose the sentences that are marked. `python -m chatbot.answering.learning.relevance` teaches them again,
docs/reader.md says what they are worth, `python -m tests.benchmarks.replies` prints it.
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
ANSWERS_FROM = 0.14
"""The probability from which hits answer a question: the labels by reading that it was learned from are strict."""
RELATED_FROM = 0.35
"""The probability of being on the topic from which pages are shown as related."""
MARKED_FROM = 0.25
"""The probability of answering by itself from which a sentence is marked."""
MISLEADING_FROM = 0.1
"""The probability of misleading from which a sentence is not marked, whatever else it is."""


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


class SentenceFeatures(NamedTuple):
    """What a sentence is judged by. As coefficients: the change of the log-odds by one more of each."""

    answer: float
    """The reader's log-odds that its answer answers."""
    answers: float
    """The reader's log-odds that it answers by itself."""
    misleads: float
    """The reader's log-odds that it misleads."""
    score: float
    """How well it matches the query, about -1 to 1.25."""
    behind: float
    """How far it stays behind the sentence of the answer that matches best: 0 or below."""


_RANKING = Features(answers=0.568, same_question=-0.088, closeness=-0.084, score=7.049, sentence=2.852, far=0.15)
_RANKING_INTERCEPT = -5.974
_DECISION = Features(answers=0.694, same_question=0.131, closeness=0.205, score=0.0, sentence=4.029, far=0.795)
_DECISION_INTERCEPT = -0.277
_ON_TOPIC = Features(answers=0.229, same_question=0.164, closeness=1.759, score=0.0, sentence=0.654, far=-0.055)
_ON_TOPIC_INTERCEPT = 1.309
_ANSWERING = SentenceFeatures(answer=0.079, answers=0.913, misleads=-0.1, score=3.621, behind=3.552)
_ANSWERING_INTERCEPT = -2.087
_MISLEADING = SentenceFeatures(answer=-0.12, answers=0.084, misleads=0.951, score=0.642, behind=1.875)
_MISLEADING_INTERCEPT = -0.259
_LEAST = 1e-6
_SUREST = 50.0
"""Log-odds beyond which nothing changes: the exponential would overflow."""


class Relevance(NamedTuple):
    """What hits are to a question."""

    answerability: Answerability
    """Whether they answer it, are only related to it, or have nothing to do with it."""
    answers: Mapping[str, float]
    """The probability that each of the hits that were read answers it, by the answer's id."""
    decision: float = 0.0
    """The probability by which it was decided whether any does; 0 where nothing was read."""
    sentences: Mapping[str, Mapping[Span, float]] = {}
    """How likely the sentences of each answer that may be marked answer by themselves, by the answer's id."""


class Found(NamedTuple):
    """What hits are judged by."""

    features: list[Features]
    """Of each hit."""
    sentences: list[dict[Span, SentenceFeatures]]
    """Of the sentences of each hit that were read."""


def relevance(
    question: str, query: Query, hits: Sequence[Hit], index: Index, reader: Reader | None = None
) -> Relevance:
    """Return what hits, best first, are to a question.

    Args:
        reader: what judges pages and answers; None for the packaged reader.
    """
    hits = hits[:READ]
    closeness = relative_closeness(index, query, hits)
    if closeness is None or closeness < READ_FROM:
        return Relevance("nothing", {})
    found = features_of(question, query, hits, index, closeness, reader=reader)
    decided = float(max(_probabilities(found.features, _DECISION, _DECISION_INTERCEPT)))
    ranked = _probabilities(found.features, _RANKING, _RANKING_INTERCEPT)
    answers = {hit.answer.id: float(probability) for hit, probability in zip(hits, ranked, strict=True)}
    sentences = {hit.answer.id: _may_be_marked(of_hit) for hit, of_hit in zip(hits, found.sentences, strict=True)}
    if decided >= ANSWERS_FROM:
        return Relevance("answers", answers, decided, sentences)
    related = max(_probabilities(found.features, _ON_TOPIC, _ON_TOPIC_INTERCEPT)) >= RELATED_FROM
    return Relevance("related" if related else "nothing", answers, decided, sentences)


def features_of(
    question: str, query: Query, hits: Sequence[Hit], index: Index, closeness: float, *, reader: Reader | None = None
) -> Found:
    """Return what hits and their sentences are judged by.

    Args:
        closeness: as `relative_closeness` gives it.
        reader: what judges pages and answers; None for the packaged reader.
    """
    sentences = [index.score_sentences(query, hit.answer) for hit in hits]
    threads: dict[str, Thread] = {hit.thread.id: hit.thread for hit in hits}
    answers = [AnswerToRead(hit.thread, hit.answer, scored) for hit, scored in zip(hits, sentences, strict=True)]
    judged = (reader or packaged_reader()).judge(question, list(threads.values()), answers)
    same = dict(zip(threads, judged.same_question, strict=True))
    best = [max((score for _, score in scored), default=0.0) for scored in sentences]
    top = max(*(hit.score for hit in hits), _LEAST)
    features = [
        Features(
            answers=float(odds),
            same_question=float(same[hit.thread.id]),
            closeness=closeness,
            score=hit.score / top,
            sentence=sentence - max(best),
            far=min(closeness, 0.0),
        )
        for hit, odds, sentence in zip(hits, judged.answers, best, strict=True)
    ]
    return Found(
        features,
        [
            {
                span: SentenceFeatures(
                    float(odds), of_sentence.answers, of_sentence.misleads, scores[span], scores[span] - most
                )
                for span, of_sentence in read.items()
            }
            for odds, read, scores, most in zip(
                judged.answers, judged.sentences, map(dict, sentences), best, strict=True
            )
        ],
    )


def relative_closeness(index: Index, query: Query, hits: Sequence[Hit]) -> float | None:
    """Return how close hits come to a query: 0 from where they are related, 1 from where they are near.

    None where the corpus cannot tell, or without hits.
    """
    closeness = index.closeness(query, hits)
    near = index.manifest.thresholds
    if closeness is None:
        return None
    return (closeness - near.related) / max(near.answers - near.related, _LEAST)


def _may_be_marked(sentences: Mapping[Span, SentenceFeatures]) -> dict[Span, float]:
    """Return the sentences that surely enough answer by themselves and do not mislead, with how likely they answer."""
    if not sentences:
        return {}
    rows = list(sentences.values())
    answering = _probabilities(rows, _ANSWERING, _ANSWERING_INTERCEPT)
    misleading = _probabilities(rows, _MISLEADING, _MISLEADING_INTERCEPT)
    return {
        span: float(likely)
        for span, likely, harm in zip(sentences, answering, misleading, strict=True)
        if likely >= MARKED_FROM and harm < MISLEADING_FROM
    }


def _probabilities(
    features: Sequence[tuple[float, ...]], coefficients: tuple[float, ...], intercept: float
) -> NDArray[np.float64]:
    odds = np.array(features) @ np.array(coefficients) + intercept
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(odds, -_SUREST, _SUREST)))
    return found
