"""The records that a search gives."""

from dataclasses import dataclass

from corpus import Answer, Thread
from index.sentences import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer found for a query: `score` is the cosine of its best passage, -1 to 1."""

    thread: Thread
    answer: Answer
    score: float
    passage: Span
