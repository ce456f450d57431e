"""build --corpus PATH... --index DIR: make the index of some pages, or bring it up to date."""

import argparse
from contextlib import closing
from pathlib import Path

from chatbot.commands.common import (
    add_embedder_arguments,
    add_index_argument,
    embedder_settings,
    print_json,
    progress_bar,
    tell,
    tell_problem,
)
from chatbot.startup import build_from
from index.build import Told, build_index, threads_in_index
from index.generations import has_index
from index.info import read_info

HELP = "make the index of files or folders of pages, or bring it up to date: only what changed is embedded"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--corpus",
        nargs="+",
        metavar="PATH",
        help="files or folders with pages; left out, the texts that the index keeps are embedded again",
    )
    add_index_argument(parser, required=True)
    add_embedder_arguments(parser)
    parser.add_argument("--if-missing", action="store_true", help="do nothing where there is an index already")
    parser.add_argument("--json", action="store_true", help="print what was built as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    directory: Path = arguments.index
    if arguments.if_missing and has_index(directory):
        return 0
    settings = embedder_settings(arguments)
    with progress_bar("embedding", "texts") as progress:
        told = Told(progress=progress, problem=tell_problem, note=tell)
        try:
            if arguments.corpus:
                manifest = build_from(arguments.corpus, directory, settings, told)
            else:
                corpus = read_info(directory).corpus
                with closing(threads_in_index(directory)) as threads:
                    manifest = build_index(threads, directory, settings, corpus=corpus, told=told)
        except KeyboardInterrupt:
            tell("\nStopped. What was embedded is kept: run the same command again to go on.")
            return 130
    if arguments.json:
        print_json({"index": str(directory), "threads": manifest.threads, "answers": manifest.answers})
    else:
        tell(f"{directory}: {manifest.answers} answers of {manifest.threads} threads, with {manifest.embedder.name}.")
    return 0
