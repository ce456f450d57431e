"""The directory of an index: whole generations, and a small file that names the one in use.

    DIR/CURRENT                     the name of the generation in use
    DIR/generations/<name>/         one complete index: manifest.json and its files
    DIR/generations/<name>.partial/ a build that is going on, or that was broken off
    DIR/build.lock                  held by the process that builds

A build writes a folder of its own and puts it in place by replacing `CURRENT`, in one step. A
process that has the old generation open keeps reading it; the next build clears it away.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexStateError
from index.files import replace_text, sync_file, sync_folder

_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_PARTIAL = ".partial"
_LOCK = "build.lock"


def current_generation(directory: Path, *, rebuild: str) -> Path:
    """Return the folder of the generation in use.

    Raises:
        IndexStateError: there is no index in `directory`, or the one that it names is gone.
    """
    try:
        name = (directory / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise IndexStateError(f"{directory}: there is no index here. Build one: {rebuild}") from None
    folder = directory / _GENERATIONS / name
    if not name or Path(name).name != name or not folder.is_dir():
        raise IndexStateError(
            f"{directory}: the index is damaged ({_CURRENT} names nothing). Build it again: {rebuild}"
        )
    return folder


def has_index(directory: Path) -> bool:
    """Whether an index was ever put in place in `directory`, whatever its state is now."""
    return (directory / _CURRENT).exists()


@contextmanager
def new_generation(directory: Path) -> Iterator[Path]:
    """Give a fresh folder to build into, and put it in place when the block ends without an error.

    Raises:
        IndexStateError: another process is building in `directory`.
    """
    generations = directory / _GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IndexStateError(
            f"{directory}: another build is going on here. Wait until it is done, then run this again."
        ) from None
    try:
        _clear_away(generations, keep=_current_name(directory))
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        partial = generations / (name + _PARTIAL)
        partial.mkdir()
        try:
            yield partial
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        _publish(directory, partial, generations / name)
        _clear_away(generations, keep=name)
    finally:
        lock.release()


def _publish(directory: Path, partial: Path, final: Path) -> None:
    for path in partial.iterdir():
        sync_file(path)
    sync_folder(partial)
    partial.rename(final)
    sync_folder(final.parent)
    replace_text(directory / _CURRENT, final.name + "\n")


def _current_name(directory: Path) -> str | None:
    try:
        return (directory / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _clear_away(generations: Path, *, keep: str | None) -> None:
    """Remove what broken builds left, and generations that are no longer in use."""
    for folder in generations.iterdir():
        if folder.name != keep and (keep is not None or folder.name.endswith(_PARTIAL)):
            shutil.rmtree(folder, ignore_errors=True)
