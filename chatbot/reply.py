"""The reply to one message as typed parts, and the JSON that programs read."""

from dataclasses import dataclass, replace
from typing import Any

from chatbot.answering.stances import PageStances
from chatbot.turns import Cited, ReplyFields, ReplyKind, ShownPage, Turn, filters_to_record, reply_fields
from chatbot.understanding.intent import IntentName
from chatbot.understanding.person.facts import Fact
from corpus import Answer, Thread
from corpus.formats.json_records import author_to_record
from corpus.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered link from a reply to the exact characters of one answer.

    `quote == answer.text[start:end]`, always: the answer, or as much of it as is shown before one unfolds it.
    `highlights` are the spans marked in the answer, in its characters; some may lie behind `end`. `number` counts
    from 1 within the reply; `score` is the hit's, -1 to 1, and 0 for an answer that was not searched but asked for.
    """

    number: int
    thread: Thread
    answer: Answer
    start: int
    end: int
    score: float
    highlights: tuple[Span, ...] = ()

    def numbered(self, number: int) -> "Citation":
        """Return the same citation with another number."""
        return replace(self, number=number)

    @property
    def quote(self) -> str:
        """The quoted characters."""
        return self.answer.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """A page in a reply: one patient's question, and those of its answers that are shown.

    `same_question` is whether it asks the same as the user, as far as that is sure; None where the reply does not
    answer a question ("the second one"). A related page has no citations. `stances` are what its doctors say to its
    question, where that is told; None where it is not.
    """

    thread: Thread
    same_question: bool | None
    citations: tuple[Citation, ...] = ()
    stances: PageStances | None = None

    @property
    def answers(self) -> int:
        """How many doctors' answers the page has."""
        return sum(not answer.by_asker for answer in self.thread.answers)

    @property
    def others(self) -> tuple[Answer, ...]:
        """The doctors' answers of the page that are not shown, copies of shown ones left out."""
        shown = {citation.answer.id for citation in self.citations}
        texts = {citation.answer.text for citation in self.citations}
        return tuple(
            answer
            for answer in self.thread.answers
            if not answer.by_asker and answer.id not in shown and answer.text not in texts
        )


@dataclass(frozen=True, slots=True)
class Reply(ReplyFields):
    """What the chatbot says to one message: the fields of `ReplyFields`, with its pages and their citations.

    `query` is the text that was searched with; `searched` whether it was. `suggestions` are questions that the corpus
    answers too. `person` is what is remembered of the person whom the user asks about. `text` is all of it as Markdown,
    with the citations' numbers in square brackets.
    """

    intent: IntentName
    kind: ReplyKind
    query: str
    disclaimer: str
    pages: tuple[ReplyPage, ...] = ()
    suggestions: tuple[str, ...] = ()
    searched: bool = False
    person: tuple[Fact, ...] = ()
    text: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, in the order of their numbers."""
        return tuple(citation for page in self.pages for citation in page.citations)

    @property
    def abstained(self) -> bool:
        """Whether the reply says that the corpus holds nothing about the question."""
        return self.kind == "abstention"

    @property
    def others(self) -> tuple[tuple[Thread, Answer], ...]:
        """The answers on the cited pages that the reply does not quote, page by page."""
        return tuple((page.thread, answer) for page in self.pages if page.citations for answer in page.others)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message of the user and the reply to it.

    `number` counts from 1 in the conversation. `message` is None where a history brings a reply to nothing, `reply`
    is None where it brings a message that nothing replied to.
    """

    number: int
    message: str | None
    reply: Reply | None


def turn_of(reply: Reply) -> Turn:
    """Return the turn that keeps what a reply was, with ids and offsets in place of the texts of pages."""
    return Turn(
        "assistant",
        reply.text,
        query=reply.query if reply.searched else None,
        cited=tuple(
            Cited(c.number, c.answer.id, c.start, c.end, round(c.score, 4), c.highlights) for c in reply.citations
        ),
        pages=tuple(ShownPage(page.thread.id, page.same_question, page.stances is not None) for page in reply.pages),
        **reply_fields(reply),
    )


def reply_to_record(reply: Reply) -> dict[str, Any]:
    """Return the reply as the JSON object that `ask --json` and `chat --jsonl` print."""
    return {
        "intent": reply.intent,
        "kind": reply.kind,
        "reply": reply.text,
        "query": reply.query,
        "carried": list(reply.carried),
        "person": [_fact_to_record(fact) for fact in reply.person],
        "filters": filters_to_record(reply.filters),
        "understood": reply.understood,
        "abstained": reply.abstained,
        "urgent": reply.urgent,
        "notice": reply.notice,
        "disclaimer": reply.disclaimer,
        "suggestions": list(reply.suggestions),
        "pages": [_page_to_record(page) for page in reply.pages],
        "others": [answer.id for _, answer in reply.others],
        "citations": [
            _citation_to_record(citation, page.stances) for page in reply.pages for citation in page.citations
        ],
    }


def _fact_to_record(fact: Fact) -> dict[str, str]:
    """Return a fact; `whom` is there only where it is of somebody else than the user."""
    return {"fact": fact.fact, "text": fact.text} | ({"whom": fact.whom} if fact.whom else {})


def _page_to_record(page: ReplyPage) -> dict[str, Any]:
    return {
        "thread_id": page.thread.id,
        "title": page.thread.title,
        "question": page.thread.question,
        "url": page.thread.url,
        "same_question": page.same_question,
        "answers": page.answers,
        "quoted": [citation.number for citation in page.citations],
        "stances": page.stances.counts if page.stances else None,
    }


def _citation_to_record(citation: Citation, stances: PageStances | None) -> dict[str, Any]:
    answer, thread = citation.answer, citation.thread
    return {
        "number": citation.number,
        "answer_id": answer.id,
        "thread_id": thread.id,
        "thread_title": thread.title,
        "position": answer.position,
        "title": answer.title,
        "source": thread.source,
        "url": answer.url or thread.url,
        "author": author_to_record(answer.author),
        "kind": answer.kind,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "highlights": [list(span) for span in citation.highlights if span[1] <= citation.end],
        "score": round(citation.score, 4),
        "stance": stances.of(answer.id) if stances else None,
    }
