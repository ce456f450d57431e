"""What an index says of itself, in `manifest.json` beside its files."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import IndexStateError

FORMAT = 1
"""The version of the files of an index. An index of another version is refused, not guessed at."""

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileState:
    """One file of an index as it was written: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of one index. Times are UTC, in ISO 8601; `embedder_fingerprint` is of the weights."""

    format: int
    built: str
    embedder: str
    embedder_fingerprint: str
    dimensions: int
    threads: int
    answers: int
    doctors: int
    passages: int
    abstain_below: float
    corpus: tuple[str, ...]
    files: dict[str, FileState]

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into `folder`."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path, *, rebuild: str) -> Manifest:
    """Read the manifest in `folder`; `rebuild` is the command that makes the index again.

    Raises:
        IndexStateError: it is missing, damaged, or of another version.
    """
    path = folder / MANIFEST_FILE
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = data["format"]
        if found != FORMAT:
            raise IndexStateError(
                f"{folder}: this index has format {found}, this version reads {FORMAT}. Build it again: {rebuild}"
            )
        files = {name: FileState(**state) for name, state in data.pop("files").items()}
        return Manifest(**{**data, "corpus": tuple(data["corpus"]), "files": files})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise IndexStateError(f"{path}: missing or damaged. Build the index again: {rebuild}") from None
