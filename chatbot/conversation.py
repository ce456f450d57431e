"""One conversation: from a message to a reply with citations. Every front calls it, and nothing behind it."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.compose import Composer
from chatbot.dialogue import DialoguePolicy
from chatbot.errors import QuestionError
from chatbot.people import people_of
from chatbot.rendering.markdown import reply_as_markdown
from chatbot.rendering.sentences import fact_text, person_as_text
from chatbot.reply import Exchange, Reply, turn_of
from chatbot.restoring import restored_reply, with_suggestions
from chatbot.saved import saved_from_turns, turns_from_saved
from chatbot.texts import Texts, load_texts
from chatbot.turns import Turn, exchanges_of
from chatbot.understanding.followups import ResolvedQuery
from chatbot.understanding.person import Fact, of_those_asked_for, remembered, remembered_along
from chatbot.understanding.query import questions_of, search_query, understood_in
from chatbot.understanding.urgency import COUNTRIES
from corpus.errors import DoctorAnswersError
from index.index import Index
from index.models.reader import Reader
from index.records import Query
from index.search.filters import Filters

MAX_MESSAGE_CHARS = 5000

_EXAMPLES = 3


class Conversation:
    """One person's conversation. It knows its turns and nothing of other conversations.

    All that it remembers stands in `turns`: a conversation that is begun with them, or with some of
    them, goes on from there. They may come from anywhere, and in any order of roles.
    """

    def __init__(
        self,
        index: Index,
        history: Sequence[Turn] = (),
        *,
        language: str = "en",
        filters: Filters | None = None,
        country: str | None = None,
        reader: Reader | None = None,
    ) -> None:
        """Begin a conversation over `index`, or go on with one whose turns are `history`.

        Args:
            country: the ISO code of the country whose numbers an emergency is told with; None for the usual ones
                of the message's language.
            filters: the filters that hold from now on; None for those of the last reply.
            language: the ISO code of the language that the chatbot's own sentences are in.
            reader: what judges which answers answer, as `open_reader` gives it; None for the packaged reader.

        Raises:
            DoctorAnswersError: there is no such language, or the country's numbers are not known.
        """
        if country is not None and country not in COUNTRIES:
            known = ", ".join(COUNTRIES)
            raise DoctorAnswersError(
                f"The emergency numbers of {country!r} are not known. Known are those of: {known}."
            )
        self.index = index
        self.texts = load_texts(language, people_of(index))
        self._language = language
        self._country = country
        self._reader = reader
        self._composer = Composer(index, self.texts, reader)
        self._turns = list(history)
        self._begun_with = filters
        self._filters = filters if filters is not None else _filters_after(self._turns)

    @classmethod
    def from_saved(
        cls,
        index: Index,
        text: str,
        *,
        language: str = "en",
        country: str | None = None,
        reader: Reader | None = None,
    ) -> "Conversation":
        """Go on with a conversation that `saved` gave as text, or that is of an earlier version; "" for a new one.

        Raises:
            QuestionError: it is no saved conversation, or one of a newer version.
            DoctorAnswersError: as for a new conversation.
        """
        return cls(index, turns_from_saved(text), language=language, country=country, reader=reader)

    def saved(self) -> str:
        """Return the conversation as JSON text, to go on with another time; "" for one without turns."""
        return saved_from_turns(self._turns) if self._turns else ""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far."""
        return tuple(self._turns)

    @property
    def filters(self) -> Filters:
        """The filters that hold now."""
        return self._filters

    @property
    def person(self) -> tuple[Fact, ...]:
        """What is remembered of the person whom the user asks about."""
        return remembered(self._turns)

    def forget(self, fact: str) -> Fact:
        """Remove a fact of the person from now on, and return it. It comes back if a later message states it again.

        Args:
            fact: its name ("pregnant", "son: 5 years old"), with or without of whom it is, or as it is told in the
                conversation's language.

        Raises:
            QuestionError: no such fact is remembered.
        """
        words = self.texts["terminal"]
        wanted = " ".join(fact.split()).casefold()
        person = self.person
        found = next((one for one in person if wanted in _names_of(one, self.texts)), None)
        if found is None:
            known = person_as_text(person, self.texts)
            told = words["not_remembered"].format(fact=fact, facts=known) if person else words["nothing_remembered"]
            raise QuestionError(told)
        self._turns[-1] = replace(self._turns[-1], forgotten=(*self._turns[-1].forgotten, found.name))
        return found

    def ask(self, message: str, *, alone: bool = False, carrying: Sequence[str] | None = None) -> Reply:
        """Reply to a message, and remember both.

        Args:
            alone: take the message by itself, though it may seem to lean on those before it.
            carrying: the words of earlier messages that it is searched with; None for those that are found.

        Raises:
            QuestionError: the message is empty or longer than `MAX_MESSAGE_CHARS`.
        """
        message = self._checked(message)
        person = remembered([*self._turns, Turn("user", message)])
        policy = DialoguePolicy(
            self._turns,
            self._filters,
            self._composer,
            person=person,
            asked_for=of_those_asked_for(message, person),
            country=self._country,
        )
        reply = policy.reply(message, alone=alone, carrying=carrying)
        reply = replace(reply, text=reply_as_markdown(reply, self.texts))
        self._filters = reply.filters
        self._turns += [Turn("user", message), turn_of(reply)]
        return reply

    def ask_without(self, words: str) -> Reply:
        """Reply to the last question again, without some of the words that were carried over to it.

        Args:
            words: they, as the last reply has them in `carried`.

        Raises:
            QuestionError: the last reply carried no such words over.
        """
        told, wanted = self.texts["terminal"], " ".join(words.split()).casefold()
        last = self._turns[-1] if self._turns else None
        carried = last.carried if last and last.intent == "followup" else ()
        kept = [phrase for phrase in carried if phrase.casefold() != wanted]
        if len(kept) == len(carried):
            raise QuestionError(told["not_carried"].format(words=words, carried=", ".join(carried) or "–"))
        return self.ask(self.undo(), alone=not kept, carrying=kept or None)

    def understand(self, message: str, *, alone: bool = False) -> ResolvedQuery:
        """Return what a message is understood as, after the messages before it or by itself."""
        return understood_in(message, questions_of(self._turns), self.index, alone=alone)

    def query(self, message: str, *, alone: bool = False) -> Query:
        """Return what a message is searched with."""
        person = of_those_asked_for(message, remembered([*self._turns, Turn("user", message)]))
        return search_query(self.understand(message, alone=alone), self.index, person)

    def fork(self, turns: int) -> "Conversation":
        """Return a conversation of its own that begins with the first `turns` turns of this one."""
        kept = self._turns[: max(turns, 0)]
        fork = Conversation(self.index, kept, language=self._language, country=self._country, reader=self._reader)
        if self._begun_with is not None and not any(turn.role == "assistant" for turn in kept):
            fork._filters = fork._begun_with = self._begun_with
        return fork

    def undo(self) -> str:
        """Take the last message of the user back, with all that came after it, and return it.

        Raises:
            QuestionError: there is none.
        """
        at = max((at for at, turn in enumerate(self._turns) if turn.role == "user"), default=None)
        if at is None:
            raise QuestionError(self.texts["terminal"]["nothing_to_undo"])
        message = self._turns[at].content
        self._filters = self.fork(at).filters
        self._turns = self._turns[:at]
        return message

    @property
    def exchange_count(self) -> int:
        """How many exchanges there are: messages with the replies to them, and what stands alone."""
        return len(exchanges_of(self._turns))

    def exchange(self, number: int) -> Exchange | None:
        """Return an exchange, counted from 1, or None if there is none with this number.

        Its reply is put together again from the turns and the corpus; that of the last one comes with suggestions.
        """
        exchanges = exchanges_of(self._turns)
        if not 0 < number <= len(exchanges):
            return None
        return self._restored(number, exchanges, remembered_along(self._turns))

    def exchanges(self) -> list[Exchange]:
        """Return all exchanges, in order."""
        exchanges = exchanges_of(self._turns)
        persons = remembered_along(self._turns)
        return [self._restored(number, exchanges, persons) for number in range(1, len(exchanges) + 1)]

    def _restored(
        self,
        number: int,
        exchanges: Sequence[tuple[int | None, int | None]],
        persons: Sequence[tuple[Fact, ...]],
    ) -> Exchange:
        asked_at, reply_at = exchanges[number - 1]
        message, reply = (None if at is None else self._turns[at] for at in (asked_at, reply_at))
        before = reply_at - 1 if reply_at else None
        person = persons[before] if before is not None else ()
        restored = restored_reply(reply, self._composer, person=person, country=self._country) if reply else None
        if restored is not None and number == len(exchanges):
            if restored.kind == "clarification" and message is not None and asked_at is not None:
                # Its choices are made anew: those of a kept conversation may be anybody's.
                restored = self.fork(asked_at).ask(message.content)
            else:
                restored = with_suggestions(restored, self._turns, self._composer)
        return Exchange(number, message.content if message else None, restored)

    def _checked(self, message: str) -> str:
        """Return a message without what is no character: half of one comes of a broken escape."""
        words = self.texts["question"]
        if not message.strip():
            raise QuestionError(words["empty"])
        if len(message) > MAX_MESSAGE_CHARS:
            raise QuestionError(words["too_long"].format(length=len(message), limit=MAX_MESSAGE_CHARS))
        return message.encode("utf-8", "replace").decode("utf-8")


def _names_of(fact: Fact, texts: Texts) -> tuple[str, ...]:
    """Return what a fact may be called to be removed, in lower case."""
    return (
        fact.name.casefold(),
        fact.fact.casefold(),
        fact_text(fact, texts).casefold(),
        fact.value.casefold() or fact.fact.casefold(),
    )


def _filters_after(turns: Sequence[Turn]) -> Filters:
    """Return the filters that hold after some turns: those of the last reply."""
    return next((turn.filters for turn in reversed(turns) if turn.role == "assistant"), Filters())
