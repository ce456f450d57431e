"""What happens on the chat tab. The server keeps nothing: a conversation's turns live in its browser's session."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.components.chatbot import ExampleMessage
from markupsafe import escape

from chatbot.answering import suggestions
from chatbot.answering.compose import Composer
from chatbot.answering.suggestions import example_questions
from chatbot.conversation import Conversation
from chatbot.errors import error_said
from chatbot.page.html import no_cards, source_cards, urgent_notice
from chatbot.page.keeping import as_markdown, as_printable
from chatbot.page.loader import IndexLoader, Status
from chatbot.page.messages import Message, asked_message, reply_message, said_message
from chatbot.remembered import last_reply_of, reply_of
from chatbot.rendering.markdown import as_plain_markdown, as_text
from chatbot.rendering.sentences import filters_as_text
from chatbot.reply import Reply
from chatbot.texts import Texts, load_texts
from chatbot.turns import Turn, last_query, turn_to_record, turns_from_records
from chatbot.understanding.urgency import heading, notice, urgency_by_signs
from corpus.errors import DoctorAnswersError
from index.index import Index
from index.search.filters import NO_FILTERS

_LOOK_AGAIN_S = 0.25
_EXAMPLES = 4

Update = dict[Component, Any]
"""New values of some components; the others stay as they are."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the chat tab that change."""

    status: gr.HTML
    chat: gr.Chatbot
    turns: gr.State
    cards: gr.HTML
    urgent: gr.HTML
    lift: gr.Button
    alone: gr.Button
    show_pages: gr.Button
    nexts: Sequence[gr.Button]
    question: gr.Textbox
    saved: gr.Textbox

    @property
    def after_a_reply(self) -> list[Component]:
        """Everything that a reply may change."""
        return [
            self.chat,
            self.turns,
            self.cards,
            self.urgent,
            self.lift,
            self.alone,
            self.show_pages,
            *self.nexts,
            self.question,
            self.saved,
        ]


