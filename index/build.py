"""Threads to an index on disk."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus import CorpusError, Problem, Thread
from index.calibration import abstention_threshold
from index.embedder import Embedder, Vectors
from index.errors import EmbedderError
from index.files import sha256_of
from index.generations import new_generation
from index.manifest import FORMAT, FileState, Manifest
from index.passages import answer_passages
from index.store import StoreWriter
from index.vectors import write_vectors

Progress = Callable[[int, int], None]
"""Told how many passages are embedded, and how many there are."""

_UNIT_TOLERANCE = 1e-3


def build_index(
    threads: Iterable[Thread],
    directory: Path,
    embedder: Embedder,
    *,
    corpus: Sequence[str],
    on_problem: Callable[[Problem], None] = lambda problem: None,
    progress: Progress = lambda done, total: None,
) -> Manifest:
    """Make an index of `threads` in `directory`, and put it in place in one step.

    Until it is complete the index that was there stays in use, and it stays so if the build fails.

    Args:
        corpus: the paths that the threads came from, as told by `info`.
        on_problem: told of each thread that is left out.

    Raises:
        CorpusError: there are no threads.
        EmbedderError: the embedder gives vectors that are not finite or not of unit length.
        IndexStateError: another build is going on in `directory`.
    """
    with new_generation(directory) as folder:
        texts, titles, counts = _store_threads(threads, folder, embedder, on_problem)
        if not texts:
            raise CorpusError(f"No answers were found in {', '.join(corpus)}: the index was not changed.")
        vectors = _embed(texts, embedder, progress)
        write_vectors(folder, vectors)
        manifest = Manifest(
            format=FORMAT,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            embedder=embedder.name,
            embedder_fingerprint=embedder.fingerprint,
            dimensions=embedder.dimensions,
            abstain_below=abstention_threshold(
                lambda question: float(np.max(vectors @ embedder.embed_query(question))), titles
            ),
            corpus=tuple(corpus),
            files={path.name: FileState(path.stat().st_size, sha256_of(path)) for path in sorted(folder.iterdir())},
            passages=len(texts),
            **counts,
        )
        manifest.write(folder)
    return manifest


def _store_threads(
    threads: Iterable[Thread], folder: Path, embedder: Embedder, on_problem: Callable[[Problem], None]
) -> tuple[list[str], list[str], dict[str, int]]:
    """Write the store; return the texts to embed in the order of their rows, the titles, and what was counted."""
    texts: list[str] = []
    titles: list[str] = []
    doctors: set[str] = set()
    answer_count = 0
    writer = StoreWriter(folder)
    try:
        for thread in threads:
            passages = [answer_passages(thread, answer, embedder.count_tokens) for answer in thread.answers]
            try:
                writer.add(thread, passages)
            except sqlite3.IntegrityError:
                on_problem(
                    Problem(thread.source or thread.id, f'the thread "{thread.title}" is there twice: kept once')
                )
                continue
            texts.extend(passage.embedded_text for cut in passages for passage in cut)
            doctors.update(answer.author.name for answer in thread.answers if answer.author and answer.author.name)
            titles.append(thread.title)
            answer_count += len(thread.answers)
    finally:
        writer.close()
    return texts, titles, {"threads": len(titles), "answers": answer_count, "doctors": len(doctors)}


def _embed(texts: list[str], embedder: Embedder, progress: Progress) -> Vectors:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(texts))

    progress(0, len(texts))
    vectors = embedder.embed_passages(texts, count)
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(lengths - 1) < _UNIT_TOLERANCE):  # NaN and infinity fail this too.
        raise EmbedderError(f"The embedder {embedder.name} gave vectors that are not finite or not of unit length.")
    return vectors
