"""Questions to begin with, taken from the corpus: every one of them has answers in it."""

import re
from collections.abc import Sequence

from index.index import Index

_MAX_CHARS = 80
_MAX_SHARED_WORDS = 0.8
"""A title is no further example if more of its words than this part stand in one already taken."""


def example_questions(index: Index, count: int) -> list[str]:
    """Return up to `count` titles of threads spread over the corpus, then of their answers."""
    threads = index.sample_threads(count * 3)
    answers = [answer for thread in threads for answer in thread.answers if not answer.by_asker]
    titles = [thread.title for thread in threads] + [answer.title for answer in answers if answer.title]
    taken: list[str] = []
    for title in titles:
        if len(title) <= _MAX_CHARS and len(taken) < count and differs(title, taken):
            taken.append(title)
    return taken


def differs(title: str, others: Sequence[str]) -> bool:
    """Whether a title asks something else than each of the others, by its words."""
    words = _words(title)
    return bool(words) and all(len(words & _words(other)) <= _MAX_SHARED_WORDS * len(words) for other in others)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))
