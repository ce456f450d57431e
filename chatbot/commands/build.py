"""build --corpus PATH... --index DIR: make the index of some pages, or bring it up to date."""

import argparse
from contextlib import closing
from pathlib import Path

from chatbot.commands.common import (
    EXIT_PROBLEM,
    add_embedder_arguments,
    add_index_argument,
    add_reading_arguments,
    column_map,
    embedder_settings,
    print_json,
    progress_bar,
    tell,
)
from chatbot.startup import build_from
from corpus import Report
from index.build.build import Told, build_index, threads_in_index
from index.info import read_info
from index.storage.generations import has_index

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
    add_reading_arguments(parser)
    parser.add_argument("--if-missing", action="store_true", help="do nothing where there is an index already")
    parser.add_argument("--json", action="store_true", help="print what was built as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    directory: Path = arguments.index
    if arguments.if_missing and has_index(directory):
        return 0
    settings = embedder_settings(arguments)
    report = Report()
    with progress_bar("embedding", "texts") as progress:
        told = Told(progress=progress, note=tell)
        try:
            if arguments.corpus:
                columns = column_map(arguments)
                manifest = build_from(arguments.corpus, directory, settings, told, columns=columns, report=report)
            else:
                corpus = read_info(directory).corpus
                with closing(threads_in_index(directory)) as threads:
                    manifest = build_index(threads, directory, settings, corpus=corpus, told=told)
        except KeyboardInterrupt:
            tell("\nStopped. What was embedded is kept: run the same command again to go on.")
            return 130
    if arguments.json:
        counts = {"threads": manifest.threads, "answers": manifest.answers}
        print_json({"index": str(directory), **counts, "report": report.record() if arguments.corpus else None})
    else:
        if arguments.corpus:
            tell("\n".join(report.lines()))
        tell(f"{directory}: {manifest.answers} answers of {manifest.threads} threads, with {manifest.embedder.name}.")
    return EXIT_PROBLEM if arguments.strict and report.problem_count else 0
