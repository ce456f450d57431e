"""Turns as the chat shows them: HTML made by a template that escapes everything, for the chat's Markdown to pass on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from chatbot.answering.stances import PageStances
from chatbot.page.templates import render
from chatbot.rendering.markdown import as_plain_markdown
from chatbot.rendering.sentences import (
    answer_count_text,
    capitalised,
    counts_text,
    doctor_facts,
    doctor_name,
    question_of,
    title_of,
)
from chatbot.rendering.stances import stance_parts, stances_head
from chatbot.reply import Citation, Reply, ReplyPage
from chatbot.texts import Texts
from chatbot.understanding.urgency import language_of
from corpus import Answer, Thread
from corpus.text.sentences import Span

Message = dict[str, Any]

SAYS = {"lift": "any doctor", "pages": "show me the pages", "others": "the others"}
"""What buttons say for the user: what they ask is read in English."""
_SHOWN_FIRST = 3
"""Answers of a page beyond so many are folded where there is little room."""
_READ_CHARS = 300
_TITLES = re.compile(r"\b(?:dr|prof|professor|doctor|mr|mrs|ms)\b\.?", re.IGNORECASE)

_COUNT = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a (?:few|couple of)|several)"
_NUMBER = re.compile(
    rf"(?<![\w*#&;.,]){_COUNT}(?:\s*(?:to|or|-|–)\s*{_COUNT})?\s*"
    r"(?:%|(?:hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?|times|units?|mg|mcg|ml|cc|mm|cm)\b\.?)",
    re.IGNORECASE,
)
_SIGNS = {"$": "&#36;", "\n": " ", "`": "&#96;", "\\": "&#92;", "*": "&#42;", "_": "&#95;", "[": "&#91;", "]": "&#93;"}


def asked_message(text: str, texts: Texts) -> Message:
    """Return what the user wrote, shown as it was typed; what a button said for them, in the page's language."""
    text = next((texts["said"][name] for name, said in SAYS.items() if said == text), text)
    shown = "\n".join(as_plain_markdown(line) for line in text.splitlines())
    return {"role": "user", "content": shown}


def said_message(markdown: str) -> Message:
    """Return a message that is no reply: that the model loads, or what went wrong."""
    return {"role": "assistant", "content": markdown}


def text_of(message: Message) -> str:
    """Return the text of a message, which Gradio gives as a text or as a list of parts."""
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if part.get("type") == "text")


def reply_message(reply: Reply, number: int, texts: Texts) -> Message:
    """Return a reply as the chat shows it.

    Args:
        number: the reply's, from 1 in its conversation: its marks lead to `#source-NUMBER-MARK`.
    """
    shows_pages = bool(reply.pages)
    more = len(reply.others) if reply.kind == "answer" else 0
    html = render(
        "reply.html",
        reply=reply,
        pages=[_page(page, texts) for page in reply.pages],
        found=found_text(reply, texts),
        said=reply.said[:-1] if shows_pages else reply.said,
        closing=() if reply.notice or reply.kind == "related" else reply.closing,
        more=_counted(texts["people"], "more", more) if more else None,
        say_others=SAYS["others"],
        shown_first=_SHOWN_FIRST,
        number=number,
        words={**texts["reply"], **texts["people"], **texts["page"]},
        disclaimer=texts["disclaimer"]["line"],
        read_page=texts["card"]["read_page"],
    )
    return {"role": "assistant", "content": _one_block(html)}


def found_text(reply: Reply, texts: Texts) -> str | None:
    """Return what was found, in one line, or None for a reply without pages.

    Where the first page asks the same as the user, all answers of such pages count, shown or not.
    """
    if not reply.pages or not reply.said:
        return None
    counted = counts_text(reply.citations, texts) if reply.citations else None
    if reply.said[-1] != counted:
        return reply.said[-1].rstrip(":")
    words = texts["people"]
    same = [page for page in reply.pages if page.same_question] if reply.pages[0].same_question else []
    answers = sum(page.answers for page in same) if same else len(reply.citations)
    pages = _counted(texts["page"], "on_pages", len(same or reply.pages))
    return _counted(words, "answered_this" if same else "answered_near", answers).format(pages=pages)


def _counted(words: Mapping[str, str], name: str, number: int) -> str:
    """Return a text for one or for many, with the number in it and `{pages}` left to be filled in."""
    return words[f"{name}_one" if number == 1 else f"{name}_many"].replace("{number}", str(number))


def doctor_on_page(answer: Answer, texts: Texts) -> str:
    """Return how a doctor is called beside their answer: by name, or by the place of the answer on its page."""
    author = answer.author
    if author is None or not author.name:
        return texts["people"]["unnamed"].format(number=answer.position)
    return capitalised(doctor_name(author, texts))


