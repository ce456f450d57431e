"""The records of a search: what is asked and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus import Answer, Thread
from corpus.text.sentences import Span
from index.models.embedder import Vectors


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is searched with.

    `vector` has the shape (dimensions,). `terms` are the stems of its words with their weights, 1
    for a word of the query itself. `corrected` are the words that were read as others, for they
    stand nowhere in the corpus and one like them does.
    """

    text: str
    vector: Vectors
    terms: Mapping[str, float]
    corrected: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a hit's score is made of, each -1 to 1 (cosines) or 0 to 1 (`words`).

    `passage` is of its best passage, `whole` of the answer as a whole, `question` of its thread's
    title and question, `words` its BM25 score as a part of the best one for the query.
    """

    passage: float
    whole: float
    question: float
    words: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer found for a query: `score` ranks it, at most 1; `passage` is its best passage."""

    thread: Thread
    answer: Answer
    number: int
    score: float
    passage: Span
    parts: Parts
