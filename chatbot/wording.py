"""How a reply is said: doctors' names, quotes and summaries, in the language's sentences."""

import re
from collections.abc import Sequence

from chatbot.markdown import as_plain_markdown
from chatbot.reply import Citation
from chatbot.texts import Texts
from chatbot.turns import filters_to_record
from chatbot.views import VIEWS, View, Views
from corpus import Answer, Doctor
from index.filters import Filters

_DOCTORAL = re.compile(
    r"\b(?:M\.?D|D\.?O|MBBS|MBChB|MBBCh|D\.?D\.?S|D\.?M\.?D|D\.?P\.?M|Ph\.?D|Psy\.?D|Pharm\.?D|D\.?C|O\.?D)\b"
)
_MAX_SPECIALTIES = 8
_HAS_TITLE = re.compile(r"(?:Dr|Doctor|Prof|Professor)\b", re.IGNORECASE)


def doctor_name(author: Doctor | None, texts: Texts) -> str:
    """Return how a doctor is called within a sentence: "Dr. Sam Naficy", or what is known instead."""
    words = texts["doctor"]
    if author is None:
        return words["unnamed"]
    if author.name:
        doctoral = author.credentials is not None and _DOCTORAL.search(author.credentials)
        return words["dr"].format(name=author.name) if doctoral and not _HAS_TITLE.match(author.name) else author.name
    if author.specialty and author.location:
        return words["unnamed_specialist"].format(specialty=author.specialty, location=author.location)
    return words["unnamed_specialty"].format(specialty=author.specialty) if author.specialty else words["unnamed"]


def answers_and_pages(citations: Sequence[Citation], texts: Texts) -> str:
    """Return the sentence that tells how many answers from how many pages the reply quotes."""
    words = texts["reply"]
    if len(citations) == 1:
        return words["intro_one"]
    pages = len({citation.thread.id for citation in citations})
    said = words["pages_one"] if pages == 1 else words["pages_many"].format(pages=pages)
    return words["intro_many"].format(answers=len(citations), pages=said)


def quotation_as_markdown(citation: Citation, texts: Texts) -> str:
    """Return one citation as Markdown: the doctor's words in quotation marks, or a summary without."""
    doctor = f"**{as_plain_markdown(doctor_name(citation.answer.author, texts))}**"
    return capitalised(_quotation(citation, doctor, as_plain_markdown(citation.quote), texts))


def _quotation(citation: Citation, doctor: str, quote: str, texts: Texts) -> str:
    return texts["reply"][citation.answer.kind].format(doctor=doctor, quote=quote, number=citation.number)


def capitalised(text: str) -> str:
    """Return `text` with its first letter, whatever markup stands before it, as a capital."""
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def quotations(citations: Sequence[Citation], texts: Texts) -> list[str]:
    """Return the paragraphs of a reply: how much was found and from when, then each quotation."""
    found = answers_and_pages(citations, texts)
    age = _age(citations, texts)
    said = [quotation_as_markdown(citation, texts) for citation in citations]
    return [f"{found} {age}" if age else found, *said]


def views_said(views: Views, citations: Sequence[Citation], texts: Texts) -> str:
    """Return the sentence that counts the views on a yes-or-no question, with the marks of those who hold each."""
    counted = []
    for view in (*VIEWS, None):
        places = views.places(view)
        if places:
            marks = "".join(f" [{citations[at].number}]" for at in places) if view else ""
            counted.append(f"{view_heading(view, len(places), views, texts)}{marks}")
    return texts["views"]["differ" if views.differ else "agree"].format(views=", ".join(counted))


def view_heading(view: View | None, number: int, views: Views, texts: Texts) -> str:
    """Return how many doctors hold a view: "2 advise against it"."""
    kind = "unclear" if view is None else f"{'act' if views.acts else 'fact'}_{view.replace(' ', '_')}"
    return texts["views"][f"{kind}_{'one' if number == 1 else 'many'}"].format(number=number)


