"""Threads to an index on disk: read, cut, embed, and put in place in one step."""

import errno
import hashlib
import json
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import CorpusError, Problem, Thread
from corpus.formats.json_records import thread_to_record
from index.build.calibration import thresholds
from index.build.checkpoint import Unfinished, identity_of
from index.build.embedding import MatrixFiller, Progress
from index.build.passages import cut_into_passages, question_text
from index.build.previous import Previous, previous_generation
from index.errors import IndexStateError
from index.models.embedder import Embedder, EmbedderSettings, load_embedder
from index.models.model_files import fingerprint_of, model_folder
from index.search.dense import answer_means, write_answers
from index.search.lexical import LexicalWriter
from index.search.searcher import Searcher
from index.storage.files import sha256_of
from index.storage.generations import NewGeneration, build_lock, current_generation
from index.storage.layout import read_layout
from index.storage.manifest import FORMAT, FileState, Manifest
from index.storage.matrices import PASSAGES_FILE, open_matrix
from index.storage.store import Store
from index.storage.store_writer import Counts, StoreWriter

Tell = Callable[[str], None]

_THREADS_AT_ONCE = 256
_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class Told:
    """Where a build tells what it meets: texts embedded so far, threads left out, and other sentences."""

    progress: Progress = lambda done, total: None
    problem: Callable[[Problem], None] = lambda problem: None
    note: Tell = lambda sentence: None


def build_index(
    threads: Iterable[Thread],
    directory: str | Path,
    embedder: Embedder | EmbedderSettings,
    *,
    corpus: Sequence[str | Path],
    told: Told | None = None,
) -> Manifest:
    """Make an index of `threads` in `directory`, or bring it up to date: only what is new is embedded.

    The new index is put in place in one step. Until then the one that was there stays in use, and it
    stays so if the build fails or is killed. What was embedded by then is used by the next build.

    Args:
        directory: the index's; it is made where it is missing.
        embedder: an embedder, or the settings to load one with; it is loaded only if anything changed.
        corpus: the paths that the threads came from, as told by `info`.
        told: where the build tells what it meets.

    Raises:
        CorpusError: there are no threads.
        EmbedderError: the embedder can't be had, or gives vectors that are not finite.
        IndexStateError: another build is going on in `directory`, or the disk is full; `state` is "kept".
    """
    told, directory, sources = told or Told(), Path(directory), tuple(map(str, corpus))
    with _full_disk_as_a_sentence(directory), build_lock(directory):
        previous = previous_generation(directory, tell=told.note)
        with NewGeneration(directory) as new:
            store = StoreWriter(new.folder)
            try:
                digest = _store_threads(threads, store, told.problem)
                if not store.counts.doctors_answers:
                    raise CorpusError(f"No answers were found in {', '.join(sources)}: the index was not changed.")
                if previous.manifest and _is_up_to_date(previous.manifest, digest, embedder):
                    return previous.manifest
                if isinstance(embedder, EmbedderSettings):
                    embedder = load_embedder(embedder)
                _cut(store, new.folder, embedder)
                _embed(store, new, embedder, previous=previous, told=told)
            finally:
                store.close()
            manifest = _finish(new.folder, store.counts, embedder, corpus=sources, digest=digest)
            new.publish(damaged=previous.damaged)
        Unfinished(directory, embedder).clear()
    return manifest


def threads_in_index(directory: str | Path) -> Generator[Thread]:
    """Give the threads that an index keeps, so that it can be made again without the source files.

    Raises:
        IndexStateError: there is no index, or it is damaged.
    """
    with closing(Store(current_generation(Path(directory)))) as store:
        yield from store.threads()


