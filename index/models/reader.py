"""The reader: judges whether a page asks the same as a user, and whether an answer answers the user's question.

A cross-encoder: it reads the question and the page or the answer together, which a cosine of two vectors cannot. It
is the packaged model with low-rank adapters (`reader.npz`, two megabytes), taught with public pairs and with labels
given by reading; `index.models.learning.reader` teaches it again. docs/reader.md has what it is worth.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Answer, Thread
from corpus.text.sentences import Span
from index.models.low_rank import AdaptedModel, TextPair

ADAPTERS_FILE = Path(__file__).with_name("reader.npz")

MAX_TOKENS = 192
"""Tokens of a question with a page or an answer that are read at once."""
_QUESTION_CHARS = 420
_QUESTION_BEGINNING = 120
"""Of a longer letter its beginning and its end are read: what is asked stands there."""
_PAGE_CHARS = 260
_TITLE_CHARS = 120
_EXCERPT_CHARS = 480


class Judgements(NamedTuple):
    """What the reader makes of some pages and answers, as log-odds: above 0 is more likely than not."""

    same_question: NDArray[np.float64]
    """Of each page: that its patient asks the same."""
    answers: NDArray[np.float64]
    """Of each answer: that it answers the question."""


class AnswerToRead(NamedTuple):
    """An answer with its page, and how well each of its sentences matches the question."""

    thread: Thread
    answer: Answer
    sentences: Sequence[tuple[Span, float]]


class Reader:
    """Judges pages and answers. Safe to use from several threads at once."""

    def __init__(self, adapters: Path = ADAPTERS_FILE) -> None:
        """Load the packaged model with the adapters in a file.

        Raises:
            EmbedderError: the packaged model is missing or changed.
        """
        self._model = AdaptedModel(adapters, max_tokens=MAX_TOKENS, truncation="only_second", half=True)

    def judge(self, question: str, pages: Sequence[Thread], answers: Sequence[AnswerToRead]) -> Judgements:
        """Return what some pages and answers are to a question."""
        asked = question_text(question)
        texts = [*map(page_text, pages), *map(answer_text, answers)]
        values = self._values([(asked, text) for text in texts])
        return Judgements(same_question=values[: len(pages), 0], answers=values[len(pages) :, 1])

    def _values(self, pairs: Sequence[TextPair]) -> NDArray[np.float64]:
        """Return the values for pairs, read in two batches of like length: padding costs time too."""
        order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][1]))
        values = np.zeros((len(pairs), 2))
        half = (len(order) + 1) // 2
        for batch in (order[:half], order[half:]):
            if batch:
                values[batch] = self._model.values([pairs[at] for at in batch])
        return values


def question_text(question: str) -> str:
    """Return what is read of a user's question."""
    text = " ".join(question.split())
    if len(text) <= _QUESTION_CHARS:
        return text
    return f"{text[:_QUESTION_BEGINNING]} ... {text[_QUESTION_BEGINNING - _QUESTION_CHARS :]}"


def page_text(thread: Thread) -> str:
    """Return what is read of a page: its title, and the beginning of what its patient asked."""
    return f"{thread.title} {' '.join((thread.question or '').split())[:_PAGE_CHARS]}".strip()


def answer_text(read: AnswerToRead) -> str:
    """Return what is read of an answer: its page's title, its own, and the sentences around the best one."""
    title = f"{read.answer.title}. " if read.answer.title else ""
    return f"{read.thread.title[:_TITLE_CHARS]} : {title}{excerpt(read.answer.text, read.sentences)}"


def excerpt(text: str, sentences: Sequence[tuple[Span, float]]) -> str:
    """Return a text, or of a longer one whole sentences in a row around the one that matches best."""
    if len(text) <= _EXCERPT_CHARS or not sentences:
        return " ".join(text[:_EXCERPT_CHARS].split())
    first = last = max(range(len(sentences)), key=lambda at: sentences[at][1])
    grown = True
    while grown:
        grown = False
        if last + 1 < len(sentences) and sentences[last + 1][0][1] - sentences[first][0][0] <= _EXCERPT_CHARS:
            last, grown = last + 1, True
        if first > 0 and sentences[last][0][1] - sentences[first - 1][0][0] <= _EXCERPT_CHARS:
            first, grown = first - 1, True
    start, end = sentences[first][0][0], sentences[last][0][1]
    return " ".join(text[start : min(end, start + 2 * _EXCERPT_CHARS)].split())


@cache
def packaged_reader() -> Reader:
    """Return the reader that comes with the program, loaded once."""
    return Reader()
