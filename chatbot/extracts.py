"""Which sentences of an answer are quoted."""

import re
from collections.abc import Sequence

from index.sentences import Span

MAX_SENTENCES = 3

_NEARLY_AS_GOOD = 0.9
"""A neighbour joins the quote if it scores at least this part of the best sentence's score."""

_LEANS_ON_THE_ONE_BEFORE = re.compile(
    r"(?:however|therefore|thus|hence|instead|otherwise|but|and|so|yet|also|besides|in addition|moreover|furthermore"
    r"|then|afterwards|that|this|these|those|it|they|he|she|the (?:reason|former|latter|same)|such|even then"
    r"|for example|for instance|like i said|in other words)\b"
    r"|(?:[\w'’]+[ ,]+){1,5}(?:however|though|therefore)\b",
    re.IGNORECASE,
)


def extract(text: str, scored: Sequence[tuple[Span, float]]) -> Span:
    """Return the span of one to three whole sentences around the best one.

    Args:
        text: the answer's text.
        scored: the spans of its sentences in order, at least one, each with how well it answers.
    """
    best = max(range(len(scored)), key=lambda at: scored[at][1])
    first = last = best
    while first > 0 and last - first + 1 < MAX_SENTENCES and _leans(text, scored[first][0]):
        first -= 1
    enough = scored[best][1] * _NEARLY_AS_GOOD
    while last + 1 < len(scored) and last - first + 1 < MAX_SENTENCES and scored[last + 1][1] >= enough:
        last += 1
    return scored[first][0][0], scored[last][0][1]


def _leans(text: str, span: Span) -> bool:
    return _LEANS_ON_THE_ONE_BEFORE.match(text, span[0]) is not None