def initials(answer: Answer) -> str:
    """Return what stands in the round mark of who wrote an answer: initials, or the place on the page."""
    name = answer.author.name if answer.author and answer.author.name else ""
    words = [word for word in _TITLES.sub(" ", name).split() if word[0].isalpha()]
    letters = [word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words)]
    return "".join(letters) or str(answer.position)


def language_of_thread(thread: Thread) -> str:
    """Return the ISO code of the language that a page is in, as far as it can be told; English where it can't."""
    return language_of(f"{thread.title} {thread.answers[0].text[:_READ_CHARS] if thread.answers else ''}") or "en"


def _page(page: ReplyPage, texts: Texts) -> dict[str, Any]:
    return {
        "id": page.thread.id,
        "asked_by": None if page.same_question is None else texts["people"]["same" if page.same_question else "other"],
        "title": title_of(page),
        "question": question_of(page),
        "answers": answer_count_text(page, texts),
        "lang": language_of_thread(page.thread),
        "quotes": [_quote(citation, texts) for citation in page.citations],
        "stances": _stances(page.stances, page.citations, texts) if page.stances else None,
    }


def _stances(stances: PageStances, citations: Sequence[Citation], texts: Texts) -> dict[str, Any]:
    """Return what a page's doctors say, each stance with its answers: whole, or by number where they are cited."""
    numbers = {citation.answer.id: citation.number for citation in citations}
    return {
        "head": stances_head(stances, texts),
        "parts": [
            {
                "stance": part.stance,
                "text": part.text,
                "answers": [_counted_answer(answer, numbers, texts) for answer in part.answers],
            }
            for part in stance_parts(stances, texts)
        ],
    }


def _counted_answer(answer: Answer, numbers: Mapping[str, int], texts: Texts) -> dict[str, Any]:
    number = numbers.get(answer.id)
    return {
        "id": answer.id,
        "number": number,
        "doctor": capitalised(doctor_name(answer.author, texts)),
        "initials": initials(answer),
        "facts": doctor_facts(answer.author),
        "summary": answer.kind == "summary",
        "shown": None if number else marked_paragraphs(answer.text, (0, len(answer.text)), ()),
    }


def _quote(citation: Citation, texts: Texts) -> dict[str, Any]:
    text, author = citation.answer.text, citation.answer.author
    return {
        "number": citation.number,
        "doctor": doctor_on_page(citation.answer, texts),
        "initials": initials(citation.answer),
        "facts": ", ".join(fact for fact in (author.specialty, author.location) if fact) if author else "",
        "summary": citation.answer.kind == "summary",
        "before": bool(text[: citation.start].strip()),
        "shown": marked_paragraphs(text, (citation.start, citation.end), citation.highlights) or Markup("<p></p>"),
        "rest": _rest(citation),
        "best_below": any(start >= citation.end for start, _ in citation.highlights),
    }


def _rest(citation: Citation) -> Markup | None:
    """Return what of the answer is folded, or None where nothing is."""
    text = citation.answer.text
    behind = text[citation.end :]
    return marked_paragraphs(text, (citation.end, len(text)), citation.highlights) if behind.strip() else None


def marked_paragraphs(text: str, span: Span, highlights: tuple[Span, ...]) -> Markup:
    """Return a part of a text as HTML paragraphs, with a mark around exactly the characters of each highlight."""
    start, end = span
    paragraphs = []
    at = start
    for paragraph in text[start:end].split("\n\n"):
        inside = [(max(a, at), min(b, at + len(paragraph))) for a, b in highlights]
        shown = _marked(text, (at, at + len(paragraph)), [(a, b) for a, b in inside if a < b])
        if paragraph.strip():
            paragraphs.append(Markup("<p>{}</p>").format(shown))
        at += len(paragraph) + 2
    return Markup("").join(paragraphs)


def _marked(text: str, span: Span, highlights: list[Span]) -> Markup:
    at, end = span
    parts = []
    for first, last in sorted(highlights):
        parts += [_with_numbers(text[at:first]), Markup("<mark>{}</mark>").format(_with_numbers(text[first:last]))]
        at = last
    return Markup("").join([*parts, _with_numbers(text[at:end])])


def _with_numbers(text: str) -> Markup:
    """Return text as HTML with its numbers and times in bold."""
    return Markup(_NUMBER.sub(r"<strong>\g<0></strong>", str(escape(text))))


def _one_block(html: str) -> str:
    """Return HTML as one block of Markdown, which a line without anything in it would end.

    What Markdown or a formula could be made of is written as entities; templates have none of it in their tags.
    """
    parts = re.split(r"(<[^>]*>)", " ".join(line.strip() for line in html.splitlines() if line.strip()))
    return "".join(part if at % 2 else _plain(part) for at, part in enumerate(parts))


def _plain(text: str) -> str:
    return "".join(_SIGNS.get(char, char) for char in text)
