"""Turns as the chat shows them: marks that lead to the cards, numbers and times in bold, views side by side."""

import re
from collections.abc import Sequence
from typing import Any

from chatbot.markdown import as_plain_markdown, harmless
from chatbot.page.html import views_side_by_side
from chatbot.reply import Citation
from chatbot.texts import Texts
from chatbot.views import Views

Message = dict[str, Any]

_MARK = re.compile(r"(?<!\\)\[(\d+)\]")
_BOLD = re.compile(r"(\*\*.+?\*\*)")
_COUNT = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a (?:few|couple of)|several)"
_NUMBER = re.compile(
    rf"(?<![\w*#]){_COUNT}(?:\s*(?:to|or|-|–)\s*{_COUNT})?\s*"
    r"(?:%|(?:hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?|times|units?|mg|mcg|ml|cc|mm|cm)\b\.?)",
    re.IGNORECASE,
)


def asked_message(text: str) -> Message:
    """Return what the user wrote, shown as it was typed."""
    shown = "\n".join(as_plain_markdown(line) for line in text.splitlines())
    return {"role": "user", "content": shown}


def said_message(markdown: str) -> Message:
    """Return a message that is no reply: that the model loads, or what went wrong."""
    return {"role": "assistant", "content": markdown}


def reply_message(
    text: str, number: int, texts: Texts, *, citations: Sequence[Citation] = (), views: Views | None = None
) -> Message:
    """Return a reply.

    Args:
        text: the reply's Markdown.
        number: the reply's, from 1 in its conversation: its marks lead to `#source-NUMBER-MARK`.
        views: those of the citations, to be shown side by side.
    """
    parts = [_with_numbers(part) for part in harmless(text).split("\n\n")]
    if views is not None and views.differ:
        head = texts["views"]["differ"].partition("{")[0]
        place = next((at for at, part in enumerate(parts) if part.startswith(head)), None)
        if place is not None:  # the columns count them instead of the sentence
            parts[place : place + 1] = [head.strip(), views_side_by_side(views, citations, number, texts)]
    marked = _MARK.sub(rf"[\1](#source-{number}-\1)", "\n\n".join(parts))
    return {"role": "assistant", "content": f"{marked}\n\n*{as_plain_markdown(texts['disclaimer']['text'])}*"}


def _with_numbers(text: str) -> str:
    """Return Markdown with its numbers and times in bold, but for what is bold already."""
    parts = _BOLD.split(text)
    return "".join(part if at % 2 else _NUMBER.sub(r"**\g<0>**", part) for at, part in enumerate(parts))
