"""Questions to begin with, taken from the corpus: every one of them has answers in it."""

from index.index import Index

_MAX_CHARS = 80


def example_questions(index: Index, count: int) -> list[str]:
    """Return up to `count` titles of threads spread over the corpus, then of their answers."""
    threads = index.sample_threads(count * 3)
    answers = [answer for thread in threads for answer in thread.answers]
    titles = [thread.title for thread in threads] + [answer.title for answer in answers if answer.title]
    different: dict[str, str] = {}
    for title in titles:
        if len(title) <= _MAX_CHARS:
            different.setdefault(title.casefold(), title)
    return list(different.values())[:count]
