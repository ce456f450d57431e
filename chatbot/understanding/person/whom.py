"""Of whom a fact is: of the user, or of somebody of theirs ("my son is 5 and I'm pregnant")."""

import re
from collections.abc import Sequence
from functools import cache

from chatbot.understanding.person.facts import Fact, age_group, anybody
from corpus.text.sentences import Span

SOMEBODY_ELSE = "somebody else"
"""Of whom a fact is where only "he" or "she" says so."""

_MALE = frozenset(
    "son dad father husband boyfriend brother grandfather grandpa uncle nephew boy grandson stepson fiance".split()
) | {"baby boy", "baby son", "little boy", "teenage son", "father in law"}
_FEMALE = frozenset(
    "daughter mum mom mother wife girlfriend sister grandmother grandma aunt niece girl granddaughter stepdaughter"
    " fiancee".split()
) | {"baby girl", "baby daughter", "little girl", "teenage daughter", "mother in law"}
_AGED = re.compile(r"(?:my|our)\s+\d", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?;\n](?=\s|$)")


def whom_of(fact: Fact, text: str, span: Span, known: Sequence[str]) -> str:
    """Return of whom a fact is that a text states; "" for the user.

    Args:
        span: where the text states it.
        known: of whom there were facts before, the latest last: "she" may be one of them.
    """
    if fact.kind == "for_whom":
        return ""
    start, end = span
    if _AGED.match(text, start):
        return _aged(fact, text, end)
    subjects = [match for match in _subjects().finditer(text) if match.start() < end]
    inside = next((match for match in subjects if match.start() >= start), None)
    before = [match for match in subjects if match.end() <= start]
    subject = inside or (before[-1] if before and not _SENTENCE_ENDS.search(text, before[-1].end(), start) else None)
    if subject is None:
        return ""
    if subject["person"]:
        return " ".join(subject["person"].lower().split())
    if subject["pronoun"]:
        named = [" ".join(match["person"].lower().split()) for match in before if match["person"]]
        return _antecedent(subject["pronoun"].lower(), [*known, *named])
    return ""


def people_in(text: str) -> tuple[set[str], bool, bool]:
    """Return of whom a text speaks: people of the user's, whether by "he" or "she", and whether of the user."""
    subjects = list(_subjects().finditer(text))
    people = {" ".join(match["person"].lower().split()) for match in subjects if match["person"]}
    return people, any(match["pronoun"] for match in subjects), any(match["self"] for match in subjects)


def _aged(fact: Fact, text: str, end: int) -> str:
    """Return who "my 5 week old" is: who is named behind it, or by the age."""
    behind = re.match(rf"\s+(?P<person>{anybody()})(?![\w'])", text[end:], re.IGNORECASE)
    return behind["person"].lower() if behind else age_group(fact) or SOMEBODY_ELSE


def _antecedent(pronoun: str, people: Sequence[str]) -> str:
    """Return the latest of some people whom a pronoun may mean."""
    other = _FEMALE if pronoun in ("he", "his", "him") else _MALE
    return next((person for person in reversed(people) if person not in other), SOMEBODY_ELSE)


@cache
def _subjects() -> re.Pattern[str]:
    aged = r"(?:\d{1,2}[\s-]*(?:year|month|week|day|yr|mo)s?[\s-]*old\s+)?"
    return re.compile(
        rf"\b(?:(?:my|our)\s+{aged}(?P<person>{anybody()})(?![\w])|(?P<pronoun>s?he|his|her|him)\b"
        r"|(?P<self>i|im|me|we|my|our)\b)",
        re.IGNORECASE,
    )
