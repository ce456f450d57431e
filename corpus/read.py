"""Files and folders of any known format to threads."""

import gzip
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.decode import decode, tidy
from corpus.errors import CorpusError
from corpus.json_records import read_json_document, read_json_lines
from corpus.records import Problem, Thread
from corpus.text_page import read_text_page

STARTER_CORPUS = Path(__file__).parent / "starter"
"""The threads that are shipped with the project: summaries in our own words."""

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""The longest page that is read as a whole; an export of many threads is read line by line."""

_JSON_LINES = (".jsonl", ".ndjson")
_TEXT = (".txt", ".text")


def read_paths(paths: Sequence[str | os.PathLike[str]]) -> Iterator[Thread | Problem]:
    """Read every file in `paths`, folders with all below them, in the order of their names.

    Raises:
        CorpusError: a path does not exist. Anything wrong inside a file is a `Problem`.
    """
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise CorpusError(f"{path}: there is no such file or folder. Give the path of a file or folder with pages.")
        for file in _files(path):
            try:
                yield from _read_file(file)
            except OSError as error:
                yield Problem(str(file), f"can't be read: {error.strerror or error}")


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder) / name


def _read_file(path: Path) -> Iterator[Thread | Problem]:
    packed = path.suffix == ".gz"
    suffix = Path(path.stem).suffix if packed else path.suffix
    with gzip.open(path) if packed else path.open("rb") as stream:
        if suffix.lower() in _JSON_LINES:
            yield from read_json_lines(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace"), file=str(path))
            return
        data = stream.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        yield Problem(str(path), f"longer than {MAX_PAGE_BYTES // 2**20} MiB, too long for one page: not read")
    elif suffix.lower() == ".json":
        yield from read_json_document(decode(data), file=str(path))
    elif suffix.lower() in _TEXT:
        yield from read_text_page(tidy(decode(data)), file=str(path), source=path.name)
    else:
        yield Problem(str(path), "not a known format: expected .txt, .json or .jsonl, each also as .gz")
