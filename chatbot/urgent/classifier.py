"""Whether an English message describes an emergency, by the signs in it and the network that has learned from examples.

The network reads the message whole, a long one in parts too, and a short one with those before it. How sure it must
be depends on whether a sign of the rules is there and on how much is said.
"""

from collections.abc import Sequence

from chatbot.urgent.network import CLASSES, probabilities
from chatbot.urgent.rules import POSSIBLE, SUICIDE, VIOLENCE
from index.sentences import sentence_spans

THRESHOLD = 0.7
"""The probability of an emergency from which a message without a sign is told."""
SIGN_THRESHOLD = 0.4
"""... with a sign of the rules."""
SHORT_WORDS = 6
SHORT_THRESHOLD = 0.95
"""... of so few words without a sign: what the model alone suspects in a few words is not told."""
LETTER_WORDS = 60
LETTER_THRESHOLD = 0.9
LETTER_SIGN_THRESHOLD = 0.7
"""... of so many words, without a sign and with one: long stories sound worse than they are."""
PART_THRESHOLD = 0.97
"""... of a part of a long message: torn from the others it sounds worse."""
CONTEXT_THRESHOLD = 0.85
"""... of a message read with those before it."""
CONTEXT_WORDS = 25
"""Longer messages are not read with those before them."""

_PART_WORDS = 40
_MAX_PARTS = 12
_READ_CHARS = 1200
"""Characters of a message that are given to the network at once; it reads about so many."""


def classify(message: str, sign: str | None, before: Sequence[str] = ()) -> str | None:
    """Return the kind of emergency that an English message describes, or None.

    Args:
        sign: the kind that the rules found in it, or None.
        before: the messages before it that it is read with, oldest first.
    """
    if not message.strip():
        return None
    words = len(message.split())
    said_before = " ".join(before)[-_READ_CHARS:] if words <= CONTEXT_WORDS else ""
    whole, *parts = parts_of(message)
    # Read apart: in one batch each would take as long as the longest.
    rows = [*probabilities([("", whole)]), *(probabilities([("", part) for part in parts]) if parts else ())]
    thresholds = [_threshold(words, has_sign=sign is not None), *[PART_THRESHOLD] * len(parts)]
    if said_before and _emergency(said_before) < THRESHOLD:  # what was an emergency before has been told
        rows.extend(probabilities([(said_before, whole)]))
        thresholds.append(CONTEXT_THRESHOLD)
    margins = [1.0 - float(row[0]) - threshold for row, threshold in zip(rows, thresholds, strict=True)]
    at = max(range(len(rows)), key=lambda place: margins[place])
    if margins[at] <= 0:
        return None
    learned = CLASSES[1 + int(rows[at][1:].argmax())] or POSSIBLE
    return learned if sign is None or learned in (SUICIDE, VIOLENCE) else sign


def parts_of(message: str) -> list[str]:
    """Return what is looked at of a message: its beginning whole and, if it is long, at most 12 parts of it."""
    if len(message.split()) <= _PART_WORDS * 2:
        return [message[:_READ_CHARS]]
    spans = sentence_spans(message)
    words = max(_PART_WORDS, -(-len(message.split()) // (_MAX_PARTS - 1)))
    parts: list[str] = []
    start, count = 0, 0
    for at, (_, end) in enumerate(spans):
        count += len(message[spans[at][0] : end].split())
        if count >= words or at == len(spans) - 1:
            parts.append(message[spans[start][0] : end][:_READ_CHARS])
            start, count = at + 1, 0
    return [message[:_READ_CHARS], *parts[:_MAX_PARTS]]


def _emergency(message: str) -> float:
    return 1.0 - float(probabilities([("", message)])[0][0])


def _threshold(words: int, *, has_sign: bool) -> float:
    if words >= LETTER_WORDS:
        return LETTER_SIGN_THRESHOLD if has_sign else LETTER_THRESHOLD
    if has_sign:
        return SIGN_THRESHOLD
    return SHORT_THRESHOLD if words <= SHORT_WORDS else THRESHOLD
