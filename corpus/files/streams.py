"""Paths to streams of bytes: folders, packed files and archives, read without unpacking to disk."""

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from corpus.errors import CorpusError
from corpus.files.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES
from corpus.records import Problem

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: its name as problems show it, its bytes, and its size on disk or in its archive."""

    name: str
    stream: BinaryIO
    size: int


class TooLargeError(OSError):
    """A packed file becomes larger than anything honest does."""


def open_files(paths: Sequence[str | os.PathLike[str]]) -> Iterator[File | Problem]:
    """Give each file in `paths`, folders with all below them, in the order of their names.

    A file is open until the next one is asked for. Links in folders are not followed, and nothing
    outside `paths` is read.

    Raises:
        CorpusError: a path does not exist.
    """
    given = [Path(path) for path in paths]
    for path in given:
        if not path.exists():
            raise CorpusError(f"{path}: there is no such file or folder. Give the path of a file or folder with pages.")
    for path in given:
        for found in _files(path):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _open(found)


@contextmanager
def broken_file_as_problem(name: str, problems: list[Problem]) -> Iterator[None]:
    """Turn the errors of a file that can't be read to its end into a problem."""
    try:
        yield
    except TooLargeError as error:
        problems.append(Problem(name, str(error)))
    except _BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        problems.append(Problem(name, f"can't be read to its end ({reason}): what came before is kept"))


def _files(path: Path) -> Iterator[Path | Problem]:
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(str(path), f"this folder can't be read ({error.strerror or error})")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield Problem(str(entry), "a link, not followed: give the path that it leads to, if it is meant")
        else:
            yield from _files(entry)


def _open(path: Path) -> Iterator[File | Problem]:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            yield Problem(str(path), "neither a file nor a folder: not read")
            return
        with path.open("rb") as stream:
            start = stream.read(4)
            stream.seek(0)
            if start.startswith(_ZIP):
                yield from _members(stream, str(path))
            elif start.startswith(_GZIP):
                yield File(str(path), _unpacked(stream, state.st_size), state.st_size)
            else:
                yield File(str(path), stream, state.st_size)
    except OSError as error:
        yield Problem(str(path), f"can't be read ({error.strerror or error})")


def _members(stream: BinaryIO, name: str) -> Iterator[File | Problem]:
    """Give the files in an archive, by their names."""
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        yield Problem(name, f"a damaged archive: not read ({error})")
        return
    with archive:
        members = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
        if len(members) > MAX_MEMBERS:
            yield Problem(name, f"an archive of {len(members)} files, {MAX_MEMBERS} are the most: not read")
            return
        for info in members:
            yield from _member(archive, info, name)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[File | Problem]:
    inner = PurePosixPath(info.filename.replace("\\", "/"))
    full_name = f"{name}!{info.filename}"
    if inner.is_absolute() or ".." in inner.parts:
        yield Problem(full_name, "its path leads out of the archive: not read")
    elif any(part.startswith(".") or part == "__MACOSX" for part in inner.parts):
        return
    elif info.flag_bits & 0x1:
        yield Problem(full_name, "locked by a password: not read")
    else:
        try:
            with archive.open(info) as member:
                limited = _Limited(member, info.compress_size)
                start = limited.peek(4)
                if start.startswith(_ZIP):
                    yield Problem(full_name, "an archive within an archive: not read. Unpack it first.")
                elif start.startswith(_GZIP):
                    yield File(full_name, _unpacked(limited, info.compress_size), info.compress_size)
                else:
                    yield File(full_name, limited, info.compress_size)
        except _BROKEN as error:
            yield Problem(full_name, f"damaged: not read ({error})")


def _unpacked(stream: BinaryIO, size: int) -> BinaryIO:
    return _Limited(gzip.GzipFile(fileobj=stream), size)


class _Limited(io.BufferedReader):
    """What a packed file unpacks to, up to where no honest file goes on."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed_bytes: int) -> None:
        super().__init__(_Counted(stream, packed_bytes))


class _Counted(io.RawIOBase):
    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed_bytes: int) -> None:
        self._stream = stream
        self._most = min(MAX_UNPACKED_BYTES, max(RATIO_FROM_BYTES, packed_bytes * MAX_RATIO))
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._read += len(data)
        if self._read > self._most:
            raise TooLargeError(
                f"unpacks to more than {self._most // 2**20} MiB, as no page or export does: not read any further"
            )
        buffer[: len(data)] = data
        return len(data)
