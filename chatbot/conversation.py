"""One conversation: from a message to a reply with citations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from chatbot.choice import MAX_DOCTORS, different_doctors
from chatbot.errors import QuestionError
from chatbot.extracts import extract
from chatbot.followups import Resolved, points_back, resolve
from chatbot.narrowing import Facets, narrowing, only_unknown
from chatbot.pointing import Pointing, doctor_meant, pointing
from chatbot.reply import Citation, Reply
from chatbot.smalltalk import is_foreign, small_talk
from chatbot.suggestions import suggested
from chatbot.texts import load_texts
from chatbot.turns import Cited, Turn
from chatbot.urgent import POSSIBLE, asks_in_general, kind_by_rules, sounds_urgent
from chatbot.wording import (
    abstention,
    doctors_named,
    emergency_notice,
    filters_said,
    more_by_said,
    nothing_filtered_said,
    quotations,
    unknown_kind_said,
    whole_answers,
)
from corpus import Answer, Thread
from index.filters import Filters
from index.index import Index
from index.lexical import words_of
from index.records import Hit, Query

MAX_MESSAGE_CHARS = 5000

_CANDIDATES = 30
"""Hits looked at to find different doctors."""
_MAX_MORE_BY = 5
_KNOWN_IN_OWN_LANGUAGE = 0.5
"""A message of which the corpus knows at least this part of the words is in the corpus's language."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A message as it is searched with: `text` stands alone, `follow_up` is whether it leant on others."""

    text: str
    query: Query
    follow_up: bool


