"""The Gradio page: the conversation, the cards of its sources, and the disclaimer.

The page is served before the model is loaded. Questions stay on this machine: Gradio's analytics,
run history, monitoring and sharing are off, and nothing on the page asks another host.
"""

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from gradio.components.chatbot import ExampleMessage
from markupsafe import escape

from chatbot import suggestions
from chatbot.conversation import MAX_MESSAGE_CHARS, Conversation
from chatbot.examples import example_questions
from chatbot.html import no_cards, source_cards, urgent_notice
from chatbot.loader import IndexLoader, Status
from chatbot.markdown import as_plain_markdown
from chatbot.reply import Reply
from chatbot.texts import Texts, load_texts
from chatbot.turns import Turn
from chatbot.wording import filters_as_text
from corpus.errors import DoctorAnswersError

_CSS = Path(__file__).parent / "assets" / "page.css"
_LOOK_AGAIN_S = 0.25
_QUESTIONS_AT_ONCE = 8
_QUEUE_LENGTH = 200
_EXAMPLES = 4
_CITATION_MARK = re.compile(r"(?<!\\)\[(\d+)\]")

_TAKE_THE_QUESTION = """(question, asked) => {
    if (window.awaitsReply || !question.trim()) return [question, asked];
    window.awaitsReply = true;
    window.questions = (window.questions ?? 0) + 1;
    return ["", `${window.questions}|${question}`];
}"""
"""The field is emptied when a question is sent, here and not by the server: what is typed afterwards is not
lost. While a reply is awaited the next question stays in the field. The number makes a question that is
asked twice two."""

_SHOW_THE_QUESTION = """() => {
    window.awaitsReply = false;
    const questions = document.querySelectorAll("#chat .user.message");
    questions[questions.length - 1]?.scrollIntoView({block: "start"});
}"""
"""A reply is read from its beginning: the page goes to the question that it answers."""

Message = dict[str, Any]


def serve(directory: Path, *, host: str, port: int | None) -> None:
    """Serve the page until the process is stopped; the index loads beside it.

    Args:
        port: the port to serve on; 0 for any free one, None for the first free one from 7860 on.

    Raises:
        DoctorAnswersError: the port is taken.
    """
    loader = IndexLoader(directory)
    page = build_page(loader)
    try:
        _, address, _ = page.queue(max_size=_QUEUE_LENGTH, default_concurrency_limit=_QUESTIONS_AT_ONCE).launch(
            server_name=host,
            server_port=_free_port(host) if port == 0 else port,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            css_paths=_CSS,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            max_file_size="1kb",
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=gr.themes.Default(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        )
    except OSError as error:
        raise DoctorAnswersError(
            f"Can't serve on {host}, port {port or 'any'} ({error}). Try another --port."
        ) from None
    print(f"The chat is open at {address}", flush=True)
    loader.start()
    page.block_thread()


def _free_port(host: str) -> int:
    with socket.socket() as free:
        free.bind((host, 0))
        port: int = free.getsockname()[1]
        return port


def build_page(loader: IndexLoader, *, language: str = "en") -> gr.Blocks:
    """Return the page over the index that `loader` opens."""
    texts = load_texts(language)
    words = texts["page"]
    page: gr.Blocks
    with gr.Blocks(title=words["title"], analytics_enabled=False) as page:
        turns = gr.State([])
        gr.Markdown(f"# {words['title']}\n{words['intro']}", elem_id="head")
        status = gr.HTML(_status_html(loader.status, texts), elem_id="status")
        urgent = gr.HTML("", elem_id="urgent")
        with gr.Row(elem_id="conversation"):
            with gr.Column(scale=3, min_width=300):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label=words["conversation"],
                    show_label=False,
                    height="auto",
                    min_height="40vh",
                    autoscroll=False,
                    buttons=["copy", "copy_all"],
                    watermark=texts["disclaimer"]["text"],
                    latex_delimiters=[],
                    feedback_options=None,
                )
                with gr.Row(elem_id="chips"):
                    lift = gr.Button(visible=False, size="sm", elem_id="lift")
                    nexts = [
                        gr.Button(visible=False, size="sm", elem_classes="suggestion") for _ in range(suggestions.COUNT)
                    ]
                new = gr.Button(words["new_conversation"], size="sm", elem_id="new")
            with gr.Column(scale=2, min_width=300, elem_id="sources"):
                gr.Markdown(f"## {words['sources']}")
                cards = gr.HTML(no_cards(texts), elem_id="cards")
        with gr.Column(elem_id="dock"):
            question = gr.Textbox(
                elem_id="question",
                label=words["message_label"],
                placeholder=words["message_placeholder"],
                lines=1,
                max_lines=6,
                max_length=MAX_MESSAGE_CHARS,
                autofocus=True,
                submit_btn=words["send"],
            )
            gr.HTML(f"<p>{texts['disclaimer']['short']} {words['privacy']}</p>", elem_id="disclaimer")

        events = _Events(loader, texts)
        shown = [chat, turns, cards, urgent, lift, *nexts]
        asked = gr.Textbox(visible="hidden", elem_id="asked", label="")  # a State could not be set in the browser
        question.submit(None, [question, asked], [question, asked], js=_TAKE_THE_QUESTION, api_visibility="private")
        for taken in (
            asked.change(events.typed, [asked, chat, turns], shown, api_visibility="private"),
            chat.example_select(events.example, [chat, turns], shown, api_visibility="private"),
            lift.click(events.lift, [chat, turns], shown, api_visibility="private"),
            *(button.click(events.said, [button, chat, turns], shown, api_visibility="private") for button in nexts),
        ):
            taken.then(None, None, None, js=_SHOW_THE_QUESTION, api_visibility="private")
        new.click(
            lambda: ([], [], no_cards(texts), *_below(None, texts)), None, shown, queue=False, api_visibility="private"
        )
        page.load(events.wait, None, [status, chat], concurrency_limit=None, api_visibility="private")
    return page


