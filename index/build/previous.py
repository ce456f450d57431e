"""The generation before: what a build may take over from it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexStateError
from index.info import check_files
from index.storage.generations import DAMAGED, current_generation, has_index
from index.storage.manifest import Manifest, read_manifest


@dataclass(frozen=True, slots=True)
class Previous:
    """A sound generation with its manifest, or a damaged one, or neither."""

    folder: Path | None = None
    manifest: Manifest | None = None
    damaged: Path | None = None


def previous_generation(directory: Path, *, tell: Callable[[str], None]) -> Previous:
    """Return the generation in use in `directory`, checked; `tell` gets a sentence if it is not sound."""
    if not has_index(directory):
        return Previous()
    try:
        folder = current_generation(directory)
    except IndexStateError:
        return Previous()
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except IndexStateError as error:
        tell(f"{error} It is put aside in {directory / DAMAGED} when the new index is in place.")
        return Previous(damaged=folder)
    return Previous(folder=folder, manifest=manifest)
