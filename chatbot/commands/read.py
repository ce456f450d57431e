"""read PATH...: files and folders to threads as JSON Lines."""

import argparse

from chatbot.commands.common import print_json, tell_problem
from chatbot.startup import read_threads
from corpus.json_records import thread_to_record

HELP = "read files or folders of any known format and write their threads as JSON Lines"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder with pages")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    for thread in read_threads(arguments.paths, tell_problem):
        print_json(thread_to_record(thread))
    return 0
