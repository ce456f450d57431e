"""The sentences of a reply, as plain text: doctors' names, whose question a page was, counts and filters."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.snippets import excerpt
from chatbot.reply import Citation, ReplyPage
from chatbot.texts import Texts
from chatbot.turns import filters_to_record
from chatbot.understanding.filters import Unknown
from chatbot.understanding.person.facts import Fact
from chatbot.understanding.person.whom import SOMEBODY_ELSE
from corpus import Doctor
from index.search.filters import Filters

_DOCTORAL = re.compile(
    r"\b(?:M\.?D|D\.?O|MBBS|MBChB|MBBCh|D\.?D\.?S|D\.?M\.?D|D\.?P\.?M|Ph\.?D|Psy\.?D|Pharm\.?D|D\.?C|O\.?D)\b"
)
_MAX_NAMED = 8
_TITLE_CHARS = 200
_QUESTION_CHARS = 240
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


def doctor_facts(author: Doctor | None) -> str:
    """Return a doctor's specialty and place, as far as they are known and not the name itself; "" for neither."""
    if author is None or not author.name:
        return ""
    return ", ".join(fact for fact in (author.specialty, author.location) if fact)


def capitalised(text: str) -> str:
    """Return `text` with its first letter, whatever markup stands before it, as a capital."""
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def counts_text(citations: Sequence[Citation], texts: Texts) -> str:
    """Return the sentence that tells how many answers from how many pages the reply shows, and from when they are."""
    words = texts["reply"]
    pages = len({citation.thread.id for citation in citations})
    on_pages = words["pages_one"] if pages == 1 else words["pages_many"].format(pages=pages)
    found = (
        words["intro_one"]
        if len(citations) == 1
        else words["intro_many"].format(answers=len(citations), pages=on_pages)
    )
    age = _age(citations, texts)
    return f"{found} {age}" if age else found


def asked_by(page: ReplyPage, texts: Texts) -> str:
    """Return whose question a page was: "Another patient asked:"."""
    return texts["reply"]["asked_same" if page.same_question else "asked_other"]


def title_of(page: ReplyPage) -> str:
    """Return the page's title, shortened if it is a whole letter."""
    return excerpt(page.thread.title, _TITLE_CHARS)


def question_of(page: ReplyPage) -> str | None:
    """Return what was asked on a page in a line or two, or None where its title says it all."""
    return excerpt(page.thread.question, _QUESTION_CHARS) if page.thread.question else None


def other_answers_text(page: ReplyPage, texts: Texts) -> str | None:
    """Return the sentence that offers the other answers of a page, or None where there are none."""
    number = len(page.others)
    if not number:
        return None
    return texts["reply"]["others_one" if number == 1 else "others_many"].format(number=number)


def answer_count_text(page: ReplyPage, texts: Texts) -> str:
    """Return how many doctors' answers a page has: "9 answers"."""
    words = texts["corpus"]
    return words["answers_one"] if page.answers == 1 else words["answers_many"].format(number=page.answers)


def filters_as_text(filters: Filters, texts: Texts) -> str:
    """Return the filters that hold, in words."""
    words = texts["reply"]
    held = filters_to_record(replace(filters, exact=False)).items()
    return ", ".join(words[name].format(value=_shortened(value)) for name, value in held)


def fact_text(fact: Fact, texts: Texts) -> str:
    """Return a fact of the person in a few words: "on warfarin", "son: 5 years old"."""
    told = texts["person"][fact.kind].format(value=fact.value)
    return f"{fact.whom}: {told}" if fact.whom else told


def about_text(fact: Fact, texts: Texts) -> str:
    """Return a fact with of whom it is: "About you: pregnant", "About your son: 5 years old"."""
    words = texts["person"]
    about = "about_you" if not fact.whom else "about_somebody" if fact.whom == SOMEBODY_ELSE else "about_other"
    return words[about].format(whom=fact.whom, facts=words[fact.kind].format(value=fact.value))


def person_as_sentences(person: Sequence[Fact], texts: Texts) -> list[str]:
    """Return what is remembered, a sentence for the user and one for each of those of theirs."""
    words, sentences = texts["person"], []
    for whom in dict.fromkeys(fact.whom for fact in person):
        facts = "; ".join(words[fact.kind].format(value=fact.value) for fact in person if fact.whom == whom)
        about = "about_you" if not whom else "about_somebody" if whom == SOMEBODY_ELSE else "about_other"
        sentences.append(words[about].format(whom=whom, facts=facts))
    return sentences


def person_as_text(person: Sequence[Fact], texts: Texts) -> str:
    """Return what is remembered of the person, in words: "pregnant; on warfarin"."""
    return "; ".join(fact_text(fact, texts) for fact in person)


def unmatched_filter_text(wanted: Unknown, named: Sequence[str], texts: Texts) -> str:
    """Return the sentence that says that no such doctor is named, or none at such a place, and which are.

    Args:
        named: the specialties or the places of the corpus, those first that are told first.
    """
    words = texts["reply"]
    place = wanted.field == "location"
    if not named:
        return words["no_places" if place else "no_specialties"].format(wanted=wanted.words)
    known = ", ".join(named[:_MAX_NAMED])
    return words["unknown_place" if place else "unknown_kind"].format(wanted=wanted.words, known=known)


def author_text(citation: Citation, texts: Texts) -> str:
    """Return who wrote an answer, with what is known of them and of when it was."""
    author = citation.answer.author or Doctor()
    facts = (author.credentials, author.specialty, author.location, *_judged(author, texts), citation.answer.date)
    return ", ".join([capitalised(doctor_name(citation.answer.author, texts)), *(fact for fact in facts if fact)])


def _judged(author: Doctor, texts: Texts) -> tuple[str | None, ...]:
    """Return a doctor's stars and reviews in words."""
    words = texts["card"]
    stars = None if author.rating is None else words["stars"].format(rating=number_text(author.rating))
    if author.reviews is None:
        return (stars,)
    return stars, words["reviews_one"] if author.reviews == 1 else words["reviews_many"].format(reviews=author.reviews)


def number_text(value: float) -> str:
    """Return a number without the decimals that say nothing."""
    return f"{value:g}"


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
