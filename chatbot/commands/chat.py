"""chat: a conversation in the terminal, or one over JSON Lines for programs."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console

from chatbot.commands.common import add_country_argument, add_index_argument, add_reader_argument, print_json, tell
from chatbot.conversation import Conversation
from chatbot.errors import error_said
from chatbot.rendering.sentences import fact_text
from chatbot.rendering.terminal import print_reply
from chatbot.reply import Reply, reply_to_record
from chatbot.saved import read_turns, write_turns
from chatbot.startup import open_index, open_reader
from chatbot.texts import Texts
from chatbot.turns import Turn
from corpus.errors import DoctorAnswersError

HELP = "a conversation in the terminal"


class Begin(Protocol):
    """Begins a conversation with the index and the options of the command."""

    def __call__(self, turns: Sequence[Turn] = ()) -> Conversation:
        """Return a conversation that begins with these turns."""
        ...


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    add_country_argument(parser)
    add_reader_argument(parser)
    parser.add_argument("--history", type=Path, metavar="FILE", help="go on with a conversation that was saved")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='one {"content": ...} a line in, one reply as JSON a line out; {"new": true} begins a new conversation',
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    history = read_turns(arguments.history) if arguments.history else ()
    index = open_index(arguments.index, on_build=lambda: tell("Building the index of the starter corpus..."))
    reader = open_reader(arguments.reader, index)

    def begin(turns: Sequence[Turn] = ()) -> Conversation:
        return Conversation(index, turns, country=arguments.country, reader=reader)

    if arguments.jsonl:
        return _over_json_lines(begin, history, sys.stdin)
    return _Terminal(begin, history).run()


def _over_json_lines(begin: Begin, history: Sequence[Turn], lines: Iterable[str]) -> int:
    """Reply to each line. A line that is no message gives an {"error": ...} line, and the chat goes on."""
    conversation = begin(history)
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            message = _message(line, number)
            if message is None:
                conversation = begin()
            else:
                print_json(reply_to_record(conversation.ask(message)))
        except DoctorAnswersError as error:
            print_json({"error": error_said(error)})
            status = 1
    return status


def _message(line: str, number: int) -> str | None:
    """Return the message in a line, or None where it begins a new conversation."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if isinstance(record, dict):
        if record.get("new") is True:
            return None
        content = record.get("content")
        if isinstance(content, str):
            return content
    raise DoctorAnswersError(f'Line {number}: expected {{"content": "..."}} or {{"new": true}}.')


class _Terminal:
    """A conversation in the terminal, with commands that begin with a slash."""

    def __init__(self, begin: Begin, turns: Sequence[Turn]) -> None:
        self._begin = begin
        self._console = Console(highlight=False)
        self._conversation = begin(turns)
        self._texts = self._conversation.texts
        self._commands: dict[str, Callable[[str], None]] = {
            "/new": self._new,
            "/undo": self._undo,
            "/forget": self._forget,
            "/without": self._without,
            "/save": self._save,
            "/load": self._load,
            "/help": self._help,
        }

    def run(self) -> int:
        """Reply to each line until the end of the input or /quit."""
        tell(self._texts["terminal"]["welcome"])
        while True:
            try:
                message = input("> ").strip()
            except (EOFError, KeyboardInterrupt):
                print()
                return 0
            if message in ("/quit", "/exit"):
                return 0
            try:
                self._do(message)
            except DoctorAnswersError as error:
                tell(error_said(error))

    def _do(self, message: str) -> None:
        name, _, rest = message.partition(" ")
        command = self._commands.get(name)
        if command is not None:
            command(rest.strip())
            return
        if re.fullmatch(r"/\w+", name):
            raise DoctorAnswersError(self._texts["terminal"]["no_command"].format(command=name))
        self._print(self._conversation.ask(message))

    def _print(self, reply: Reply) -> None:
        self._console.print()
        print_reply(self._console, reply, self._texts)
        self._console.print()

    def _new(self, _: str) -> None:
        self._conversation = self._begin()

    def _undo(self, _: str) -> None:
        tell(self._texts["terminal"]["undone"].format(message=self._conversation.undo()))

    def _forget(self, fact: str) -> None:
        removed = self._conversation.forget(fact)
        tell(self._texts["terminal"]["forgotten"].format(fact=fact_text(removed, self._texts)))

    def _without(self, words: str) -> None:
        self._print(self._conversation.ask_without(words))

    def _save(self, name: str) -> None:
        write_turns(_path(name, self._texts), self._conversation.turns)
        tell(self._texts["terminal"]["saved"].format(file=name))

    def _load(self, name: str) -> None:
        self._conversation = self._begin(read_turns(_path(name, self._texts)))
        tell(self._texts["terminal"]["loaded"].format(count=self._conversation.exchange_count))

    def _help(self, _: str) -> None:
        tell(self._texts["terminal"]["help"])


def _path(name: str, texts: Texts) -> Path:
    if not name:
        raise DoctorAnswersError(texts["terminal"]["no_file"])
    return Path(name).expanduser()
