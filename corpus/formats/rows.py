"""Flat rows, one question and answer each, grouped into threads by their question and address."""

import csv
import io
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from corpus.files.limits import MAX_LINE_BYTES
from corpus.formats.columns import ColumnMap, Columns, columns_of
from corpus.formats.json_records import RecordError, read_record
from corpus.records import Problem, Thread
from corpus.text.normalisation import normalised

_NUMBERS = ("rating", "reviews", "votes")
_AUTHOR = ("name", "credentials", "specialty", "location", "rating", "reviews")
_TRUTHS = {"true": True, "yes": True, "1": True, "1.0": True, "false": False, "no": False, "0": False, "0.0": False}
_TAG_SEPARATORS = ("|", ";", ",")

Row = Mapping[str, Any]
"""Field to value, of the fields of `columns.FIELDS` that the row has."""


class RowGroups:
    """Collects rows and gives the threads that they make, in the order of their first rows.

    The rows of a thread may stand anywhere in the file. They wait in a database on the disk, which
    removes itself, so memory does not grow with their number.
    """

    def __init__(self, file: str, columns: ColumnMap) -> None:
        self._file = file
        self._columns = columns
        self._count = 0
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, key TEXT, line INTEGER, row TEXT)")
        self._database.execute("CREATE INDEX by_key ON rows(key, number)")

    def add(self, row: Row, line: int | None) -> None:
        """Add a row that stands at `line` of the file."""
        fields = [normalised(str(row.get(field) or "")) for field in ("thread_id", "url", "title", "question")]
        self._count += 1
        key = json.dumps(fields if any(fields) else self._count)  # without any of them a row is a thread of its own
        values = (key, line, json.dumps(row, ensure_ascii=False, default=str))
        self._database.execute("INSERT INTO rows (key, line, row) VALUES (?, ?, ?)", values)

    def take(self, record: Mapping[str, Any], line: int | None) -> str | None:
        """Add a JSON object that stands at `line`; return None, or a sentence that says why it is no row."""
        found = columns_of([str(name) for name in record], self._columns)
        if not isinstance(found, Columns):
            return found
        values = list(record.values())
        self.add({field: values[place] for field, place in found.places.items()}, line)
        return None

    def threads(self) -> Iterator[Thread | Problem]:
        """Give the threads, and a problem for each row that can't be an answer."""
        with closing(self._database):
            keys = self._database.execute("SELECT key FROM rows GROUP BY key ORDER BY min(number)")
            for (key,) in keys:
                found = self._database.execute("SELECT line, row FROM rows WHERE key = ? ORDER BY number", (key,))
                yield from _thread([(line, json.loads(row)) for line, row in found], self._file)


def read_csv(lines: Iterable[str], *, file: str, delimiter: str, columns: ColumnMap) -> Iterator[Thread | Problem]:
    """Read a table with a line of column names; cells that begin with "=" are text as any other."""
    csv.field_size_limit(MAX_LINE_BYTES)
    reader = csv.reader(_without_nul(lines), delimiter=delimiter)
    groups = RowGroups(file, columns)
    try:
        names = next(reader)
    except (csv.Error, StopIteration) as error:
        yield Problem(file, f"no line with the names of the columns ({error})", 1)
        return
    found = columns_of(names, columns)
    if not isinstance(found, Columns):
        yield Problem(file, found, 1)
        return
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Problem(file, f"this row can't be read ({error}): left out", line)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            what = f"a row of {len(cells)} cells under {len(names)} columns: left out"
            yield Problem(file, what, line)
            continue
        groups.add({field: cells[place] for field, place in found.places.items()}, line)
    yield from groups.threads()


def read_parquet(data: io.BytesIO, *, file: str, columns: ColumnMap) -> Iterator[Thread | Problem]:
    """Read a Parquet table, if pandas can."""
    try:
        import pandas as pd

        table = pd.read_parquet(data)
    except ImportError:
        yield Problem(file, 'Parquet needs one more library: "pip install pyarrow", then run this again')
        return
    except Exception as error:  # Whatever an engine raises at a damaged file: pandas names no common class.
        yield Problem(file, f"a damaged Parquet file ({type(error).__name__}): not read")
        return
    found = columns_of([str(name) for name in table.columns], columns)
    if not isinstance(found, Columns):
        yield Problem(file, found)
        return
    groups = RowGroups(file, columns)
    for values in table.itertuples(index=False, name=None):
        groups.add({field: _plain(values[place]) for field, place in found.places.items()}, None)
    yield from groups.threads()


def _thread(rows: Sequence[tuple[int | None, Row]], file: str) -> Iterator[Thread | Problem]:
    """Make one thread of the rows of one question."""
    first_line, first = rows[0]
    answers = []
    places = []
    for line, row in rows:
        author = {field: _value(row, field) for field in _AUTHOR}
        answers.append(
            {
                "id": _value(row, "answer_id"),
                "title": _value(row, "answer_title"),
                "text": _value(row, "answer"),
                "url": _value(row, "answer_url"),
                "author": {field: fact for field, fact in author.items() if fact is not None},
                "kind": _value(row, "kind"),
                "votes": _value(row, "votes"),
                "date": _value(row, "date"),
                "by_asker": _truth(_value(row, "by_asker")),
            }
        )
        places.append(line)
    record = {
        "id": _value(first, "thread_id"),
        "title": _value(first, "title"),
        "question": _value(first, "question"),
        "url": _value(first, "url"),
        "source": _value(first, "source"),
        "tags": _tags(first.get("tags")),
        "disclaimer": _value(first, "disclaimer"),
        "asker": _value(first, "asker"),
        "answers": answers,
    }
    try:
        yield from read_record(record, file=file, line=first_line, answer_lines=places)
    except RecordError as error:
        yield Problem(file, str(error), first_line)


def _value(row: Row, field: str) -> Any:
    """Return a field of a row: an empty cell is absent, and a cell that is a number is one."""
    value = row.get(field)
    if isinstance(value, str):
        text = value.strip()
        if not text or text.lower() in ("nan", "null", "none"):
            return None
        return _number(text) if field in _NUMBERS else text
    if isinstance(value, float) and math.isnan(value):  # pandas' empty cell
        return None
    return str(value) if value is not None and field not in _NUMBERS else value


def _truth(value: Any) -> Any:
    """Return what a cell says as true or false, if it says either."""
    return _TRUTHS.get(str(value).lower(), value)


def _number(text: str) -> float | int | str:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _tags(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return [str(tag) for tag in value]
    text = str(value)
    separator = next((sign for sign in _TAG_SEPARATORS if sign in text), None)
    return [tag.strip() for tag in text.split(separator) if tag.strip()] if separator else [text.strip()]


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in lines)
