"""Answer composition: from what a message asks to a reply with pages and their answers, related pages, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from chatbot.answering.relevance import Relevance, relevance
from chatbot.answering.same_question import pages_asking_the_same
from chatbot.answering.selection import MAX_ANSWERS, MAX_PAGES, choose_pages
from chatbot.answering.snippets import snippet
from chatbot.answering.stances import told_stances
from chatbot.answering.suggestions import suggest_questions
from chatbot.answering.suitability import suitable_answers
from chatbot.rendering.sentences import counts_text, filters_as_text
from chatbot.reply import Citation, Reply, ReplyPage
from chatbot.texts import Texts
from chatbot.understanding.followups import ResolvedQuery
from chatbot.understanding.person.facts import Fact
from chatbot.understanding.query import search_query
from corpus import Answer, Thread
from corpus.text.sentences import Span
from corpus.text.spelling import with_corrections
from corpus.text.tokens import words_of
from index.index import Index
from index.models.reader import Reader
from index.records import Hit, Query
from index.search.filters import NO_FILTERS, Filters

_CANDIDATES = 30
"""Hits looked at."""
_PAGES_COMPARED = 4
"""Pages whose questions are compared with the user's."""

_FURTHER_FROM = 0.3
"""The part of the best answer's probability from which another is shown to who asks for more."""


