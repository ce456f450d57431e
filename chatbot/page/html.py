"""Records as HTML: templates that escape everything, so that text from pages is shown as text."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from chatbot.page.loader import Status
from chatbot.page.messages import doctor_on_page, language_of_thread, marked_paragraphs
from chatbot.page.templates import render
from chatbot.rendering.sentences import about_text, fact_text
from chatbot.reply import Citation, Reply
from chatbot.texts import Texts
from chatbot.understanding.person import Fact
from chatbot.understanding.urgency import phone_pattern
from index.search.answerability import Thresholds

_PLACE = re.compile(r"\s*[(\uff08]([^)\uff09]*)[)\uff09]")
"""Where a number is told with what it is: "112 (Europe)"."""
_OPENING = ("(", "\uff08")
"""A number behind it is part of a name: "988 (988 Suicide & Crisis Lifeline)"."""
_COLONS = (":", "\uff1a")
"""The lines where somebody listens are told behind one."""
_SITE = re.compile(r"\b((?:[a-z0-9-]+\.)+(?:com|org|net|info))\b")


def status_html(status: Status, texts: Texts, **counts: int) -> str:
    """Return the line that tells how far the index is."""
    reason = escape(status.reason or "")
    said = texts["page"][status.state].format(reason=reason, **counts)
    return f'<p role="status" class="{status.state}">{said}</p>'


def first_view_text(texts: Texts) -> str:
    """Return what the chat shows before the first question, as Markdown."""
    return f"## {texts['people']['first_view']}\n{texts['people']['about']}"


def source_cards(reply: Reply, number: int, question: str, texts: Texts, *, thresholds: Thresholds) -> str:
    """Return the cards of a reply's sources, each with the quoted words marked in the whole answer.

    Args:
        number: the reply's, from 1 in its conversation.
        question: what was asked.
        thresholds: those of the index, by which a match is called close or good.
    """
    cards = [
        {
            "citation": citation,
            "doctor": doctor_on_page(citation.answer, texts),
            "lang": language_of_thread(citation.thread),
            "text": marked_text(citation),
            "url": citation.answer.url or citation.thread.url,
            "match": _match(citation, thresholds),
        }
        for citation in reply.citations
    ]
    others = [
        {"id": answer.id, "doctor": doctor_on_page(answer, texts), "title": answer.title} for _, answer in reply.others
    ]
    return render(
        "cards.html",
        cards=cards,
        others=others,
        number=number,
        around="section" if number % 2 else "div",
        question=question,
        card=texts["card"],
        page=texts["page"],
    )


def _match(citation: Citation, thresholds: Thresholds) -> str | None:
    """Return how well an answer matches, as the name of a text; None for one that was not searched for."""
    if not 0.0 < citation.score < 1.0:
        return None
    return f"match_{thresholds.match(citation.score)}"


def person_chips(person: Sequence[Fact], texts: Texts, *, removed: Fact | None = None) -> str:
    """Return what is remembered of the person as buttons that remove it; "" for nothing.

    Args:
        removed: a fact that was just removed, to be told to who can't see it go.
    """
    chips = [{"name": fact.name, "text": about_text(fact, texts), "said": fact.text} for fact in person]
    told = texts["page"]["forgotten"].format(fact=fact_text(removed, texts)) if removed else ""
    name = removed.name if removed else ""
    return render("person.html", chips=chips, told=told, removed=name, page=texts["page"]) if chips or told else ""


def carried_chips(carried: Sequence[str], texts: Texts) -> str:
    """Return the words that were carried over as buttons that take one of several back; "" for less than two.

    All of them together have a button of their own: the message taken by itself.
    """
    return render("carried.html", carried=carried, page=texts["page"]) if len(carried) > 1 else ""


def urgent_notice(notice: str, heading: str, texts: Texts, *, calm: bool = False) -> str:
    """Return the notice of an emergency: large buttons that call, then the notice with its numbers and site as links.

    Args:
        calm: whether it is told in a quiet colour, with the lines where somebody listens before the emergency numbers.
    """
    numbers = [found for found in phone_pattern().finditer(notice) if notice[: found.start()][-1:] not in _OPENING]
    calls: list[dict[str, Any]] = []
    parts: list[dict[str, str]] = []
    at = 0
    for found in numbers:
        before, place = notice[: found.start()], _PLACE.match(notice, found.end())
        listens = any(colon in before for colon in _COLONS)
        calls.append({"number": found[0], "place": place[1] if place else "", "listens": listens})
        parts += [*_with_sites(notice[at : found.start()]), {"text": found[0], "tel": _dialled(found[0]), "site": ""}]
        at = found.end()
    parts += _with_sites(notice[at:])
    if calm:
        calls.sort(key=lambda call: not call["listens"])
    calls = [{**call, "tel": _dialled(call["number"])} for call in calls]
    return render("urgent.html", parts=parts, calls=calls, heading=heading, calm=calm, words=texts["urgent_buttons"])


def _with_sites(text: str) -> list[dict[str, str]]:
    parts = enumerate(_SITE.split(text))
    return [{"text": part, "tel": "", "site": part if n % 2 else ""} for n, part in parts]


def _dialled(number: str) -> str:
    return re.sub(r"[ -]", "", number)


def printable(rounds: Sequence[Mapping[str, Any]], about: str, texts: Texts) -> str:
    """Return a page to print: for each question its reply's paragraphs and its sources."""
    disclaimer = texts["disclaimer"]["text"]
    return render("printable.html", rounds=rounds, about=about, page=texts["page"], disclaimer=disclaimer)


def page_texts(texts: Texts) -> str:
    """Return the texts that the page's script needs, as an attribute of an element that is not shown."""
    return render("texts.html", script=json.dumps(texts["script"], ensure_ascii=False))


def marked_text(citation: Citation) -> Markup:
    """Return the whole answer as HTML paragraphs, with a mark around exactly the characters of each highlight."""
    text = citation.answer.text
    return marked_paragraphs(text, (0, len(text)), citation.highlights)
