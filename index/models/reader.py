"""The reader: judges whether a page asks the same as a user, and whether an answer answers the user's question.

A cross-encoder: it reads the question and the page or the answer together, which a cosine of two vectors cannot. It
is the packaged model with low-rank adapters (`reader.npz`, two megabytes), taught with public pairs and with labels
given by reading; `index.models.learning.reader` teaches it again. docs/reader.md has what it is worth.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import Answer, Thread
from corpus.text.sentences import Span
from index.models.low_rank import AdaptedModel

ADAPTERS_FILE = Path(__file__).with_name("reader.npz")

MAX_TOKENS = 192
"""Tokens of a question with a page or an answer that are read at once."""
_QUESTION_CHARS = 420
_QUESTION_BEGINNING = 120
"""Of a longer letter its beginning and its end are read: what is asked stands there."""
_PAGE_CHARS = 260
_TITLE_CHARS = 120
_EXCERPT_CHARS = 480


class SentenceJudgement(NamedTuple):
    """What the reader makes of a sentence of an answer, as log-odds."""

    answers: float
    """That it answers the question."""
    misleads: float
    """That it would mislead who asks, if it were read as said to them."""


class Judgements(NamedTuple):
    """What the reader makes of some pages and answers, as log-odds: above 0 is more likely than not."""

    same_question: NDArray[np.float64]
    """Of each page: that its patient asks the same."""
    answers: NDArray[np.float64]
    """Of each answer: that it answers the question."""
    sentences: Sequence[Mapping[Span, SentenceJudgement]]
    """Of each answer the sentences that were read, by their spans in it."""


class AnswerToRead(NamedTuple):
    """An answer with its page, and how well each of its sentences matches the question."""

    thread: Thread
    answer: Answer
    sentences: Sequence[tuple[Span, float]]


class Reader(Protocol):
    """What a reply needs of a reader; tests may pass in their own. Safe to use from several threads at once."""

    def judge(self, question: str, pages: Sequence[Thread], answers: Sequence[AnswerToRead]) -> Judgements:
        """Return what some pages and answers are to a question."""
        ...


class PackagedReader:
    """The `Reader` that comes with the program."""

    def __init__(self, adapters: Path = ADAPTERS_FILE) -> None:
        """Load the packaged model with the adapters in a file.

        Raises:
            EmbedderError: the packaged model is missing or changed.
        """
        self._model = AdaptedModel(adapters, max_tokens=MAX_TOKENS, truncation="only_second", half=True)

    def judge(self, question: str, pages: Sequence[Thread], answers: Sequence[AnswerToRead]) -> Judgements:
        """Return what some pages and answers are to a question."""
        asked = question_text(question)
        texts = [AnswerText(page_text(page), ()) for page in pages] + [answer_text(answer) for answer in answers]
        values, sentences = self._read(asked, texts)
        return Judgements(
            same_question=values[: len(pages), 0],
            answers=values[len(pages) :, 1],
            sentences=sentences[len(pages) :],
        )

    def _read(
        self, asked: str, texts: Sequence["AnswerText"]
    ) -> tuple[NDArray[np.float64], list[Mapping[Span, SentenceJudgement]]]:
        """Return what is made of texts, read in two batches of like length: padding costs time too."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at].text))
        values = np.zeros((len(texts), 2))
        sentences: list[Mapping[Span, SentenceJudgement]] = [{} for _ in texts]
        half = (len(order) + 1) // 2
        for batch in filter(None, (order[:half], order[half:])):
            spans = [[place for place, _ in texts[at].sentences] for at in batch]
            values[batch], judged = self._model.read([(asked, texts[at].text) for at in batch], spans)
            for at, of_text in zip(batch, judged, strict=True):
                named = zip((span for _, span in texts[at].sentences), of_text.tolist(), strict=True)
                sentences[at] = {span: SentenceJudgement(*odds) for span, odds in named if np.isfinite(odds).all()}
        return values, sentences


class AnswerText(NamedTuple):
    """What is read of an answer."""

    text: str
    sentences: Sequence[tuple[Span, Span]]
    """The spans of its sentences: in `text`, and in the answer's text."""


def question_text(question: str) -> str:
    """Return what is read of a user's question."""
    text = " ".join(question.split())
    if len(text) <= _QUESTION_CHARS:
        return text
    return f"{text[:_QUESTION_BEGINNING]} ... {text[_QUESTION_BEGINNING - _QUESTION_CHARS :]}"


def page_text(thread: Thread) -> str:
    """Return what is read of a page: its title, and the beginning of what its patient asked."""
    return f"{thread.title} {' '.join((thread.question or '').split())[:_PAGE_CHARS]}".strip()


def answer_text(read: AnswerToRead) -> AnswerText:
    """Return what is read of an answer: its page's title, its own, and the sentences around the best one."""
    title = f"{read.answer.title}. " if read.answer.title else ""
    text = f"{read.thread.title[:_TITLE_CHARS]} : {title}"
    sentences = excerpt(read.answer.text, read.sentences)
    if not sentences:
        return AnswerText(text + " ".join(read.answer.text[:_EXCERPT_CHARS].split()), ())
    places = []
    for start, end in sentences:
        sentence = " ".join(read.answer.text[start : min(end, start + 2 * _EXCERPT_CHARS)].split())
        if not sentence:
            continue
        text = text if text.endswith(" ") else f"{text} "
        places.append(((len(text), len(text) + len(sentence)), (start, end)))
        text += sentence
    return AnswerText(text, places)


def excerpt(text: str, sentences: Sequence[tuple[Span, float]]) -> Sequence[Span]:
    """Return the sentences of a text that are read: all, or of a longer text those in a row around the best one."""
    spans = [span for span, _ in sentences]
    if len(text) <= _EXCERPT_CHARS or not sentences:
        return spans
    first = last = max(range(len(sentences)), key=lambda at: sentences[at][1])
    grown = True
    while grown:
        grown = False
        if last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= _EXCERPT_CHARS:
            last, grown = last + 1, True
        if first > 0 and spans[last][1] - spans[first - 1][0] <= _EXCERPT_CHARS:
            first, grown = first - 1, True
    return spans[first : last + 1]


@cache
def packaged_reader() -> PackagedReader:
    """Return the reader that comes with the program, loaded once."""
    return PackagedReader()
