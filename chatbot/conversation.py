"""One conversation: from a message to a reply with citations."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.asked import Asked, asked_again, asked_in, questions_of
from chatbot.errors import QuestionError
from chatbot.examples import example_questions
from chatbot.found import Finder
from chatbot.markdown import as_plain_markdown
from chatbot.narrowing import Facets, narrowing, only_unknown
from chatbot.recall import recall
from chatbot.reply import Reply
from chatbot.smalltalk import is_vague, small_talk
from chatbot.texts import load_texts
from chatbot.turns import Cited, Turn
from chatbot.urgent import Urgency, asks_in_general, cannot_read, heading, language_of, notice, urgency_of
from chatbot.wording import filters_said, unknown_kind_said
from index.filters import Filters
from index.index import Index
from index.lexical import words_of

MAX_MESSAGE_CHARS = 5000

_EXAMPLES = 3
_KNOWN_IN_OWN_LANGUAGE = 0.5
"""A message of which the corpus knows at least this part of the words is in the corpus's language."""


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
        country: str | None = None,
    ) -> None:
        """Begin a conversation over `index`, or go on with one whose turns are `history`.

        Args:
            filters: the filters that hold from now on; None for those of the last reply.
            country: whose numbers to call are told, an ISO code; None for the usual ones of a message's language.
        """
        self._index = index
        self._language = language
        self._country = country
        self._texts = load_texts(language)
        self._finder = Finder(index, self._texts)
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

    def ask(self, message: str, *, alone: bool = False) -> Reply:
        """Reply to a message, and remember both.

        Args:
            alone: take the message by itself, though it may seem to lean on those before it.

        Raises:
            QuestionError: the message is empty or longer than `MAX_MESSAGE_CHARS`.
        """
        self._check(message)
        reply = self._reply(message, alone=alone)
        cited = tuple(Cited(c.number, c.answer.id, c.start, c.end, round(c.score, 4)) for c in reply.citations)
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

    def understand(self, message: str, *, alone: bool = False) -> Asked:
        """Return what a message is searched with, after the messages before it or by itself."""
        return asked_in(message, questions_of(self._turns), self._index, alone=alone)

    def fork(self, turns: int) -> "Conversation":
        """Return a conversation of its own that begins with the first `turns` turns of this one."""
        return Conversation(self._index, self._turns[:turns], language=self._language, country=self._country)

    def _check(self, message: str) -> None:
        words = self._texts["question"]
        if not message.strip():
            raise QuestionError(words["empty"])
        if len(message) > MAX_MESSAGE_CHARS:
            raise QuestionError(words["too_long"].format(length=len(message), limit=MAX_MESSAGE_CHARS))

    def _reply(self, message: str, *, alone: bool) -> Reply:
        urgency = urgency_of(message, [turn.content for turn in self._turns if turn.role == "user"])
        if urgency is not None:
            return self._urgent(message, urgency)
        reply = None if alone else self._from_the_conversation(message)
        if reply is not None:
            return reply
        reply = self._answered(message, alone=alone)
        if not reply.abstained and asks_in_general(message):
            line = self._texts["reply"]["when_to_seek_help"]
            reply = replace(reply, text=f"{reply.text}\n\n{line}")
        return reply

    def _urgent(self, message: str, urgency: Urgency) -> Reply:
        told = notice(urgency, country=self._country)
        reply = self._fixed(f"**{told}**", message)
        return replace(reply, urgent=urgency.kind, notice=told, notice_heading=heading(urgency))

    def _from_the_conversation(self, message: str) -> Reply | None:
        """Reply to what is no question of its own: small talk, pointing back, narrowing, another language."""
        talk = small_talk(message)
        if talk is not None:
            said: str = self._texts["small_talk"][talk]
            return self._fixed(said.format(**self._corpus()) if talk == "corpus" else said, message)
        if is_vague(message) and not questions_of(self._turns):
            return self._fixed(self._texts["small_talk"]["vague"], message)
        recalled = recall(message, self._turns, self._filters, self._finder)
        if recalled is not None:
            return recalled
        narrowed = narrowing(message, self._filters, self._facets())
        if narrowed is not None:
            return self._narrowed(narrowed, message)
        unknown = only_unknown(message)
        if unknown is not None:
            return self._fixed(unknown_kind_said(unknown, self._index.values_of("specialty"), self._texts), message)
        language = language_of(message)
        foreign = language is not None and self._index.share_known(words_of(message)) < _KNOWN_IN_OWN_LANGUAGE
        return self._fixed(cannot_read(language or "", country=self._country), message) if foreign else None

    def _answered(self, message: str, *, alone: bool) -> Reply:
        return self._finder.reply(self.understand(message, alone=alone), self._filters)

    def _narrowed(self, filters: Filters, message: str) -> Reply:
        """Take new filters, and answer the last question again with them."""
        self._filters = filters
        searched = [at for at, turn in enumerate(self._turns) if turn.query]
        asked = asked_again(self._turns[: searched[-1] + 1], self._index) if searched else None
        if asked is not None:
            return self._finder.reply(replace(asked, understood=asked.text), self._filters)
        words = self._texts["reply"]
        said = (
            words["filter_set"].format(filters=filters_said(filters, self._texts))
            if filters.any()
            else words["filter_lifted"]
        )
        return self._fixed(said, message)

    def _corpus(self) -> dict[str, object]:
        """Return what is told of the corpus."""
        manifest = self._index.manifest
        examples = "; ".join(as_plain_markdown(question) for question in example_questions(self._index, _EXAMPLES))
        return {"answers": manifest.answers, "threads": manifest.threads, "examples": examples}

    def _facets(self) -> Facets:
        return Facets(self._index.values_of("specialty"), self._index.values_of("location"))

    def _fixed(self, text: str, message: str) -> Reply:
        query = " ".join(message.split())
        return Reply(text, query, (), self._texts["disclaimer"]["text"], filters=self._filters)
