"""Which pages a reply shows, and which of their answers: as many as answer, of one page before the next.

Doctors of several pages are not mixed into one list: a page is one patient's question, and gives each word of
its answers its meaning.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chatbot.answering.case_verdicts import is_case_verdict
from corpus import Thread
from index.records import Hit

MAX_PAGES = 3
MAX_ANSWERS = 5

_NEARLY_AS_GOOD = 0.7
"""An answer is shown if it is at least this part as likely to answer as the best one.

docs/reader.md has what comes of it.
"""
_SECOND = 0.49
"""A second answer is shown from this part on: one doctor alone hides whether others agree."""


_SUITS = 0.6
"""An answer that speaks of what is remembered of the person is shown from this part of the best score on, if no other
shown one does: it may say why the others are not for this person."""


@dataclass(frozen=True, slots=True)
class PageHits:
    """A page with those of its answers that are shown, best first."""

    thread: Thread
    hits: tuple[Hit, ...]
    same_question: bool


def choose_pages(
    hits: Sequence[Hit],
    relevance: Mapping[str, float],
    same_question: Mapping[str, bool],
    suitable: Collection[str] = frozenset(),
) -> list[PageHits]:
    """Return up to `MAX_PAGES` pages with up to `MAX_ANSWERS` answers in all, best page first.

    Of several copies of one text only the first is taken. An answer that is nothing but a verdict on the patient
    whom it was written to is left out where the page does not ask the same.

    Args:
        relevance: the probability that each answer answers the question, by the answer's id; an answer that it has
            not is left out.
        same_question: whether each thread, by its id, asks the same as the user.
        suitable: the ids of the answers that speak of what is remembered of the person.
    """
    fit = [
        hit
        for hit in hits
        if hit.answer.id in relevance and (same_question[hit.thread.id] or not is_case_verdict(hit.answer.text))
    ]
    ranked = sorted(fit, key=lambda hit: -relevance[hit.answer.id])
    chosen: list[Hit] = []
    texts: set[str] = set()
    for hit in ranked:
        least = _NEARLY_AS_GOOD if len(chosen) != 1 else _SECOND
        near = relevance[hit.answer.id] >= least * relevance[ranked[0].answer.id]
        if hit.answer.id in suitable and not any(other.answer.id in suitable for other in chosen):
            near = near or hit.score >= _SUITS * ranked[0].score
        pages = {other.thread.id for other in chosen} | {hit.thread.id}
        if near and len(pages) <= MAX_PAGES and hit.answer.text not in texts and len(chosen) < MAX_ANSWERS:
            chosen.append(hit)
            texts.add(hit.answer.text)
    threads = {hit.thread.id: hit.thread for hit in chosen}
    return [
        PageHits(thread, tuple(hit for hit in chosen if hit.thread.id == thread_id), same_question[thread_id])
        for thread_id, thread in threads.items()
    ]
