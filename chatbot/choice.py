"""Which of the hits are quoted: each doctor once, no text twice, and nothing far behind the best."""

from collections.abc import Hashable, Sequence

from index.records import Hit
from index.spread import doctor_key

MAX_DOCTORS = 5

_NEAR_THE_BEST = 0.7
"""A hit is quoted if its score is at least this part of the best hit's."""


def different_doctors(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each of the best doctors, up to `MAX_DOCTORS`; no text twice."""
    chosen: dict[Hashable, Hit] = {}
    texts: set[str] = set()
    for hit in hits:
        close = hit.score >= hits[0].score * _NEAR_THE_BEST
        # An answer without a doctor's name counts as a doctor of its own.
        doctor = doctor_key(hit.answer.author) or hit.number
        if close and doctor not in chosen and hit.answer.text not in texts and len(chosen) < MAX_DOCTORS:
            chosen[doctor] = hit
            texts.add(hit.answer.text)
    return list(chosen.values())
