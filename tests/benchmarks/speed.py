"""What building, opening and searching cost beside what can't be avoided, as ratios in one run.

    python -m tests.benchmarks.speed [--corpus PATH...] [--answers N] [--vectors N]

Without a corpus, threads are made up. The large index of the query part has vectors drawn at random:
where they point makes no difference to the time.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from corpus import Thread, read_paths
from corpus.text.sentences import Span
from index.build.build import build_index
from index.build.passages import cut_into_passages, question_text
from index.index import Index
from index.models.embedder import Embedder, SentenceTransformerEmbedder, Vectors, load_embedder
from index.search.dense import AnswerVectors, write_answers
from tests.benchmarks.reading import made_up

_BATCH = 32


class RandomVectors:
    """The real embedder for queries; for passages random vectors, which cost nothing."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self._rng = np.random.default_rng(1)
        self.settings, self.fingerprint = real.settings, real.fingerprint
        self.dimensions, self.unit_length = real.dimensions, real.unit_length

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._real.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        return self._units(len(texts)), [self._units(len(own)) for own in spans]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._real.embed_queries(texts)

    def _units(self, count: int) -> Vectors:
        rows = self._rng.normal(size=(count, self.dimensions)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def threads_for(paths: Sequence[Path], answers: int) -> list[Thread]:
    read = read_paths(paths) if paths else made_up(answers // 3 + 1)
    threads, count = [], 0
    for found in read:
        if isinstance(found, Thread):
            threads.append(found)
            count += len(found.answers)
            if count >= answers:
                break
    return threads


def building(threads: list[Thread], embedder: SentenceTransformerEmbedder, folder: Path) -> None:
    """The whole build beside the bare encoding of the same texts, longest first, in the same batches."""
    texts = [question_text(thread.title, thread.question) for thread in threads]
    for cut in cut_into_passages(threads, embedder.count_tokens):
        texts += [passage.embedded_text for passages in cut for passage in passages]
    texts = list(dict.fromkeys(texts))
    model = embedder._model
    model.encode(texts[:64], batch_size=_BATCH)
    # Half of it before and half of it after, so that a machine that slows down slows both.
    bare = seconds(lambda: model.encode(texts[::2], batch_size=_BATCH, show_progress_bar=False))
    whole = seconds(lambda: build_index(threads, folder, embedder, corpus=["benchmark"]))
    bare += seconds(lambda: model.encode(texts[1::2], batch_size=_BATCH, show_progress_bar=False))
    again = seconds(lambda: build_index(threads, folder, embedder.settings, corpus=["benchmark"]))
    answers = sum(len(thread.answers) for thread in threads)
    print(f"build {answers} answers ({len(texts)} texts): {whole:.1f} s, {whole / bare:.3f} times the bare encode")
    print(f"build again, unchanged: {again:.2f} s, {again / whole:.3f} times the first build")


def anonymous_memory() -> int:
    """Bytes of this process that no file stands behind."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Anonymous:"))


def searching(threads: list[Thread], embedder: SentenceTransformerEmbedder, folder: Path) -> None:
    """Opening a large index, memory for it, and queries beside the bare encoding of their texts."""
    build_index(threads, folder, RandomVectors(embedder), corpus=["benchmark"])
    queries = [thread.answers[0].text[:60] + "?" for thread in islice(threads, 0, 400, 2)]
    # A process of its own: in this one the build has left memory behind that would be used again.
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--open", str(folder)]
    subprocess.run(command, input="\n".join(" ".join(query.split()) for query in queries), text=True, check=True)


def opening(folder: Path, queries: Sequence[str]) -> None:
    embedder = load_embedder()
    model = embedder._model
    model.encode(list(queries[:20]))
    before = anonymous_memory()
    start = time.perf_counter()
    index = Index(folder, embedder)
    opened = time.perf_counter() - start
    for query in queries[:20]:
        index.search(query, 10)
    memory, answers = anonymous_memory() - before, index.manifest.answers
    bare, whole = [], []
    for query in queries:
        bare.append(seconds(lambda query=query: model.encode([query], show_progress_bar=False)))
        whole.append(seconds(lambda query=query: index.search(query, 10)))
    print(f"open {answers} answers: {opened * 1000:.0f} ms; memory for it {memory / answers:.0f} bytes an answer")
    ratio = np.median(whole) / np.median(bare)
    print(f"query: {np.median(whole) * 1000:.1f} ms from text to hits, {ratio:.2f} times the bare encode", flush=True)


def many_vectors(count: int, dimensions: int = 384) -> None:
    """Exact and approximate search side by side."""
    import index.search.dense as module

    rng = np.random.default_rng(2)
    # Texts come in topics: a thousand of them, each with vectors around its middle.
    middles = rng.normal(size=(1000, dimensions)).astype(np.float32)
    near = rng.normal(size=(count, dimensions)).astype(np.float32)
    vectors = middles[rng.integers(0, 1000, count)] + near
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    queries = vectors[:: count // 200][:200] + rng.normal(size=(200, dimensions)).astype(np.float32) * 0.02
    for name, limit in (("exact", count), ("approximate", 0)):
        with tempfile.TemporaryDirectory() as folder:
            module.EXACT_UP_TO = limit
            rows = (vectors[start : start + 8192] for start in range(0, count, 8192))
            took = seconds(lambda rows=rows: write_answers(Path(folder), rows, answers=count, dimensions=dimensions))
            found = AnswerVectors(Path(folder))
            times = [seconds(lambda query=query, found=found: found.nearest(query, 100)) for query in queries]
            recall = found.recall(queries, k=10)
            line = f"{count} vectors, {name}: built in {took:.1f} s, {np.median(times) * 1000:.2f} ms a query"
            print(f"{line}, recall@10 {recall:.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed and size of an index, as ratios in one run")
    parser.add_argument("--corpus", nargs="*", type=Path, default=[], metavar="PATH")
    parser.add_argument("--answers", type=int, default=1500, help="answers to build (default: %(default)s)")
    parser.add_argument("--large", type=int, default=20_000, help="answers to search (default: %(default)s)")
    parser.add_argument("--vectors", type=int, default=200_000, help="vectors for FAISS (default: %(default)s)")
    parser.add_argument("--open", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.open:
        opening(arguments.open, sys.stdin.read().splitlines())
        return
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as folder:
        building(threads_for(arguments.corpus, arguments.answers), embedder, Path(folder) / "built")
        searching(threads_for(arguments.corpus, arguments.large), embedder, Path(folder) / "large")
    many_vectors(arguments.vectors)


if __name__ == "__main__":
    main()
