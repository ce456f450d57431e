"""The reply to one message, and the JSON that programs read."""

from dataclasses import dataclass, replace
from typing import Any

from chatbot.turns import filters_to_record
from chatbot.views import Quoted, Views
from corpus import Answer, Thread
from corpus.json_records import author_to_record
from index.filters import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered link from a reply to the exact characters of one answer.

    `quote == answer.text[start:end]`, always. `number` counts from 1 within the reply; `score` is
    the hit's, -1 to 1.
    """

    number: int
    thread: Thread
    answer: Answer
    start: int
    end: int
    score: float

    def numbered(self, number: int) -> "Citation":
        """Return the same citation with another number."""
        return replace(self, number=number)

    @property
    def quote(self) -> str:
        """The quoted characters."""
        return self.answer.text[self.start : self.end]

    @property
    def quoted(self) -> Quoted:
        """The quote with its answer and its page, as views are read from it."""
        page = " ".join(text for text in (self.thread.title, self.thread.question, self.answer.title) if text)
        return Quoted(self.quote, self.answer.text, page)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chatbot says to one message.

    `text` is Markdown with the citations' numbers in square brackets; every `[n]` in it is one of
    `citations`. An abstention has no citations. `query` is the text that was searched with.
    `urgent` is None or the kind of emergency that the message describes; `notice` is then what `text`
    begins with. `understood` is the stand-alone question that a follow-up was taken for, None where the
    message stands alone. `filters` held for this reply. `suggestions` are questions that the corpus
    answers too. `searched` is whether the message was looked for in the corpus: small talk is not.
    `views` is what each citation says to a yes-or-no question, None where that can't be told; `others`
    are the answers on the cited pages that the reply does not quote.
    """

    text: str
    query: str
    citations: tuple[Citation, ...]
    disclaimer: str
    abstained: bool = False
    urgent: str | None = None
    notice: str | None = None
    notice_heading: str | None = None
    understood: str | None = None
    filters: Filters = NO_FILTERS
    suggestions: tuple[str, ...] = ()
    searched: bool = False
    views: Views | None = None
    others: tuple[tuple[Thread, Answer], ...] = ()


def reply_to_record(reply: Reply) -> dict[str, Any]:
    """Return the reply as the JSON object that `ask --json` and `chat --jsonl` print."""
    return {
        "reply": reply.text,
        "query": reply.query,
        "abstained": reply.abstained,
        "urgent": reply.urgent,
        "understood": reply.understood,
        "filters": filters_to_record(reply.filters),
        "suggestions": list(reply.suggestions),
        "views": _views_to_record(reply),
        "others": [answer.id for _, answer in reply.others],
        "disclaimer": reply.disclaimer,
        "citations": [_citation_to_record(citation) for citation in reply.citations],
    }


def _views_to_record(reply: Reply) -> dict[str, list[int]] | None:
    """Return the numbers of the citations with each view."""
    if reply.views is None:
        return None
    views = reply.views
    return {
        view or "unclear": [reply.citations[at].number for at in views.places(view)]
        for view in dict.fromkeys(views.each)
    }


def _citation_to_record(citation: Citation) -> dict[str, Any]:
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
        "score": round(citation.score, 4),
    }