class Composer:
    """Finds what doctors wrote about a question. It keeps nothing of a conversation."""

    def __init__(self, index: Index, texts: Texts, reader: Reader | None = None) -> None:
        self.index = index
        self.texts = texts
        self._reader = reader

    def reply(
        self, asked: ResolvedQuery, filters: Filters, person: Sequence[Fact] = (), *, again: bool = False
    ) -> Reply:
        """Return the reply with what is found for a question under some filters, and for a person.

        Args:
            again: whether it is asked again with other filters: the reply says then which question it answers.
        """
        words = self.texts["reply"]
        query = search_query(asked, self.index, person)
        read_as = with_corrections(asked.message, query.corrected)
        carried = tuple(with_corrections(phrase, query.corrected) for phrase in asked.carried)
        said = [words["again"].format(question=read_as)] if again else []
        if carried:
            said.append(words["with"].format(words=", ".join(carried)))
        if read_as != asked.message:
            own = words_of(asked.message)
            corrected = [right for word, right in query.corrected.items() if word in own]
            said.append(words["read_as"].format(words=", ".join(corrected)))
        hits, found = self._search(asked.text, query, filters)
        held = filters_as_text(filters, self.texts)
        if filters.any() and found.answerability == "answers":
            said.append(words["filtered"].format(filters=held))
        elif filters.any():
            hits, found = self._search(asked.text, query, NO_FILTERS)
            if found.answerability != "nothing":
                said.append(words["nothing_filtered"].format(filters=held))
        reply = Reply(
            intent="followup" if carried else "question",
            kind="answer",
            query=asked.text,
            disclaimer=self.texts["disclaimer"]["text"],
            understood=read_as if read_as != asked.message else None,
            carried=carried,
            filters=filters,
            searched=True,
        )
        # What a follow-up carried over is the question before it: a page that asks that does not ask the same.
        compared = [] if carried or found.answerability == "nothing" else _threads(hits)[:_PAGES_COMPARED]
        same = pages_asking_the_same(asked.text, compared)
        if found.answerability == "answers" or same:
            pages = self._pages(query, hits, found, same, suitable_answers(person, hits))
            if pages:
                pages = tuple(_with_stances(page, asked.text) for page in pages)
                citations = [citation for page in pages for citation in page.citations]
                return replace(
                    reply,
                    said=(*said, counts_text(citations, self.texts)),
                    pages=pages,
                    suggestions=self.suggestions(asked, citations, query),
                )
        if found.answerability == "nothing":
            return replace(reply, kind="abstention", said=(*said, words["abstain"]))
        related = tuple(ReplyPage(thread, same_question=False) for thread in _threads(hits)[:MAX_PAGES])
        return replace(
            reply, kind="related", said=(*said, words["related"]), pages=related, closing=(words["related_more"],)
        )

    def further(self, question: str, filters: Filters, shown: Collection[str]) -> list[Citation]:
        """Return answers that may answer a question too, besides those shown, up to `MAX_ANSWERS`.

        Args:
            shown: the ids of the answers that were shown.
        """
        query = self.index.query(question)
        hits, found = self._search(question, query, filters)
        least = _FURTHER_FROM * max(found.answers.values(), default=0.0)
        read = [hit for hit in hits if found.answers.get(hit.answer.id, 0.0) > least]
        left = [hit for hit in read if hit.answer.id not in shown]
        return [self.citation(0, hit.thread, hit.answer, query, score=hit.score) for hit in left[:MAX_ANSWERS]]

    def citation(
        self,
        number: int,
        thread: Thread,
        answer: Answer,
        query: Query,
        *,
        score: float = 0.0,
        answering: Mapping[Span, float] | None = None,
    ) -> Citation:
        """Return the citation of an answer as it is shown before one unfolds it.

        Args:
            score: the hit's; 0 for an answer that was not searched but asked for.
            answering: how likely its sentences answer the query: these are marked.
        """
        shown = snippet(answer.text, self.index.score_sentences(query, answer), answering)
        return Citation(number, thread, answer, shown.start, shown.end, score, shown.highlights)

    def suggestions(self, asked: ResolvedQuery, citations: Sequence[Citation], query: Query) -> tuple[str, ...]:
        """Return what one might ask next, after a question and the citations of its reply."""
        return suggest_questions(self.index, query, citations, [*asked.before, asked.text])

    def _search(self, question: str, query: Query, filters: Filters) -> tuple[list[Hit], Relevance]:
        """Return the hits, and what they are to a question."""
        hits = self.index.search(query, _CANDIDATES, filters)
        return hits, relevance(question, query, hits, self.index, self._reader)

    def _pages(
        self,
        query: Query,
        hits: Sequence[Hit],
        found: Relevance,
        same: frozenset[str],
        suitable: frozenset[str],
    ) -> tuple[ReplyPage, ...]:
        pages = choose_pages(hits, found.answers, {hit.thread.id: hit.thread.id in same for hit in hits}, suitable)
        numbers = iter(range(1, len(hits) + 1))
        return tuple(
            ReplyPage(
                page.thread,
                page.same_question,
                tuple(
                    self.citation(
                        next(numbers),
                        hit.thread,
                        hit.answer,
                        query,
                        score=hit.score,
                        answering=found.sentences.get(hit.answer.id),
                    )
                    for hit in page.hits
                ),
            )
            for page in pages
        )


def _with_stances(page: ReplyPage, question: str) -> ReplyPage:
    """Return a page with what its doctors say to its question, where the user asks the same."""
    return replace(page, stances=told_stances(question, page.thread)) if page.same_question else page


def as_related(reply: Reply, texts: Texts) -> Reply:
    """Return a reply's pages without their answers."""
    pages = tuple(replace(page, citations=(), stances=None) for page in reply.pages)
    words = texts["reply"]
    return replace(reply, kind="related", pages=pages, closing=(words["related_more"],), suggestions=())


def pages_of(citations: Sequence[Citation]) -> tuple[ReplyPage, ...]:
    """Return citations that answer no question of their own ("the second one"), page by page, numbered anew."""
    threads = {citation.thread.id: citation.thread for citation in citations}
    by_page = [[c for c in citations if c.thread.id == thread_id] for thread_id in threads]
    numbers = iter(range(1, len(citations) + 1))
    return tuple(
        ReplyPage(thread, None, tuple(citation.numbered(next(numbers)) for citation in group))
        for thread, group in zip(threads.values(), by_page, strict=True)
    )


def _threads(hits: Sequence[Hit]) -> list[Thread]:
    return list({hit.thread.id: hit.thread for hit in hits}.values())
