"""What a build that was broken off had embedded already, kept in files of finished chunks.

    DIR/unfinished/<identity of the embedder>/<n>.npz

They are removed when a build is put in place. A file that is damaged is left out and told: its
texts are embedded again.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Embedder, EmbedderSettings
from index.storage.files import sync_file, sync_folder

_FOLDER = "unfinished"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Texts that are embedded: for each its hash, its vector, and the vectors of its sentences.

    `hashes` has the shape (n, HASH_BYTES), `vectors` (n, dimensions), `counts` (n,), and
    `sentences` (sum of counts, dimensions), as they stand in the matrices of the index.
    """

    hashes: NDArray[np.uint8]
    vectors: NDArray[np.float16]
    counts: NDArray[np.int32]
    sentences: NDArray[np.int8]

    def items(self) -> Iterator[tuple[bytes, NDArray[np.float16], NDArray[np.int8]]]:
        """Give each text's hash, vector and sentences' vectors."""
        ends = np.cumsum(self.counts)
        for row, (count, end) in enumerate(zip(self.counts.tolist(), ends.tolist(), strict=True)):
            yield self.hashes[row].tobytes(), self.vectors[row], self.sentences[end - count : end]


def identity_of(settings: EmbedderSettings, fingerprint: str) -> str:
    """Return what must be the same for vectors to be used again: the weights, and how they are used."""
    used = {key: value for key, value in asdict(settings).items() if key not in ("name", "backend")}
    return hashlib.sha256(json.dumps([fingerprint, used], sort_keys=True).encode()).hexdigest()[:24]


class Unfinished:
    """The finished chunks of an unfinished build in one directory, by one embedder."""

    def __init__(self, directory: Path, embedder: Embedder) -> None:
        self._all = directory / _FOLDER
        self._folder = self._all / identity_of(embedder.settings, embedder.fingerprint)

    def keep(self, chunk: Chunk) -> None:
        """Write a chunk, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{len(list(self._folder.iterdir())):06}.npz"
        aside = path.with_suffix(".new")
        with aside.open("wb") as stream:
            np.savez(
                stream,
                hashes=chunk.hashes,
                vectors=chunk.vectors,
                counts=chunk.counts,
                sentences=chunk.sentences,
            )
        sync_file(aside)
        aside.replace(path)
        sync_folder(self._folder)

    def chunks(self, tell: Callable[[str], None]) -> Iterator[Chunk]:
        """Give the chunks that are there, one at a time; `tell` gets a sentence for each damaged one."""
        for path in sorted(self._folder.glob("*.npz")):
            try:
                with np.load(path, allow_pickle=False) as arrays:
                    chunk = Chunk(arrays["hashes"], arrays["vectors"], arrays["counts"], arrays["sentences"])
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                damaged = path.with_suffix(".damaged")
                path.replace(damaged)
                tell(f"{damaged}: this chunk of a build that was broken off is damaged, its texts are embedded again.")
            else:
                yield chunk

    def clear(self) -> None:
        """Remove the chunks: the index that they were for is in place."""
        shutil.rmtree(self._all, ignore_errors=True)
