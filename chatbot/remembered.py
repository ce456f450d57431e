"""The replies that a kept conversation remembers, made again out of its turns and the corpus."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.asked import asked_again
from chatbot.found import Finder, others_of
from chatbot.recall import looked_up
from chatbot.reply import Citation, Reply
from chatbot.turns import Turn
from chatbot.urgent import heading, notice, urgency_of
from chatbot.views import views_of


def reply_of(turns: Sequence[Turn], finder: Finder) -> Reply:
    """Return the reply that the last of some turns remembers, with its citations looked up by their ids.

    An answer that is no longer in the corpus is left out. What one might do next is left out too: see
    `last_reply_of`.

    Args:
        turns: a conversation that ends with a reply.
    """
    turn = turns[-1]
    known = [found for cited in turn.cited if (found := looked_up(cited, finder))]
    citations = tuple(
        Citation(cited.number, thread, answer, cited.start, cited.end, cited.score) for cited, thread, answer in known
    )
    asked = asked_again(turns, finder.index)
    quotes = [citation.quoted for citation in citations]
    return Reply(
        turn.content,
        turn.query or "",
        citations,
        finder.texts["disclaimer"]["text"],
        abstained=turn.query is not None and not turn.cited,
        understood=asked.understood if asked else None,
        filters=turn.filters,
        searched=turn.query is not None,
        views=views_of(asked.yes_no, quotes) if asked and quotes else None,
        others=others_of(citations),
    )


def last_reply_of(turns: Sequence[Turn], finder: Finder, *, country: str | None = None) -> Reply:
    """Return the reply that ends a kept conversation, with its emergency notice and what one might ask next."""
    reply = reply_of(turns, finder)
    *before, last = [turn.content for turn in turns if turn.role == "user"]
    urgency = urgency_of(last, before)
    if urgency is not None:
        told = notice(urgency, country=country)
        reply = replace(reply, urgent=urgency.kind, notice=told, notice_heading=heading(urgency))
    asked = asked_again(turns, finder.index)
    if asked is None or not reply.citations:
        return reply
    return replace(reply, suggestions=finder.suggestions(asked, reply.citations, asked.query(finder.index)))
