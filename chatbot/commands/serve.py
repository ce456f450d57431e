"""serve: the chat page."""

import argparse

from chatbot.commands.common import add_index_argument

HELP = "serve the chat page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to serve on (default: %(default)s, this machine only)"
    )
    parser.add_argument("--port", type=int, help="the port; 0 for any free one (default: 7860 or the next free one)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from chatbot.page import serve

    serve(arguments.index, host=arguments.host, port=arguments.port)
    return 0
