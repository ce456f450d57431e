"""Replies to messages that point back at the last reply, out of the conversation and the corpus."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.choice import MAX_DOCTORS
from chatbot.found import Finder, others_of
from chatbot.reply import Citation, Reply
from chatbot.turns import Cited, Turn, last_query
from chatbot.understanding.references import Reference
from chatbot.wording import doctors_named, more_by_said, others_listed, whole_answers
from corpus import Answer, Thread
from index.filters import Filters

_Known = tuple[Cited, Thread, Answer]


def recall(refers: Reference, message: str, turns: Sequence[Turn], filters: Filters, finder: Finder) -> Reply | None:
    """Return the reply to "the second one", "who said that?", "what did Dr. Roe say?", "the others", or None.

    Args:
        refers: what the message refers to, among what `last_cited` gives.
        turns: the conversation before the message.
        filters: those that hold.
    """
    return _Recall(turns, filters, finder).reply(refers, message)


def last_cited(turns: Sequence[Turn], finder: Finder) -> list[tuple[Cited, Thread, Answer]]:
    """Return what the last reply with citations cited, as far as it is in the corpus still."""
    last = next((turn for turn in reversed(turns) if turn.cited), None)
    return [found for cited in last.cited if (found := looked_up(cited, finder))] if last else []


def looked_up(cited: Cited, finder: Finder) -> tuple[Cited, Thread, Answer] | None:
    """Return what a turn cited with its thread and answer, or None if it is no longer in the corpus."""
    thread = finder.index.thread_of_answer(cited.answer_id)
    answer = next((a for a in thread.answers if a.id == cited.answer_id), None) if thread else None
    return (cited, thread, answer) if thread and answer else None


class _Recall:
    def __init__(self, turns: Sequence[Turn], filters: Filters, finder: Finder) -> None:
        self._turns = turns
        self._filters = filters
        self._finder = finder
        self._index = finder.index
        self._texts = finder.texts

    def reply(self, refers: Reference, message: str) -> Reply | None:
        if refers.wish == "by doctor":
            return self._asked_of_a_doctor(refers, message)
        last = next((turn for turn in reversed(self._turns) if turn.cited), None)
        known = last_cited(self._turns, self._finder)
        if last is None or not known:
            return None
        return self._pointed(refers, known, last.query or last_query(self._turns) or message)

    def _pointed(self, wish: Reference, known: Sequence[_Known], query: str) -> Reply:
        targets = [known[at] for at in wish.targets]
        if wish.wish == "who":
            citations = _as_quoted(targets)
            return self._cited(doctors_named(citations, self._texts), query, citations)
        if wish.wish in ("others", "pages"):
            return self._others(_as_quoted(known), query)
        if wish.wish == "more by":
            return self._more_by(targets[0], query)
        citations = tuple(_whole(number, thread, answer) for number, (_, thread, answer) in enumerate(targets, start=1))
        return self._cited(whole_answers(citations, self._texts), query, citations)

    def _others(self, citations: Sequence[Citation], query: str) -> Reply:
        """Reply with answers on the pages last cited that no reply to this question has quoted."""
        shown = self._cited_since_the_question()
        left = [(thread, answer) for thread, answer in others_of(citations) if answer.id not in shown]
        asked = self._index.query(query)
        quoted = tuple(
            self._finder.citation(number, thread, answer, asked)
            for number, (thread, answer) in enumerate(left[:MAX_DOCTORS], start=1)
        )
        said = others_listed(quoted, len(left) - len(quoted), self._texts)
        return replace(self._cited(said, query, quoted), others=tuple(left[MAX_DOCTORS:]))

    def _more_by(self, target: _Known, query: str) -> Reply:
        _, thread, answer = target
        name = answer.author.name if answer.author else None
        others = [pair for pair in (self._index.answers_by(name) if name else []) if pair[1].id != answer.id]
        asked = self._index.query(query)
        citations = tuple(
            self._finder.citation(number, thread, answer, asked)
            for number, (thread, answer) in enumerate(others[:MAX_DOCTORS] or [(thread, answer)], start=1)
        )
        head = "more_by" if others else "no_more_by"
        return self._cited(more_by_said(answer, citations, self._texts, head=head), query, citations)

    def _asked_of_a_doctor(self, refers: Reference, message: str) -> Reply | None:
        """Reply to "what did Dr. Roe say?" with what this doctor wrote to the last question, or at all."""
        name = refers.doctor
        query = refers.about or last_query(self._turns) or message
        asked = self._index.query(query)
        hits = self._index.search(asked, MAX_DOCTORS, replace(self._filters, doctor=name))
        found = [hit for hit in hits if hit.answer.author and hit.answer.author.name == name]
        citations = tuple(
            self._finder.citation(number, hit.thread, hit.answer, asked, hit.score)
            for number, hit in enumerate(found, start=1)
        )
        if not citations:
            return None
        said = more_by_said(citations[0].answer, citations, self._texts, head="by_doctor")
        return self._cited(said, query, citations)

    def _cited_since_the_question(self) -> set[str]:
        shown: set[str] = set()
        for turn in reversed(self._turns):
            shown |= {cited.answer_id for cited in turn.cited}
            if turn.query is not None:
                break
        return shown

    def _cited(self, text: str, query: str, citations: tuple[Citation, ...]) -> Reply:
        return Reply(text, query, citations, self._texts["disclaimer"]["text"], filters=self._filters)


def _as_quoted(known: Sequence[_Known]) -> tuple[Citation, ...]:
    return tuple(
        Citation(number, thread, answer, cited.start, cited.end, cited.score)
        for number, (cited, thread, answer) in enumerate(known, start=1)
    )


def _whole(number: int, thread: Thread, answer: Answer) -> Citation:
    return Citation(number, thread, answer, 0, len(answer.text), 1.0)
