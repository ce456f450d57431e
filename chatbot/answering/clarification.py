"""What a question back offers: two or three messages, each of which the user may have meant."""

import re
from collections.abc import Sequence
from itertools import pairwise

from chatbot.answering.suggestions import COUNT, covered_titles, example_questions
from chatbot.understanding.followups.resolve import phrases_of
from index.index import Index

_PRONOUN = re.compile(r"\b(?:it|that|this)\b(?!['’])", re.IGNORECASE)
_DOCTOR_PRONOUN = re.compile(r"\b(?:he|she|him|her)\b", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\s*(?:,\s*)?\b(?:or|vs\.?|versus)\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:dr|doctor|prof|professor)\b\.?\s*", re.IGNORECASE)


def subjects_for(message: str, index: Index) -> tuple[str, ...]:
    """Return questions of the corpus near to a message that names nothing: what it may be about."""
    found = covered_titles(index, index.query(message), [])
    return tuple(found) if len(found) > 1 else tuple(example_questions(index, COUNT))


def alternatives_for(message: str, question: str) -> tuple[str, ...]:
    """Return a message with each of the things in place of "it" that the question before it names: "botox or dysport?".

    Empty where the question names no two, or the message has no "it".
    """
    if not _PRONOUN.search(message):
        return ()
    phrases = phrases_of(question)
    named: list[str] = []
    for before, behind in pairwise(phrases):
        if _ALTERNATIVES.fullmatch(question, before[-1].end, behind[0].start):
            named += [question[p[0].start : p[-1].end] for p in (before, behind)]
    return tuple(_PRONOUN.sub(lambda _, name=name: name, message, count=1) for name in dict.fromkeys(named))[:COUNT]  # type: ignore[misc]


def doctors_for(message: str, doctors: Sequence[str]) -> tuple[str, ...]:
    """Return a message with each doctor's whole name in place of the pronoun or the part of the name that it has."""
    return tuple(_with_doctor(message, doctor) for doctor in doctors[:COUNT])


def _with_doctor(message: str, doctor: str) -> str:
    if _DOCTOR_PRONOUN.search(message):
        return _DOCTOR_PRONOUN.sub(lambda _: doctor, message, count=1)
    parts = "|".join(re.escape(part) for part in doctor.split())
    return re.sub(rf"(?:{_TITLE.pattern})?\b(?:{parts})\b", lambda _: doctor, message, count=1, flags=re.IGNORECASE)
