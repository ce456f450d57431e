"""A reply as plain text, for a terminal."""

import re

from chatbot.markdown import as_text
from chatbot.reply import Citation, Reply
from chatbot.texts import Texts, load_texts
from chatbot.wording import doctor_name
from corpus import Doctor

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters by which a page's text could command a terminal."""


def reply_as_plain_text(reply: Reply, *, language: str = "en") -> str:
    """Return the reply, its sources, what one might ask next and the disclaimer as text without any markup."""
    texts = load_texts(language)
    words = texts["terminal"]
    parts = [as_text(reply.text)]
    if reply.citations:
        parts.append("\n".join([words["sources"], *(_source(citation, texts) for citation in reply.citations)]))
    if reply.suggestions:
        parts.append("\n".join([words["suggestions"], *(f"- {suggestion}" for suggestion in reply.suggestions)]))
    return _CONTROL.sub("", "\n\n".join([*parts, reply.disclaimer]))


def _source(citation: Citation, texts: Texts) -> str:
    author = citation.answer.author or Doctor()
    facts = (author.credentials, author.specialty, author.location)
    doctor = ", ".join([doctor_name(citation.answer.author, texts), *(fact for fact in facts if fact)])
    place = citation.answer.url or citation.thread.url
    page = f"{citation.thread.title} ({texts['card']['answer'].format(position=citation.answer.position)})"
    return f"[{citation.number}] " + " · ".join(part for part in (doctor, page, place) if part)
