"""Why an answer was found: its best sentence, and the words in it that stand in the query."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedder import Vectors
from index.lexical import stem
from index.matrices import cosines
from index.sentences import Span

WORDS = 0.25
"""What the words of the query that stand in a sentence count, beside its cosine."""

_WORD = re.compile(r"\w\w+")


def score_sentences(
    text: str, spans: Sequence[Span], vectors: NDArray[np.generic], query: Vectors, terms: Mapping[str, float]
) -> list[float]:
    """Return how well each sentence of an answer matches a query, about -1 to 1.25.

    Args:
        text: the answer's text.
        spans: its sentences.
        vectors: their vectors, as rows.
        query: the query's vector.
        terms: the query's terms with their weights; a rare term should weigh more.
    """
    total = sum(terms.values()) or 1.0
    shares = [
        sum(terms[term] for term in {stem(word.lower()) for word in _WORD.findall(text[start:end])} & terms.keys())
        / total
        for start, end in spans
    ]
    return [float(cosine + WORDS * share) for cosine, share in zip(cosines(vectors, query), shares, strict=True)]


def matching_words(text: str, terms: Mapping[str, float]) -> tuple[Span, ...]:
    """Return where the words of `text` stand that have a term of the query as their stem."""
    return tuple(match.span() for match in _WORD.finditer(text) if stem(match[0].lower()) in terms)
