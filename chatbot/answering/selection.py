"""Which pages a reply shows, and which of their answers: as many as answer, of one page before the next.

Doctors of several pages are not mixed into one list: a page is one patient's question, and gives each word of
its answers its meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.answering.case_verdicts import is_case_verdict
from corpus import Thread
from index.records import Hit

MAX_PAGES = 3
MAX_ANSWERS = 5

_NEARLY_AS_GOOD = 0.9
"""An answer is shown if it scores at least this part of the best one.

On 140 questions on the two seed pages, with the answers that answer each given by reading, 0.9 shows 2.8 answers
of which 0.60 answer, and 0.92 of the questions get one that does; 0.85 shows 3.7, of which 0.50 answer.
"""
_SECOND = 0.8
"""A second answer is shown from this part of the best one's score on: one doctor alone hides whether others agree."""
_SENTENCE = 0.5
"""What an answer's best sentence counts beside its score: together they rank the answers that answer above the
others in 0.904 of the pairs of a question, the score alone in 0.896, the sentence alone in 0.885."""


@dataclass(frozen=True, slots=True)
class PageHits:
    """A page with those of its answers that are shown, best first."""

    thread: Thread
    hits: tuple[Hit, ...]
    same_question: bool


def choose_pages(
    hits: Sequence[Hit], sentence_scores: Mapping[str, float], same_question: Mapping[str, bool]
) -> list[PageHits]:
    """Return up to `MAX_PAGES` pages with up to `MAX_ANSWERS` answers in all, best page first.

    Of several copies of one text only the first is taken. An answer that is nothing but a verdict on the patient
    whom it was written to is left out where the page does not ask the same.

    Args:
        hits: best first.
        sentence_scores: the score of the best sentence of each answer, by the answer's id.
        same_question: whether each thread, by its id, asks the same as the user.
    """
    scores = {hit.answer.id: hit.score + _SENTENCE * sentence_scores[hit.answer.id] for hit in hits}
    fit = [hit for hit in hits if same_question[hit.thread.id] or not is_case_verdict(hit.answer.text)]
    ranked = sorted(fit, key=lambda hit: -scores[hit.answer.id])
    chosen: list[Hit] = []
    texts: set[str] = set()
    for hit in ranked:
        least = _NEARLY_AS_GOOD if len(chosen) != 1 else _SECOND
        near = scores[hit.answer.id] >= least * scores[ranked[0].answer.id]
        pages = {other.thread.id for other in chosen} | {hit.thread.id}
        if near and len(pages) <= MAX_PAGES and hit.answer.text not in texts and len(chosen) < MAX_ANSWERS:
            chosen.append(hit)
            texts.add(hit.answer.text)
    threads = {hit.thread.id: hit.thread for hit in chosen}
    return [
        PageHits(thread, tuple(hit for hit in chosen if hit.thread.id == thread_id), same_question[thread_id])
        for thread_id, thread in threads.items()
    ]
