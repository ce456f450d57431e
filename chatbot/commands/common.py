"""What several commands share: the --index option, progress bars, and JSON on stdout."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tqdm import tqdm

from chatbot.startup import DEFAULT_INDEX, Progress
from corpus import Problem


def add_index_argument(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Add --index DIR."""
    parser.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        required=required,
        default=None if required else DEFAULT_INDEX,
        help="the directory of the index"
        + ("" if required else " (default: that of the starter corpus, made if missing)"),
    )


def tell(message: str) -> None:
    """Print a line for the person at the terminal, where it does not mix with the data."""
    print(message, file=sys.stderr)


def tell_problem(problem: Problem) -> None:
    """Print what could not be understood, with its file and line."""
    tell(str(problem))


def print_json(value: Any) -> None:
    """Print one JSON value as one line."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Give a progress function that draws a bar where stderr is a terminal, and nothing elsewhere."""
    with tqdm(desc=what, unit=" passages", disable=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
