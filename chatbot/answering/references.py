"""Replies to messages that refer to what the last reply cited, out of the conversation and the corpus."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.compose import Composer, pages_of
from chatbot.answering.reply_questions import answer_reply_question
from chatbot.answering.selection import MAX_ANSWERS
from chatbot.answering.stance_references import reply_about_stances
from chatbot.rendering.sentences import doctor_name
from chatbot.reply import Citation, Reply
from chatbot.turns import Cited, Turn, last_query
from chatbot.understanding.references import Reference
from corpus import Answer, Thread
from index.search.filters import Filters

_Known = tuple[Cited, Thread, Answer]


def reply_to_reference(
    refers: Reference, message: str, turns: Sequence[Turn], filters: Filters, composer: Composer
) -> Reply | None:
    """Return the reply to "the second one", "who said that?", "what did Dr. Roe say?", "the others", or None.

    Args:
        refers: what the message refers to, among what `referred_answers` gives.
        turns: the conversation before the message.
        filters: those that hold.
    """
    return _References(turns, filters, composer).reply(refers, message)


def referred_answers(turns: Sequence[Turn], composer: Composer) -> list[Answer]:
    """Return what a message can refer to: what the last reply with sources cited, as far as it is still there.

    After related pages, which cite nothing, these are the first answers of the pages: "the first one" is a page then.
    """
    last = _last_with_sources(turns)
    if last is None:
        return []
    if last.cited:
        return [found[2] for cited in last.cited if (found := looked_up(cited, composer))]
    return [_of_doctors(thread)[0] for thread in _related_threads(last, composer)]


def looked_up(cited: Cited, composer: Composer) -> _Known | None:
    """Return what a turn cited with its thread and answer, or None if it is no longer in the corpus."""
    thread = composer.index.thread_of_answer(cited.answer_id)
    answer = next((a for a in thread.answers if a.id == cited.answer_id), None) if thread else None
    return (cited.within(answer.text), thread, answer) if thread and answer else None


class _References:
    def __init__(self, turns: Sequence[Turn], filters: Filters, composer: Composer) -> None:
        self._turns = turns
        self._filters = filters
        self._composer = composer
        self._index = composer.index
        self._words = composer.texts["reply"]

    def reply(self, refers: Reference, message: str) -> Reply | None:
        if refers.request == "by doctor":
            return self._by_doctor(refers, message)
        last = _last_with_sources(self._turns)
        if last is None or refers.request == "nothing":
            return self._cited([self._words["nothing_quoted"]], last_query(self._turns) or message, [])
        query = last.query or last_query(self._turns) or message
        if refers.request == "missing":
            shown = len(last.cited) or len(last.pages)
            return self._cited(
                [self._words["missing_one" if shown == 1 else "missing"].format(number=shown)], query, []
            )
        if refers.stances is not None:
            return reply_about_stances(refers.stances, last, query, self._filters, self._composer)
        known = [found for c in last.cited if (found := looked_up(c, self._composer))]
        of_related = not last.cited
        return self._of_related(refers, last, query) if of_related else self._of_cited(refers, known, query)

    def _of_cited(self, refers: Reference, known: Sequence[_Known], query: str) -> Reply:
        targets = [known[at] for at in refers.targets]
        if refers.question is not None:
            quoted = _as_quoted(known)
            told = answer_reply_question(refers.question, quoted, self._index.manifest.thresholds, self._composer.texts)
            reply = self._cited(told.said, query, told.citations)
            return replace(reply, listing="doctors") if told.lists_doctors else reply
        if refers.request in ("who", "unclear"):
            return replace(self._cited([self._words[refers.request]], query, _as_quoted(targets)), listing="doctors")
        if refers.request == "others":
            return self._others(_as_quoted(known), query)
        if refers.request == "more by":
            return self._more_by(targets[0], query)
        return self._cited([self._words["whole"]], query, [_whole(thread, answer) for _, thread, answer in targets])

    def _of_related(self, refers: Reference, last: Turn, query: str) -> Reply:
        """Reply to "the first one" after related pages: the answers of that page."""
        if refers.request != "whole" or len(refers.targets) != 1:
            return self._cited([self._words["only_pages"]], query, [])
        asked = self._index.query(query)
        thread = _related_threads(last, self._composer)[refers.targets[0]]
        citations = [self._composer.citation(0, thread, answer, asked) for answer in _of_doctors(thread)[:MAX_ANSWERS]]
        return self._cited([self._words["page"]], query, citations)

    def _others(self, citations: Sequence[Citation], query: str) -> Reply:
        """Reply with answers on the pages last cited that no reply to this question has quoted."""
        shown = self._cited_since_the_question()
        pages = pages_of(citations)
        left = [(page.thread, answer) for page in pages for answer in page.others if answer.id not in shown]
        asked = self._index.query(query)
        if not left:
            further = self._composer.further(query, self._filters, shown)
            return self._cited([self._words["more_pages" if further else "no_others"]], query, further)
        quoted = [self._composer.citation(0, thread, answer, asked) for thread, answer in left[:MAX_ANSWERS]]
        return self._cited([self._words["others"]], query, quoted)

    def _more_by(self, target: _Known, query: str) -> Reply:
        _, thread, answer = target
        name = answer.author.name if answer.author else None
        others = [pair for pair in (self._index.answers_by(name) if name else []) if pair[1].id != answer.id]
        asked = self._index.query(query)
        citations = [
            self._composer.citation(0, of_thread, other, asked)
            for of_thread, other in others[:MAX_ANSWERS] or [(thread, answer)]
        ]
        head = "no_name" if name is None else "more_by" if others else "no_more_by"
        return self._cited([self._words[head].format(doctor=self._name(answer))], query, citations)

    def _by_doctor(self, refers: Reference, message: str) -> Reply | None:
        """Reply to "what did Dr. Roe say?" with what this doctor wrote to the last question, or at all."""
        name = refers.doctor
        query = refers.about or last_query(self._turns) or message
        asked = self._index.query(query)
        hits = self._index.search(asked, MAX_ANSWERS, replace(self._filters, doctor=name))
        citations = [
            self._composer.citation(0, hit.thread, hit.answer, asked, score=hit.score)
            for hit in hits
            if hit.answer.author and hit.answer.author.name == name
        ]
        if not citations:
            return None
        said = self._words["by_doctor"].format(doctor=self._name(citations[0].answer))
        return self._cited([said], query, citations)

    def _cited_since_the_question(self) -> set[str]:
        shown: set[str] = set()
        for turn in reversed(self._turns):
            shown |= {cited.answer_id for cited in turn.cited}
            if turn.query is not None:
                break
        return shown

    def _name(self, answer: Answer) -> str:
        return doctor_name(answer.author, self._composer.texts)

    def _cited(self, said: Sequence[str], query: str, citations: Sequence[Citation]) -> Reply:
        return Reply(
            intent="reference",
            kind="reference",
            query=query,
            disclaimer=self._composer.texts["disclaimer"]["text"],
            said=tuple(said),
            pages=pages_of(citations),
            filters=self._filters,
        )


def _last_with_sources(turns: Sequence[Turn]) -> Turn | None:
    return next((turn for turn in reversed(turns) if turn.cited or turn.kind == "related"), None)


def _related_threads(turn: Turn, composer: Composer) -> list[Thread]:
    found = (composer.index.thread(shown.thread_id) for shown in turn.pages)
    return [thread for thread in found if thread is not None and _of_doctors(thread)]


def _of_doctors(thread: Thread) -> list[Answer]:
    return [answer for answer in thread.answers if not answer.by_asker]


def _as_quoted(known: Sequence[_Known]) -> list[Citation]:
    return [
        Citation(cited.number, thread, answer, cited.start, cited.end, cited.score, cited.highlights)
        for cited, thread, answer in known
    ]


def _whole(thread: Thread, answer: Answer) -> Citation:
    return Citation(0, thread, answer, 0, len(answer.text), 1.0)
