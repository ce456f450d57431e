"""What an index says of itself, and whether its files are as they were written."""

from pathlib import Path

from index.errors import IndexStateError
from index.storage.files import sha256_of
from index.storage.generations import current_generation
from index.storage.manifest import Manifest, read_manifest


def read_info(directory: Path) -> Manifest:
    """Return what the index in `directory` says of itself, its files checked but not its embedder.

    Raises:
        IndexStateError: there is no index, or it is damaged.
    """
    rebuild = rebuild_command(directory)
    folder = current_generation(directory, rebuild=rebuild)
    manifest = read_manifest(folder, rebuild=rebuild)
    check_files(folder, manifest, rebuild=rebuild)
    return manifest


def rebuild_command(directory: Path) -> str:
    """Return the command that makes the index in `directory` again."""
    return f"python -m chatbot build --corpus PATH --index {directory}"


def check_files(folder: Path, manifest: Manifest, *, rebuild: str) -> None:
    """Compare the files in `folder` with what the manifest says of them.

    Raises:
        IndexStateError: a file is missing, or its size or hash is another one.
    """
    for name, state in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexStateError(f"{path}: this file of the index is missing.", rebuild=rebuild)
        if path.stat().st_size != state.bytes or sha256_of(path) != state.sha256:
            raise IndexStateError(f"{path}: this file of the index is damaged.", rebuild=rebuild)
