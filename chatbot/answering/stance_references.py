"""Replies to "do they agree?", "who is against?" and "how many said no?" after a reply: from its own pages only."""

from collections.abc import Sequence
from itertools import zip_longest

from chatbot.answering.compose import Composer
from chatbot.answering.selection import MAX_ANSWERS
from chatbot.answering.stances import PageStances, page_stances
from chatbot.reply import Reply, ReplyPage
from chatbot.turns import Turn
from chatbot.understanding.stance_questions import StanceQuestion
from corpus import Answer, Thread
from index.search.filters import Filters


def reply_about_stances(asked: StanceQuestion, last: Turn, query: str, filters: Filters, composer: Composer) -> Reply:
    """Return what the doctors say on each page of a reply that asks what the user asks, or that it can't be told.

    A page that the user opened (`same_question` is None) asks what it asks itself. Each page is counted by itself.

    Args:
        last: the turn of the reply.
        query: what its citations are marked by.
        filters: those that hold.
    """
    shown = [page.thread_id for page in last.pages if page.same_question is not False]
    threads = [thread for thread_id in shown if (thread := composer.index.thread(thread_id))] if last.cited else []
    counted = [(thread, found) for thread in threads if (found := page_stances(thread))]
    said = _said(asked, [found for _, found in counted])
    return Reply(
        intent="reference",
        kind="reference",
        query=query,
        disclaimer=composer.texts["disclaimer"]["text"],
        said=(composer.texts["reply"][said],),
        pages=_pages(asked, counted, query, composer),
        listing="doctors" if asked.names and said.startswith("say_") else "quotes",
        filters=filters,
    )


def _said(asked: StanceQuestion, counted: Sequence[PageStances]) -> str:
    """Return the name of the sentence above the counts."""
    if not counted:
        return "no_counting"
    if asked.stance:
        return f"{'say' if any(found.saying(asked.stance) for found in counted) else 'nobody'}_{asked.stance}"
    plain = [{stance for _, stance in found.doctors if stance != "none"} for found in counted]
    if any(len(stances) > 1 for stances in plain):
        return "they_differ"
    return "they_agree" if any(found.plain > 1 for found in counted) else "only_one_says"


def _pages(
    asked: StanceQuestion, counted: Sequence[tuple[Thread, PageStances]], query: str, composer: Composer
) -> tuple[ReplyPage, ...]:
    """Return the pages with the answers asked for: all of a stance by name, else up to `MAX_ANSWERS` in all."""
    searched = composer.index.query(query)
    number = 0
    pages = []
    for thread, found in counted:
        answers = _answers(asked, found)
        if not asked.names:
            answers = answers[: max(MAX_ANSWERS - number, 0)]
        citations = tuple(
            composer.citation(at, thread, answer, searched) for at, answer in enumerate(answers, start=number + 1)
        )
        number += len(citations)
        pages.append(ReplyPage(thread, None, citations, found))
    return tuple(pages)


def _answers(asked: StanceQuestion, found: PageStances) -> list[Answer]:
    """Return the answers with the stance asked for; for all, one of each stance in turn."""
    if asked.stance and found.saying(asked.stance):
        return list(found.saying(asked.stance))
    by_stance = (found.saying(stance) for stance in ("yes", "no", "depends"))
    return [answer for group in zip_longest(*by_stance) for answer in group if answer is not None]
