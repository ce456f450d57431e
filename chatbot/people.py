"""What those who answered are called: doctors, or therapists."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from chatbot.texts import People
from corpus.errors import DoctorAnswersError
from index.index import Index
from index.info import read_specialties

_THERAPISTS = re.compile(r"therap|counsel|psycholog|social work|coach", re.IGNORECASE)


@lru_cache(maxsize=2)
def people_of(index: Index) -> People:
    """Return what those who answered are called: therapists, where most of the named specialties are of that kind."""
    return _people(index.overview.specialties())


def people_in(directory: Path) -> People:
    """Return the same for an index that is not open yet; doctors where there is none, or none that can be read."""
    try:
        return _people(read_specialties(directory))
    except DoctorAnswersError:
        return "doctors"


def _people(specialties: Sequence[tuple[str, int]]) -> People:
    therapists = sum(count for name, count in specialties if _THERAPISTS.search(name))
    return "therapists" if therapists * 2 > sum(count for _, count in specialties) else "doctors"
