"""Records as HTML: templates that escape everything, so that text from pages is shown as text."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from chatbot.links import safe_link
from chatbot.plain import reply_as_plain_text
from chatbot.reply import Citation, Reply
from chatbot.texts import Texts
from chatbot.urgent import phone_pattern
from chatbot.views import VIEWS, Views
from chatbot.wording import capitalised, doctor_name, view_heading
from corpus import Thread
from index.overview import Point

_MATCHES = {"match_close": 0.7, "match_good": 0.5, "match_loose": 0.0}
"""The score from which a match is called so."""
_COLOURS = 6
"""Topics beyond so many share the last colour."""
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["safe_link"] = safe_link
    return environment.get_template(name)


def source_cards(reply: Reply, number: int, question: str, texts: Texts) -> str:
    """Return the cards of a reply's sources, each with the quoted words marked in the whole answer.

    Args:
        number: the reply's, from 1 in its conversation.
        question: what was asked.
    """
    cards = [
        {
            "citation": citation,
            "doctor": capitalised(doctor_name(citation.answer.author, texts)),
            "text": marked_text(citation),
            "url": citation.answer.url or citation.thread.url,
            "match": _match(citation),
        }
        for citation in reply.citations
    ]
    others = [
        {"id": answer.id, "doctor": capitalised(doctor_name(answer.author, texts)), "title": answer.title}
        for _, answer in reply.others
    ]
    return _template("cards.html").render(
        cards=cards,
        others=others,
        number=number,
        question=question,
        copied=reply_as_plain_text(reply, texts),
        card=texts["card"],
        page=texts["page"],
    )


def views_side_by_side(views: Views, citations: Sequence[Citation], number: int, texts: Texts) -> str:
    """Return the doctors who hold each view as columns, in HTML without empty lines: it stands within Markdown."""
    columns = [
        {
            "heading": view_heading(view, len(places), views, texts),
            "holders": [
                {
                    "number": citations[at].number,
                    "doctor": capitalised(doctor_name(citations[at].answer.author, texts)),
                }
                for at in places
            ],
        }
        for view in (*VIEWS, None)
        if (places := views.places(view))
    ]
    html = _template("views.html").render(views=columns, number=number)
    return "\n".join(line for line in html.splitlines() if line.strip())


def _match(citation: Citation) -> str | None:
    """Return how well an answer matches, as the name of a text; None for one that was not searched for."""
    if not 0.0 < citation.score < 1.0:
        return None
    return next(name for name, least in _MATCHES.items() if citation.score >= least)


def urgent_notice(notice: str, heading: str) -> str:
    """Return the notice of an emergency, its phone numbers as links that a phone can dial."""
    parts = phone_pattern().split(notice)
    return _template("urgent.html").render(parts=parts, heading=heading)


def printable(rounds: Sequence[Mapping[str, Any]], about: str, texts: Texts) -> str:
    """Return a page to print: for each question its reply's paragraphs and its sources."""
    disclaimer = texts["disclaimer"]["text"]
    return _template("printable.html").render(rounds=rounds, about=about, page=texts["page"], disclaimer=disclaimer)


def page_texts(texts: Texts) -> str:
    """Return the texts that the page's script needs, as an attribute of an element that is not shown."""
    words = {**texts["script"], "corpus_tab": texts["page"]["corpus_tab"]}
    return _template("texts.html").render(script=json.dumps(words, ensure_ascii=False))


def thread_list(threads: Sequence[Thread], *, first: int, total: int, texts: Texts) -> str:
    """Return a list of threads, each with its address; `first` is the place of the first one, from 0."""
    return _template("threads.html").render(threads=threads, first=first, total=total, words=texts["corpus"])


def thread_page(thread: Thread | None, wanted: str | None, texts: Texts) -> str:
    """Return a thread whole, as on its page, or that there is none.

    Args:
        wanted: the id of the answer that was asked for.
    """
    return _template("thread.html").render(
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
    return _template("overview.html").render(
        counts=counts,
        topics=topics,
        most=max((count for _, count in topics), default=1),
        points=sorted(points, key=lambda point: (point.x, point.y)),  # the arrow keys go from left to right
        colours=defaultdict(lambda: _COLOURS, colours),
        words=texts["corpus"],
    )


def no_cards(texts: Texts) -> str:
    """Return what stands in place of the cards before the first reply, or when nothing was found."""
    return _template("no_cards.html").render(message=texts["page"]["no_sources"])


def marked_text(citation: Citation) -> Markup:
    """Return the whole answer as HTML paragraphs, with a mark around exactly the quoted characters."""
    text, start, end = citation.answer.text, citation.start, citation.end
    paragraphs = []
    at = 0
    for paragraph in text.split("\n\n"):
        paragraphs.append(_marked(paragraph, start - at, end - at))
        at += len(paragraph) + 2
    return Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs if paragraph)


def _paragraphs(text: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in text.split("\n\n") if part.strip())


def _marked(paragraph: str, start: int, end: int) -> Markup:
    start, end = max(start, 0), min(end, len(paragraph))
    if start >= end:
        return Markup("{}").format(paragraph)
    return Markup("{}<mark>{}</mark>{}").format(paragraph[:start], paragraph[start:end], paragraph[end:])
