"""How well a question must match before the index may be said to cover it.

Cosines mean different things with each embedder and corpus, so no fixed number would do. An index
is asked questions that are certainly off its topic, and the titles of its own threads. The line is
drawn halfway between what the two usually score.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

OFF_TOPIC_QUESTIONS = Path(__file__).with_name("off_topic.txt")

_MAX_TITLES = 200
"""Titles that are asked, spread evenly over the corpus: more cost time and change little."""


def off_topic_questions() -> list[str]:
    """Return the questions that no corpus of doctors' answers covers."""
    lines = OFF_TOPIC_QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def abstention_threshold(best_score: Callable[[str], float], titles: Sequence[str]) -> float:
    """Return the score below which a question counts as not covered.

    Args:
        best_score: gives the score of the best hit for a question.
        titles: the titles of the threads in the index, at least one.
    """
    step = max(1, len(titles) // _MAX_TITLES)
    covered = median(best_score(title) for title in titles[::step])
    off_topic = median(best_score(question) for question in off_topic_questions())
    return (covered + off_topic) / 2
