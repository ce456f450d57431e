"""How well each sentence of an answer matches a query: what a reply marks."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.text.sentences import Span
from corpus.text.tokens import stem
from index.models.embedder import Vectors
from index.storage.matrices import cosines

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
