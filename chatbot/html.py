"""Records as HTML: templates that escape everything, so that text from pages is shown as text."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from chatbot.reply import Citation, Reply
from chatbot.texts import Texts
from chatbot.wording import capitalised, doctor_name

_PHONE_NUMBER = re.compile(r"\b(112|911|999|988|116 123)\b")
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


def source_cards(reply: Reply, texts: Texts) -> str:
    """Return the cards of a reply's sources, each with the quoted words marked in the whole answer."""
    cards = [
        {
            "citation": citation,
            "doctor": capitalised(doctor_name(citation.answer.author, texts)),
            "text": marked_text(citation),
            "url": citation.answer.url or citation.thread.url,
        }
        for citation in reply.citations
    ]
    return _template("cards.html").render(cards=cards, texts=texts, card=texts["card"])


def urgent_notice(notice: str, texts: Texts) -> str:
    """Return the notice of an emergency, its phone numbers as links that a phone can dial."""
    parts = _PHONE_NUMBER.split(notice)
    return _template("urgent.html").render(parts=parts, heading=texts["urgent"]["heading"])


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


def _marked(paragraph: str, start: int, end: int) -> Markup:
    start, end = max(start, 0), min(end, len(paragraph))
    if start >= end:
        return Markup("{}").format(paragraph)
    return Markup("{}<mark>{}</mark>{}").format(paragraph[:start], paragraph[start:end], paragraph[end:])


def safe_link(url: str | None) -> str | None:
    """Return `url` if it is a web address, else None: no `javascript:` and the like becomes a link."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
