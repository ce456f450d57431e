"""One conversation: from a message to a reply with citations."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.compose import Composer, as_related
from chatbot.answering.references import referred_answers, reply_to_reference
from chatbot.answering.suggestions import example_questions
from chatbot.errors import QuestionError
from chatbot.remembered import asked_again
from chatbot.rendering.markdown import reply_as_markdown
from chatbot.rendering.sentences import filters_as_text, unmatched_filter_text
from chatbot.reply import Reply
from chatbot.texts import load_texts
from chatbot.turns import Cited, ReplyKind, ShownPage, Turn
from chatbot.understanding.intent import Intent, IntentName, intent_of
from chatbot.understanding.query import Asked, asked_in, questions_of
from chatbot.understanding.urgency import (
    SUICIDE,
    Urgency,
    asks_in_general,
    cannot_read,
    heading,
    language_of,
    notice,
    urgency_of,
)
from index.index import Index
from index.search.filters import Filters

MAX_MESSAGE_CHARS = 5000

_EXAMPLES = 3


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
            country: the ISO code of the country whose numbers an emergency is told with; None for the usual ones
                of the message's language.
            filters: the filters that hold from now on; None for those of the last reply.
        """
        self._index = index
        self._language = language
        self._country = country
        self._texts = load_texts(language)
        self._composer = Composer(index, self._texts)
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
        reply = replace(reply, text=reply_as_markdown(reply, self._texts))
        self._turns += [Turn("user", message), _turn_of(reply)]
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
        """Return the reply. Whether there is an emergency is looked at before anything else is made of a message."""
        urgency = urgency_of(message, self._said_before())
        if urgency is not None:
            return self._urgent(message, urgency)
        reply = None if alone else self._from_the_conversation(message)
        if reply is None:
            reply = self._answered(message, alone=alone)
        last = self._turns[-1] if self._turns else None
        if last is not None and last.kind == "notice" and _says_too_little(reply):
            return self._notice_again(message, last)
        if reply.kind == "answer" and asks_in_general(message):
            reply = replace(reply, closing=(*reply.closing, self._texts["reply"]["when_to_seek_help"]))
        return reply

    def _said_before(self) -> list[str]:
        """Return the user's messages so far, but for those that were told as emergencies already."""
        pairs = zip(self._turns, self._turns[1:], strict=False)
        return [turn.content for turn, reply in pairs if turn.role == "user" and reply.kind != "notice"]

    def _notice_again(self, message: str, last: Turn) -> Reply:
        """Return the notice of the last reply again: "what do i do?" after it is no search, and "ok" no small talk."""
        reply = self._fixed((), message, intent="question", kind="notice")
        return replace(
            reply,
            urgent=last.urgent,
            notice=last.notice,
            notice_heading=last.notice_heading,
            closing=(self._texts["urgent"]["pages"],),
        )

    def _urgent(self, message: str, urgency: Urgency) -> Reply:
        """Return the notice, and how to ask for the pages: below it stands no quote."""
        closing = (self._texts["urgent"]["pages"],)
        reply = self._fixed((), message, intent="question", kind="notice")
        told = notice(urgency, country=self._country)
        return replace(reply, urgent=urgency.kind, notice=told, notice_heading=heading(urgency), closing=closing)

    def _from_the_conversation(self, message: str) -> Reply | None:
        """Reply to what is no question of its own: a reference, a filter, small talk, another language."""
        intent = intent_of(
            message,
            cited=referred_answers(self._turns, self._composer),
            facets=self._index.facets,
            filters=self._filters,
            has_history=bool(questions_of(self._turns)),
            vocabulary_overlap=self._index.vocabulary_overlap,
        )
        if intent.reference is not None:
            if intent.reference.request == "pages":
                return self._pages_after_the_notice()
            return reply_to_reference(intent.reference, message, self._turns, self._filters, self._composer)
        if intent.filters is not None:
            return self._narrowed(intent.filters, message)
        return self._fixed_reply(intent, message)

    def _fixed_reply(self, intent: Intent, message: str) -> Reply | None:
        """Return the fixed sentence for what a message was taken for, or None for a question."""
        if intent.unknown is not None:
            said = unmatched_filter_text(intent.unknown, self._index.values_of("specialty"), self._texts)
            return self._fixed((said,), message, intent=intent.name)
        if intent.name == "foreign":
            said = cannot_read(language_of(message) or "en", country=self._country)
            return self._fixed((said,), message, intent=intent.name)
        kinds = {"command": "command", "vague": "vague", "small_talk": intent.small_talk}
        kind = kinds.get(intent.name)
        if kind is None:
            return None
        said = self._texts["small_talk"][kind]
        said = said.format(**self._corpus()) if kind == "corpus" else said
        reply_kind: ReplyKind = "clarification" if intent.name == "vague" else "fixed"
        return self._fixed((said,), message, intent=intent.name, kind=reply_kind)

    def _pages_after_the_notice(self) -> Reply | None:
        """Return what the pages have on the message that got a notice, or None if the last reply was none.

        After a notice of suicide these are pages without their answers, below the notice.
        """
        if not self._turns or self._turns[-1].kind != "notice":
            return None
        *before, user, turn = self._turns
        asked = asked_in(user.content, questions_of(before), self._index, alone=True)
        reply = replace(self._composer.reply(asked, self._filters), intent="reference")
        if turn.urgent != SUICIDE:
            return reply
        return replace(as_related(reply, self._texts), said=(turn.notice or "", self._texts["reply"]["related"]))

    def _answered(self, message: str, *, alone: bool) -> Reply:
        return self._composer.reply(self.understand(message, alone=alone), self._filters)

    def _narrowed(self, filters: Filters, message: str) -> Reply:
        """Take new filters, and answer the last question again with them."""
        self._filters = filters
        intent: IntentName = "filter" if filters.any() else "lift"
        searched = [at for at, turn in enumerate(self._turns) if turn.query and turn.kind != "reference"]
        if searched:
            asked = asked_again(self._turns[: searched[-1] + 1])
            reply = self._composer.reply(replace(asked, understood=asked.text), self._filters)
            return replace(reply, intent=intent)
        words = self._texts["reply"]
        said = (
            words["filter_set"].format(filters=filters_as_text(filters, self._texts))
            if filters.any()
            else words["filter_lifted"]
        )
        return self._fixed((said,), message, intent=intent)

    def _corpus(self) -> dict[str, object]:
        """Return what is told of the corpus."""
        manifest = self._index.manifest
        examples = "; ".join(example_questions(self._index, _EXAMPLES))
        return {"answers": manifest.answers, "threads": manifest.threads, "examples": examples}

    def _fixed(self, said: tuple[str, ...], message: str, *, intent: IntentName, kind: ReplyKind = "fixed") -> Reply:
        query = " ".join(message.split())
        disclaimer = self._texts["disclaimer"]["text"]
        return Reply(intent=intent, kind=kind, query=query, disclaimer=disclaimer, said=said, filters=self._filters)


def _says_too_little(reply: Reply) -> bool:
    """Whether a reply is nothing to say after the notice of an emergency."""
    leans = reply.intent == "followup" or reply.understood is not None
    return leans or (reply.kind in ("abstention", "related", "fixed", "clarification") and reply.intent != "reference")


def _turn_of(reply: Reply) -> Turn:
    """Return the turn that keeps what a reply was, with ids and offsets in place of the texts of pages."""
    return Turn(
        "assistant",
        reply.text,
        query=reply.query if reply.searched else None,
        filters=reply.filters,
        cited=tuple(
            Cited(c.number, c.answer.id, c.start, c.end, round(c.score, 4), c.highlights) for c in reply.citations
        ),
        intent=reply.intent,
        kind=reply.kind,
        urgent=reply.urgent,
        notice=reply.notice,
        notice_heading=reply.notice_heading,
        understood=reply.understood,
        carried=reply.carried,
        said=reply.said,
        closing=reply.closing,
        listing=reply.listing,
        pages=tuple(ShownPage(page.thread.id, page.same_question) for page in reply.pages),
    )
