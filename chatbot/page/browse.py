"""The tab in which the corpus is read: searched, filtered, a thread as on its page, topics and a map."""

from functools import lru_cache
from typing import Any

from chatbot.page.html import thread_list, thread_page, topics_and_map
from chatbot.page.loader import IndexLoader
from chatbot.texts import Texts
from corpus import Thread
from corpus.errors import DoctorAnswersError
from index.index import Index
from index.search.filters import Filters

_A_PAGE = 20
_SEARCHED = 60
_MAP_POINTS = 400
_TOPICS = 12


class BrowseEvents:
    """Answers what is wanted on the corpus tab, as HTML."""

    def __init__(self, loader: IndexLoader, texts: Texts) -> None:
        self._loader = loader
        self._texts = texts
        self._pictures = lru_cache(1)(self._pictures_now)

    def choices(self) -> tuple[list[str], list[str], list[str]]:
        """Return the doctors, specialties and topics of the corpus; nothing where there is no index."""
        index = self._index()
        if index is None:
            return [], [], []
        return (
            list(index.values_of("name")),
            [value for value, _ in index.overview.specialties()],
            [value for value, _ in index.overview.topics()] if _has_topics(index) else [],
        )

    def pictures(self) -> str:
        """Return the counts, the answers by topic and the map of the questions."""
        index = self._index()
        return "" if index is None else self._pictures(index)

    def listed(self, text: str, doctor: str | None, specialty: str | None, topic: str | None, page: float) -> str:
        """Return the threads that fit, best first where a text is searched for."""
        index = self._index()
        if index is None:
            return ""
        filters = Filters(doctor=doctor or None, specialty=specialty or None, tag=topic or None, exact=True)
        first = (max(int(page), 1) - 1) * _A_PAGE
        if text.strip():
            found = self._searched(index, text, filters)
            threads, total = found[first : first + _A_PAGE], len(found)
        else:
            threads, total = index.browse(filters, first=first, count=_A_PAGE)
        return thread_list(threads, first=first, total=total, texts=self._texts)

    def read(self, told: str) -> str:
        """Return the thread, or the thread of the answer, that the browser tells; "" for none."""
        kind, _, wanted = told.partition("|")[2].partition(":")
        index = self._index() if wanted else None
        if index is None:
            return ""
        thread = index.thread_of_answer(wanted) if kind == "answer" else index.thread(wanted)
        return thread_page(thread, wanted if kind == "answer" else None, self._texts)

    def _index(self) -> Index | None:
        """Wait until the index is open, and return it; None if it can't be opened, which the page says above."""
        try:
            return self._loader.index()
        except DoctorAnswersError:
            return None

    def _searched(self, index: Index, text: str, filters: Filters) -> list[Thread]:
        hits = index.search(text, _SEARCHED, filters)
        return list({hit.thread.id: hit.thread for hit in hits}.values())

    def _pictures_now(self, index: Index) -> str:
        manifest = index.manifest
        counts: dict[str, Any] = {
            "answers": manifest.answers,
            "threads": manifest.threads,
            "doctors": manifest.doctors,
        }
        return topics_and_map(counts, index.overview.topics()[:_TOPICS], index.overview.map(_MAP_POINTS), self._texts)


def _has_topics(index: Index) -> bool:
    return index.overview.topics() != index.overview.specialties()