class _Events:
    """What the page does. It keeps nothing: a conversation's turns live in its browser's session."""

    def __init__(self, loader: IndexLoader, texts: Texts) -> None:
        self._loader = loader
        self._texts = texts

    async def wait(self) -> AsyncIterator[tuple[Any, Any]]:
        """Show how far the index is, until it is open; then the example questions."""
        while not self._loader.done:
            yield _status_html(self._loader.status, self._texts), gr.skip()
            await asyncio.sleep(_LOOK_AGAIN_S)
        status = self._loader.status
        if status.state != "ready":
            yield _status_html(status, self._texts), gr.skip()
            return
        index = self._loader.index()
        counts = {"answers": index.manifest.answers, "threads": index.manifest.threads}
        examples: list[ExampleMessage] = [{"text": question} for question in example_questions(index, _EXAMPLES)]
        yield _status_html(status, self._texts, **counts), gr.Chatbot(examples=examples)

    async def typed(self, asked: str, chat: list[Message], turns: list[Turn]) -> AsyncIterator[tuple[Any, ...]]:
        """Reply to what was typed, which has the number of the question before it."""
        async for shown in self.said(asked.partition("|")[2], chat, turns):
            yield shown

    async def example(
        self, chat: list[Message], turns: list[Turn], event: gr.SelectData
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Reply to an example; what was typed stays in the field."""
        async for shown in self.said(event.value["text"], chat, turns):
            yield shown

    async def lift(self, chat: list[Message], turns: list[Turn]) -> AsyncIterator[tuple[Any, ...]]:
        """Lift the filters, as if the user had said so."""
        async for shown in self.said(self._texts["page"]["lift_filter"], chat, turns):
            yield shown

    async def said(self, message: str, chat: list[Message], turns: list[Turn]) -> AsyncIterator[tuple[Any, ...]]:
        """Show the message at once, and then the reply to it."""
        if not message.strip():
            return
        chat = [*chat, {"role": "user", "content": _shown_as_typed(message)}]
        yield chat, *([gr.skip()] * (4 + suggestions.COUNT))
        if not self._loader.done:
            yield self._only_said(chat, self._texts["page"]["waiting"])
        try:
            index = await asyncio.to_thread(self._loader.index)
            conversation = Conversation(index, turns)
            reply = await asyncio.to_thread(conversation.ask, message)
        except DoctorAnswersError as error:
            failed = self._texts["page"]["failed"].format(reason=as_plain_markdown(str(error)))
            yield self._only_said(chat, failed)
            return
        cards = source_cards(reply, self._texts) if reply.citations else no_cards(self._texts)
        yield [*chat, _said(_linked(reply))], list(conversation.turns), cards, *_below(reply, self._texts)

    def _only_said(self, chat: list[Message], markdown: str) -> tuple[Any, ...]:
        """Say something and leave the rest of the page as it is."""
        return [*chat, _said(markdown)], *([gr.skip()] * (4 + suggestions.COUNT))


def _below(reply: Reply | None, texts: Texts) -> tuple[Any, ...]:
    """Return the notice of an emergency, the button that lifts the filters, and the suggestions."""
    notice = urgent_notice(reply.notice, texts) if reply and reply.notice else ""
    held = reply is not None and reply.filters.any()
    lift = gr.Button(f"✕ {filters_as_text(reply.filters, texts)}" if reply and held else "", visible=held)
    offered = reply.suggestions if reply else ()
    padded = [*offered, *([None] * (suggestions.COUNT - len(offered)))]
    return notice, lift, *(gr.Button(text or "", visible=text is not None) for text in padded)


def _shown_as_typed(message: str) -> str:
    return "\n".join(as_plain_markdown(line) for line in message.splitlines())


def _said(markdown: str) -> Message:
    return {"role": "assistant", "content": markdown}


def _linked(reply: Reply) -> str:
    """Return the reply as the chat shows it: its marks lead to the cards, and the disclaimer closes it."""
    marks = _CITATION_MARK.sub(r"[\1](#source-\1)", reply.text)
    return f"{marks}\n\n*{as_plain_markdown(reply.disclaimer)}*"


def _status_html(status: Status, texts: Texts, **counts: int) -> str:
    reason = escape(status.reason or "")
    return f'<p role="status" class="{status.state}">{texts["page"][status.state].format(reason=reason, **counts)}</p>'
