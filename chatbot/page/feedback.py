"""Thumbs up or down, stored only where the operator wants them, and without the question unless the user adds it."""

import json
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path

import gradio as gr

from chatbot.texts import Texts
from chatbot.turns import Turn

_MAX_WORD_CHARS = 500


class FeedbackForm:
    """A form below the conversation, and the JSON Lines file to which it adds."""

    def __init__(self, file: Path, turns: gr.State, texts: Texts) -> None:
        """Show the form for the last reply of `turns`."""
        self._file = file
        self._texts = texts
        self._writing = threading.Lock()
        words = texts["feedback"]
        with gr.Accordion(words["title"], open=False, elem_id="feedback"):
            value = gr.Radio([(words["good"], "up"), (words["bad"], "down")], label=words["value"])
            word = gr.Textbox(label=words["word"], max_length=_MAX_WORD_CHARS)
            with_question = gr.Checkbox(label=words["with_question"], value=False)
            send = gr.Button(words["send"], size="sm")
            thanks = gr.HTML("")
        send.click(
            self.sent,
            [value, word, with_question, turns],
            [thanks, value, word, with_question],
            api_visibility="private",
        )

    def sent(
        self,
        value: str | None,
        word: str,
        with_question: bool,  # noqa: FBT001 - Gradio calls by place
        turns: list[Turn],
    ) -> tuple[str, str | None, str, bool]:
        """Store what was sent about the last reply, and thank; or tell what is missing."""
        words = self._texts["feedback"]
        if value not in ("up", "down") or len(turns) < 2:
            return f'<p role="alert">{words["missing"]}</p>', value, word, with_question
        record = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "value": value,
            "word": word.strip()[:_MAX_WORD_CHARS],
            "answers": [cited.answer_id for cited in turns[-1].cited],
        }
        if with_question:
            record["question"] = turns[-2].content
        try:
            with self._writing, self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        except OSError:
            logging.getLogger(__name__).exception("a verdict could not be stored in %s", self._file)
            return f'<p role="alert">{words["not_stored"]}</p>', value, word, with_question
        return f'<p role="status">{words["thanks"]}</p>', None, "", False
