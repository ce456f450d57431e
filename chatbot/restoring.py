"""The replies of a kept conversation, put together again from what their turns keep and the corpus.

A kept conversation is data that anybody may have written. Pages and quotes are looked up by ids and offsets, and of
the sentences around them only those of this program are shown; the Markdown that a turn has is never shown.
"""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.compose import Composer
from chatbot.answering.references import looked_up
from chatbot.answering.stances import page_stances
from chatbot.rendering.markdown import reply_as_markdown
from chatbot.rendering.own_sentences import is_own_sentence
from chatbot.rendering.sentences import counts_text
from chatbot.reply import Citation, Reply, ReplyPage
from chatbot.texts import Texts
from chatbot.turns import ShownPage, Turn, reply_fields
from chatbot.understanding.followups import ResolvedQuery
from chatbot.understanding.followups.corrections import correction_of
from chatbot.understanding.person import Fact
from chatbot.understanding.query import questions_of, search_query
from chatbot.understanding.urgency import Urgency, heading, is_known_heading, is_known_notice, notice


def restored_reply(
    turn: Turn, composer: Composer, *, person: tuple[Fact, ...] = (), country: str | None = None
) -> Reply:
    """Return the reply that a turn keeps, without what one might ask next: see `with_suggestions`.

    A page or an answer that is no longer in the corpus is left out, and so is a sentence that this program does not
    say.

    Args:
        person: what was remembered of the person then.
        country: whose numbers a notice is told with, if the turn's is none of this program.
    """
    known = [found for cited in turn.cited if (found := looked_up(cited, composer))]
    citations = [
        Citation(cited.number, thread, answer, cited.start, cited.end, cited.score, cited.highlights)
        for cited, thread, answer in known
    ]
    shown = turn.pages or tuple(ShownPage(thread_id) for thread_id in dict.fromkeys(c.thread.id for c in citations))
    threads = [(page, composer.index.thread(page.thread_id)) for page in shown]
    pages = [
        ReplyPage(
            thread,
            page.same_question,
            tuple(c for c in citations if c.thread.id == page.thread_id),
            page_stances(thread) if page.counted else None,
        )
        for page, thread in threads
        if thread is not None
    ]
    authors = [citation.answer.author for citation in citations]
    kept = {
        **reply_fields(turn),
        "intent": turn.intent or "question",
        "kind": turn.kind or ("answer" if citations else "fixed"),
        "said": tuple(sentence for sentence in turn.said if is_own_sentence(sentence, authors)),
        "closing": tuple(sentence for sentence in turn.closing if is_own_sentence(sentence, authors)),
    }
    reply = Reply(
        **kept,
        query=turn.query or "",
        disclaimer=composer.texts["disclaimer"]["text"],
        pages=tuple(page for page in pages if page.citations or turn.kind == "related"),
        searched=turn.query is not None,
        person=person,
    )
    reply = _with_what_is_missing(_with_known_notice(reply, country), composer.texts)
    return replace(reply, text=reply_as_markdown(reply, composer.texts))


def with_suggestions(reply: Reply, turns: Sequence[Turn], composer: Composer) -> Reply:
    """Return the reply that ends some turns with what one might ask next."""
    if not reply.searched or not reply.citations:
        return reply
    resolved = resolved_again(turns)
    query = search_query(resolved, composer.index, reply.person)
    return replace(reply, suggestions=composer.suggestions(resolved, reply.citations, query))


def resolved_again(turns: Sequence[Turn]) -> ResolvedQuery:
    """Return the question, with what it carried over, that the reply at the end of some turns answers.

    Args:
        turns: they end with a reply that searched. After a filter that is the question before it.
    """
    asked = [
        at
        for at, turn in enumerate(turns)
        if turn.query and turn.kind != "reference" and turn.intent not in ("filter", "lift")
    ]
    *before, reply = turns[: asked[-1] + 1] if asked else turns
    at = max((at for at, turn in enumerate(before) if turn.role == "user"), default=None)
    leans = reply.intent == "followup" and at is not None
    message = " ".join(before[at].content.split()) if leans and at is not None else reply.query or ""
    earlier = questions_of(before[:at])
    correction = correction_of(message, earlier[-1]) if leans and earlier else None
    asks = correction.right if correction else None
    return ResolvedQuery(message, reply.carried if leans else (), tuple(earlier), asks)


def _with_known_notice(reply: Reply, country: str | None) -> Reply:
    """Return a reply with its notice, or with the one for its kind of emergency if that is none of this program."""
    if reply.notice is None:
        return replace(reply, notice_heading=None)
    urgency = Urgency(reply.urgent or "", "en")
    known = is_known_notice(reply.notice)
    told = reply.notice if known else notice(urgency, country=country)
    head = reply.notice_heading
    return replace(
        reply, notice=told, notice_heading=head if known and head and is_known_heading(head) else heading(urgency)
    )


def _with_what_is_missing(reply: Reply, texts: Texts) -> Reply:
    """Return a reply with a sentence before its pages, which the sentences of an older version leave without."""
    if reply.said or reply.notice:
        return reply
    words = texts["reply"]
    if reply.citations:
        return replace(reply, said=(counts_text(reply.citations, texts),))
    if reply.pages:
        return replace(reply, said=(words["related"],))
    return replace(reply, said=(words["abstain" if reply.kind == "abstention" else "not_restored"],))
