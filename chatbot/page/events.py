"""What happens on the chat tab.

The server keeps nothing of a conversation: the browser holds its turns (`chatbot.saved`), and sends them with each
event.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.components.chatbot import ExampleMessage
from markupsafe import escape

from chatbot.answering import suggestions
from chatbot.conversation import Conversation
from chatbot.page.first_view import questions_to_begin_with
from chatbot.page.html import carried_chips, first_view_text, person_chips, source_cards, status_html, urgent_notice
from chatbot.page.keeping import as_markdown, as_printable
from chatbot.page.loader import IndexLoader
from chatbot.page.messages import SAYS, Message, asked_message, reply_message, said_message, text_of
from chatbot.rendering.markdown import as_plain_markdown, as_text
from chatbot.rendering.plain import reply_as_plain_text
from chatbot.rendering.sentences import filters_as_text
from chatbot.reply import Exchange, Reply
from chatbot.saved import saved_from_turns, turns_from_saved
from chatbot.texts import Texts
from chatbot.turns import Turn
from chatbot.understanding.urgency import SUICIDE, heading, notice, urgency_by_signs
from corpus.errors import DoctorAnswersError
from index.search.filters import NO_FILTERS

_LOOK_AGAIN_S = 0.25
_EXAMPLES = 4

Update = dict[Component, Any]
"""New values of some components; the others stay as they are."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the chat tab that change; `saved` holds the conversation, in the browser."""

    status: gr.HTML
    chat: gr.Chatbot
    cards: gr.HTML
    urgent: gr.HTML
    lift: gr.Button
    alone: gr.Button
    carried: gr.HTML
    show_pages: gr.Button
    person: gr.HTML
    nexts: Sequence[gr.Button]
    question: gr.Textbox
    saved: gr.Textbox

    @property
    def after_a_reply(self) -> list[Component]:
        """Everything that a reply may change."""
        return [
            self.chat,
            self.cards,
            self.urgent,
            self.lift,
            self.alone,
            self.carried,
            self.show_pages,
            self.person,
            *self.nexts,
            self.question,
            self.saved,
        ]


