"""One file of any known format to threads: its format is looked at, and its reader does the rest."""

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from corpus.files.decode import decode, dropped_characters, tidy
from corpus.files.limits import MAX_DOCUMENT_BYTES, MAX_PAGE_BYTES, MIB
from corpus.files.lines import bounded_lines, text_of
from corpus.files.sniff import HEAD_BYTES, Format, Sniffed, sniff
from corpus.files.streams import File, broken_file_as_problem
from corpus.formats.captured.page import read_text_page
from corpus.formats.columns import ColumnMap
from corpus.formats.fields import without_markup
from corpus.formats.html_page import read_html_page
from corpus.formats.json_records import read_json_document, read_json_lines
from corpus.formats.medquad import read_medquad
from corpus.formats.rows import RowGroups, read_csv, read_parquet
from corpus.records import Problem, Thread

_STREAMED = ("JSON Lines", "CSV")
_DOCUMENTS = ("JSON", "Parquet")


def read_document(file: File, columns: ColumnMap) -> Iterator[Thread | Problem | Format]:
    """Read one file: its format comes first, then its threads and problems.

    A file that is no format at all gives a problem only; one that breaks off ends in a problem.
    """
    problems: list[Problem] = []
    with broken_file_as_problem(file.name, problems):
        head = file.stream.read(HEAD_BYTES)
        found = sniff(file.name, head, columns)
        if found.kind is None:
            yield Problem(file.name, found.why)
            return
        yield found.kind
        stream = io.BufferedReader(_Chained(head, file.stream))
        nothing = True
        for thread_or_problem in _contents(found, stream, file.name, columns, head=head, problems=problems):
            nothing = False
            yield thread_or_problem
        if nothing and not problems:
            yield Problem(file.name, f"{found.kind} without any question and answer: nothing to read")
    yield from problems


def _contents(
    found: Sniffed, stream: BinaryIO, name: str, columns: ColumnMap, *, head: bytes, problems: list[Problem]
) -> Iterator[Thread | Problem]:
    if found.kind in _STREAMED:
        lines = bounded_lines(text_of(stream, head=head), name, problems)
        if found.kind == "CSV":
            return read_csv(lines, file=name, delimiter=found.delimiter, columns=columns)
        return _read_json_lines(lines, name, columns)
    return _read_whole(cast(Format, found.kind), stream, name, columns)


def _read_json_lines(lines: Iterator[str], name: str, columns: ColumnMap) -> Iterator[Thread | Problem]:
    rows = RowGroups(name, columns)
    yield from read_json_lines(lines, file=name, other=rows.take)
    yield from rows.threads()


def _read_whole(kind: Format, stream: BinaryIO, name: str, columns: ColumnMap) -> Iterator[Thread | Problem]:
    most = MAX_DOCUMENT_BYTES if kind in _DOCUMENTS else MAX_PAGE_BYTES
    data = stream.read(most + 1)
    if len(data) > most:
        yield Problem(name, f"longer than {most // MIB} MiB, too long for one {_what(kind)}: not read")
        return
    match kind:
        case "JSON":
            rows = RowGroups(name, columns)
            yield from read_json_document(decode(data), file=name, other=rows.take)
            yield from rows.threads()
        case "Parquet":
            yield from read_parquet(io.BytesIO(data), file=name, columns=columns)
        case "MedQuAD XML":
            yield from read_medquad(data, file=name)
        case "HTML":
            yield from read_html_page(decode(data), file=name, source=_last_part(name))
        case _:
            written = decode(data)
            text, dropped = without_markup(written)
            if dropped:
                yield Problem(name, dropped_characters(dropped), skipped=False)
            # Where a tag ended a line, the lines are no longer those of the file.
            same_lines = text.count("\n") == tidy(written)[0].count("\n")
            yield from read_text_page(text, file=name, source=_last_part(name), has_lines=same_lines)


def _what(kind: Format) -> str:
    return {"JSON": "JSON document (make it JSON Lines, a thread a line)", "Parquet": "table"}.get(kind, "page")


def _last_part(name: str) -> str:
    """Return a file's own name, without its folders and archive."""
    return name.replace("\\", "/").replace("!", "/").rsplit("/", 1)[-1]


class _Chained(io.RawIOBase):
    """The bytes that were looked at, and then the rest of their stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        if not data:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
