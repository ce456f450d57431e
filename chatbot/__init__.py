"""The chatbot room: the conversation, the page and the command line.

In comes a message; out goes a `Reply`: pages with doctors' answers and their citations, related pages, or an
abstention. Every front (the page, `ask`, `chat`) calls `Conversation.ask` and shows its `Reply`.

- `conversation`: `Conversation`, the one way from a message to a reply; `turns`, `reply`: its records.
- `understanding`: emergencies, what a message is taken for, references, filters, follow-ups, and the query.
- `answering`: which pages and answers are shown, and how much of them.
- `rendering`: a reply as Markdown, plain text and in a terminal; `texts`: its sentences by language.
- `page`: the Gradio page; `commands`: the command line; `evaluation`: queries and their scoring.

What a program needs stands in `__all__`, and is imported when it is first asked for (docs/python.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatbot.conversation import Conversation
    from chatbot.errors import QuestionError
    from chatbot.reply import Citation, Reply, ReplyPage, reply_to_record
    from chatbot.startup import open_index, open_reader
    from chatbot.turns import Turn

__all__ = [
    "Citation",
    "Conversation",
    "QuestionError",
    "Reply",
    "ReplyPage",
    "Turn",
    "open_index",
    "open_reader",
    "reply_to_record",
]

_MODULES = {
    "Citation": "chatbot.reply",
    "Conversation": "chatbot.conversation",
    "QuestionError": "chatbot.errors",
    "Reply": "chatbot.reply",
    "ReplyPage": "chatbot.reply",
    "Turn": "chatbot.turns",
    "open_index": "chatbot.startup",
    "open_reader": "chatbot.startup",
    "reply_to_record": "chatbot.reply",
}
"""Where each public name is defined."""


if not TYPE_CHECKING:  # A type checker sees the imports above, and so finds a name that is none.

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for: what stands behind it takes its time."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
