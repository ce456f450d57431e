"""The directory of an index: whole generations, and a small file that names the one in use.

    DIR/CURRENT                     the name of the generation in use
    DIR/generations/<name>/         one complete index: manifest.json and its files
    DIR/generations/<name>.partial/ a build that is going on, or that was broken off
    DIR/unfinished/                 what a build that was broken off had embedded already
    DIR/damaged/                    generations that were found damaged, put aside by a build
    DIR/build.lock                  held by the process that builds, with its number in it

A build writes a folder of its own and puts it in place by replacing `CURRENT`, in one step: whenever
it is killed, the generation before stays in use. A process that has the old generation open keeps
reading it; the next build clears it away.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from index.errors import IndexStateError
from index.storage.files import replace_text, sync_file, sync_folder

_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_PARTIAL = ".partial"
DAMAGED = "damaged"
_LOCK = "build.lock"
_BUILDER = "build.by"


def current_generation(directory: Path) -> Path:
    """Return the folder of the generation in use.

    Raises:
        IndexStateError: there is no index in `directory`, or the one that it names is gone.
    """
    name = current_name(directory)
    if name is None:
        raise IndexStateError(f"{directory}: there is no index here.", directory=directory, state="missing")
    folder = directory / _GENERATIONS / name
    if not name or Path(name).name != name or not folder.is_dir():
        raise IndexStateError(f"{directory}: the index is damaged ({_CURRENT} names nothing).", directory=directory)
    return folder


def current_name(directory: Path) -> str | None:
    """Return the name of the generation in use, or None where no index was ever put in place."""
    try:
        return (directory / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def directory_of(path: Path) -> Path | None:
    """Return the directory of the index to which a generation or a file of one belongs, or None."""
    return next((folder.parent for folder in path.parents if folder.name == _GENERATIONS), None)


def damaged_file(path: Path, what: str = "missing or damaged") -> IndexStateError:
    """Return the error that a file of an index is not as it should be."""
    return IndexStateError(f"{path}: {what}.", directory=directory_of(path))


def has_index(directory: Path) -> bool:
    """Whether an index was ever put in place in `directory`, whatever its state is now."""
    return (directory / _CURRENT).exists()


@contextmanager
def build_lock(directory: Path) -> Iterator[None]:
    """Hold `directory` for one build, and clear away what broken builds left in it.

    Raises:
        IndexStateError: another process is building in `directory`; the sentence names it.
    """
    (directory / _GENERATIONS).mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / _LOCK)
    builder = directory / _BUILDER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IndexStateError(
            f"{directory}: another build is going on here ({_told(builder)}). "
            "Wait until it is done, then run this again.",
            directory=directory,
            state="kept",
        ) from None
    try:
        builder.write_text(f"process {os.getpid()}, since {datetime.now():%H:%M:%S}", encoding="utf-8")
        _clear_away(directory / _GENERATIONS, keep=current_name(directory))
        yield
    finally:
        builder.unlink(missing_ok=True)
        lock.release()


class NewGeneration:
    """A fresh folder to build into. Without `publish` it is gone at the end of the `with` block.

    Only for the one that holds `build_lock`.
    """

    def __init__(self, directory: Path) -> None:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        self.directory = directory
        self._final = directory / _GENERATIONS / name
        self.folder = directory / _GENERATIONS / (name + _PARTIAL)

    def __enter__(self) -> Self:
        """Make the folder."""
        self.folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was not published."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self, *, damaged: Path | None = None) -> None:
        """Put the folder in place, in one step, and clear away the generations before.

        Args:
            damaged: a generation that is not sound: it is put aside, not cleared away.
        """
        _publish(self.directory, self.folder, self._final)
        if damaged is not None:
            (self.directory / DAMAGED).mkdir(exist_ok=True)
            damaged.rename(self.directory / DAMAGED / damaged.name)
        _clear_away(self._final.parent, keep=self._final.name)


def _publish(directory: Path, partial: Path, final: Path) -> None:
    for path in partial.rglob("*"):
        if path.is_file():
            sync_file(path)
        else:
            sync_folder(path)
    sync_folder(partial)
    partial.rename(final)
    sync_folder(final.parent)
    replace_text(directory / _CURRENT, final.name + "\n")


def _clear_away(generations: Path, *, keep: str | None) -> None:
    """Remove what broken builds left, and generations that are no longer in use."""
    for folder in generations.iterdir():
        if folder.name != keep and (keep is not None or folder.name.endswith(_PARTIAL)):
            shutil.rmtree(folder, ignore_errors=True)


def _told(builder: Path) -> str:
    try:
        return builder.read_text(encoding="utf-8")
    except OSError:
        return "it is just beginning"
