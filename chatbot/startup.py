"""Opening the index and the reader that a command is given; the starter corpus's index is built where it is missing."""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus import STARTER_CORPUS, DoctorAnswersError, Problem, Report, Thread, read_paths
from index.build.build import Told, build_index
from index.errors import IndexStateError
from index.index import Index
from index.models.cross_encoder import PAGES, CrossEncoderReader
from index.models.embedder import Embedder, EmbedderSettings, load_embedder
from index.models.reader import Reader
from index.storage.generations import current_generation, has_index
from index.storage.manifest import MANIFEST_FILE, Manifest


def _default_index() -> Path:
    """Return `.index` in a clone, and a folder of the user's cache for an installed package."""
    root = Path(__file__).parent.parent
    if (root / "pyproject.toml").is_file():
        return root / ".index"
    return _user_cache() / "doctors-answers" / "starter-index"


def _user_cache() -> Path:
    """Return where the user's programs keep what they can make again."""
    if sys.platform == "win32":
        usual, chosen = Path.home() / "AppData" / "Local", os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    else:
        usual, chosen = Path.home() / ".cache", os.environ.get("XDG_CACHE_HOME", "")
    return Path(chosen) if Path(chosen).is_absolute() else usual


DEFAULT_INDEX = _default_index()
"""Where the starter corpus's index lies. It is made on first use, and may be removed at any time."""


def build_from(
    paths: Sequence[str | Path],
    directory: str | Path,
    embedder: Embedder | EmbedderSettings,
    told: Told | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
) -> Manifest:
    """Build the index of the pages in `paths` in `directory`, or bring it up to date.

    Raises:
        DoctorAnswersError: as `build_index`, or `directory` can't be made or written to.
    """
    told = told or Told()
    _make_folder(Path(directory))
    threads = _threads(paths, told.problem, columns, report)
    return build_index(threads, directory, embedder, corpus=paths, told=told)


def _make_folder(directory: Path) -> None:
    """Make the folder of an index before any page is read for it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise DoctorAnswersError(
            f"{directory}: no index can be made here ({error.strerror}). Name another folder with --index."
        ) from None


def _threads(
    paths: Sequence[str | Path],
    problem: Callable[[Problem], None],
    columns: Mapping[str, str] | None,
    report: Report | None,
) -> Iterator[Thread]:
    for found in read_paths(paths, columns=columns, report=report):
        if isinstance(found, Problem):
            problem(found)
        else:
            yield found


def open_index(directory: str | Path | None = None, on_build: Callable[[], None] = lambda: None) -> Index:
    """Open the index in `directory`, or at `DEFAULT_INDEX`, where the starter corpus's is built if there is none.

    It is built again where it is damaged or of another version, as long as it is known to be the starter corpus's.

    Args:
        on_build: called before the starter corpus's index is built, which takes some seconds.

    Raises:
        DoctorAnswersError: the index or its embedder can't be had, or another corpus's index lies at `DEFAULT_INDEX`
            and can't be used.
    """
    directory = DEFAULT_INDEX if directory is None else Path(directory)
    if directory != DEFAULT_INDEX:
        return Index(directory)
    if has_index(directory):
        try:
            return Index(directory)
        except IndexStateError as error:
            if not _is_of_starter_corpus(directory):
                raise DoctorAnswersError(
                    f"{directory}: an index of other pages than the starter corpus's lies here, as far as can be told, "
                    "and is left as it is. Move the folder to keep it, or remove it, to begin with the starter corpus; "
                    f"or name another index with --index. What is wrong with this one: {error}"
                ) from None
    on_build()
    embedder = load_embedder()
    build_from([str(STARTER_CORPUS)], directory, embedder)
    return Index(directory, embedder)


def open_reader(name: str | None, index: Index) -> Reader | None:
    """Load a cross-encoder that judges for an index which answers answer, or return None, for the packaged reader.

    Args:
        name: its folder or its name on the hub, which is asked only for what is not in its cache; None for none.
        index: the index whose pages it is measured on; it may be updated afterwards.

    Raises:
        ReaderError: it can't be had, is no cross-encoder, or does not tell the index's answers apart.
    """
    return None if name is None else CrossEncoderReader(name, index.sample_threads(PAGES))


def _is_of_starter_corpus(directory: Path) -> bool:
    """Whether an index that can't be used was made of the starter corpus, as its manifest of any version says."""
    try:
        folder = current_generation(directory)
        (path,) = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))["corpus"]
        # The path may be that of another place: the clone was moved, or another environment shares the cache.
        return Path(path).parts[-2:] == STARTER_CORPUS.parts[-2:]
    except (IndexStateError, OSError, ValueError, KeyError, TypeError):
        return False
