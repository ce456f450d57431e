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
from chatbot.page.html import no_cards, page_texts, status_html
from chatbot.page.loader import IndexLoader
from chatbot.texts import Texts, load_texts

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_page(
    loader: IndexLoader, *, language: str = "en", feedback: Path | None = None, country: str | None = None
) -> gr.Blocks:
    """Return the page over the index that `loader` opens.

    Args:
        language: that of the page's own texts.
        feedback: the file to which thumbs up and down are added; None to ask for none.
        country: whose numbers an emergency is told with; None for the usual ones of the message's language.
    """
    texts = load_texts(language)
    words = texts["page"]
    page: gr.Blocks
    with gr.Blocks(title=words["title"], analytics_enabled=False) as page:
        gr.Markdown(f"# {words['title']}\n{words['intro']} {words['privacy']}", elem_id="head")
        gr.HTML(page_texts(texts), elem_id="texts")
        status = gr.HTML(status_html(loader.status, texts), elem_id="status")
        wanted = gr.Textbox(visible="hidden", elem_id="wanted", label="")  # a tab is not there until it is opened
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(words["chat_tab"], id="chat", elem_id="chat-tab"):
                _chat_tab(page, loader, status, language=language, feedback=feedback, country=country)
            with gr.Tab(words["corpus_tab"], id="corpus", elem_id="corpus-tab") as corpus_tab:
                _corpus_tab(BrowseEvents(loader, texts), corpus_tab, wanted, texts)
    return page


def _chat_tab(
    page: gr.Blocks,
    loader: IndexLoader,
    status: gr.HTML,
    *,
    language: str,
    feedback: Path | None,
    country: str | None,
) -> None:
    texts = load_texts(language)
    words = texts["page"]
    # The conversation is held here, in the browser, and goes with each event.
    saved = gr.Textbox(visible="hidden", elem_id="saved", label="")
    urgent = gr.HTML("", elem_id="urgent")
    with gr.Row(elem_id="conversation"):
        with gr.Column(scale=3, min_width=280):
            chat = gr.Chatbot(
                elem_id="chat",
                label=words["conversation"],
                show_label=False,
                height="auto",
                min_height="30vh",
                autoscroll=False,
                buttons=[],
                editable="user",
                latex_delimiters=[],
                feedback_options=None if feedback is None else ("Like", "Dislike"),
            )
            person = gr.HTML("", elem_id="person")
            carried = gr.HTML("", elem_id="carried")
            with gr.Row(elem_id="chips"):
                alone = gr.Button(visible=False, size="sm", elem_id="alone")
                lift = gr.Button(visible=False, size="sm", elem_id="lift")
                show_pages = gr.Button(words["show_pages"], visible=False, size="sm", elem_id="show-pages")
                nexts = [
                    gr.Button(visible=False, size="sm", elem_classes="suggestion") for _ in range(suggestions.COUNT)
                ]
            with gr.Row(elem_id="actions"):
                new = gr.Button(words["new_conversation"], size="sm", elem_id="new")
                kept = gr.Button(words["conversations"], size="sm", elem_id="kept")
                save = gr.Button(words["save"], size="sm", elem_id="save")
                to_print = gr.Button(words["print"], size="sm", elem_id="print")
            if feedback is not None:
                Feedback(feedback, chat, saved, texts)
        with gr.Column(scale=2, min_width=280, elem_id="sources"):
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
        gr.HTML('<p id="limit" role="status"></p>', elem_id="limits")
        gr.HTML(f"<p>{texts['disclaimer']['short']}</p>", elem_id="disclaimer")
    # What the browser tells the server, and the server the browser. A State could not be set in the browser.
    asked, opened, restored, exported, printed, forgotten, dropped = (
        gr.Textbox(visible="hidden", elem_id=name, label="")
        for name in ("asked", "opened", "restored", "exported", "printed", "forgotten", "dropped")
    )
    parts = Parts(status, chat, cards, urgent, lift, alone, carried, show_pages, person, nexts, question, saved)
    events = ChatEvents(loader, parts, language=language, country=country)
    shown = parts.after_a_reply
    # What listens to one event runs in this order: the script knows that one goes back before what is left arrives.
    going_back = [chat.undo, chat.edit, chat.retry, alone.click, dropped.change]
    gr.on(going_back, None, None, None, js="page.goBack", queue=False, **_PRIVATE)
    question.submit(None, [question, asked], [question, asked], js="page.take", **_PRIVATE)
    replies: list[Dependency] = [
        asked.change(events.typed, [asked, chat, saved], shown, **_PRIVATE),
        chat.example_select(events.example, [chat, saved], shown, **_PRIVATE),
        chat.edit(events.edited, [chat, saved], shown, **_PRIVATE),
        chat.retry(events.retried, [chat, saved], shown, **_PRIVATE),
        lift.click(events.lift, [chat, saved], shown, **_PRIVATE),
        alone.click(events.alone, [chat, saved], shown, **_PRIVATE),
        show_pages.click(events.show_pages, [chat, saved], shown, **_PRIVATE),
        dropped.change(events.dropped, [dropped, chat, saved], shown, **_PRIVATE),
        *(button.click(events.said, [button, chat, saved], shown, **_PRIVATE) for button in nexts),
    ]
    for reply in replies:
        reply.success(None, None, None, js="page.replied", **_PRIVATE)
        reply.failure(None, None, None, js="page.failed", **_PRIVATE)
    cancels: Any = replies
    question.stop(events.stopped, [chat, saved], shown, cancels=cancels, **_PRIVATE).then(
        None, None, None, js="page.replied", **_PRIVATE
    )
    chat.undo(events.undone, [chat, saved], shown, **_PRIVATE)
    gr.on([new.click, chat.clear], events.begin, None, shown, js="page.begin", queue=False, **_PRIVATE)
    forgotten.change(events.forgotten, [forgotten, saved], [person, saved], **_PRIVATE).then(
        None, None, None, js="page.forgotten", **_PRIVATE
    )
    opened.change(events.opened, [opened, saved], shown, **_PRIVATE).then(
        None, None, None, js="page.cardsShown", **_PRIVATE
    )
    restored.change(events.restored, restored, shown, **_PRIVATE).then(
        None, None, None, js="page.restoredShown", **_PRIVATE
    )
    saved.change(None, saved, None, js="page.keep", **_PRIVATE)
    kept.click(None, None, None, js="page.conversations", **_PRIVATE)
    save.click(events.exported, saved, exported, **_PRIVATE).then(None, exported, None, js="page.save", **_PRIVATE)
    to_print.click(events.printed, saved, printed, **_PRIVATE).then(None, printed, None, js="page.print", **_PRIVATE)
    page.load(events.wait, None, [status, chat], concurrency_limit=None, **_PRIVATE)


