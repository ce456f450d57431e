"""A reply as plain text, for a terminal."""

import re

from chatbot.reply import Citation, Reply
from chatbot.texts import Texts, load_texts
from chatbot.wording import answers_and_pages, doctor_name, quotation_as_text
from corpus import Doctor

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters by which a page's text could command a terminal."""


def reply_as_plain_text(reply: Reply, *, language: str = "en") -> str:
    """Return the reply, its sources and the disclaimer as text without any markup."""
    texts = load_texts(language)
    if reply.abstained:
        return f"{reply.text}\n\n{reply.disclaimer}"
    quotes = [quotation_as_text(citation, texts) for citation in reply.citations]
    sources = [texts["terminal"]["sources"], *(_source(citation, texts) for citation in reply.citations)]
    parts = [answers_and_pages(reply.citations, texts), *quotes, "\n".join(sources), reply.disclaimer]
    return _CONTROL.sub("", "\n\n".join(parts))


def _source(citation: Citation, texts: Texts) -> str:
    author = citation.answer.author or Doctor()
    facts = (author.credentials, author.specialty, author.location)
    doctor = ", ".join([doctor_name(citation.answer.author, texts), *(fact for fact in facts if fact)])
    place = citation.answer.url or citation.thread.url
    page = f"{citation.thread.title} ({texts['card']['answer'].format(position=citation.answer.position)})"
    return f"[{citation.number}] " + " · ".join(part for part in (doctor, page, place) if part)