class Conversation:
    """One person's conversation. It knows its turns and nothing of other conversations.

    All that it remembers stands in `turns`: a conversation that is begun with them, or with some of
    them, goes on from there.
    """

    def __init__(
        self,
        index: Index,
        history: Sequence[Turn] = (),
        *,
        language: str = "en",
        filters: Filters | None = None,
    ) -> None:
        """Begin a conversation over `index`, or go on with one whose turns are `history`.

        Args:
            filters: the filters that hold from now on; None for those of the last reply.
        """
        self._index = index
        self._texts = load_texts(language)
        self._turns = list(history)
        self._filters = (
            filters
            if filters is not None
            else next((turn.filters for turn in reversed(self._turns) if turn.role == "assistant"), Filters())
        )

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far."""
        return tuple(self._turns)

    @property
    def filters(self) -> Filters:
        """The filters that hold now."""
        return self._filters

    def ask(self, message: str) -> Reply:
        """Reply to a message, and remember both.

        Raises:
            QuestionError: the message is empty or longer than `MAX_MESSAGE_CHARS`.
        """
        self._check(message)
        reply = self._reply(message)
        cited = tuple(Cited(c.number, c.answer.id, c.start, c.end) for c in reply.citations)
        self._turns += [
            Turn("user", message),
            Turn(
                "assistant",
                reply.text,
                query=reply.query if reply.searched else None,
                filters=reply.filters,
                cited=cited,
            ),
        ]
        return reply

    def understand(self, message: str) -> Understood:
        """Return what a message is searched with, after the messages before it."""
        message = " ".join(message.split())
        words = words_of(message)
        # "How do I bake bread?" leans on nothing here, short as it is: the corpus knows none of its words.
        strange = bool(words) and self._index.share_known(words) == 0 and not points_back(message)
        resolved = Resolved(message) if strange else resolve(message, self._questions())
        query = self._index.query(resolved.text, also=message if resolved.carried else None)
        return Understood(resolved.text, query, follow_up=bool(resolved.carried))

    def fork(self, turns: int) -> "Conversation":
        """Return a conversation of its own that begins with the first `turns` turns of this one."""
        forked = Conversation(self._index, self._turns[:turns])
        forked._texts = self._texts
        return forked

    def _check(self, message: str) -> None:
        words = self._texts["question"]
        if not message.strip():
            raise QuestionError(words["empty"])
        if len(message) > MAX_MESSAGE_CHARS:
            raise QuestionError(words["too_long"].format(length=len(message), limit=MAX_MESSAGE_CHARS))

    def _questions(self) -> list[str]:
        """Return what the user has asked so far; of a conversation from elsewhere all that they said."""
        knows = any(turn.query is not None for turn in self._turns)
        asked = []
        filters = Filters()
        for turn, following in zip_longest(self._turns, self._turns[1:]):
            if turn.role == "assistant":
                filters = turn.filters
            elif not knows or following is None or (following.query is not None and following.filters == filters):
                asked.append(turn.content)
        return asked

    def _reply(self, message: str) -> Reply:
        kind = kind_by_rules(message)
        if kind is not None:
            return self._urgent(message, kind)
        reply = self._from_the_conversation(message)
        if reply is not None:
            return reply
        if sounds_urgent(message):
            return self._urgent(message, POSSIBLE)
        reply = self._answered(message)
        if not reply.abstained and asks_in_general(message):
            line = self._texts["reply"]["when_to_seek_help"]
            reply = replace(reply, text=f"{reply.text}\n\n{line}")
        return reply

    def _urgent(self, message: str, kind: str) -> Reply:
        reply = self._answered(message)
        notice = emergency_notice(kind, self._texts)
        after = [] if reply.abstained else [self._texts["urgent"]["after"], reply.text]
        return replace(reply, urgent=kind, notice=notice, text="\n\n".join([f"**{notice}**", *after]))

    def _from_the_conversation(self, message: str) -> Reply | None:
        """Reply to what is no question of its own: small talk, pointing back, narrowing, another language."""
        talk = small_talk(message)
        if talk is not None:
            return self._fixed(self._texts["small_talk"][talk], message)
        pointed = self._pointed(message) or self._asked_of_a_doctor(message)
        if pointed is not None:
            return pointed
        narrowed = narrowing(message, self._filters, self._facets())
        if narrowed is not None:
            return self._narrowed(narrowed, message)
        unknown = only_unknown(message)
        if unknown is not None:
            return self._fixed(unknown_kind_said(unknown, self._index.values_of("specialty"), self._texts), message)
        foreign = is_foreign(message) and self._index.share_known(words_of(message)) < _KNOWN_IN_OWN_LANGUAGE
        return self._fixed(self._texts["small_talk"]["language"], message) if foreign else None

    def _answered(self, message: str) -> Reply:
        understood = self.understand(message)
        return self._found(understood.query, understood.text, follow_up=understood.follow_up)

    def _found(self, query: Query, text: str, *, follow_up: bool) -> Reply:
        """Reply with what is found for a query under the filters that hold."""
        lines = [self._texts["reply"]["understood"].format(query=text)] if follow_up else []
        hits = self._covered(query, self._filters)
        if hits and self._filters.any():
            lines.append(self._texts["reply"]["filtered"].format(filters=filters_said(self._filters, self._texts)))
        if not hits and self._filters.any():
            hits = self._covered(query, Filters())
            if hits:
                lines.append(nothing_filtered_said(self._filters, self._texts))
        if not hits:
            nearest = self._index.search(query, 1)
            said = abstention(nearest[0].thread.title if nearest else None, self._texts)
            return self._plain("\n\n".join([*lines, said]), text, abstained=True, follow_up=follow_up)
        chosen = different_doctors(hits)
        citations = tuple(self._citation(number, hit, query) for number, hit in enumerate(chosen, start=1))
        return Reply(
            text="\n\n".join([*lines, *quotations(citations, self._texts)]),
            query=text,
            citations=citations,
            disclaimer=self._texts["disclaimer"]["text"],
            understood=text if follow_up else None,
            filters=self._filters,
            suggestions=suggested(self._index, query, citations, [*self._questions(), text]),
            searched=True,
        )

    def _covered(self, query: Query, filters: Filters) -> list[Hit]:
        """Return the hits for a query, or none if not even the best is close enough to count as covered."""
        hits = self._index.search(query, _CANDIDATES, filters)
        best = max((hit.parts.passage for hit in hits), default=-1.0)
        return hits if best >= self._index.manifest.abstain_below else []

    def _citation(self, number: int, hit: Hit, asked: Query) -> Citation:
        start, end = extract(hit.answer.text, self._index.score_sentences(asked, hit))
        return Citation(number, hit.thread, hit.answer, start, end, hit.score)

    # -- what is answered from the conversation itself --------------------------------------------

    def _pointed(self, message: str) -> Reply | None:
        last = next((turn for turn in reversed(self._turns) if turn.cited), None)
        if last is None:
            return None
        found = [self._looked_up(cited) for cited in last.cited]
        known = [(cited, *pair) for cited, pair in zip(last.cited, found, strict=True) if pair is not None]
        wish = pointing(message, [answer for _, _, answer in known])
        if wish is None:
            return None
        return self._pointed_reply(wish, [known[at] for at in wish.targets], last.query or message)

    def _pointed_reply(self, wish: Pointing, targets: Sequence[tuple[Cited, Thread, Answer]], query: str) -> Reply:
        if wish.wish == "who":
            citations = tuple(
                Citation(number, thread, answer, cited.start, cited.end, 1.0)
                for number, (cited, thread, answer) in enumerate(targets, start=1)
            )
            return self._cited(doctors_named(citations, self._texts), query, citations)
        _, thread, answer = targets[0]
        if wish.wish == "more by":
            name = answer.author.name if answer.author else None
            others = [pair for pair in (self._index.answers_by(name) if name else []) if pair[1].id != answer.id]
            pairs = others[:_MAX_MORE_BY] or [(thread, answer)]
            asked = self._index.query(query)
            hits = {hit.answer.id: hit for hit in self._index.search(asked, _CANDIDATES)}
            citations = tuple(
                self._citation(number, hits[a.id], asked)
                if a.id in hits
                else Citation(number, t, a, 0, len(a.text), 1.0)
                for number, (t, a) in enumerate(pairs, start=1)
            )
            return self._cited(
                more_by_said(answer, citations, self._texts, head="more_by" if others else "no_more_by"),
                query,
                citations,
            )
        citations = tuple(
            Citation(number, t, a, 0, len(a.text), 1.0) for number, (_, t, a) in enumerate(targets, start=1)
        )
        return self._cited(whole_answers(citations, self._texts), query, citations)

    def _asked_of_a_doctor(self, message: str) -> Reply | None:
        """Reply to "what did Dr. Roe say?" with what this doctor wrote to the last question, or at all."""
        name = doctor_meant(message, self._index.values_of("name"))
        if name is None:
            return None
        last = self._last_question()
        written = self._index.answers_by(name)
        asked = self._index.query(last or message)
        hits = self._index.search(asked, MAX_DOCTORS, replace(self._filters, doctor=name))
        found = [hit for hit in hits if hit.answer.author and hit.answer.author.name == name]
        citations = tuple(self._citation(number, hit, asked) for number, hit in enumerate(found, start=1))
        if not citations:
            return None
        _, answer = written[0]
        said = more_by_said(answer, citations, self._texts, head="by_doctor")
        return self._cited(said, last or message, citations)

    def _last_question(self) -> str | None:
        return next((turn.query for turn in reversed(self._turns) if turn.query), None)

    def _narrowed(self, filters: Filters, message: str) -> Reply:
        """Take new filters, and answer the last question again with them."""
        self._filters = filters
        last = self._last_question()
        if last is not None:
            return self._found(self._index.query(last), last, follow_up=True)
        words = self._texts["reply"]
        said = (
            words["filter_set"].format(filters=filters_said(filters, self._texts))
            if filters.any()
            else words["filter_lifted"]
        )
        return self._fixed(said, message)

    def _looked_up(self, cited: Cited) -> tuple[Thread, Answer] | None:
        thread = self._index.thread_of_answer(cited.answer_id)
        return (thread, next(a for a in thread.answers if a.id == cited.answer_id)) if thread else None

    def _facets(self) -> Facets:
        return Facets(self._index.values_of("specialty"), self._index.values_of("location"))

    def _cited(self, text: str, query: str, citations: tuple[Citation, ...]) -> Reply:
        return Reply(text, query, citations, self._texts["disclaimer"]["text"], filters=self._filters)

    def _fixed(self, text: str, message: str) -> Reply:
        return self._plain(text, " ".join(message.split()), abstained=False, follow_up=False)

    def _plain(self, text: str, query: str, *, abstained: bool, follow_up: bool) -> Reply:
        return Reply(
            text,
            query,
            (),
            self._texts["disclaimer"]["text"],
            abstained=abstained,
            understood=query if follow_up else None,
            filters=self._filters,
            searched=abstained,
        )
