"""Files and folders of any known format to threads: the one door of this room."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.cleaning.deduplication import Deduplicator
from corpus.files.streams import File, open_files
from corpus.formats.documents import read_document
from corpus.records import Problem, Thread
from corpus.report import Report

STARTER_CORPUS = Path(__file__).parent / "starter"
"""The threads that are shipped with the project: summaries in our own words."""

_KEPT_CHARS = 32_000_000
"""What is kept from the first pass, so that a corpus of up to some ten thousand answers is parsed once."""
_RECORD_CHARS = 300
"""What a record takes beside its text, about."""

Found = Thread | Problem


def read_paths(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
) -> Iterator[Found]:
    """Read every file in `paths`, one path or several, folders with all below them, in the order of their names.

    Two passes deduplicate: the first finds what stands in several places, the second gives each page once. What the
    first pass reads is kept up to `_KEPT_CHARS`, beyond that the files are read again; memory grows by some 300
    bytes an answer then.

    Args:
        columns: names of a table's columns that the user gave, field to column.
        report: counts what is read.

    Raises:
        CorpusError: a path does not exist. Anything wrong inside a file is a `Problem`.
    """
    report = report if report is not None else Report()
    columns = columns or {}
    paths = [paths] if isinstance(paths, str | os.PathLike) else paths
    deduplicator = Deduplicator()
    kept, kept_files = _first_pass(paths, columns, deduplicator)
    deduplicator.link_duplicates()
    report.repeated_threads = deduplicator.repeated
    for found in _second_pass(paths, columns, deduplicator, kept, kept_files):
        if isinstance(found, str):
            report.files[found] += 1
            continue
        report.count(found)
        yield found


def _first_pass(
    paths: Sequence[str | os.PathLike[str]], columns: Mapping[str, str], deduplicator: Deduplicator
) -> tuple[list[Found | str], int]:
    """Add every thread; return what the first files gave, and how many files that is."""
    kept: list[Found | str] = []
    kept_files = 0
    chars = 0  # of what is kept, about
    keeping = True
    for file in open_files(paths):
        of_file: list[Found | str] = []
        for found in _contents(file, columns):
            if isinstance(found, Thread):
                deduplicator.add(found)
                chars += sum(len(answer.text) for answer in found.answers)
            chars += _RECORD_CHARS
            keeping = keeping and chars <= _KEPT_CHARS
            if keeping:
                of_file.append(found)
        if keeping:
            kept += of_file
            kept_files += 1
    return kept, kept_files


def _second_pass(
    paths: Sequence[str | os.PathLike[str]],
    columns: Mapping[str, str],
    deduplicator: Deduplicator,
    kept: list[Found | str],
    kept_files: int,
) -> Iterator[Found | str]:
    for found in kept:
        yield from deduplicator.merged(found) if isinstance(found, Thread) else [found]
    for number, file in enumerate(open_files(paths)):
        if number >= kept_files:
            for found in _contents(file, columns):
                yield from deduplicator.merged(found) if isinstance(found, Thread) else [found]


def _contents(file: File | Problem, columns: Mapping[str, str]) -> Iterator[Found | str]:
    return iter([file]) if isinstance(file, Problem) else read_document(file, columns)
