"""A reply in a terminal: with colours and links where it has them, as plain text where it has not."""

import re

from rich.console import Console
from rich.style import Style
from rich.text import Text

from chatbot.rendering.markdown import as_text
from chatbot.rendering.plain import CONTROL, safe_link, source_line
from chatbot.reply import Reply
from chatbot.texts import Texts

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARK = r"\[\d+\]"


def print_reply(console: Console, reply: Reply, texts: Texts) -> None:
    """Print a reply, its sources, what one might ask next and the disclaimer."""
    words = texts["terminal"]
    parts = [_reply_text(reply)]
    if reply.citations:
        parts.append(Text(words["sources"], style="bold"))
        for citation in reply.citations:
            link = safe_link(_shown(citation.answer.url or citation.thread.url or ""))
            parts.append(Text(_shown(source_line(citation, texts)), style=Style(link=link) if link else ""))
    if reply.suggestions:
        parts.append(Text(words["suggestions"], style="bold"))
        parts += [Text(f"- {_shown(suggestion)}") for suggestion in reply.suggestions]
    parts.append(Text(reply.disclaimer, style="dim"))
    for part in parts:
        part.highlight_regex(_MARK, "bold cyan")
        console.print(part, soft_wrap=True)


def _reply_text(reply: Reply) -> Text:
    text = Text(style="bold red" if reply.urgent else "")
    for at, part in enumerate(_BOLD.split(reply.text)):
        text.append(_shown(as_text(part)), style="bold" if at % 2 else "")
    return text


def _shown(text: str) -> str:
    return CONTROL.sub("", text)
