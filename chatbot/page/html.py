"""Records as HTML: templates that escape everything, so that text from pages is shown as text."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from chatbot.page.loader import Status
from chatbot.page.messages import marked_paragraphs
from chatbot.page.templates import render
from chatbot.rendering.plain import reply_as_plain_text
from chatbot.rendering.sentences import about_text, capitalised, doctor_name, fact_text
from chatbot.reply import Citation, Reply
from chatbot.texts import Texts
from chatbot.understanding.person import Fact
from chatbot.understanding.urgency import phone_pattern
from corpus import Thread
from index.search.answerability import Thresholds
from index.search.overview import Point

_COLOURS = 6
"""Topics beyond so many share the last colour."""


def status_html(status: Status, texts: Texts, **counts: int) -> str:
    """Return the line that tells how far the index is."""
    reason = escape(status.reason or "")
    said = texts["page"][status.state].format(reason=reason, **counts)
    return f'<p role="status" class="{status.state}">{said}</p>'


def source_cards(reply: Reply, number: int, question: str, texts: Texts, thresholds: Thresholds) -> str:
    """Return the cards of a reply's sources, each with the quoted words marked in the whole answer.

    Args:
        number: the reply's, from 1 in its conversation.
        question: what was asked.
        thresholds: those of the index, by which a match is called close or good.
    """
    cards = [
        {
            "citation": citation,
            "doctor": capitalised(doctor_name(citation.answer.author, texts)),
            "text": marked_text(citation),
            "url": citation.answer.url or citation.thread.url,
            "match": _match(citation, thresholds),
        }
        for citation in reply.citations
    ]
    others = [
        {"id": answer.id, "doctor": capitalised(doctor_name(answer.author, texts)), "title": answer.title}
        for _, answer in reply.others
    ]
    return render(
        "cards.html",
        cards=cards,
        others=others,
        number=number,
        question=question,
        copied=reply_as_plain_text(reply, texts),
        card=texts["card"],
        page=texts["page"],
    )


def _match(citation: Citation, thresholds: Thresholds) -> str | None:
    """Return how well an answer matches, as the name of a text; None for one that was not searched for."""
    if not 0.0 < citation.score < 1.0:
        return None
    return f"match_{thresholds.match(citation.score)}"


def person_chips(person: Sequence[Fact], texts: Texts, *, removed: Fact | None = None) -> str:
    """Return what is remembered of the person as buttons that remove it; "" for nothing.

    Args:
        removed: a fact that was just removed, to be told to who can't see it go.
    """
    chips = [{"name": fact.name, "text": about_text(fact, texts), "said": fact.text} for fact in person]
    told = texts["page"]["forgotten"].format(fact=fact_text(removed, texts)) if removed else ""
    return render("person.html", chips=chips, told=told, page=texts["page"]) if chips or told else ""


def carried_chips(carried: Sequence[str], texts: Texts) -> str:
    """Return the words that were carried over as buttons that take one of several back; "" for less than two.

    All of them together have a button of their own: the message taken by itself.
    """
    return render("carried.html", carried=carried, page=texts["page"]) if len(carried) > 1 else ""


def urgent_notice(notice: str, heading: str) -> str:
    """Return the notice of an emergency, its phone numbers as links that a phone can dial."""
    return render("urgent.html", parts=phone_pattern().split(notice), heading=heading)


def printable(rounds: Sequence[Mapping[str, Any]], about: str, texts: Texts) -> str:
    """Return a page to print: for each question its reply's paragraphs and its sources."""
    disclaimer = texts["disclaimer"]["text"]
    return render("printable.html", rounds=rounds, about=about, page=texts["page"], disclaimer=disclaimer)


def page_texts(texts: Texts) -> str:
    """Return the texts that the page's script needs, as an attribute of an element that is not shown."""
    words = {**texts["script"], "corpus_tab": texts["page"]["corpus_tab"]}
    return render("texts.html", script=json.dumps(words, ensure_ascii=False))


def thread_list(threads: Sequence[Thread], *, first: int, total: int, texts: Texts) -> str:
    """Return a list of threads, each with its address; `first` is the place of the first one, from 0."""
    return render("threads.html", threads=threads, first=first, total=total, words=texts["corpus"])


def thread_page(thread: Thread | None, wanted: str | None, texts: Texts) -> str:
    """Return a thread whole, as on its page, or that there is none.

    Args:
        wanted: the id of the answer that was asked for.
    """
    return render(
        "thread.html",
        thread=thread,
        wanted=wanted,
        paragraphs=_paragraphs,
        doctor=lambda author: capitalised(doctor_name(author, texts)),
        card=texts["card"],
        words=texts["corpus"],
    )


def topics_and_map(
    counts: Mapping[str, int], topics: Sequence[tuple[str, int]], points: Sequence[Point], texts: Texts
) -> str:
    """Return how much there is, a bar for each topic, and the questions as points that lead to their threads."""
    colours = {topic: min(at, _COLOURS) for at, (topic, _) in enumerate(topics)}
    return render(
        "overview.html",
        counts=counts,
        topics=topics,
        most=max((count for _, count in topics), default=1),
        points=sorted(points, key=lambda point: (point.x, point.y)),  # the arrow keys go from left to right
        colours=defaultdict(lambda: _COLOURS, colours),
        words=texts["corpus"],
    )


def no_cards(texts: Texts, reason: str | None = None) -> str:
    """Return what stands in place of the cards before the first reply, when nothing was found, or for a reason."""
    return render("no_cards.html", message=reason or texts["page"]["no_sources"])


def marked_text(citation: Citation) -> Markup:
    """Return the whole answer as HTML paragraphs, with a mark around exactly the characters of each highlight."""
    text = citation.answer.text
    return marked_paragraphs(text, (0, len(text)), citation.highlights)


def _paragraphs(text: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in text.split("\n\n") if part.strip())
