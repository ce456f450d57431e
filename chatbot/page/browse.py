"""The tab in which the corpus is read. Each place in it has an address, and is answered as HTML.

`?pages` is the list of pages, `?find=TEXT`, `?topic=`, `?specialty=` and `?doctor=` narrow it, `?from=21` goes on in
it. `?doctors` lists who answered, `?map` shows the questions as points, `?thread=ID` and `?answer=ID` a page whole.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from markupsafe import Markup, escape

from chatbot.answering.snippets import excerpt
from chatbot.answering.stances import told_stances
from chatbot.page.loader import IndexLoader
from chatbot.page.messages import doctor_on_page, initials, language_of_thread
from chatbot.page.templates import render
from chatbot.rendering.stances import stance_parts, stances_head
from chatbot.texts import Texts
from corpus import Answer, Thread
from corpus.errors import DoctorAnswersError
from corpus.text.sentences import sentence_spans
from corpus.text.tokens import stem, words_of
from index.index import Index
from index.search.filters import Filters

_A_PAGE = 20
_SEARCHED = 100
_MAP_POINTS = 400
_TOPICS = 12
_MORE_TOPICS = 150
_SPECIALTIES = 8
_COLOURS = 6
"""Topics beyond so many share the last colour."""
_EXCERPT_CHARS = 220
_NARROWED = ("topic", "specialty", "doctor")


class BrowseEvents:
    """Answers what is wanted on the corpus tab, as HTML."""

    def __init__(self, loader: IndexLoader, texts: Texts) -> None:
        self._loader = loader
        self._texts = texts
        self._map = lru_cache(1)(self._map_now)
        self._doctors = lru_cache(1)(self._doctors_now)

    def place(self, told: str) -> str:
        """Return the place at an address, which the browser tells behind a number and a bar: "3|?doctor=NAME"."""
        try:
            index = self._loader.index()
        except DoctorAnswersError:  # the page says above why
            return ""
        asked = parse_qs(told.partition("|")[2].removeprefix("?"), keep_blank_values=True, max_num_fields=20)
        return self._place(index, {name: values[0] for name, values in asked.items()})

    def _place(self, index: Index, wanted: Mapping[str, str]) -> str:
        if wanted.get("answer"):
            return self._thread(index.thread_of_answer(wanted["answer"]), wanted["answer"])
        if wanted.get("thread"):
            return self._thread(index.thread(wanted["thread"]), None)
        if "doctors" in wanted or "map" in wanted:
            return self._doctors(index) if "doctors" in wanted else self._map(index)
        if wanted.get("doctor") and not any(wanted.get(name) for name in ("find", "topic", "specialty")):
            return self._doctor(index, wanted["doctor"])
        return self._list(index, wanted)

    # -- one page, one doctor ---------------------------------------------------------------------

    def _thread(self, thread: Thread | None, wanted: str | None) -> str:
        return self._render(
            "thread.html",
            thread=thread,
            wanted=wanted,
            paragraphs=paragraphs,
            card=self._texts["card"],
            stances=self._stances(thread) if thread else None,
            lang=language_of_thread(thread) if thread else "en",
        )

    def _stances(self, thread: Thread) -> dict[str, Any] | None:
        """Return what the doctors of a page say to its question, as a reply to that question counts them, or None."""
        found = told_stances(thread.title, thread)
        if found is None:
            return None
        return {"head": stances_head(found, self._texts), "parts": stance_parts(found, self._texts)}

    def _doctor(self, index: Index, name: str) -> str:
        written = index.answers_by(name)
        counts = self._counted("wrote", len(written))
        return self._render("doctor.html", called=name, written=written, counts=counts, excerpt=_excerpt)

    def _doctors_now(self, index: Index) -> str:
        people = [(name, index.answers_by(name)) for name in index.values_of("name")]
        shown = [(name, written[0][1], len(written)) for name, written in people if written]
        return self._render("doctors.html", doctors=sorted(shown, key=lambda one: -one[2]))

    # -- lists ------------------------------------------------------------------------------------

    def _list(self, index: Index, wanted: Mapping[str, str]) -> str:
        text = " ".join(wanted.get("find", "").split())
        narrowed = {name: wanted[name] for name in _NARROWED if wanted.get(name)}
        filters = Filters(
            doctor=narrowed.get("doctor"), specialty=narrowed.get("specialty"), tag=narrowed.get("topic"), exact=True
        )
        first = _number(wanted.get("from", "")) or 1
        if text:
            found = searched_threads(index, text, filters)
            threads, total = found[first - 1 : first - 1 + _A_PAGE], len(found)
        else:
            threads, total = index.browse(filters, first=first - 1, count=_A_PAGE)
        kept = {"find": text, **narrowed} if text else dict(narrowed)

        def address(**changed: str | int | None) -> str:
            values = {name: value for name, value in {**kept, **changed}.items() if value}
            return "?" + (urlencode(values) if values else "pages")

        topics = index.overview.topics()
        has_topics = topics != index.overview.specialties()
        return self._render(
            "threads.html",
            threads=[
                (thread, _told(thread, text), self._counted("answers", _answers(thread)), self._stances(thread))
                for thread in threads
            ],
            marked=_marker(text),
            counted=self._counted,
            first=first,
            last=first - 1 + len(threads),
            total=total,
            step=_A_PAGE,
            address=address,
            narrowed=narrowed,
            found_one=self._texts["corpus"]["found_one"],
            topics=topics[:_TOPICS] if has_topics else [],
            more_topics=topics[_TOPICS : _TOPICS + _MORE_TOPICS] if has_topics else [],
            specialties=index.overview.specialties()[:_SPECIALTIES],
            manifest=index.manifest,
            lang=language_of_thread,
            plain=not text and not narrowed and first == 1,
        )

    def _map_now(self, index: Index) -> str:
        points = sorted(index.overview.map(_MAP_POINTS), key=lambda point: (point.x, point.y))
        topics = [topic for topic, _ in index.overview.topics()[:_COLOURS]]
        regions = []
        for topic in topics:
            near = [point for point in points if point.topic == topic]
            if near:
                x, y = (sum(getattr(point, axis) for point in near) / len(near) for axis in "xy")
                regions.append((topic, x, y))
        colours = defaultdict(lambda: _COLOURS, {topic: at for at, topic in enumerate(topics)})
        return self._render("map.html", points=points, regions=regions, colours=colours, others=_COLOURS)

    def _counted(self, name: str, number: int) -> str:
        words = self._texts["corpus"]
        return words[f"{name}_one" if number == 1 else f"{name}_many"].format(number=number)

    def _render(self, template: str, **values: Any) -> str:
        return render(
            template,
            words=self._texts["corpus"],
            doctor=lambda answer: doctor_on_page(answer, self._texts),
            initials=initials,
            **values,
        )


def searched_threads(index: Index, text: str, filters: Filters) -> list[Thread]:
    """Return the threads that a text finds, best first: those that match well, and those that have its words."""
    query = index.query(text)
    hits = index.search(query, _SEARCHED, filters)
    wanted = {stem(word) for word in words_of(text)}
    related = index.answerability(query, hits) != "nothing"
    good = index.manifest.thresholds.good_match
    return list(
        {
            hit.thread.id: hit.thread
            for hit in hits
            if (related and hit.score >= good) or _has_words(wanted, hit.thread, hit.answer)
        }.values()
    )


def _has_words(wanted: set[str], thread: Thread, answer: Answer) -> bool:
    """Whether all the words stand there; the last one may be the beginning of a word that is still being typed."""
    text = " ".join(filter(None, (thread.title, thread.question, answer.text))).lower()
    return bool(wanted) and all(re.search(rf"\b{re.escape(word)}", text) for word in wanted)


def _sought(text: str) -> re.Pattern[str] | None:
    """Return a pattern for the words that are searched for, as they may stand in a text; None for no words."""
    stems = sorted({stem(word) for word in words_of(text) if len(word) > 2}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w*", re.IGNORECASE) if stems else None


def _told(thread: Thread, text: str) -> str:
    """Return what is told of a thread below its title: its question, or what of it, or of an answer, was searched for.

    Where the title has a word that is searched for, or nothing has one, it is the question's beginning.
    """
    texts = [thread.question or "", *(answer.text for answer in thread.answers)]
    usual = next(filter(None, texts), "")
    words = _sought(text)
    if words is None or words.search(thread.title) or words.search(_excerpt(usual)):
        return _excerpt(usual)
    for own in texts:
        if found := words.search(own):
            start = next(start for start, end in sentence_spans(own) if found.start() < end)
            return ("… " if start else "") + _excerpt(own[start:])
    return _excerpt(usual)


def _marker(text: str) -> Callable[[str], Markup]:
    """Return a function that gives a text as HTML with the words that were searched for marked."""
    words = _sought(text)
    if words is None:
        return escape

    def marked(shown: str) -> Markup:
        parts, at = [], 0
        for found in words.finditer(shown):
            parts += [escape(shown[at : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
            at = found.end()
        return Markup("").join([*parts, escape(shown[at:])])

    return marked


def paragraphs(text: str) -> Markup:
    """Return a text as HTML paragraphs."""
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in text.split("\n\n") if part.strip())


def _excerpt(text: str) -> str:
    return excerpt(text, _EXCERPT_CHARS)


def _answers(thread: Thread) -> int:
    return sum(not answer.by_asker for answer in thread.answers)


def _number(text: str) -> int:
    """Return a number of an address, and 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