def others_said(number: int, texts: Texts) -> str:
    """Return the sentence that offers the other answers of the pages that are quoted."""
    return texts["reply"]["others_one" if number == 1 else "others_many"].format(number=number)


def filters_as_text(filters: Filters, texts: Texts) -> str:
    """Return the filters that hold, in words."""
    words = texts["reply"]
    held = filters_to_record(filters).items()
    return ", ".join(words[name].format(value=_shortened(value)) for name, value in held)


def filters_said(filters: Filters, texts: Texts) -> str:
    """Return the filters that hold, in words, as Markdown."""
    return as_plain_markdown(filters_as_text(filters, texts))


def nothing_filtered_said(filters: Filters, texts: Texts) -> str:
    """Return the sentence that says that nothing is left under the filters."""
    return texts["reply"]["nothing_filtered"].format(filters=filters_said(filters, texts))


def unknown_kind_said(wanted: str, specialties: Sequence[str], texts: Texts) -> str:
    """Return the sentence that says that no such doctor is named, and which are."""
    words = texts["reply"]
    if not specialties:
        return words["no_specialties"].format(wanted=as_plain_markdown(wanted))
    named = ", ".join(as_plain_markdown(specialty) for specialty in specialties[:_MAX_SPECIALTIES])
    return words["unknown_kind"].format(wanted=as_plain_markdown(wanted), specialties=named)


def abstention(nearest: str | None, texts: Texts) -> str:
    """Return the sentence that declines, with the nearest topic if there is one."""
    words = texts["reply"]
    if nearest is None:
        return words["abstain"]
    return f"{words['abstain']} {words['nearest'].format(title=as_plain_markdown(nearest))}"


def doctors_named(citations: Sequence[Citation], texts: Texts) -> str:
    """Return a list of the doctors who were quoted, with what is known of them."""
    lines = []
    for citation in citations:
        author = citation.answer.author or Doctor()
        facts = [fact for fact in (author.credentials, author.specialty, author.location) if fact]
        said = texts["reply"]["who_line"].format(
            doctor=capitalised(as_plain_markdown(doctor_name(citation.answer.author, texts))),
            facts="".join(f", {as_plain_markdown(fact)}" for fact in facts),
            number=citation.number,
        )
        lines.append(f"- {said}")
    return "\n".join([texts["reply"]["who"], "", *lines])


def whole_answers(citations: Sequence[Citation], texts: Texts) -> str:
    """Return whole answers, as the user asked for them."""
    return "\n\n".join([texts["reply"]["whole"], *(quotation_as_markdown(citation, texts) for citation in citations)])


def others_listed(citations: Sequence[Citation], left: int, texts: Texts) -> str:
    """Return the other answers of the pages last quoted, and how many more there are."""
    if not citations:
        return texts["reply"]["no_others"]
    said = [texts["reply"]["others"], *(quotation_as_markdown(citation, texts) for citation in citations)]
    return "\n\n".join([*said, others_said(left, texts)] if left else said)


def more_by_said(answer: Answer, citations: Sequence[Citation], texts: Texts, *, head: str) -> str:
    """Return what a doctor wrote, under the sentence of `head`."""
    doctor = as_plain_markdown(doctor_name(answer.author, texts))
    said = texts["reply"][head].format(doctor=doctor)
    return "\n\n".join([said, *(quotation_as_markdown(citation, texts) for citation in citations)])


def _age(citations: Sequence[Citation], texts: Texts) -> str | None:
    """Return from when the answers are, where all of them say."""
    years = sorted(citation.answer.date[:4] for citation in citations if citation.answer.date)
    if not years or len(years) < len(citations):
        return None
    words = texts["reply"]
    one = years[0] == years[-1]
    return words["dated_one"].format(year=years[0]) if one else words["dated"].format(first=years[0], last=years[-1])


def _shortened(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
