"""What an index says of itself, and whether its files are as they were written."""

from pathlib import Path

from index.storage.files import sha256_of
from index.storage.generations import current_generation, damaged_file
from index.storage.manifest import Manifest, read_manifest
from index.storage.store import Store


def read_info(directory: str | Path) -> Manifest:
    """Return what the index in `directory` says of itself, its files checked but not its embedder.

    Raises:
        IndexStateError: there is no index, or it is damaged.
    """
    folder = current_generation(Path(directory))
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    return manifest


def read_specialties(directory: str | Path) -> list[tuple[str, int]]:
    """Return each specialty in the index in `directory` with how many answers doctors of it gave, most first.

    Raises:
        IndexStateError: there is no index, or it can't be read.
    """
    store = Store(current_generation(Path(directory)))
    try:
        return store.specialties()
    finally:
        store.close()


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare the files in `folder` with what the manifest says of them.

    Raises:
        IndexStateError: a file is missing, or its size or hash is another one.
    """
    for name, state in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise damaged_file(path, "this file of the index is missing")
        if path.stat().st_size != state.bytes or sha256_of(path) != state.sha256:
            raise damaged_file(path, "this file of the index is damaged")
