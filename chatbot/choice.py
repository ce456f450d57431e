"""Which answers are quoted: each doctor once, no text twice, nothing far behind the best, different views first."""

from collections.abc import Hashable, Sequence

from chatbot.reply import Citation
from chatbot.views import View, YesNoQuestion, view_of
from index.records import Hit
from index.spread import doctor_key

MAX_DOCTORS = 5

_NEAR_THE_BEST = 0.7
"""A hit is quoted if its score is at least this part of the best hit's."""


def different_doctors(hits: Sequence[Hit], count: int = MAX_DOCTORS) -> list[Hit]:
    """Return the best hit of each of the best doctors, up to `count`; no text twice."""
    chosen: dict[Hashable, Hit] = {}
    texts: set[str] = set()
    for hit in hits:
        close = hit.score >= hits[0].score * _NEAR_THE_BEST
        # An answer without a doctor's name counts as a doctor of its own.
        doctor = doctor_key(hit.answer.author) or hit.number
        if close and doctor not in chosen and hit.answer.text not in texts and len(chosen) < count:
            chosen[doctor] = hit
            texts.add(hit.answer.text)
    return list(chosen.values())


def different_views_first(asked: YesNoQuestion | None, citations: Sequence[Citation]) -> list[Citation]:
    """Return citations, best first, so that each view of a yes-or-no question comes before any comes again.

    The best one stays first. Where the question is no such one (`asked` is None) the order stays as it is.
    """
    if asked is None or not citations:
        return list(citations)
    first: dict[View, Citation] = {}
    for citation in citations:
        view = view_of(asked, *citation.quoted)
        if view is not None:
            first.setdefault(view, citation)
    leading = list(dict.fromkeys([citations[0], *first.values()]))
    return [*leading, *(citation for citation in citations if citation not in leading)]
