"""chat: a conversation in the terminal, or one over JSON Lines for programs."""

import argparse
import json
import sys
from collections.abc import Iterable

from chatbot.commands.common import add_index_argument, print_json, tell
from chatbot.conversation import Conversation
from chatbot.plain import reply_as_plain_text
from chatbot.reply import reply_to_record
from chatbot.startup import open_index
from chatbot.texts import load_texts
from corpus.errors import DoctorAnswersError
from index.index import Index

HELP = "a conversation in the terminal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='one {"content": ...} a line in, one reply as JSON a line out; {"new": true} begins a new conversation',
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    index = open_index(arguments.index, on_build=lambda: tell("Building the index of the starter corpus..."))
    if arguments.jsonl:
        return _over_json_lines(index, sys.stdin)
    return _in_the_terminal(index)


def _over_json_lines(index: Index, lines: Iterable[str]) -> int:
    """Reply to each line. A line that is no message gives an {"error": ...} line, and the chat goes on."""
    conversation = Conversation(index)
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            message = _message(line, number)
            if message is None:
                conversation = Conversation(index)
            else:
                print_json(reply_to_record(conversation.ask(message)))
        except DoctorAnswersError as error:
            print_json({"error": str(error)})
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


def _in_the_terminal(index: Index) -> int:
    words = load_texts()["terminal"]
    conversation = Conversation(index)
    tell(words["welcome"])
    while True:
        try:
            message = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        if message in ("/quit", "/exit"):
            return 0
        if message == "/new":
            conversation = Conversation(index)
            continue
        try:
            print(f"\n{reply_as_plain_text(conversation.ask(message))}\n")
        except DoctorAnswersError as error:
            tell(str(error))
