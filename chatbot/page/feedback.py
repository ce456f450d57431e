"""Thumbs up or down, stored only where the operator wants them, and without the question unless the user adds it."""

import json
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr

from chatbot.errors import QuestionError
from chatbot.saved import turns_from_saved
from chatbot.texts import Texts

_MAX_WORD_CHARS = 500
_Told = tuple[str, str, bool, dict[str, Any], dict[str, Any]]


class Feedback:
    """A thumb up and down on each reply, a form for a word on it, and the JSON Lines file to which both are added.

    A thumb is a line of its own: {"id", "when", "value": "up" or "down", "answers": ids}. What is added to it is
    another line with the same "id" and the "word", and the "question" if the user ticked that.
    """

    def __init__(self, file: Path, chat: gr.Chatbot, saved: gr.Textbox, texts: Texts) -> None:
        """Listen to the thumbs of `chat`, and put the form where the page is being built.

        Args:
            saved: holds the conversation that the chat shows.
        """
        self._file = file
        self._words = texts["feedback"]
        self._writing = threading.Lock()
        verdict = gr.State({})
        with gr.Column(elem_id="feedback"):
            said = gr.HTML("")
            with gr.Column(visible=False) as form:
                word = gr.Textbox(label=self._words["word"], max_length=_MAX_WORD_CHARS)
                with_question = gr.Checkbox(label=self._words["with_question"], value=False)
                send = gr.Button(self._words["send"], size="sm")
        shown = [said, word, with_question, form, verdict]
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        chat.like(self.given, saved, shown, **private).then(None, None, None, js="page.feedbackShown", **private)
        send.click(self.added, [word, with_question, verdict], shown, **private)

    def given(self, saved: str, event: gr.LikeData) -> _Told:
        """Store a thumb on a reply, and offer to add a word."""
        at = int(event.index)  # type: ignore[arg-type]
        try:
            turns = turns_from_saved(saved or "")
        except QuestionError:
            return self._told("no_reply", status="alert")
        if not 0 < at < len(turns) or turns[at].role != "assistant":  # what failed is no turn
            return self._told("no_reply", status="alert")
        verdict = {
            "id": uuid4().hex,
            "when": _now(),
            "value": "up" if event.liked is True else "down",
            "answers": [cited.answer_id for cited in turns[at].cited],
        }
        if not self._stored(verdict):
            return self._told("not_stored", status="alert")
        before = turns[at - 1]
        asked = {"question": before.content if before.role == "user" else ""}
        return self._told(f"thanks_{verdict['value']}", about={"id": verdict["id"], **asked})

    def added(self, word: str, with_question: bool, about: dict[str, Any]) -> _Told:  # noqa: FBT001 - Gradio calls by place
        """Store what the user adds to a thumb."""
        word = word.strip()[:_MAX_WORD_CHARS]
        if not about or not (word or with_question):
            return self._told("nothing_added", status="alert", about=about, word=word)
        record = {"id": about["id"], "when": _now(), "word": word}
        if with_question:
            record["question"] = about["question"]
        if not self._stored(record):
            return self._told("not_stored", status="alert", about=about, word=word, with_question=with_question)
        return self._told("thanks")

    def _told(
        self,
        text: str,
        *,
        status: str = "status",
        about: dict[str, Any] | None = None,
        word: str = "",
        with_question: bool = False,
    ) -> _Told:
        """Return what is said, and the form: open if there is a thumb that one may add to."""
        said = f'<p role="{status}">{self._words[text]}</p>'
        return said, word, with_question, gr.update(visible=bool(about)), about or {}

    def _stored(self, record: dict[str, Any]) -> bool:
        try:
            with self._writing, self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        except OSError:
            logging.getLogger(__name__).exception("a verdict could not be stored in %s", self._file)
            return False
        return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
