"""The stance reader: what each answer of a page says to the page's yes-or-no question.

A cross-encoder that reads a page's question and one of its answers together. It is the packaged model with low-rank
adapters (`stances.npz`), taught with public pairs and with labels given by reading; `index.models.learning.stances`
teaches it again. An index is read by it once, when it is built. docs/reader.md, "Views", has what it is worth.
"""

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from corpus import Answer, Stance, Thread
from index.models.low_rank import AdaptedModel, TextPair
from index.storage.files import sha256_of

ADAPTERS_FILE = Path(__file__).with_name("stances.npz")

MAX_TOKENS = 320
"""Tokens of a question with an answer that are read at once."""
LEAST_ANSWERS = 2
"""A page is read from so many doctors' answers on: one alone agrees with nobody."""

STANCES: tuple[Stance, ...] = get_args(Stance)
"""In the order of the model's outputs, behind `YES_NO_QUESTION`."""
YES_NO_QUESTION = 0
"""The output that tells whether a page's question can be answered with yes or no: its answers are not read with it."""
OUTPUTS = 1 + len(STANCES)


class _Thresholds(NamedTuple):
    """From which probability something is told; below, an answer counts as one that says nothing."""

    yes_no_question: float
    yes: float
    no: float
    depends: float


_FROM = _Thresholds(yes_no_question=0.5, yes=0.8, no=0.8, depends=0.8)

_TITLE_CHARS = 200
_ASKED_CHARS = 300
"""What is asked stands at the end of a letter."""
_ANSWER_CHARS = 900
_ANSWER_BEGINNING = 600
"""Of a longer answer its beginning and its end are read: there it says what it says."""
_BATCH = 32


class ReadsStances(Protocol):
    """What a build needs of a stance reader."""

    @property
    def fingerprint(self) -> str:
        """What changes with anything that may make it read otherwise."""

    def read(self, threads: Sequence[Thread]) -> list[list[Stance]]:
        """Return what each answer of each thread says to the thread's question.

        A stance that an answer brings is taken as it is; an answer by the asker says "none".
        """


class StanceReader:
    """Reads stances with the packaged model. Safe to use from several threads at once."""

    def __init__(self, adapters: Path = ADAPTERS_FILE) -> None:
        """Take the file of the adapters; the model is loaded when something is read."""
        self._adapters = adapters
        used = f"{sha256_of(adapters)} {_FROM} {MAX_TOKENS}"
        self._fingerprint = hashlib.sha256(used.encode()).hexdigest()[:24]

    @property
    def fingerprint(self) -> str:
        """What changes with the weights and with how they are used."""
        return self._fingerprint

    def read(self, threads: Sequence[Thread]) -> list[list[Stance]]:
        """Return what each answer of each thread says to the thread's question, "none" where that is not sure.

        Nothing is said to a question that is not surely one of yes or no. A stance that an answer brings is taken as it
        is, and says that the question is one; an answer by the asker says "none".

        Raises:
            EmbedderError: the packaged model is missing or changed.
        """
        questions = [stance_question_text(thread) for thread in threads]
        asks = _probability(self._values([("", text) for text in questions])[:, YES_NO_QUESTION])
        found: list[list[Stance]] = [[answer.stance or "none" for answer in thread.answers] for thread in threads]
        places = [
            (number, at)
            for number, thread in enumerate(threads)
            if asks[number] >= _FROM.yes_no_question or brings_stances(thread)
            for at, answer in enumerate(thread.answers)
            if answer.stance is None and not answer.by_asker
        ]
        pairs = [(questions[number], stance_answer_text(threads[number].answers[at])) for number, at in places]
        for (number, at), values in zip(places, self._values(pairs)[:, YES_NO_QUESTION + 1 :], strict=True):
            found[number][at] = _stance(values)
        return found

    @cached_property
    def _model(self) -> AdaptedModel:
        return AdaptedModel(self._adapters, max_tokens=MAX_TOKENS, truncation="only_second", half=True)

    def _values(self, pairs: Sequence[TextPair]) -> NDArray[np.float64]:
        """Return the values for pairs, read in batches of like length: padding costs time too."""
        values = np.zeros((len(pairs), OUTPUTS))
        order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]) + len(pairs[at][1]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            values[batch] = self._model.values([pairs[at] for at in batch])
        return values


def stance_question_text(thread: Thread) -> str:
    """Return what is read of a page's question: its title, and the end of what its patient asked."""
    asked = " ".join((thread.question or "").split())
    title = " ".join(thread.title.split())[-_TITLE_CHARS:]
    return f"{title} {asked[-_ASKED_CHARS:]}".strip()


def stance_answer_text(answer: Answer) -> str:
    """Return what is read of an answer: its title and its text, of a longer one the beginning and the end."""
    text = " ".join(f"{answer.title}. {answer.text}".split() if answer.title else answer.text.split())
    if len(text) <= _ANSWER_CHARS:
        return text
    return f"{text[:_ANSWER_BEGINNING]} ... {text[_ANSWER_BEGINNING - _ANSWER_CHARS :]}"


def brings_stances(thread: Thread) -> bool:
    """Whether a thread's record says that one of its answers says yes, no or that it depends."""
    return any(answer.stance not in (None, "none") for answer in thread.answers)


def is_read(thread: Thread) -> bool:
    """Whether the answers of a thread are read: `LEAST_ANSWERS` are doctors' and one of these brings no stance."""
    answers = [answer for answer in thread.answers if not answer.by_asker]
    return len(answers) >= LEAST_ANSWERS and any(answer.stance is None for answer in answers)


@cache
def packaged_stance_reader() -> StanceReader | None:
    """Return the stance reader that comes with the program; its model is loaded once, when something is read."""
    # UNTIL stances.npz IS THERE: without it nothing is read, and only stances that records bring are told.
    return StanceReader() if ADAPTERS_FILE.is_file() else None


def _stance(values: NDArray[np.float64]) -> Stance:
    """Return the stance of an answer, of the values of its four outputs."""
    weights = np.exp(values - values.max())
    best = int(weights.argmax())
    stance = STANCES[best]
    sure = stance == "none" or weights[best] / weights.sum() >= getattr(_FROM, stance)
    return stance if sure else "none"


def _probability(values: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-values))
    return found
