"""What an index says of itself, in `manifest.json` beside its files."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import IndexStateError
from index.models.embedder import EmbedderSettings
from index.search.answerability import Thresholds
from index.storage.generations import damaged_file, directory_of

FORMAT = 8
"""The version of the files of an index. An index of another version is refused, not guessed at."""

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileState:
    """One file of an index as it was written: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of one index.

    `answers` are those of doctors; `by_asker` are the askers' own, which lie beside them in the files and
    are never found. `built` is in UTC, ISO 8601. `corpus_digest` changes with any thread. `largest_length` is that of
    the longest passage vector, 1 for vectors of unit length. `approximate_recall` is the recall@10
    of the answers' vectors against exact search, None where the search is exact.
    """

    format: int
    built: str
    embedder: EmbedderSettings
    embedder_fingerprint: str
    dimensions: int
    unit_length: bool
    largest_length: float
    threads: int
    answers: int
    by_asker: int
    doctors: int
    passages: int
    sentences: int
    thresholds: Thresholds
    approximate_recall: float | None
    corpus: tuple[str, ...]
    corpus_digest: str
    files: dict[str, FileState]

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into `folder`."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest in `folder`.

    Raises:
        IndexStateError: it is missing, damaged, or of another version.
    """
    path = folder / MANIFEST_FILE
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise IndexStateError(
                f"{folder}: this index has format {data['format']}, this version reads {FORMAT}.",
                directory=directory_of(folder),
            )
        files = {name: FileState(**state) for name, state in data.pop("files").items()}
        known = {
            "files": files,
            "embedder": EmbedderSettings(**data.pop("embedder")),
            "thresholds": Thresholds(**data.pop("thresholds")),
            "corpus": tuple(data["corpus"]),
        }
        return Manifest(**{**data, **known})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise damaged_file(path) from None
