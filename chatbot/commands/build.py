"""build --corpus PATH... --index DIR: make the index of some pages."""

import argparse
from pathlib import Path

from chatbot.commands.common import add_index_argument, print_json, progress_bar, tell, tell_problem
from chatbot.startup import build_from
from index.embedder import load_embedder
from index.generations import has_index
from index.packaged_model import DEFAULT_EMBEDDER

HELP = "make the index of files or folders of pages"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--corpus", nargs="+", metavar="PATH", required=True, help="files or folders with pages")
    add_index_argument(parser, required=True)
    parser.add_argument(
        "--embedder",
        default=DEFAULT_EMBEDDER,
        metavar="NAME",
        help="a sentence-transformers model, by its folder or its name on the hub (default: the packaged %(default)s)",
    )
    parser.add_argument("--if-missing", action="store_true", help="do nothing where there is an index already")
    parser.add_argument("--json", action="store_true", help="print what was built as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""

    directory: Path = arguments.index
    if arguments.if_missing and has_index(directory):
        return 0
    # Imported here: the line above must not wait for the seconds that this takes.

    with progress_bar("embedding") as progress:
        manifest = build_from(
            arguments.corpus, directory, load_embedder(arguments.embedder), on_problem=tell_problem, progress=progress
        )
    if arguments.json:
        print_json({"index": str(directory), "threads": manifest.threads, "answers": manifest.answers})
    else:
        tell(f"{directory}: {manifest.answers} answers of {manifest.threads} threads, with {manifest.embedder}.")
    return 0
