"""Messages that point back at the last reply: "the second one", "[3]", "what did Dr. Hughes say?", "who said that?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Answer
from index.filters import folded

Wish = Literal["whole", "who", "more by", "others"]

_ORDINALS = "first second third fourth fifth".split()
_THING = r"(?:one|answer|doctor|doc|source|opinion|reply|quote|view)"
_ORDINAL = re.compile(
    rf"\b(?:the\s+)?({'|'.join(_ORDINALS)}|(?<=the )last|1st|2nd|3rd|4th|5th)(?:\s+{_THING}\b|\W*$)", re.IGNORECASE
)
_NUMBER = re.compile(rf"\[(\d+)\]|\b(?:number|no\.?|nr\.?|#|{_THING})\s*#?(\d+)\b|^\W*(\d)\W*$", re.IGNORECASE)
_WHO = re.compile(
    r"\W*(?:who|which doctors?)\s+(?:said|wrote|says|is|are|was|answered)\s*"
    r"(?:that|this|it|they|these|those)?\b.{0,25}",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\W*(?:(?:and |please )*(?:show|tell|give|let|what|see|list|read)\b.{0,30}?\b)?(?:the |all |all the |some )?"
    r"(?:others|other (?:\w+ )?(?:doctors?|answers?|opinions?|views?)"
    r"|(?:more|remaining) (?:doctors|answers|opinions|views)"
    r"|rest of (?:the|them)\b.{0,20}|every(?:one|body) else)"
    r"(?: (?:say|said|think|wrote|write|on (?:this|that|the same) page))?\W*",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:what else|anything else|other answers?|more (?:by|from|of))\b", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id)|wr(?:ite|ites|ote)|tell|told|answer(?:ed)?|think|recommend(?:s|ed)?|advise[sd]?|mean|meant"
    r"|whole|full|more|about|else)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\bthe\s+([\w .'’-]{3,40}?)\s+(?:one|doctor|doc|surgeon|dermatologist|physician)\b"
    r"|\b(?:doctor|one|doc)\s+(?:in|from)\s+([\w .'’-]{3,40})",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:she|he|they|her|him|this doctor|that doctor)\b", re.IGNORECASE)
_ASKS_WHAT_SOMEBODY_SAYS = re.compile(
    r"\b(?:what|how|show|tell|did|does|anything|something|answers?)\b.{0,40}\b(?:dr\b\.?|doctor|prof\b\.?)\s+\w"
    r"|\bwhat (?:did|does|do) \w+(?: \w+)? (?:say|write|think|advise|recommend)\b",
    re.IGNORECASE,
)
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv"])
_MIN_NAME = 3


@dataclass(frozen=True, slots=True)
class Pointing:
    """What is pointed at: the places (from 0) among what was cited, and what is wanted of it."""

    wish: Wish
    targets: tuple[int, ...]


def pointing(message: str, cited: Sequence[Answer]) -> Pointing | None:
    """Return what a message points at among the answers that the last reply cited, or None."""
    if not cited:
        return None
    if _WHO.fullmatch(message.strip()):
        return Pointing("who", _numbered(message, cited) or tuple(range(len(cited))))
    if _OTHERS.fullmatch(message.strip()):
        return Pointing("others", ())
    targets = _numbered(message, cited) or _named(message, cited) or _placed(message, cited)
    if _ELSE.search(message) and (targets or _PRONOUN.search(message)):
        return Pointing("more by", targets or (0,))
    return Pointing("whole", targets) if targets else None


def doctor_meant(message: str, names: Sequence[str]) -> str | None:
    """Return the doctor of the corpus whose last name stands in a message that asks what somebody said, or None."""
    if not _ASKS_WHAT_SOMEBODY_SAYS.search(message):
        return None
    words = set(re.findall(r"\w+", folded(message)))
    found = [name for name in names if (last := last_name(name)) and len(last) >= _MIN_NAME and last in words]
    return max(found, key=lambda name: len(words & set(re.findall(r"\w+", folded(name)))), default=None)


def last_name(name: str) -> str:
    """Return a person's last name without case and accents; "Jr." and "III" are none."""
    words = [word for word in re.findall(r"\w+", folded(name)) if word not in _GENERATIONS]
    return words[-1] if words else ""


def _numbered(message: str, cited: Sequence[Answer]) -> tuple[int, ...]:
    numbers = [int(next(group for group in match.groups() if group)) - 1 for match in _NUMBER.finditer(message)]
    for match in _ORDINAL.finditer(message):
        word = match.group(1).lower()
        if word == "last":
            numbers.append(len(cited) - 1)
        else:
            numbers.append(_ORDINALS.index(word) if word in _ORDINALS else int(word[0]) - 1)
    return tuple(dict.fromkeys(number for number in numbers if 0 <= number < len(cited)))


def _named(message: str, cited: Sequence[Answer]) -> tuple[int, ...]:
    """Return the doctors whose last name stands in a message that asks what somebody said."""
    if not _SAYING.search(message):
        return ()
    words = set(re.findall(r"\w+", folded(message)))
    found = []
    for at, answer in enumerate(cited):
        last = last_name(answer.author.name) if answer.author and answer.author.name else ""
        if len(last) >= _MIN_NAME and last in words:
            found.append(at)
    return tuple(found)


def _placed(message: str, cited: Sequence[Answer]) -> tuple[int, ...]:
    match = _PLACE.search(message)
    if match is None:
        return ()
    place = folded(match.group(1) or match.group(2)).strip(" ?.!")
    return tuple(
        at
        for at, answer in enumerate(cited)
        if answer.author
        and any(place in folded(fact) for fact in (answer.author.location, answer.author.specialty) if fact)
    )