def _store_threads(threads: Iterable[Thread], store: StoreWriter, problem: Callable[[Problem], None]) -> str:
    """Write the threads into the store, and return a digest that changes with any of them."""
    digest = hashlib.sha256()
    for thread in threads:
        try:
            store.add_thread(thread)
        except sqlite3.IntegrityError:
            problem(Problem(thread.source or thread.id, f'the thread "{thread.title}" is there twice: kept once'))
        else:
            record = json.dumps(thread_to_record(thread), ensure_ascii=False, sort_keys=True)
            digest.update(record.encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()


def _is_up_to_date(manifest: Manifest, digest: str, embedder: Embedder | EmbedderSettings) -> bool:
    if isinstance(embedder, EmbedderSettings):
        settings, fingerprint = embedder, fingerprint_of(model_folder(embedder.name))
    else:
        settings, fingerprint = embedder.settings, embedder.fingerprint
    return (manifest.corpus_digest, manifest.embedder, manifest.embedder_fingerprint) == (digest, settings, fingerprint)


def _cut(store: StoreWriter, folder: Path, embedder: Embedder) -> None:
    """Cut the stored answers into passages and sentences, and collect their words."""
    words = LexicalWriter()
    stored = store.threads()
    while group := list(islice(stored, _THREADS_AT_ONCE)):
        cut = cut_into_passages([thread for _, _, thread in group], embedder.count_tokens)
        for (number, first_answer, thread), passages in zip(group, cut, strict=True):
            store.add_question(number, question_text(thread.title, thread.question))
            for n, (answer, own) in enumerate(zip(thread.answers, passages, strict=True)):
                store.add_passages(first_answer + n, own)
                name = answer.author.name if answer.author else None
                parts = () if answer.by_asker else (thread.title, answer.title, name, answer.text)
                words.add("\n".join(text for text in parts if text))
    words.write(folder)


def _embed(store: StoreWriter, new: NewGeneration, embedder: Embedder, *, previous: Previous, told: Told) -> None:
    unfinished = Unfinished(new.directory, embedder)
    with MatrixFiller(store, new.folder, embedder) as filler:
        if previous.folder and previous.manifest:
            was = identity_of(previous.manifest.embedder, previous.manifest.embedder_fingerprint)
            if was == identity_of(embedder.settings, embedder.fingerprint):
                filler.copy_from(previous.folder)
        for chunk in unfinished.chunks(told.note):
            filler.use(chunk)
        filler.embed_rest(unfinished, told.progress)
        filler.finish()


def _finish(folder: Path, counts: Counts, embedder: Embedder, *, corpus: tuple[str, ...], digest: str) -> Manifest:
    """Write what is made of the finished matrices, and the manifest."""
    store = Store(folder)
    passages = open_matrix(folder / PASSAGES_FILE)
    means = answer_means(passages, read_layout(store).first_passage, unit_length=embedder.unit_length)
    write_answers(folder, means, answers=counts.answers, dimensions=embedder.dimensions)
    largest_length = 1.0 if embedder.unit_length else _largest_length(passages)
    searcher = Searcher(folder, store, largest_length=largest_length)
    manifest = Manifest(
        format=FORMAT,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        embedder=embedder.settings,
        embedder_fingerprint=embedder.fingerprint,
        dimensions=embedder.dimensions,
        unit_length=embedder.unit_length,
        largest_length=largest_length,
        threads=counts.threads,
        answers=counts.doctors_answers,
        by_asker=counts.answers - counts.doctors_answers,
        doctors=store.doctor_count(),
        passages=counts.passages,
        sentences=counts.sentences,
        thresholds=thresholds(searcher, store, embedder),
        approximate_recall=searcher.approximate_recall(),
        corpus=corpus,
        corpus_digest=digest,
        files=_states(folder),
    )
    store.close()
    manifest.write(folder)
    return manifest


def _largest_length(passages: NDArray[np.generic]) -> float:
    parts = (passages[start : start + _ROWS_AT_ONCE] for start in range(0, len(passages), _ROWS_AT_ONCE))
    return max(float(np.linalg.norm(part.astype(np.float32), axis=1).max()) for part in parts)


def _states(folder: Path) -> dict[str, FileState]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): FileState(bytes=path.stat().st_size, sha256=sha256_of(path))
        for path in files
    }


@contextmanager
def _full_disk_as_a_sentence(directory: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError, RuntimeError) as error:
        full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "is full" in str(error)
        if not full and "No space left" not in str(error):
            raise
        raise IndexStateError(
            f"{directory}: the disk is full, so no new index was made. The one that was here is as it was. "
            "Make room, then run this again: it goes on where it stopped.",
            directory=directory,
            state="kept",
        ) from None
