"""The replies of a kept conversation, put together again from what their turns keep and the corpus."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.compose import Composer
from chatbot.answering.references import looked_up
from chatbot.reply import Citation, Reply, ReplyPage
from chatbot.turns import ShownPage, Turn
from chatbot.understanding.query import Asked, questions_of


def reply_of(turn: Turn, composer: Composer) -> Reply:
    """Return the reply that a turn remembers, with its pages and citations looked up by their ids.

    A page or an answer that is no longer in the corpus is left out. What one might ask next is left out too: see
    `last_reply_of`.
    """
    known = [found for cited in turn.cited if (found := looked_up(cited, composer))]
    citations = [
        Citation(
            cited.number, thread, answer, *_within(cited.start, cited.end, answer.text), cited.score, cited.highlights
        )
        for cited, thread, answer in known
    ]
    shown = turn.pages or tuple(ShownPage(thread_id) for thread_id in dict.fromkeys(c.thread.id for c in citations))
    threads = [(page, composer.index.thread(page.thread_id)) for page in shown]
    pages = [
        ReplyPage(thread, page.same_question, tuple(c for c in citations if c.thread.id == page.thread_id))
        for page, thread in threads
        if thread is not None
    ]
    return Reply(
        intent=turn.intent or "question",
        kind=turn.kind or ("answer" if citations else "fixed"),
        query=turn.query or "",
        disclaimer=composer.texts["disclaimer"]["text"],
        said=turn.said,
        pages=tuple(page for page in pages if page.citations or turn.kind == "related"),
        closing=turn.closing,
        listing=turn.listing,
        urgent=turn.urgent,
        notice=turn.notice,
        notice_heading=turn.notice_heading,
        understood=turn.understood,
        carried=turn.carried,
        filters=turn.filters,
        searched=turn.query is not None,
        text=turn.content,
    )


def last_reply_of(turns: Sequence[Turn], composer: Composer) -> Reply:
    """Return the reply that ends a kept conversation, with what one might ask next."""
    reply = reply_of(turns[-1], composer)
    if not reply.searched or not reply.citations:
        return reply
    asked = asked_again(turns)
    return replace(reply, suggestions=composer.suggestions(asked, reply.citations, asked.query(composer.index)))


def asked_again(turns: Sequence[Turn]) -> Asked:
    """Return what the reply that ends a kept conversation was searched with.

    Args:
        turns: they end with a reply that searched.
    """
    *earlier, user, reply = turns
    message = " ".join(user.content.split())
    query = reply.query or message
    also = message if reply.carried and reply.intent == "followup" else None
    return Asked(
        query, also=also, understood=reply.understood, carried=reply.carried, before=tuple(questions_of(earlier))
    )


def _within(start: int, end: int, text: str) -> tuple[int, int]:
    """Return a span that lies within the text, whatever a kept conversation says."""
    start = min(max(start, 0), len(text))
    return start, min(max(end, start), len(text))
