"""Questions to begin with, and to ask next, out of the corpus: each of them has answers in it."""

import re
from collections.abc import Sequence

from chatbot.reply import Citation
from index.index import Index
from index.records import Query
from index.search.answerability import HITS

COUNT = 3
_MAX_CHARS = 90
_EXAMPLE_CHARS = 80
_MAX_OVERLAP = 0.8
"""A title is left out if more of its words than this part stand in one already taken."""
_LOOKED_AT = 12
_ASKS = re.compile(
    r"\?\s*$|^(?:how|what|when|why|which)\b"
    r"|^(?:can|could|does|do|is|are|should|will|may)\s+(?:i|you|we|one|it|they|there|this|that|these|the|my|your)\b",
    re.IGNORECASE,
)
"""What asks something: "Do prescribed exercises" does not."""
_REPLY_MARK = re.compile(r"^(?:re|aw|fwd?):\s*", re.IGNORECASE)


def example_questions(index: Index, count: int) -> list[str]:
    """Return up to `count` titles of threads spread over the corpus, then of their answers."""
    threads = index.sample_threads(count * 3)
    answers = [answer for thread in threads for answer in thread.answers if not answer.by_asker]
    titles = [thread.title for thread in threads] + [answer.title for answer in answers if answer.title]
    taken: list[str] = []
    for title in titles:
        if len(title) <= _EXAMPLE_CHARS and len(taken) < count and differs(title, taken):
            taken.append(title)
    return taken


def suggest_questions(
    index: Index, query: Query, citations: Sequence[Citation], asked: Sequence[str]
) -> tuple[str, ...]:
    """Return up to `COUNT` titles near the query that were not asked yet, each with answers behind it.

    Args:
        asked: what the user has asked so far.
    """
    cited = {citation.thread.id for citation in citations}
    titles = [hit.thread.title for hit in index.search(query, _LOOKED_AT * 2) if hit.thread.id not in cited]
    others = [answer for citation in citations for answer in citation.thread.answers if not answer.by_asker]
    own = [answer.title for answer in others if answer.title]
    return tuple(_covered(index, [*titles, *own], [*asked, *(citation.thread.title for citation in citations)]))


def _covered(index: Index, titles: Sequence[str], asked: Sequence[str]) -> list[str]:
    found: list[str] = []
    for title in dict.fromkeys(titles):
        text = _REPLY_MARK.sub("", " ".join(title.split())).rstrip(".… ")
        fits = len(text) <= _MAX_CHARS and _ASKS.search(text) is not None
        if fits and differs(text, [*asked, *found]):
            found.append(text)
        if len(found) == COUNT:
            break
    return [text for text in found if _is_covered(index, text)]


def _is_covered(index: Index, question: str) -> bool:
    query = index.query(question)
    return index.answerability(query, index.search(query, HITS, diversify=False)) == "answers"


def differs(title: str, others: Sequence[str]) -> bool:
    """Whether a title asks something else than each of the others, by its words."""
    words = _words(title)
    return bool(words) and all(len(words & _words(other)) <= _MAX_OVERLAP * len(words) for other in others)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))
