"""A conversation to keep: as Markdown, or as a page to print, with its sources, the date and the disclaimer."""

from collections.abc import Sequence
from datetime import date

from chatbot.answering.compose import Composer
from chatbot.page.html import printable
from chatbot.remembered import reply_of
from chatbot.rendering.markdown import as_plain_markdown, as_text, harmless
from chatbot.rendering.plain import safe_link, source_line
from chatbot.reply import Citation
from chatbot.turns import Turn


def as_markdown(turns: Sequence[Turn], composer: Composer) -> str:
    """Return a conversation as Markdown: each question, the reply with its marks, and the sources."""
    texts = composer.texts
    parts = [f"# {texts['page']['title']}", _about(composer)]
    for turn in turns:
        if turn.role == "user":
            parts.append("## " + as_plain_markdown(turn.content))
            continue
        parts.append(harmless(turn.content))
        reply = reply_of(turn, composer)
        if reply.citations:
            sources = "\n".join(f"- {_source(citation, composer)}" for citation in reply.citations)
            parts.append(f"### {texts['terminal']['sources']}\n\n{sources}")
    parts.append(f"*{as_plain_markdown(texts['disclaimer']['text'])}*")
    return "\n\n".join(parts) + "\n"


def as_printable(turns: Sequence[Turn], composer: Composer) -> str:
    """Return a conversation as a whole HTML page without any script."""
    rounds = []
    for at in range(0, len(turns) - 1, 2):
        asked, turn = turns[at : at + 2]
        reply = reply_of(turn, composer)
        sources = [
            {"line": source_line(citation, composer.texts, link=False), "link": _link(citation)}
            for citation in reply.citations
        ]
        rounds.append({"question": asked.content, "reply": as_text(turn.content).split("\n\n"), "sources": sources})
    return printable(rounds, _about(composer), composer.texts)


def _about(composer: Composer) -> str:
    """Return when the conversation was saved, and from which corpus it is."""
    manifest = composer.index.manifest
    return composer.texts["page"]["saved_on"].format(
        date=date.today().isoformat(),
        answers=manifest.answers,
        built=manifest.built[:10],
        version=manifest.corpus_digest[:8],
    )


def _source(citation: Citation, composer: Composer) -> str:
    line = as_plain_markdown(source_line(citation, composer.texts, link=False))
    link = _link(citation)
    return f"{line} <{link}>" if link else line


def _link(citation: Citation) -> str | None:
    url = citation.answer.url or citation.thread.url or ""
    return None if any(char in url for char in "<> \n") else safe_link(url)
