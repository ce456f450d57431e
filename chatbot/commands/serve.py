"""serve: the chat page."""

import argparse
from pathlib import Path

from chatbot.commands.common import add_country_argument, add_index_argument, add_reader_argument, check_output
from chatbot.texts import languages
from index.models.model_files import READER, model_folder

HELP = "serve the chat page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    add_country_argument(parser)
    add_reader_argument(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to serve on (default: %(default)s, this machine only)"
    )
    parser.add_argument("--port", type=int, help="the port; 0 for any free one (default: 7860 or the next free one)")
    parser.add_argument(
        "--language", choices=languages(), default="en", help="that of the page's own texts (default: %(default)s)"
    )
    parser.add_argument(
        "--feedback",
        type=Path,
        metavar="FILE",
        help="ask for a thumb up or down, and add it to this JSON Lines file (default: nothing is asked or stored)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    check_output("--feedback", arguments.feedback)
    if arguments.reader is not None:
        model_folder(arguments.reader, READER)  # So that a wrong name is told here, and not on the page.
    from chatbot.page.server import serve

    serve(
        arguments.index,
        host=arguments.host,
        port=arguments.port,
        language=arguments.language,
        feedback=arguments.feedback,
        country=arguments.country,
        reader=arguments.reader,
    )
    return 0
