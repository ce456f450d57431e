"""Builds indexes in processes of their own, to be killed: `python -m tests.index.quick_builder DIR`.

Each line on its input, `THREADS MOMENT`, is one build by a child process. The child kills itself, as
`kill -9` would, just before it touches a file in DIR for the MOMENT-th time (0: never): the moments
are counted and not timed, so that they are the same on a slow machine. Each line on its output is
how the child ended: 0, or minus the signal. A child is forked from a process that has built before,
so that no try waits for an import.

The embedder gives a text a random vector by its hash: what is killed is the writing of files.
"""

import os
import signal
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np

from corpus.text.sentences import Span
from index.build import embedding
from index.build.build import build_index
from index.models.embedder import EmbedderSettings, Vectors
from tests.conftest import invented_thread


class RandomEmbedder:
    """The same random unit vector for the same text."""

    settings = EmbedderSettings(name="random")
    fingerprint = "random"
    dimensions = 32
    unit_length = True

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words."""
        return [len(text.split()) for text in texts]

    def embed_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """Return a vector for each text and for each of its sentences."""
        sentences = [self.embed_queries([text[a:b] for a, b in own]) for text, own in zip(texts, spans, strict=True)]
        return self.embed_queries(texts), sentences

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text."""
        rows = [np.random.default_rng(zlib.crc32(text.encode())).normal(size=self.dimensions) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, self.dimensions)
        units: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return units


def kill_before(directory: Path, moment: int) -> None:
    """Kill this process just before it touches a file in `directory` for the `moment`-th time."""
    touched = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event.startswith(("open", "os.", "shutil.", "sqlite3.")) and str(directory) in str(arguments):
            touched += 1
            if touched == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def build(directory: Path, count: int) -> None:
    """Build an index of `count` invented threads, in chunks so small that there are several."""
    embedding.CHUNK = 64
    threads = [invented_thread(f"t{count}-{n}", f"Rest for {n} days. Then run.") for n in range(count)]
    build_index(threads, directory, RandomEmbedder(), corpus=["invented"])


def build_in_a_child(directory: Path, count: int, moment: int) -> int:
    """Build in a child process and return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            kill_before(directory, moment)
            build(directory, count)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    faiss.omp_set_num_threads(1)  # The threads of OpenMP are not there in a forked child, which would wait for them.
    with TemporaryDirectory() as elsewhere:
        build(Path(elsewhere), 1)
    for line in sys.stdin:
        threads, at = map(int, line.split())
        print(build_in_a_child(Path(sys.argv[1]), threads, at), flush=True)