class ChatEvents:
    """Replies, goes back, opens sources and restores conversations."""

    def __init__(
        self, loader: IndexLoader, parts: Parts, texts: Texts, *, language: str, country: str | None = None
    ) -> None:
        self._loader = loader
        self._parts = parts
        self._language = language
        self._country = country
        self._texts = texts

    async def wait(self) -> AsyncIterator[Update]:
        """Show how far the index is, until it is open; then the example questions."""
        parts = self._parts
        while not self._loader.done:
            yield {parts.status: status_html(self._loader.status, self._texts)}
            await asyncio.sleep(_LOOK_AGAIN_S)
        status = self._loader.status
        if status.state not in ("ready", "stale"):
            yield {parts.status: status_html(status, self._texts)}
            return
        index = self._loader.index()
        counts = {"answers": index.manifest.answers, "threads": index.manifest.threads}
        first = first_view_text(self._texts)
        yield {parts.status: status_html(status, self._texts, **counts)}
        questions = await asyncio.to_thread(questions_to_begin_with, index, _EXAMPLES)
        examples: list[ExampleMessage] = [{"text": question} for question in questions]
        yield {parts.chat: gr.Chatbot(placeholder=first, examples=examples)}

    # -- asking -----------------------------------------------------------------------------------

    async def typed(self, asked: str, chat: list[Message], saved: str) -> AsyncIterator[Update]:
        """Reply to what was typed, which has the number of the question before it."""
        async for update in self.said(_after_the_bar(asked), chat, saved):
            yield update

    async def example(self, chat: list[Message], saved: str, event: gr.SelectData) -> AsyncIterator[Update]:
        """Reply to an example; what was typed stays in the field."""
        async for update in self.said(event.value["text"], chat, saved):
            yield update

    async def lift(self, chat: list[Message], saved: str) -> AsyncIterator[Update]:
        """Lift the filters, as if the user had said so."""
        async for update in self.said(SAYS["lift"], chat, saved):
            yield update

    async def show_pages(self, chat: list[Message], saved: str) -> AsyncIterator[Update]:
        """Show the pages after the notice of an emergency, as if the user had said so."""
        async for update in self.said(SAYS["pages"], chat, saved):
            yield update

    async def alone(self, chat: list[Message], saved: str) -> AsyncIterator[Update]:
        """Reply to the last question again, by itself this time."""
        turns = self._turns(saved)
        asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
        if asked:
            async for update in self.said(turns[asked[-1]].content, chat, saved, after=asked[-1], alone=True):
                yield update

    async def dropped(self, told: str, chat: list[Message], saved: str) -> AsyncIterator[Update]:
        """Reply to the last question again, without words that were carried over to it, of which a chip was pressed."""
        turns = self._turns(saved)
        asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
        kept = [phrase for phrase in turns[-1].carried if phrase != _after_the_bar(told)] if turns else []
        if asked:
            message = turns[asked[-1]].content
            async for update in self.said(message, chat, saved, after=asked[-1], alone=not kept, carrying=kept or None):
                yield update

    async def edited(self, chat: list[Message], saved: str, event: gr.EditData) -> AsyncIterator[Update]:
        """Go on from an earlier question that was changed."""
        at = int(event.index)  # type: ignore[arg-type]
        async for update in self.said(as_text(str(event.value)), chat, saved, after=at):
            yield update

    async def retried(self, chat: list[Message], saved: str, event: gr.RetryData) -> AsyncIterator[Update]:
        """Reply to a question again."""
        at = int(event.index)  # type: ignore[arg-type]
        async for update in self.said(as_text(text_of(chat[at])), chat, saved, after=at):
            yield update

    async def said(
        self,
        message: str,
        chat: list[Message],
        saved: str,
        *,
        after: int | None = None,
        alone: bool = False,
        carrying: Sequence[str] | None = None,
    ) -> AsyncIterator[Update]:
        """Show the message at once, and then the reply to it.

        Args:
            saved: the conversation, as the browser holds it.
            after: how many turns of it the message goes on from; None for all.
        """
        parts, words = self._parts, self._texts["page"]
        if not message.strip():
            return
        asked = asked_message(message, self._texts)
        failed: Update = {parts.question: self._field()}
        waiting = gr.Textbox(stop_btn=words["stop"], submit_btn=False)
        try:
            turns = turns_from_saved(saved or "")[:after]
            if after is not None:  # what stood behind the question is gone, whatever becomes of it
                failed[parts.saved] = saved_from_turns(turns) if turns else ""
            before = chat[: len(turns)]  # a question that failed before has no turn
            yield {parts.chat: [*before, asked], parts.question: waiting, **self._noticed_at_once(message)}
            if not self._loader.done:
                yield {parts.chat: [*before, asked, said_message(words["waiting"])]}
            update = await asyncio.to_thread(self._replied, message, before, turns, alone=alone, carrying=carrying)
        except DoctorAnswersError as error:
            yield {parts.chat: [*chat[:after], asked, self._failed(error)], **failed}
        except Exception:  # Whatever goes wrong, the person is told, and may ask again.
            logging.getLogger(__name__).exception("a reply failed")
            yield {parts.chat: [*chat[:after], asked, said_message(words["broken"])], **failed}
        else:
            yield update

    def _replied(
        self,
        message: str,
        before: list[Message],
        turns: Sequence[Turn],
        *,
        alone: bool,
        carrying: Sequence[str] | None,
    ) -> Update:
        """Return what the reply to a message changes; it takes as long as the index takes to load."""
        conversation = self._conversation(turns)
        if len(before) < len(turns):  # the page was loaded anew in between
            before = self._messages(conversation)
        reply = conversation.ask(message, alone=alone, carrying=carrying)
        exchange = Exchange(conversation.exchange_count, message, reply)
        asked = asked_message(message, self._texts)
        shown = [*before, asked, reply_message(reply, exchange.number, self._texts)]
        update = {**self._after(conversation, exchange), self._parts.chat: shown, self._parts.question: self._field()}
        # A notice stays until it is dismissed, but for one that the whole message overrules.
        if reply.notice is None and not self._noticed_at_once(message):
            del update[self._parts.urgent]
        return update

    def _noticed_at_once(self, message: str) -> Update:
        """Return the notice of an emergency that has a sign: who is in danger waits for no model and no index."""
        found = urgency_by_signs(message)
        if found is None:
            return {}
        told, head = notice(found, country=self._country), heading(found)
        return {self._parts.urgent: urgent_notice(told, head, self._texts, calm=found.kind == SUICIDE)}

    # -- going back -------------------------------------------------------------------------------

    def begin(self) -> Update:
        """Begin a new conversation."""
        return {**self._after(None, None), self._parts.chat: []}

    def undone(self, chat: list[Message], saved: str, event: gr.UndoData) -> Update:
        """Take a question back; it stands in the field again."""
        at = int(event.index)  # type: ignore[arg-type]
        try:
            left = self._conversation(turns_from_saved(saved or "")[:at])
        except DoctorAnswersError as error:
            return {self._parts.chat: [*chat, self._failed(error)]}
        question = gr.Textbox(as_text(text_of(chat[at])))
        after = self._after(left, left.exchange(left.exchange_count))
        return {**after, self._parts.chat: chat[:at], self._parts.question: question}

    def stopped(self, chat: list[Message], saved: str) -> Update:
        """Stop waiting for a reply; the browser puts the question back, where nothing else was typed meanwhile."""
        return {self._parts.chat: chat[: len(self._turns(saved))], self._parts.question: self._field()}

    def forgotten(self, told: str, saved: str) -> Update:
        """Remove what is remembered of the person, of which a chip was pressed, or take its removal back ("!name")."""
        name = _after_the_bar(told)
        removed = None
        try:
            turns = turns_from_saved(saved or "")
            if name.startswith("!"):
                turns = tuple(_with_remembered(turns, name[1:]))
            conversation = self._conversation(turns)
            if not name.startswith("!"):
                removed = conversation.forget(name)
        except DoctorAnswersError as error:
            gr.Warning(str(escape(str(error))))
            return {}
        chips = person_chips(conversation.person, self._texts, removed=removed)
        return {self._parts.person: chips, self._parts.saved: conversation.saved()}

    def opened(self, told: str, saved: str) -> Update:
        """Show the cards of an earlier reply, of which a mark was followed."""
        number = _after_the_bar(told).partition("-")[0]
        try:
            exchange = self._conversation(turns_from_saved(saved or "")).exchange(_number(number))
        except DoctorAnswersError as error:
            gr.Warning(str(escape(str(error))))
            return {}
        return {self._parts.cards: self._cards(exchange)} if exchange else {}

    def restored(self, told: str) -> Update:
        """Show a conversation that the browser has kept; one that can't be read stays as it is there."""
        try:
            conversation = self._conversation(turns_from_saved(_after_the_bar(told)))
        except DoctorAnswersError as error:
            return {**self._after(None, None), self._parts.chat: [self._failed(error)]}
        last = conversation.exchange(conversation.exchange_count)
        return {**self._after(conversation, last), self._parts.chat: self._messages(conversation)}

    # -- keeping ----------------------------------------------------------------------------------

    def fetched(self, told: str, saved: str) -> str:
        """Return what is wanted of the conversation, behind its name: "save" (Markdown), "print" (a page) or "copy".

        The browser tells it as "save:", "print:" or, for one reply, "print:2" and "copy:2".
        """
        kind, _, number = _after_the_bar(told).partition(":")
        turns = self._turns(saved)
        conversation = self._conversation(turns)
        exchange = conversation.exchange(_number(number))
        text = ""
        if kind == "save" and turns:
            text = as_markdown(conversation)
        elif kind == "print" and turns:
            text = as_printable(conversation, exchange)
        elif kind == "copy" and exchange and exchange.reply:
            text = reply_as_plain_text(exchange.reply, self._texts)
        return f"{kind}|{text}"

    # ---------------------------------------------------------------------------------------------

    def _conversation(self, turns: Sequence[Turn]) -> Conversation:
        """Wait until the index is open, and return the conversation."""
        index = self._loader.index()
        return Conversation(index, turns, language=self._language, country=self._country, reader=self._loader.reader)

    def _turns(self, saved: str) -> tuple[Turn, ...]:
        """Return the turns that the browser holds; where they can't be read, tell so and return none."""
        try:
            return turns_from_saved(saved or "")
        except DoctorAnswersError as error:
            gr.Warning(str(escape(str(error))))
            return ()

    def _failed(self, error: DoctorAnswersError) -> Message:
        return said_message(self._texts["page"]["failed"].format(reason=as_plain_markdown(str(error))))

    def _field(self, value: str | None = None) -> gr.Textbox:
        button = self._texts["page"]["send"]
        if value is None:
            return gr.Textbox(submit_btn=button, stop_btn=False)
        return gr.Textbox(value, submit_btn=button, stop_btn=False)

    def _messages(self, conversation: Conversation) -> list[Message]:
        """Return a conversation as the chat shows it: a message a turn."""
        messages = []
        for exchange in conversation.exchanges():
            if exchange.message is not None:
                messages.append(asked_message(exchange.message, self._texts))
            if exchange.reply is not None:
                messages.append(reply_message(exchange.reply, exchange.number, self._texts))
        return messages

    def _cards(self, exchange: Exchange) -> str:
        """Return the cards of an exchange's reply."""
        if exchange.reply is None or not exchange.reply.citations:
            return ""
        thresholds = self._loader.index().manifest.thresholds
        question = exchange.message or ""
        return source_cards(exchange.reply, exchange.number, question, self._texts, thresholds=thresholds)

    def _notice(self, reply: Reply | None) -> str:
        if reply is None or reply.notice is None:
            return ""
        return urgent_notice(reply.notice, reply.notice_heading or "", self._texts, calm=reply.urgent == SUICIDE)

    def _offered(self, reply: Reply | None) -> Sequence[str]:
        """Return what one might ask next; where the question's language can't be read, questions that can be."""
        if reply is not None and reply.intent == "foreign":
            return questions_to_begin_with(self._loader.index(), suggestions.COUNT)
        return reply.suggestions if reply else ()

    def _after(self, conversation: Conversation | None, last: Exchange | None) -> Update:
        """Return all that follows from a conversation and its last exchange, but for the chat itself."""
        parts = self._parts
        reply = last.reply if last else None
        filters = reply.filters if reply else NO_FILTERS
        # What a new filter asks again is no follow-up that could be taken by itself.
        carried = reply.carried if reply and reply.intent == "followup" else ()
        offered = [*self._offered(reply), *([None] * suggestions.COUNT)]
        held = f"✕ {filters_as_text(filters, self._texts)}" if filters.any() else ""
        taken_along = self._texts["page"]["with"].format(words=", ".join(carried)) if carried else ""
        return {
            parts.cards: self._cards(last) if last else "",
            parts.urgent: self._notice(reply),
            parts.lift: gr.Button(held, visible=bool(held)),
            parts.alone: gr.Button(taken_along, visible=bool(taken_along)),
            parts.carried: carried_chips(carried, self._texts),
            parts.person: person_chips(conversation.person if conversation else (), self._texts),
            parts.show_pages: gr.Button(visible=reply is not None and reply.kind == "notice"),
            **{
                button: gr.Button(text or "", visible=text is not None)
                for button, text in zip(parts.nexts, offered, strict=False)
            },
            parts.saved: conversation.saved() if conversation else "",
        }


def _after_the_bar(told: str) -> str:
    """Return what the browser tells in a hidden field; a number stands before it, so that each time is a change."""
    return told.partition("|")[2]


def _with_remembered(turns: Sequence[Turn], fact: str) -> list[Turn]:
    """Return turns after none of which a fact of the person was removed."""
    return [replace(turn, forgotten=tuple(one for one in turn.forgotten if one != fact)) for turn in turns]


def _number(text: str) -> int:
    """Return a number that the browser tells, and 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
