"""The lines of a stream, however long one of them claims to be."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from corpus.files.decode import bom_encoding
from corpus.files.limits import MAX_LINE_BYTES, MIB
from corpus.records import Problem

_PART = 1024 * 1024


def text_of(stream: BinaryIO, *, head: bytes) -> io.TextIOWrapper:
    """Return a stream of bytes as one of text; bytes that are not UTF-8 are kept as lone surrogates.

    Args:
        stream: the bytes, from their beginning.
        head: the first of them, to look for a byte order mark.
    """
    encoding = bom_encoding(head)
    # utf-8-sig takes a mark away and reads text without one as well.
    name = "utf-8-sig" if encoding in (None, "utf-8") else encoding.removesuffix("-le").removesuffix("-be")
    return io.TextIOWrapper(
        stream, encoding=name, errors="surrogateescape" if name == "utf-8-sig" else "replace", newline=""
    )


def bounded_lines(stream: io.TextIOBase, file: str, problems: list[Problem]) -> Iterator[str]:
    """Give the lines of a text, each with its line end; one that is too long gives an empty line and a problem."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) == MAX_LINE_BYTES and not line.endswith("\n"):
            while (rest := stream.readline(_PART)) and not rest.endswith("\n"):
                pass
            message = f"a line of more than {MAX_LINE_BYTES // MIB} MiB, too long for a thread: left out"
            problems.append(Problem(file, message, number))
            line = "\n"
        yield decode_surrogates(line)


def decode_surrogates(text: str) -> str:
    """Read what was no UTF-8 in `text`, kept as lone surrogates, as Windows-1252."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", errors="surrogateescape")
        return raw.decode("cp1252", errors="replace")
    return text
