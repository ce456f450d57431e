"""A conversation to keep: as Markdown, or as a page to print, with its sources, the date and the disclaimer."""

from datetime import date

from chatbot.conversation import Conversation
from chatbot.page.html import printable
from chatbot.rendering.markdown import as_plain_markdown, as_text, harmless
from chatbot.rendering.plain import safe_link, source_line
from chatbot.reply import Citation, Exchange
from chatbot.texts import Texts


def as_markdown(conversation: Conversation) -> str:
    """Return a conversation as Markdown: each question, the reply with its marks, and the sources."""
    texts = conversation.texts
    parts = [f"# {texts['page']['title']}", _about(conversation)]
    for exchange in conversation.exchanges():
        if exchange.message is not None:
            parts.append("## " + as_plain_markdown(exchange.message))
        if exchange.reply is not None:
            parts.append(harmless(exchange.reply.text))
        if exchange.reply is not None and exchange.reply.citations:
            sources = "\n".join(f"- {_source(citation, texts)}" for citation in exchange.reply.citations)
            parts.append(f"### {texts['terminal']['sources']}\n\n{sources}")
    parts.append(f"*{as_plain_markdown(texts['disclaimer']['text'])}*")
    return "\n\n".join(parts) + "\n"


def as_printable(conversation: Conversation, only: Exchange | None = None) -> str:
    """Return a conversation, or only one exchange of it, as a whole HTML page without any script."""
    texts = conversation.texts
    rounds = []
    for exchange in conversation.exchanges() if only is None else [only]:
        reply = exchange.reply
        sources = [
            {"line": source_line(citation, texts, link=False), "link": _link(citation)}
            for citation in (reply.citations if reply else ())
        ]
        said = as_text(reply.text).split("\n\n") if reply else []
        rounds.append({"question": exchange.message, "reply": said, "sources": sources})
    return printable(rounds, _about(conversation), texts)


def _about(conversation: Conversation) -> str:
    """Return when the conversation was saved, and from which corpus it is."""
    manifest = conversation.index.manifest
    return conversation.texts["page"]["saved_on"].format(
        date=date.today().isoformat(),
        answers=manifest.answers,
        built=manifest.built[:10],
        version=manifest.corpus_digest[:8],
    )


def _source(citation: Citation, texts: Texts) -> str:
    line = as_plain_markdown(source_line(citation, texts, link=False))
    link = _link(citation)
    return f"{line} <{link}>" if link else line


def _link(citation: Citation) -> str | None:
    url = citation.answer.url or citation.thread.url or ""
    return None if any(char in url for char in "<> \n") else safe_link(url)
