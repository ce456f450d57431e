"""What several commands share: the --index option, progress bars, and JSON on stdout."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from tqdm import tqdm

from chatbot.startup import DEFAULT_INDEX
from chatbot.understanding.urgency.notices import countries
from corpus import CorpusError, DoctorAnswersError, Problem
from corpus.formats.columns import parse_column_map
from index.build.embedding import Progress
from index.models.embedder import Backend, EmbedderSettings
from index.models.packaged_model import DEFAULT_EMBEDDER
from index.search.filters import Filters

EXIT_PROBLEM = 1
"""The exit status where something was wrong with the input."""


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


def add_country_argument(parser: argparse.ArgumentParser) -> None:
    """Add --country."""
    parser.add_argument(
        "--country",
        type=str.upper,
        choices=countries(),
        metavar="CODE",
        help=f"whose numbers to call an emergency is told with: {', '.join(countries())} "
        "(default: the usual ones of the message's language)",
    )


def add_reader_argument(parser: argparse.ArgumentParser) -> None:
    """Add --reader."""
    parser.add_argument(
        "--reader",
        metavar="NAME",
        help="a cross-encoder that judges which answers answer, by its folder or its name on the hub "
        "(default: the packaged reader; docs/reader.md)",
    )


def add_embedder_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a model and how it is used."""
    parser.add_argument(
        "--embedder",
        default=DEFAULT_EMBEDDER,
        metavar="NAME",
        help="a sentence-transformers model, by its folder or its name on the hub (default: the packaged %(default)s)",
    )
    parser.add_argument("--query-prompt", metavar="TEXT", help="words put before a query, if not the usual ones")
    parser.add_argument("--passage-prompt", metavar="TEXT", help="words put before a passage, likewise")
    parser.add_argument("--truncate-dim", type=int, metavar="N", help="keep the first N dimensions (Matryoshka models)")
    add_backend_argument(parser)


def add_backend_argument(parser: argparse.ArgumentParser) -> None:
    """Add --backend."""
    parser.add_argument(
        "--backend",
        choices=get_args(Backend),
        default="torch",
        help="what computes the vectors (default: %(default)s; docs/retrieval.md compares them)",
    )


def embedder_settings(arguments: argparse.Namespace) -> EmbedderSettings:
    """Return what the options of `add_embedder_arguments` say."""
    return EmbedderSettings(
        name=arguments.embedder,
        query_prompt=arguments.query_prompt,
        passage_prompt=arguments.passage_prompt,
        truncate_dim=arguments.truncate_dim,
        backend=arguments.backend,
    )


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a corpus is read."""
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="the name of a table's column, for example question=Q_TEXT; known names need none (docs/corpus.md)",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there was any problem")


def column_map(arguments: argparse.Namespace) -> dict[str, str]:
    """Return what --map says.

    Raises:
        CorpusError: it can't be understood.
    """
    try:
        return parse_column_map(arguments.map)
    except ValueError as error:
        raise CorpusError(str(error)) from None


def positive_number(text: str) -> int:
    """Return the whole number from 1 on that an option is given."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: expected a whole number from 1 on")
    return int(text)


def year(text: str) -> str:
    """Return the year that an option is given, in four digits."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"{text}: expected a year, such as 2015")
    return text


def add_filter_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which answers may be found."""
    group = parser.add_argument_group(
        "filters",
        "Only answers that have all of these may be found. A TEXT is one or more words of the field in a row; where "
        "the corpus has no such words, they may be beginnings of words.",
    )
    group.add_argument("--specialty", metavar="TEXT", help="words of the doctor's specialty or credentials, as dermat")
    group.add_argument("--location", metavar="TEXT", help="words of the doctor's place, its state or country")
    group.add_argument("--doctor", metavar="TEXT", help="words of the doctor's name")
    group.add_argument("--min-rating", type=float, metavar="STARS", help="at least so many stars, 0 to 5")
    group.add_argument("--min-reviews", type=int, metavar="N", help="at least so many reviews")
    group.add_argument("--since", type=year, metavar="YEAR", help="written in this year or later")
    group.add_argument("--tag", metavar="TEXT", help="words of one of the thread's tags")
    group.add_argument("--source", metavar="TEXT", help="words of the thread's source, its address or the answer's")
    group.add_argument("--verbatim-only", action="store_true", help="no summaries")
    group.add_argument("--exact", action="store_true", help="each TEXT is the whole of its field, not words of it")


def filters_of(arguments: argparse.Namespace) -> Filters:
    """Return what the options of `add_filter_arguments` say."""
    return Filters(**{name: getattr(arguments, name) for name in Filters.__dataclass_fields__})


def check_output(option: str, file: Path | None) -> None:
    """Look whether a file can be written, before the work that it is to hold.

    Raises:
        DoctorAnswersError: it is a folder, its folder does not exist, or it can't be written there.
    """
    if file is None:
        return
    folder = file.absolute().parent
    if file.is_dir():
        raise DoctorAnswersError(f"{option} {file}: this is a folder. Name a file in it.")
    if not folder.is_dir():
        raise DoctorAnswersError(f"{option} {file}: there is no such folder. Make it, or name another file.")
    if not os.access(file if file.exists() else folder, os.W_OK):
        raise DoctorAnswersError(f"{option} {file}: nothing may be written there. Name another file.")


def tell_json(value: Any) -> None:
    """Print one JSON value to stderr, beside the data."""
    print(json.dumps(value, ensure_ascii=False), file=sys.stderr)


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
def reading_bar() -> Iterator[Callable[[int], None]]:
    """Give a function that counts answers on a bar, where stderr is a terminal and it takes more than two seconds."""
    with tqdm(desc="reading", unit=" answers", disable=not sys.stderr.isatty(), file=sys.stderr, delay=2) as bar:
        yield bar.update


@contextmanager
def progress_bar(what: str, unit: str) -> Iterator[Progress]:
    """Give a progress function that draws a bar where stderr is a terminal, and nothing elsewhere."""
    with tqdm(desc=what, unit=f" {unit}", disable=not sys.stderr.isatty(), file=sys.stderr, delay=0.5) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
