"""A reply as plain text, to be copied: with its sources and the disclaimer."""

import re

from chatbot.links import safe_link
from chatbot.rendering.markdown import as_text
from chatbot.rendering.sentences import who_wrote
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
    doctor = who_wrote(citation, texts)
    place = safe_link(citation.answer.url or citation.thread.url) if link else None
    page = f"{citation.thread.title} ({texts['card']['answer'].format(position=citation.answer.position)})"
    return f"[{citation.number}] " + " · ".join(part for part in (doctor, page, place) if part)
