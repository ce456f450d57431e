"""A reply as Markdown, and text from pages and people made safe to stand in it as the plain text that it is."""

import re

from chatbot.answering.stances import PageStances
from chatbot.rendering.sentences import (
    answer_count_text,
    asked_by,
    author_text,
    capitalised,
    doctor_facts,
    doctor_name,
    other_answers_text,
    person_as_sentences,
    question_of,
    title_of,
)
from chatbot.rendering.stances import stance_parts, stances_head
from chatbot.reply import Citation, Reply, ReplyPage
from chatbot.texts import Texts

_SPECIAL = re.compile(r"([\\`*_\[\]<>&$~|#{}])")
_AUTOLINKS = re.compile(r"(?<=https)://|(?<=http)://|(?<=ftp)://|(?<=mailto):|(?<=www)\.|@", re.IGNORECASE)
_WRITTEN = re.compile(r"\\([\\`*_\[\]<>&$~|#{}])|&#(58|46|64);|\*\*")
_FOREIGN = re.compile(
    r"(\\[\\`*_\[\]<>&$~|#{}]|&#(?:58|46|64);|\*\*|\[\d+\](?![(\[:]))"
    rf"|{_SPECIAL.pattern}|({_AUTOLINKS.pattern})",
    re.IGNORECASE,
)
"""What a reply is made of, kept as it is; what is special beside that; and bare addresses."""
_ENTITIES = {":": "&#58;", ".": "&#46;", "@": "&#64;"}


def as_plain_markdown(text: str) -> str:
    """Return Markdown that shows `text` as it is, in one line: no markup, no link, no image.

    A bare address becomes a link in most renderers of Markdown, so its colon is written as an
    entity; a page can't make its readers click to anywhere that way.
    """
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AUTOLINKS.sub(lambda match: _ENTITIES[match[0][0]] + match[0][1:], escaped)


def harmless(markdown: str) -> str:
    """Return a reply's Markdown with everything escaped that `as_plain_markdown` would have escaped.

    Bold and the marks of citations stay. A reply of this program comes back as it was; one that somebody
    tampered with becomes plain text.
    """
    return _FOREIGN.sub(_escaped, markdown)


def _escaped(match: re.Match[str]) -> str:
    own, special, autolink = match.groups()
    if own is not None:
        return own
    return f"\\{special}" if special else _ENTITIES[autolink[0]] + autolink[1:]


def as_text(markdown: str) -> str:
    """Return a reply's Markdown as plain text: what `as_plain_markdown` wrote as it was, and nothing in bold."""
    return _WRITTEN.sub(lambda match: match[1] or (chr(int(match[2])) if match[2] else ""), markdown)


def reply_as_markdown(reply: Reply, texts: Texts) -> str:
    """Return a reply as Markdown: what is said, each page with whose question it was, and its answers with marks.

    Every `[n]` in it is the number of one of the reply's citations; everything from pages is escaped.
    """
    parts = [f"**{as_plain_markdown(reply.notice)}**"] if reply.notice else []
    parts += [as_plain_markdown(paragraph) for paragraph in reply.said]
    if reply.listing == "doctors":
        parts += [_stances(page, page.stances, texts) for page in reply.pages if page.stances]
        parts.append("\n".join(f"- {as_plain_markdown(author_text(c, texts))} [{c.number}]" for c in reply.citations))
    elif reply.kind == "related":
        parts.append("\n".join(f"{n}. {_related(page, texts)}" for n, page in enumerate(reply.pages, start=1)))
    else:
        parts += [part for page in reply.pages for part in _page(page, texts)]
    if reply.kind == "clarification" and reply.suggestions:
        parts.append("\n".join(f"- {as_plain_markdown(choice)}" for choice in reply.suggestions))
    parts += [as_plain_markdown(paragraph) for paragraph in reply.closing]
    if reply.person and reply.kind not in ("notice", "fixed", "clarification"):
        parts += [as_plain_markdown(about) for about in person_as_sentences(reply.person, texts)]
    return "\n\n".join(parts)


def quotation(citation: Citation, texts: Texts) -> str:
    """Return one citation as Markdown: the doctor's words in quotation marks, or a summary without."""
    author = citation.answer.author
    facts = doctor_facts(author)
    name = f"**{as_plain_markdown(doctor_name(author, texts))}**"
    doctor = f"{name} ({as_plain_markdown(facts)})" if facts else name
    said = texts["reply"][citation.answer.kind].format(
        doctor=doctor, quote=as_plain_markdown(_quote_with_dots(citation)), number=citation.number
    )
    return capitalised(said)


def _page(page: ReplyPage, texts: Texts) -> list[str]:
    asked = f"**{asked_by(page, texts)}** “{as_plain_markdown(title_of(page))}”"
    question = question_of(page)
    parts = [f"{asked} {as_plain_markdown(question)}" if question else asked]
    if page.stances:
        parts.append(_stances(page, page.stances, texts))
    parts += [quotation(citation, texts) for citation in page.citations]
    others = other_answers_text(page, texts)
    return [*parts, others] if others else parts


def _stances(page: ReplyPage, stances: PageStances, texts: Texts) -> str:
    """Return what a page's doctors say in a line, each stance with the numbers of the answers that are cited.

    Below a question of the user it says how to ask for those that are not.
    """
    numbers = {citation.answer.id: citation.number for citation in page.citations}
    parts = []
    missing = []
    for part in stance_parts(stances, texts):
        cited = sorted(numbers[answer.id] for answer in part.answers if answer.id in numbers)
        parts.append(" ".join([as_plain_markdown(part.text), *(f"[{number}]" for number in cited)]))
        if len(cited) < len(part.answers) and part.request and page.same_question is not None:
            missing.append(f"“{part.request}”")
    line = f"{as_plain_markdown(stances_head(stances, texts))} {', '.join(parts)}."
    ask = texts["stances"]["ask"].format(messages=", ".join(missing))
    return f"{line} {as_plain_markdown(ask)}" if missing else line


def _related(page: ReplyPage, texts: Texts) -> str:
    question = question_of(page)
    asked = f": {as_plain_markdown(question)}" if question else ""
    return f"“{as_plain_markdown(title_of(page))}”{asked} ({answer_count_text(page, texts)})"


def _quote_with_dots(citation: Citation) -> str:
    """Return the quote, with dots where the answer goes on before or behind it."""
    text = citation.answer.text
    before = "… " if text[: citation.start].strip() else ""
    behind = " …" if text[citation.end :].strip() else ""
    return f"{before}{citation.quote}{behind}"
