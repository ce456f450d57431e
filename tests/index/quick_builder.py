"""Builds an index in a process of its own, to be killed: `python -m tests.index.quick_builder DIR THREADS`.

Its embedder gives a text a random vector by its hash: what is killed is the writing of files, and
the real model would make each try wait for its import.
"""

import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import embedding
from index.build import build_index
from index.embedder import EmbedderSettings, Vectors
from index.sentences import Span
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
        """Take a moment for each batch, as a model does."""
        time.sleep(0.02)
        sentences = [self.embed_queries([text[a:b] for a, b in own]) for text, own in zip(texts, spans, strict=True)]
        return self.embed_queries(texts), sentences

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text."""
        rows = [np.random.default_rng(zlib.crc32(text.encode())).normal(size=self.dimensions) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, self.dimensions)
        units: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return units


if __name__ == "__main__":
    directory, count = Path(sys.argv[1]), int(sys.argv[2])
    embedding.CHUNK = 64
    print("ready", flush=True)
    threads = [invented_thread(f"t{count}-{n}", f"Rest for {n} days. Then run.") for n in range(count)]
    build_index(threads, directory, RandomEmbedder(), corpus=["invented"])
