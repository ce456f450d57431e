"""What stands where on the page, and what calls what."""

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from chatbot.answering import suggestions
from chatbot.conversation import MAX_MESSAGE_CHARS
from chatbot.page.browse import BrowseEvents
from chatbot.page.events import ChatEvents, Parts
from chatbot.page.feedback import Feedback
from chatbot.page.html import first_view_text, page_texts, status_html
from chatbot.page.loader import IndexLoader
from chatbot.page.templates import render
from chatbot.texts import People, Texts, load_texts

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_page(
    loader: IndexLoader,
    *,
    language: str = "en",
    people: People = "doctors",
    feedback: Path | None = None,
    country: str | None = None,
) -> gr.Blocks:
    """Return the page over the index that `loader` opens.

    Args:
        language: that of the page's own texts.
        people: what those who answered are called.
        feedback: the file to which thumbs up and down are added; None to ask for none.
        country: whose numbers an emergency is told with; None for the usual ones of the message's language.
    """
    texts = load_texts(language, people)
    words = texts["page"]
    page: gr.Blocks
    with gr.Blocks(title=words["title"], analytics_enabled=False) as page:
        with gr.Row(elem_id="bar"):
            menu = gr.Button(words["menu"], size="sm", elem_id="menu")
            gr.HTML(f"<h1>{words['title']}</h1>", elem_id="head")
            status = gr.HTML(status_html(loader.status, texts), elem_id="status")
            new = gr.Button(words["new_conversation"], size="sm", elem_id="new")
        gr.HTML(page_texts(texts), elem_id="texts")
        wanted = gr.Textbox(visible="hidden", elem_id="wanted", label="")  # a tab is not there until it is opened
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(words["chat_tab"], id="chat", elem_id="chat-tab"):
                chat_tab = _ChatTab(loader, status, texts, language=language, feedback=feedback, country=country)
                chat_tab.listen(page, new)
            with gr.Tab(words["corpus_tab"], id="corpus", elem_id="corpus-tab"):
                _corpus_tab(BrowseEvents(loader, texts), wanted, texts)
        menu.click(None, None, None, js="page.conversations", **_PRIVATE)
    return page


