"""What format a file has, by what is in it; its name decides only where the content does not."""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from corpus.files.decode import bom_encoding, decode
from corpus.formats.columns import ColumnMap, Columns, columns_of

Format = Literal["JSON Lines", "JSON", "CSV", "HTML", "MedQuAD XML", "Parquet", "text page"]

HEAD_BYTES = 65_536
"""How much of a file is looked at."""

_PARQUET = b"PAR1"
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<(?:head|body|main|article|div|p|h1|script|meta|title)[\s>]", re.IGNORECASE
)
_MEDQUAD = re.compile(r"<Document\b[^>]*>|<QAPairs?\b")
_XML = re.compile(r"<\?xml\b|<[A-Za-z_][\w.-]*(?:\s[^<>]*)?>")
_DELIMITERS = "\t,;|"
_START = 2000
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The format of a file, or None and a sentence that says why it has none that can be read.

    `delimiter` is what parts the columns of a CSV file.
    """

    kind: Format | None
    why: str = ""
    delimiter: str = ","


def sniff(name: str, head: bytes, columns: ColumnMap) -> Sniffed:
    """Return the format of a file.

    Args:
        name: the file's name.
        head: its first bytes, up to `HEAD_BYTES`.
        columns: the names of columns that the user gave.
    """
    if not head.strip():
        return Sniffed(None, "the file is empty: nothing to read")
    if head.startswith(_PARQUET):
        return Sniffed("Parquet")
    if bom_encoding(head) is None and not _looks_like_text(head):
        return Sniffed(None, "a binary file, not a page: not read")
    text = decode(head).lstrip()
    if text.startswith(("{", "[")):
        return Sniffed(_json_kind(text, name))
    if text.startswith("<"):
        return _markup_kind(text)
    delimiter = _delimiter_of(text, columns)
    return Sniffed("CSV", delimiter=delimiter) if delimiter else Sniffed("text page")


def _delimiter_of(text: str, columns: ColumnMap) -> str | None:
    """Return what parts the columns, if the first line names those of a table of questions and answers."""
    first = text.split("\n", 1)[0].rstrip("\r")
    for delimiter in sorted(_DELIMITERS, key=first.count, reverse=True):
        if delimiter in first:
            try:
                names = next(csv.reader([first], delimiter=delimiter))
            except (csv.Error, StopIteration):
                continue
            # Known names show a table too where a given name is not in it: its reader says so.
            if any(isinstance(columns_of(names, given), Columns) for given in (columns, {})):
                return delimiter
    return None


def _looks_like_text(head: bytes) -> bool:
    """Whether there are hardly any control characters: a broken copy of a text has a few NUL bytes."""
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    return controls * 50 < len(head)


def _json_kind(text: str, name: str) -> Format:
    if PurePosixPath(name.removesuffix(".gz")).suffix.lower() in (".jsonl", ".ndjson"):
        return "JSON Lines"
    first = text.split("\n", 1)[0].strip()
    try:
        return "JSON Lines" if isinstance(json.loads(first), dict) else "JSON"
    except (ValueError, RecursionError):
        # A line longer than the head may be a whole record; a document has line breaks or is one value.
        return "JSON" if "\n" in text or text.startswith("[") else "JSON Lines"


def _markup_kind(text: str) -> Sniffed:
    if _MEDQUAD.search(text) and not _HTML.search(text[:_START]):
        return Sniffed("MedQuAD XML")
    if _HTML.search(text):
        return Sniffed("HTML")
    if _XML.match(text):
        return Sniffed(None, "XML of an unknown kind: expected MedQuAD's Document with QAPairs")
    return Sniffed("text page")
