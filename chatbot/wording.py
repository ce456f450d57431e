"""How a reply is said: doctors' names, quotes and summaries, in the language's sentences."""

import re
from collections.abc import Sequence

from chatbot.markdown import as_plain_markdown
from chatbot.reply import Citation
from chatbot.texts import Texts
from corpus import Doctor

_DOCTORAL = re.compile(
    r"\b(?:M\.?D|D\.?O|MBBS|MBChB|MBBCh|D\.?D\.?S|D\.?M\.?D|D\.?P\.?M|Ph\.?D|Psy\.?D|Pharm\.?D|D\.?C|O\.?D)\b"
)
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


def quotation_as_text(citation: Citation, texts: Texts) -> str:
    """Return one citation as plain text."""
    quote = " ".join(citation.quote.split())
    return capitalised(_quotation(citation, doctor_name(citation.answer.author, texts), quote, texts))


def _quotation(citation: Citation, doctor: str, quote: str, texts: Texts) -> str:
    return texts["reply"][citation.answer.kind].format(doctor=doctor, quote=quote, number=citation.number)


def capitalised(text: str) -> str:
    """Return `text` with its first letter, whatever markup stands before it, as a capital."""
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]
