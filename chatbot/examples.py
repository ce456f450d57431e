"""Questions to begin with, taken from the corpus: every one of them has answers in it."""

import re

from index.index import Index

_MAX_CHARS = 80
_MAX_SHARED_WORDS = 0.8
"""A title is no further example if more of its words than this part stand in one already taken."""


def example_questions(index: Index, count: int) -> list[str]:
    """Return up to `count` titles of threads spread over the corpus, then of their answers."""
    threads = index.sample_threads(count * 3)
    answers = [answer for thread in threads for answer in thread.answers]
    titles = [thread.title for thread in threads] + [answer.title for answer in answers if answer.title]
    taken: list[tuple[str, set[str]]] = []
    for title in titles:
        words = set(re.findall(r"\w{3,}", title.lower()))
        repeats = any(len(words & other) > _MAX_SHARED_WORDS * len(words) for _, other in taken)
        if words and not repeats and len(title) <= _MAX_CHARS and len(taken) < count:
            taken.append((title, words))
    return [title for title, _ in taken]