class _ChatTab:
    """The chat with the field below it, and the sources beside it."""

    def __init__(
        self,
        loader: IndexLoader,
        status: gr.HTML,
        texts: Texts,
        *,
        language: str,
        feedback: Path | None,
        country: str | None,
    ) -> None:
        words = texts["page"]
        # The conversation is held here, in the browser, and goes with each event.
        saved = gr.Textbox(visible="hidden", elem_id="saved", label="")
        urgent = gr.HTML("", elem_id="urgent")
        with gr.Row(elem_id="conversation"):
            with gr.Column(elem_id="talk"):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label=words["conversation"],
                    show_label=False,
                    height="auto",
                    min_height=0,
                    autoscroll=False,
                    buttons=[],
                    editable="user",
                    latex_delimiters=[],
                    placeholder=first_view_text(texts),
                    feedback_options=None if feedback is None else ("Like", "Dislike"),
                )
                gr.HTML(render("pending.html"), elem_id="pending-place")
                person = gr.HTML("", elem_id="person")
                carried = gr.HTML("", elem_id="carried")
                with gr.Row(elem_id="chips"):
                    alone = gr.Button(visible=False, size="sm", elem_id="alone")
                    lift = gr.Button(visible=False, size="sm", elem_id="lift")
                    show_pages = gr.Button(words["show_pages"], visible=False, size="sm", elem_id="show-pages")
                    gr.HTML(f'<p class="also">{words["also"]}</p>')
                    nexts = [
                        gr.Button(visible=False, size="sm", elem_classes="suggestion") for _ in range(suggestions.COUNT)
                    ]
                if feedback is not None:
                    Feedback(feedback, chat, saved, texts)
                gr.HTML('<div id="room"></div>', elem_id="room-place")
                with gr.Column(elem_id="dock"):
                    gr.HTML('<p id="working" role="status"></p>', elem_id="working-place")
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
                    gr.HTML('<p id="limit" role="status"></p>', elem_id="limits")
                    gr.HTML(f"<p>{texts['disclaimer']['quiet']}</p>", elem_id="disclaimer")
            with gr.Column(elem_id="sources"):
                cards = gr.HTML("", elem_id="cards")
        self._parts = Parts(
            status, chat, cards, urgent, lift, alone, carried, show_pages, person, nexts, question, saved
        )
        self._events = ChatEvents(loader, self._parts, texts, language=language, country=country)

    def listen(self, page: gr.Blocks, new: gr.Button) -> None:
        """Call what happens on the tab. What the browser tells the server goes through hidden fields: no State can be
        set in the browser.

        What goes without the queue needs no stream: it works on at once when the server was restarted.
        """
        asked, opened, restored, fetching, fetched, forgotten, dropped = (
            gr.Textbox(visible="hidden", elem_id=name, label="")
            for name in ("asked", "opened", "restored", "fetching", "fetched", "forgotten", "dropped")
        )
        parts, events = self._parts, self._events
        chat, question, saved, shown = parts.chat, parts.question, parts.saved, parts.after_a_reply
        at_once: dict[str, Any] = {"queue": False, **_PRIVATE}
        # What listens to one event runs in this order: the script knows that one goes back before what is left arrives.
        going_back = [chat.undo, chat.edit, chat.retry, parts.alone.click, dropped.change]
        gr.on(going_back, None, None, None, js="page.goBack", **at_once)
        pressed = [button.click for button in (parts.lift, parts.alone, parts.show_pages, *parts.nexts)]
        gr.on(
            [chat.example_select, chat.edit, chat.retry, dropped.change, *pressed],
            None,
            None,
            None,
            js="page.awaits",
            **at_once,
        )
        question.submit(None, [question, asked], [question, asked], js="page.take", **_PRIVATE)
        replies: list[Dependency] = [
            asked.change(events.typed, [asked, chat, saved], shown, **_PRIVATE),
            chat.example_select(events.example, [chat, saved], shown, **_PRIVATE),
            chat.edit(events.edited, [chat, saved], shown, **_PRIVATE),
            chat.retry(events.retried, [chat, saved], shown, **_PRIVATE),
            parts.lift.click(events.lift, [chat, saved], shown, **_PRIVATE),
            parts.alone.click(events.alone, [chat, saved], shown, **_PRIVATE),
            parts.show_pages.click(events.show_pages, [chat, saved], shown, **_PRIVATE),
            dropped.change(events.dropped, [dropped, chat, saved], shown, **_PRIVATE),
            *(button.click(events.said, [button, chat, saved], shown, **_PRIVATE) for button in parts.nexts),
        ]
        for reply in replies:
            reply.success(None, None, None, js="page.replied", **_PRIVATE)
            reply.failure(None, None, None, js="page.failed", **_PRIVATE)
        cancels: Any = replies
        question.stop(events.stopped, [chat, saved], shown, cancels=cancels, **_PRIVATE).then(
            None, None, None, js="page.stopped", **_PRIVATE
        )
        chat.undo(events.undone, [chat, saved], shown, **_PRIVATE)
        gr.on([new.click, chat.clear], events.begin, None, shown, js="page.begin", **at_once)
        forgotten.change(events.forgotten, [forgotten, saved], [parts.person, saved], **at_once).then(
            None, None, None, js="page.forgotten", **_PRIVATE
        )
        opened.change(events.opened, [opened, saved], shown, **at_once).then(
            None, None, None, js="page.cardsShown", **_PRIVATE
        )
        restored.change(events.restored, restored, shown, **at_once).then(
            None, None, None, js="page.restoredShown", **_PRIVATE
        )
        saved.change(None, saved, None, js="page.keep", **_PRIVATE)
        fetching.change(events.fetched, [fetching, saved], fetched, **at_once).then(
            None, fetched, None, js="page.fetched", **_PRIVATE
        )
        page.load(events.wait, None, [parts.status, chat], concurrency_limit=None, **_PRIVATE)


def _corpus_tab(events: BrowseEvents, wanted: gr.Textbox, texts: Texts) -> None:
    with gr.Column(elem_id="browse"):
        label = texts["corpus"]["search"]
        gr.Textbox(label=label, placeholder=label, elem_id="search", max_length=MAX_MESSAGE_CHARS)
    place = gr.HTML("", elem_id="place")
    wanted.change(events.place, wanted, place, trigger_mode="always_last", **_PRIVATE).then(
        None, None, None, js="page.placeShown", **_PRIVATE
    )
