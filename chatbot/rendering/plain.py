"""A reply as plain text, to be copied: with its sources and the disclaimer; and which addresses become links."""

import re

from chatbot.rendering.markdown import as_text
from chatbot.rendering.sentences import author_text
from chatbot.reply import Citation, Reply
from chatbot.texts import Texts

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters by which a page's text could command a terminal."""


def reply_as_plain_text(reply: Reply, texts: Texts) -> str:
    """Return the reply, its sources and the disclaimer as text without any markup."""
    words = texts["terminal"]
    parts = [as_text(reply.text)]
    if reply.citations:
        parts.append("\n".join([words["sources"], *(source_line(citation, texts) for citation in reply.citations)]))
    return CONTROL.sub("", "\n\n".join([*parts, reply.disclaimer]))


def source_line(citation: Citation, texts: Texts, *, link: bool = True) -> str:
    """Return one source in a line: its number, the doctor, the page and, with `link`, its address."""
    doctor = author_text(citation, texts)
    place = safe_link(citation.answer.url or citation.thread.url) if link else None
    page = f"{citation.thread.title} ({texts['card']['answer'].format(position=citation.answer.position)})"
    return f"[{citation.number}] " + " · ".join(part for part in (doctor, page, place) if part)


def safe_link(url: str | None) -> str | None:
    """Return `url` if it is a web address, else None: no `javascript:` and the like becomes a link."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
