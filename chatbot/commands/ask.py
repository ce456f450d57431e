"""ask "...": one reply."""

import argparse
from pathlib import Path

from rich.console import Console

from chatbot.commands.common import add_country_argument, add_index_argument, add_reader_argument, print_json, tell
from chatbot.conversation import Conversation
from chatbot.rendering.terminal import print_reply
from chatbot.reply import reply_to_record
from chatbot.saved import read_turns
from chatbot.startup import open_index, open_reader

HELP = "reply to one question"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("question", help="the question, in quotation marks")
    add_index_argument(parser)
    add_country_argument(parser)
    add_reader_argument(parser)
    parser.add_argument(
        "--history",
        type=Path,
        metavar="FILE",
        help='the turns before: a saved conversation, or JSON Lines with "role" and "content"',
    )
    parser.add_argument("--json", action="store_true", help="print the reply as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""

    history = read_turns(arguments.history) if arguments.history else ()
    index = open_index(arguments.index, on_build=lambda: tell("Building the index of the starter corpus..."))
    reader = open_reader(arguments.reader, index)
    conversation = Conversation(index, history, country=arguments.country, reader=reader)
    reply = conversation.ask(arguments.question)
    if arguments.json:
        print_json(reply_to_record(reply))
    else:
        print_reply(Console(highlight=False), reply, conversation.texts)
    return 0
