"""What a question back offers: two or three messages, each of which the user may have meant."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from chatbot.answering.suggestions import COUNT, differs, example_questions
from chatbot.understanding.followups.resolve import PhraseWord, phrases_of
from chatbot.understanding.message import short_message
from chatbot.understanding.small_talk import is_aspect, named_words
from corpus.text.tokens import stem, words_of
from corpus.text.word_frequency import frequency_rank
from index.index import Index
from index.search.answerability import HITS

_LOOKED_AT = 60
"""Hits whose pages' titles are looked at."""
_MAX_WORDS = 5
_MAX_CHARS = 45
_LIGHT_VERBS = frozenset(
    "considering consider getting get taking taken take having using used feeling felt feel diagnosed diagnose"
    " suffering underwent gave give giving going went interested prescribed recently control really currently less"
    " trying".split()
)
"""Words that a subject does not begin with: what one does with it says nothing of it."""
_NAMES_SUBJECT = 0.15
"""The rarity that the rarest word of a subject has at least: "end" and "feel" name none."""

_PRONOUN = re.compile(r"\b(?:it|that|this)\b(?!['’])", re.IGNORECASE)
_DOCTOR_PRONOUN = re.compile(r"\b(?:he|she|him|her)\b", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\s*(?:,\s*)?\b(?:or|vs\.?|versus)\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:dr|doctor|prof|professor)\b\.?\s*", re.IGNORECASE)


def subjects_for(message: str, index: Index) -> tuple[str, ...]:
    """Return what a message that names nothing may be about: up to `COUNT` subjects of pages near to it.

    Each is a few words of a page's title ("gastric sleeve surgery in mexico"), with answers or related pages behind it,
    and none says what another does. Where the pages near to it name fewer than two, titles spread over the corpus are
    taken in their place.
    """
    own = {stem(word) for word in words_of(message)}
    near = [hit.thread.title for hit in index.search(index.query(message), _LOOKED_AT)]
    spread = [thread.title for thread in index.sample_threads(_LOOKED_AT)]
    found: list[str] = []
    for title in dict.fromkeys([*near, *spread]):
        subject = subject_of(title, own)
        if subject and _shares_nothing(subject, found) and _is_covered(index, subject):
            found.append(subject)
        if len(found) == COUNT:
            break
    return tuple(found) if len(found) > 1 else tuple(example_questions(index, COUNT))


def subject_of(title: str, without: Collection[str] = ()) -> str | None:
    """Return the few words of a title that name most, in a row and as they stand there, or None if none does.

    Args:
        without: stems that name nothing here: those of the message that asks.
    """
    candidates = []
    for phrase in phrases_of(title):
        parts = [phrase] if len(phrase) <= _MAX_WORDS else _unjoined(title, phrase)
        candidates += [part for whole in parts if (part := _without_ends(whole, without))]
    named = [(rarity, part) for part in candidates if (rarity := _rarity(part)) >= _NAMES_SUBJECT]
    subjects = [(rarity, title[part[0].start : part[-1].end]) for rarity, part in named]
    fitting = [(rarity, text) for rarity, text in subjects if len(text) <= _MAX_CHARS]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


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


def _unjoined(title: str, phrase: Sequence[PhraseWord]) -> list[Sequence[PhraseWord]]:
    """Return the parts of a phrase between what joins them ("of", "with"), of each at most its last words."""
    parts: list[list[PhraseWord]] = [[phrase[0]]]
    for before, word in pairwise(phrase):
        if title[before.end : word.start].strip():
            parts.append([word])
        else:
            parts[-1].append(word)
    return [part[-_MAX_WORDS:] for part in parts]


def _without_ends(phrase: Sequence[PhraseWord], without: Collection[str]) -> Sequence[PhraseWord]:
    """Return a phrase without the words at its ends that may be asked of anything ("side effects", "take")."""
    first, last = 0, len(phrase)
    while first < last and (phrase[first].text.lower() in _LIGHT_VERBS or _is_aspect(phrase[first].text, without)):
        first += 1
    while last > first and (_names_nothing(phrase[last - 1].text) or _is_aspect(phrase[last - 1].text, without)):
        last -= 1
    only = phrase[first].text.lower() if last - first == 1 else ""
    return () if only.endswith("ed") else phrase[first:last]


def _is_aspect(word: str, without: Collection[str]) -> bool:
    return is_aspect(word.lower()) or {stem(each) for each in words_of(word)} <= {*without}


def _names_nothing(word: str) -> bool:
    plain = short_message(word)
    return plain is not None and not named_words(plain)


def _rarity(phrase: Sequence[PhraseWord]) -> float:
    words = [word for part in phrase for word in words_of(part.text) if len(word) > 2 and word.isalpha()]
    return 0.0 if not phrase or phrase[0].text.isdigit() else max((frequency_rank(word) for word in words), default=0.0)


def _shares_nothing(subject: str, others: Sequence[str]) -> bool:
    return differs(subject, others) and all(differs(other, [subject]) for other in others)


def _is_covered(index: Index, subject: str) -> bool:
    query = index.query(subject)
    return index.answerability(query, index.search(query, HITS, diversify=False)) == "answers"
