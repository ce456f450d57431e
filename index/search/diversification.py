"""The first hits as different doctors' views, not one doctor's five times."""

import re
from collections.abc import Hashable, Sequence
from typing import TypeVar

from corpus import Doctor

FIRST = 5
"""How many hits at the top are spread over doctors: as many as a reply quotes."""

_PERSON = re.compile(r"(?:dr|prof|doctor)\b\.?\s|\S+\s+\S+", re.IGNORECASE)


Item = TypeVar("Item")


def doctor_key(author: Doctor | None) -> Hashable | None:
    """Return what tells this doctor from others, or None where the page names no person.

    An institution ("CDC") that wrote all answers of a corpus is no doctor with one view: a name of a
    single word without credentials and specialty is taken for one.
    """
    if author is None or author.name is None:
        return None
    if author.credentials or author.specialty or _PERSON.match(author.name):
        return author.name.casefold()
    return None


def diversified(items: Sequence[Item], doctors: Sequence[Hashable | None]) -> list[Item]:
    """Return the items, best first: among the top `FIRST` each doctor once, the others behind in their order.

    Args:
        items: hits, best first.
        doctors: for each its doctor's key; None repeats nobody.
    """
    top: list[Item] = []
    later: list[Item] = []
    seen: set[Hashable] = set()
    for item, doctor in zip(items, doctors, strict=True):
        if len(top) < FIRST and (doctor is None or doctor not in seen):
            seen.add(doctor)
            top.append(item)
        else:
            later.append(item)
    return top + later
