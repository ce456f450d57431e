"""Which answers may be found at all: by doctor, place, rating, topic and source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.text.normalisation import case_folded
from index.storage.store import Store


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer must have to be found; None or empty for anything.

    Texts match any part of the field, whatever the case and accents: "dermat" finds
    "Dermatologic Surgeon". `tag` and `source` are of the thread, `source` also its address.
    `min_rating` is in stars, 0 to 5. An answer without the field is not found.
    """

    specialty: str | None = None
    location: str | None = None
    doctor: str | None = None
    min_rating: float | None = None
    min_reviews: int | None = None
    tag: str | None = None
    source: str | None = None
    verbatim_only: bool = False

    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return self != NO_FILTERS


NO_FILTERS = Filters()
"""Anything may be found."""


def allowed_answers(store: Store, filters: Filters) -> NDArray[np.bool_]:
    """Return for each answer whether it is a doctor's and passes the filters."""
    columns = "a.specialty, a.location, a.name, a.rating, a.reviews, a.kind, t.tags, t.source, t.url, a.url, a.by_asker"
    rows = store.rows(f"SELECT {columns} FROM answers a JOIN threads t ON t.number = a.thread ORDER BY a.number")
    passes = _passes(filters)
    return np.array([not by_asker and passes(row) for *row, by_asker in rows], dtype=np.bool_)


def _passes(filters: Filters) -> Callable[[Sequence[Any]], bool]:
    wanted = {
        at: case_folded(text)
        for at, text in enumerate((filters.specialty, filters.location, filters.doctor))
        if text is not None
    }
    tag = None if filters.tag is None else case_folded(filters.tag)
    source = None if filters.source is None else case_folded(filters.source)

    def passes(row: Sequence[Any]) -> bool:
        *_, rating, reviews, kind, tags, thread_source, thread_url, answer_url = row
        addresses = (thread_source, thread_url, answer_url)
        return (
            all(row[at] is not None and text in case_folded(row[at]) for at, text in wanted.items())
            and (filters.min_rating is None or (rating is not None and rating >= filters.min_rating))
            and (filters.min_reviews is None or (reviews is not None and reviews >= filters.min_reviews))
            and (not filters.verbatim_only or kind == "verbatim")
            and (tag is None or tag in case_folded(tags))
            and (source is None or source in case_folded(" ".join(filter(None, addresses))))
        )

    return passes