def _corpus_tab(events: BrowseEvents, tab: gr.Tab, wanted: gr.Textbox, texts: Texts) -> None:
    words = texts["corpus"]
    thread = gr.HTML("", elem_id="thread")
    with gr.Column(elem_id="browse"):
        with gr.Row():
            text = gr.Textbox(label=words["search"], elem_id="search", max_length=MAX_MESSAGE_CHARS, scale=3)
            doctor, specialty, topic = (
                gr.Dropdown([], label=words[name], value=None, allow_custom_value=False, elem_id=f"by-{name}")
                for name in ("doctor", "specialty", "topic")
            )
            number = gr.Number(1, label=words["page"], precision=0, minimum=1, elem_id="list-page")
        threads = gr.HTML("", elem_id="threads")
        gr.Markdown(f"## {words['overview']}")
        overview = gr.HTML("", elem_id="overview")
    inputs = [text, doctor, specialty, topic, number]

    def filled() -> tuple[Any, ...]:
        return (*(gr.Dropdown(["", *choices]) for choices in events.choices()), events.pictures())

    tab.select(filled, None, [doctor, specialty, topic, overview], **_PRIVATE)
    tab.select(events.listed, inputs, threads, **_PRIVATE)
    gr.on(
        [text.submit, doctor.input, specialty.input, topic.input, number.input],
        events.listed,
        inputs,
        threads,
        **_PRIVATE,
    )
    wanted.change(events.read, wanted, thread, **_PRIVATE).then(None, None, None, js="page.threadShown", **_PRIVATE)
