"""Whether a message describes an emergency that is going on now, and what is told then.

- `english`: signs by rules, and two classifiers that have learned from examples.
- `multilingual`: which language a message is in, and signs and classifiers for ten others; `ngrams`: hashed features.
- `examples`: the messages that were learned from; `learning` makes the weights again.
- `dismissal`: what a person says to a notice that there is no emergency.
- `notices`: what is told, in the message's language, with the numbers of the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.understanding.urgency.dismissal import asks, denies_emergency, tells
from chatbot.understanding.urgency.english.classifier import classify
from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE, asks_in_general, kind_by_rules
from chatbot.understanding.urgency.english.typos import correct_typos
from chatbot.understanding.urgency.multilingual.language_identification import language_of, possible_languages
from chatbot.understanding.urgency.multilingual.ngram_classifier import classify_ngrams
from chatbot.understanding.urgency.multilingual.sign_classifier import kind_by_sign_classifier
from chatbot.understanding.urgency.multilingual.signs import LANGUAGES
from chatbot.understanding.urgency.notices import (
    cannot_read_text,
    countries,
    every_heading,
    every_notice,
    heading_text,
    notice_text,
    phone_pattern,
)

__all__ = [
    "COUNTRIES",
    "POSSIBLE",
    "SUICIDE",
    "VIOLENCE",
    "Urgency",
    "asks",
    "asks_in_general",
    "cannot_read",
    "dismisses",
    "heading",
    "is_known_heading",
    "is_known_notice",
    "language_of",
    "notice",
    "phone_pattern",
    "tells",
    "urgency_by_signs",
    "urgency_of",
]

COUNTRIES = countries()
"""The ISO codes of the countries whose numbers are known."""

_ENGLISH = "en"
_SEEN_BEFORE = 2
"""Earlier messages that a message is read with."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """An emergency that a message describes."""

    kind: str
    """suicide, violence, stroke, heart, breathing, ...; `POSSIBLE` where no sign says which."""
    language: str
    """The ISO code of the message's language."""


def urgency_of(message: str, before: Sequence[str] = ()) -> Urgency | None:
    """Return the emergency that a message describes, or None: signs and classifier, in every language known.

    Args:
        before: the earlier messages of the same person, oldest first.
    """
    if language_of(message) is not None:
        return _in_other_languages(message)
    corrected = correct_typos(message)
    kind = classify(corrected, kind_by_rules(corrected), [correct_typos(earlier) for earlier in before[-_SEEN_BEFORE:]])
    return Urgency(kind, _ENGLISH) if kind is not None else _in_other_languages(message)


def urgency_by_signs(message: str) -> Urgency | None:
    """Return the emergency whose signs stand in a message, or None: at once, without the model.

    The whole check may still overrule a sign, where the message as a whole says otherwise.
    """
    if language_of(message) is None:
        kind = kind_by_rules(correct_typos(message))
        if kind is not None:
            return Urgency(kind, _ENGLISH)
    return _by_sign_classifier(message)


def dismisses(message: str, kind: str | None) -> bool:
    """Whether a message says to the notice of an emergency that there is none, and has no sign of one itself.

    Args:
        kind: the kind of emergency that the notice was of.
    """
    return denies_emergency(message, grave=kind in (SUICIDE, VIOLENCE)) and urgency_by_signs(message) is None


def notice(urgency: Urgency, *, country: str | None = None) -> str:
    """Return what is told in an emergency, in the message's language.

    Args:
        country: whose numbers are told, one of `COUNTRIES`; None for those of the places where the language is usual.
    """
    return notice_text(urgency.kind, urgency.language, country)


def heading(urgency: Urgency) -> str:
    """Return the heading of the notice."""
    return heading_text(urgency.language)


def is_known_notice(text: str) -> bool:
    """Whether a text is one of the notices, or a sentence of `cannot_read`, with the numbers of any country."""
    return text in every_notice()


def is_known_heading(text: str) -> bool:
    """Whether a text is the heading of a notice."""
    return text in every_heading()


def cannot_read(language: str, *, country: str | None = None) -> str:
    """Return, in a language, that the chatbot can't read it, and whom to call in an emergency."""
    return cannot_read_text(language, country)


def _in_other_languages(message: str) -> Urgency | None:
    """Return what the signs say; where they leave the kind open, or say nothing, the n-grams decide."""
    by_signs = _by_sign_classifier(message)
    if by_signs is not None and by_signs.kind != POSSIBLE:
        return by_signs
    by_ngrams = classify_ngrams(message)
    if by_signs is not None:
        return Urgency(by_ngrams.kind, by_signs.language)
    language = language_of(message) or by_ngrams.language
    return Urgency(by_ngrams.kind, language) if by_ngrams.urgent and language in LANGUAGES else None


def _by_sign_classifier(message: str) -> Urgency | None:
    for language in possible_languages(message):
        kind = kind_by_sign_classifier(message, language)
        if kind is not None:
            return Urgency(kind, language)
    return None