class ChatEvents:
    """Replies, goes back, opens sources and restores conversations."""

    def __init__(self, loader: IndexLoader, parts: Parts, *, language: str, country: str | None = None) -> None:
        self._loader = loader
        self._parts = parts
        self._language = language
        self._country = country
        self._texts = load_texts(language)

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
        examples: list[ExampleMessage] = [{"text": question} for question in example_questions(index, _EXAMPLES)]
        yield {parts.status: status_html(status, self._texts, **counts), parts.chat: gr.Chatbot(examples=examples)}

    # -- asking -----------------------------------------------------------------------------------

    async def typed(self, asked: str, chat: list[Message], turns: list[Turn]) -> AsyncIterator[Update]:
        """Reply to what was typed, which has the number of the question before it."""
        async for update in self.said(_after_the_bar(asked), chat, turns):
            yield update

    async def example(self, chat: list[Message], turns: list[Turn], event: gr.SelectData) -> AsyncIterator[Update]:
        """Reply to an example; what was typed stays in the field."""
        async for update in self.said(event.value["text"], chat, turns):
            yield update

    async def lift(self, chat: list[Message], turns: list[Turn]) -> AsyncIterator[Update]:
        """Lift the filters, as if the user had said so."""
        async for update in self.said(self._texts["page"]["lift_filter"], chat, turns):
            yield update

    async def show_pages(self, chat: list[Message], turns: list[Turn]) -> AsyncIterator[Update]:
        """Show the pages after the notice of an emergency, as if the user had said so."""
        async for update in self.said(self._texts["page"]["show_pages"], chat, turns):
            yield update

    async def alone(self, chat: list[Message], turns: list[Turn]) -> AsyncIterator[Update]:
        """Reply to the last question again, by itself this time."""
        if len(turns) >= 2:
            async for update in self.said(turns[-2].content, chat[:-2], turns[:-2], alone=True):
                yield update

    async def edited(self, chat: list[Message], turns: list[Turn], event: gr.EditData) -> AsyncIterator[Update]:
        """Go on from an earlier question that was changed."""
        at = int(event.index)  # type: ignore[arg-type]
        async for update in self.said(as_text(str(event.value)), chat[:at], turns[:at]):
            yield update

    async def retried(self, chat: list[Message], turns: list[Turn], event: gr.RetryData) -> AsyncIterator[Update]:
        """Reply to a question again."""
        at = int(event.index)  # type: ignore[arg-type]
        async for update in self.said(as_text(_text_of(chat[at])), chat[:at], turns[:at]):
            yield update

    async def said(
        self, message: str, chat: list[Message], turns: list[Turn], *, alone: bool = False
    ) -> AsyncIterator[Update]:
        """Show the message at once, and then the reply to it."""
        parts, words = self._parts, self._texts["page"]
        if not message.strip():
            return
        chat = [*chat[: len(turns)], asked_message(message)]  # a question that failed before has no turn
        waiting = gr.Textbox(stop_btn=words["stop"], submit_btn=False)
        yield {parts.chat: chat, parts.question: waiting, **self._noticed_at_once(message)}
        if not self._loader.done:
            yield {parts.chat: [*chat, said_message(words["waiting"])]}
        try:
            index = await asyncio.to_thread(self._loader.index)
            conversation = Conversation(index, turns, language=self._language, country=self._country)
            reply = await asyncio.to_thread(conversation.ask, message, alone=alone)
        except DoctorAnswersError as error:
            failed = words["failed"].format(reason=as_plain_markdown(error_said(error)))
            yield {parts.chat: [*chat, said_message(failed)], parts.question: self._field()}
            return
        except Exception:  # Whatever goes wrong, the person is told, and may ask again.
            logging.getLogger(__name__).exception("a reply failed")
            yield {parts.chat: [*chat, said_message(words["broken"])], parts.question: self._field()}
            return
        shown = [*chat, self._message(reply, len(turns) // 2 + 1)]
        yield {**self._after(list(conversation.turns), reply), parts.chat: shown, parts.question: self._field()}

    def _noticed_at_once(self, message: str) -> Update:
        """Return the notice of an emergency that has a sign: who is in danger waits for no model and no index."""
        urgency = urgency_by_signs(message)
        if urgency is None:
            return {}
        return {self._parts.urgent: urgent_notice(notice(urgency, country=self._country), heading(urgency))}

    # -- going back -------------------------------------------------------------------------------

    def begin(self) -> Update:
        """Begin a new conversation."""
        return {**self._after([], None), self._parts.chat: []}

    def undone(self, chat: list[Message], turns: list[Turn], event: gr.UndoData) -> Update:
        """Take a question back; it stands in the field again."""
        at = int(event.index)  # type: ignore[arg-type]
        left = turns[:at]
        question = gr.Textbox(as_text(_text_of(chat[at])))
        return {
            **self._after(left, self._last_reply(left)),
            self._parts.chat: chat[:at],
            self._parts.question: question,
        }

    def stopped(self, chat: list[Message], turns: list[Turn]) -> Update:
        """Stop waiting for a reply; the question stands in the field again."""
        asked = _text_of(chat[len(turns)]) if len(chat) > len(turns) else ""
        return {self._parts.chat: chat[: len(turns)], self._parts.question: self._field(as_text(asked))}

    def opened(self, told: str, turns: list[Turn]) -> Update:
        """Show the cards of an earlier reply, of which a mark was followed."""
        number = _after_the_bar(told).partition("-")[0]
        at = 2 * int(number) - 1 if number.isdecimal() else -1
        if not 0 < at < len(turns):
            return {}
        return {self._parts.cards: self._cards(turns[: at + 1], reply_of(turns[at], self._composer()))}

    def restored(self, told: str) -> Update:
        """Show a conversation that the browser has kept."""
        try:
            turns = turns_from_records(json.loads(_after_the_bar(told)))
            if [turn.role for turn in turns] != ["user", "assistant"] * (len(turns) // 2):
                return {}
            composer = self._composer()
        except (DoctorAnswersError, ValueError):
            return {}
        chat = [self._restored(turns[:at], composer) for at in range(1, len(turns) + 1)]
        return {**self._after(turns, self._last_reply(turns)), self._parts.chat: chat}

    # -- keeping ----------------------------------------------------------------------------------

    def exported(self, turns: list[Turn]) -> str:
        """Return the conversation as Markdown."""
        return as_markdown(turns, self._composer()) if turns else ""

    def printed(self, turns: list[Turn]) -> str:
        """Return the conversation as a page to print."""
        return as_printable(turns, self._composer()) if turns else ""

    # ---------------------------------------------------------------------------------------------

    def _composer(self) -> Composer:
        index: Index = self._loader.index()
        return Composer(index, self._texts)

    def _field(self, value: str | None = None) -> gr.Textbox:
        button = self._texts["page"]["send"]
        if value is None:
            return gr.Textbox(submit_btn=button, stop_btn=False)
        return gr.Textbox(value, submit_btn=button, stop_btn=False)

    def _last_reply(self, turns: Sequence[Turn]) -> Reply | None:
        return last_reply_of(turns, self._composer()) if turns else None

    def _message(self, reply: Reply, number: int) -> Message:
        return reply_message(reply, number, self._texts)

    def _restored(self, turns: Sequence[Turn], composer: Composer) -> Message:
        """Return the last of some turns as a message."""
        if turns[-1].role == "user":
            return asked_message(turns[-1].content)
        return self._message(reply_of(turns[-1], composer), len(turns) // 2)

    def _cards(self, turns: Sequence[Turn], reply: Reply) -> str:
        """Return the cards of the reply that the last of some turns is."""
        if not reply.citations:
            return no_cards(self._texts)
        thresholds = self._loader.index().manifest.thresholds
        return source_cards(reply, len(turns) // 2, turns[-2].content, self._texts, thresholds)

    def _after(self, turns: list[Turn], reply: Reply | None) -> Update:
        """Return all that follows from the turns and the last reply, but for the chat itself."""
        parts = self._parts
        filters = reply.filters if reply else NO_FILTERS
        # What a new filter asks again is no follow-up that could be taken by itself.
        leans = reply is not None and reply.query != last_query(turns[:-2])
        understood = reply.understood if reply and leans else None
        offered = [*(reply.suggestions if reply else ()), *([None] * suggestions.COUNT)]
        held = f"✕ {filters_as_text(filters, self._texts)}" if filters.any() else ""
        taken_for = self._texts["page"]["understood"].format(query=understood) if understood else ""
        return {
            parts.turns: turns,
            parts.cards: self._cards(turns, reply) if reply else no_cards(self._texts),
            parts.urgent: urgent_notice(reply.notice, reply.notice_heading or "") if reply and reply.notice else "",
            parts.lift: gr.Button(held, visible=bool(held)),
            parts.alone: gr.Button(taken_for, visible=bool(taken_for)),
            parts.show_pages: gr.Button(visible=reply is not None and reply.kind == "notice"),
            **{
                button: gr.Button(text or "", visible=text is not None)
                for button, text in zip(parts.nexts, offered, strict=False)
            },
            parts.saved: json.dumps([turn_to_record(turn) for turn in turns], ensure_ascii=False) if turns else "",
        }


def status_html(status: Status, texts: Texts, **counts: int) -> str:
    """Return the line that tells how far the index is."""
    reason = escape(status.reason or "")
    said = texts["page"][status.state].format(reason=reason, **counts)
    return f'<p role="status" class="{status.state}">{said}</p>'


def _after_the_bar(told: str) -> str:
    """Return what the browser tells in a hidden field; a number stands before it, so that each time is a change."""
    return told.partition("|")[2]


def _text_of(message: Message) -> str:
    """Return the text of a message, which Gradio gives as a text or as a list of parts."""
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if part.get("type") == "text")
