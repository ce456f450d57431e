"""From a query to a reply: the hits, the doctors who are quoted, and where they differ."""

from collections.abc import Sequence

from chatbot.asked import Asked
from chatbot.choice import MAX_DOCTORS, different_doctors, different_views_first
from chatbot.extracts import extract
from chatbot.markdown import as_plain_markdown
from chatbot.reply import Citation, Reply
from chatbot.suggestions import suggested
from chatbot.texts import Texts
from chatbot.views import views_of
from chatbot.wording import abstention, filters_said, nothing_filtered_said, others_said, quotations, views_said
from corpus import Answer, Thread
from index.filters import NO_FILTERS, Filters
from index.index import Index
from index.records import Hit, Query

_CANDIDATES = 30
"""Hits looked at to find different doctors."""
_LOOKED_AT = 2 * MAX_DOCTORS
"""Doctors whose views are read: one who differs from the best is quoted before one who repeats them."""


class Finder:
    """Finds what doctors wrote about a question. It keeps nothing of a conversation."""

    def __init__(self, index: Index, texts: Texts) -> None:
        self.index = index
        self.texts = texts

    def reply(self, asked: Asked, filters: Filters) -> Reply:
        """Return the reply with what is found for a question under some filters."""
        lines = []
        if asked.understood:
            lines.append(self.texts["reply"]["understood"].format(query=as_plain_markdown(asked.understood)))
        query = asked.query(self.index)
        hits = self._covered(query, filters)
        if hits and filters.any():
            lines.append(self.texts["reply"]["filtered"].format(filters=filters_said(filters, self.texts)))
        if not hits and filters.any():
            hits = self._covered(query, NO_FILTERS)
            if hits:
                lines.append(nothing_filtered_said(filters, self.texts))
        if not hits:
            return self._silent(asked, query, filters, lines)
        citations = self._quoted(asked, query, hits)
        views = views_of(asked.yes_no, [citation.quoted for citation in citations])
        others = others_of(citations)
        said = quotations(citations, self.texts)
        if views is not None:
            said.insert(1, views_said(views, citations, self.texts))
        if others:
            said.append(others_said(len(others), self.texts))
        return Reply(
            text="\n\n".join([*lines, *said]),
            query=asked.text,
            citations=citations,
            disclaimer=self.texts["disclaimer"]["text"],
            understood=asked.understood,
            filters=filters,
            suggestions=self.suggestions(asked, citations, query),
            searched=True,
            views=views,
            others=others,
        )

    def citation(self, number: int, thread: Thread, answer: Answer, query: Query, score: float = 0.0) -> Citation:
        """Return the citation of the sentences of an answer that answer a query best.

        Args:
            score: the hit's; 0 for an answer that was not searched but asked for.
        """
        start, end = extract(answer.text, self.index.score_sentences(query, answer))
        return Citation(number, thread, answer, start, end, score)

    def suggestions(self, asked: Asked, citations: Sequence[Citation], query: Query) -> tuple[str, ...]:
        """Return what one might ask next, after a question and the citations of its reply."""
        return suggested(self.index, query, citations, [*asked.before, asked.text])

    def _quoted(self, asked: Asked, query: Query, hits: Sequence[Hit]) -> tuple[Citation, ...]:
        candidates = [self._cited(hit, query) for hit in different_doctors(hits, _LOOKED_AT)]
        chosen = different_views_first(asked.yes_no, candidates)[:MAX_DOCTORS]
        return tuple(c.numbered(number) for number, c in enumerate(chosen, start=1))

    def _cited(self, hit: Hit, query: Query) -> Citation:
        return self.citation(0, hit.thread, hit.answer, query, hit.score)

    def _covered(self, query: Query, filters: Filters) -> list[Hit]:
        """Return the hits for a query, or none if not even the best is close enough to count as covered."""
        hits = self.index.search(query, _CANDIDATES, filters)
        return hits if self.index.covers(query, hits) else []

    def _silent(self, asked: Asked, query: Query, filters: Filters, lines: Sequence[str]) -> Reply:
        nearest = self.index.search(query, 1)
        said = abstention(nearest[0].thread.title if nearest else None, self.texts)
        return Reply(
            text="\n\n".join([*lines, said]),
            query=asked.text,
            citations=(),
            disclaimer=self.texts["disclaimer"]["text"],
            abstained=True,
            understood=asked.understood,
            filters=filters,
            searched=True,
        )


def others_of(citations: Sequence[Citation]) -> tuple[tuple[Thread, Answer], ...]:
    """Return the other answers on the pages that some citations quote, page by page."""
    quoted = {citation.answer.id for citation in citations}
    texts = {citation.answer.text for citation in citations}
    threads = {citation.thread.id: citation.thread for citation in citations}
    return tuple(
        (thread, answer)
        for thread in threads.values()
        for answer in thread.answers
        if answer.id not in quoted and answer.text not in texts
    )
