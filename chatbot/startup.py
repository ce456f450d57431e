"""Opening the index that a command is given, or building the starter corpus's where there is none yet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus import STARTER_CORPUS, Problem, Report, Thread, read_paths
from index.build.build import Told, build_index
from index.errors import IndexStateError
from index.index import Index
from index.models.embedder import Embedder, EmbedderSettings, load_embedder
from index.storage.generations import has_index
from index.storage.manifest import Manifest

DEFAULT_INDEX = Path(__file__).parent.parent / ".index"
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
    """Build the index of the pages in `paths` in `directory`, or bring it up to date."""
    told = told or Told()
    threads = _threads(paths, told.problem, columns, report)
    return build_index(threads, directory, embedder, corpus=paths, told=told)


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


def open_index(directory: Path, on_build: Callable[[], None] = lambda: None) -> Index:
    """Open the index in `directory`. The default one is built first where it is missing or of an older version.

    Args:
        on_build: called before the default index is built, which takes some seconds.

    Raises:
        DoctorAnswersError: the index or its embedder can't be had.
    """
    if directory != DEFAULT_INDEX:
        return Index(directory)
    if has_index(directory):
        try:
            return Index(directory)
        except IndexStateError:  # All that is in it can be made again: it is the starter corpus's.
            pass
    on_build()
    embedder = load_embedder()
    build_from([str(STARTER_CORPUS)], directory, embedder)
    return Index(directory, embedder)
