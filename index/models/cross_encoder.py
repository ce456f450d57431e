"""A larger reader: a cross-encoder of the operator's that judges in place of the packaged reader which answers answer.

Any model with one output that sentence-transformers' `CrossEncoder` loads, such as cross-encoder/ms-marco-MiniLM-L12-v2
or BAAI/bge-reranker-v2-m3. docs/reader.md has how to give it.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from corpus import Answer, Thread
from index.errors import ReaderError
from index.models.low_rank import TextPair
from index.models.model_files import READER, model_folder, reason_of, ways_to_get
from index.models.reader import (
    AnswerToRead,
    Judgements,
    Reader,
    answer_text,
    packaged_reader,
    question_text,
)

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

PAGES = 16
"""Pages that a cross-encoder is measured on, at most."""
_ANSWERS = 16
"""Their answers that it is measured on: each is read twice, beside its own page's title and beside another's."""
_QUARTILES = (25, 75)


@dataclass(frozen=True, slots=True)
class Scale:
    """An increasing affine map from a cross-encoder's logits to the packaged reader's log-odds.

    The regressions that weigh a reader's log-odds (`chatbot.answering.relevance`) were fitted to the packaged reader's.
    The logits of another model have another middle and another spread: those of ms-marco models lie about -11 to 11.
    """

    slope: float
    """Log-odds for one more of the logit, above 0."""
    intercept: float
    """The log-odds of a logit of 0."""

    @classmethod
    def between(cls, logits: NDArray[np.float64], log_odds: NDArray[np.float64]) -> Self:
        """Return the map that takes the quartiles of `logits` to those of `log_odds`.

        Args:
            logits: what the cross-encoder makes of some pairs; at least one.
            log_odds: what the packaged reader makes of the same pairs.

        Raises:
            ValueError: half of the logits or more are the same, or some are not finite.
        """
        (low, high), (wanted_low, wanted_high) = np.percentile(logits, _QUARTILES), np.percentile(log_odds, _QUARTILES)
        slope = float((wanted_high - wanted_low) / (high - low)) if high > low else 0.0
        if not (np.isfinite(logits).all() and slope > 0):
            raise ValueError("The logits have no quartiles to be told apart by.")
        return cls(slope, float(wanted_low - slope * low))

    def __call__(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the log-odds of some logits."""
        return self.slope * logits + self.intercept


class CrossEncoderReader:
    """A `Reader` that has a cross-encoder judge whether an answer answers; all else is the packaged reader's judgement.

    Its logits are mapped to log-odds by a fixed `Scale`, measured once, when it is loaded, on pages of the index and
    never on what users ask. Both models read the same pairs of a page's title and an answer: each answer once beside
    the title of its own page, once beside that of another page. The scale takes the lower and the upper quartile of
    the cross-encoder's logits to those of the packaged reader's log-odds. Where a model tells own answers from others
    these quartiles are the medians of the two halves; where pages are so alike that nothing could tell them apart,
    as the two of the starter corpus are, there is a scale all the same.
    """

    def __init__(self, name: str, pages: Sequence[Thread], packaged: Reader | None = None) -> None:
        """Load a model and measure its scale.

        Args:
            name: its folder or its name on the hub, which is asked only for what is not in its cache.
            pages: those of the index that it is measured on: about `PAGES`, with answers of doctors.
            packaged: the reader that judges all else; None for the packaged one.

        Raises:
            ReaderError: the model can't be had, is no cross-encoder with one output, or does not tell the answers of
                the pages apart.
        """
        self._packaged: Reader = packaged or packaged_reader()
        self._model = _load(name, model_folder(name, READER))
        self.scale = self._measured(name, pages)

    def judge(self, question: str, pages: Sequence[Thread], answers: Sequence[AnswerToRead]) -> Judgements:
        """Return what some pages and answers are to a question."""
        judged = self._packaged.judge(question, pages, answers)
        asked = question_text(question)
        logits = self._logits([(asked, answer_text(answer).text) for answer in answers])
        return judged._replace(answers=self.scale(logits))

    def _measured(self, name: str, pages: Sequence[Thread]) -> Scale:
        """Return the scale that is measured on some pages."""
        read = list(islice(_measured_pairs(pages), 2 * _ANSWERS))
        log_odds = [self._packaged.judge(title, (), [answer]).answers for title, answer in read]
        logits = self._logits([(question_text(title), answer_text(answer).text) for title, answer in read])
        try:
            return Scale.between(logits, np.concatenate(log_odds))
        except ValueError:
            raise ReaderError(
                f"{name}: this model does not tell the answers of the index's pages apart, or they are too few. "
                "Give a cross-encoder that was trained to rank passages for a question, or leave --reader out."
            ) from None

    def _logits(self, pairs: Sequence[TextPair]) -> NDArray[np.float64]:
        """Return the raw outputs for some pairs of texts, without an activation function."""
        from torch.nn import Identity

        if not pairs:
            return np.empty(0)
        logits = self._model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(logits, dtype=np.float64)


def _measured_pairs(pages: Sequence[Thread]) -> Iterator[tuple[str, AnswerToRead]]:
    """Yield each answer beside its own page's title and beside that of the page half of all pages away.

    First come the first answers of all pages, then their second ones, and so on.
    """
    answers = [[answer for answer in page.answers if not answer.by_asker] for page in pages]
    for turn in range(max(map(len, answers), default=0)):
        for at, (page, own) in enumerate(zip(pages, answers, strict=True)):
            if turn < len(own):
                read = _beginning(page, own[turn])
                yield page.title, read
                yield pages[(at + (len(pages) + 1) // 2) % len(pages)].title, read


def _beginning(page: Thread, answer: Answer) -> AnswerToRead:
    """Return an answer to be read from its beginning, since no sentence of it is known to match best."""
    return AnswerToRead(page, answer, ())


def _load(name: str, folder: Path) -> "CrossEncoder":
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model: CrossEncoder = CrossEncoder(str(folder), local_files_only=True)
    except Exception as error:
        raise ReaderError(
            f"{name}: not a cross-encoder that sentence-transformers can load ({reason_of(error)}). "
            f"{ways_to_get(name, READER)}"
        ) from error
    if model.num_labels != 1 or not _is_trained(model):
        what = "it was trained for something else" if model.num_labels == 1 else f"it has {model.num_labels} outputs"
        raise ReaderError(
            f"{name}: a reader is a cross-encoder with one output, and {what}. {ways_to_get(name, READER)}"
        )
    return model


def _is_trained(model: "CrossEncoder") -> bool:
    """Whether a model came with what makes one output of a pair: where it lacks, the library makes a random one."""
    architectures = getattr(model.config, "architectures", None) or []
    return len(model) > 1 or any(name.endswith("ForSequenceClassification") for name in architectures)
