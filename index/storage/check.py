"""A thorough look at an index: every vector has its answer, and every answer its vectors."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexStateError
from index.info import read_info
from index.search.dense import AnswerVectors
from index.search.lexical import LexicalIndex
from index.storage.generations import current_generation
from index.storage.layout import Layout, read_layout
from index.storage.manifest import Manifest
from index.storage.matrices import PASSAGES_FILE, QUESTIONS_FILE, SENTENCES_FILE, open_matrix
from index.storage.store import Store, Table

_ROWS_AT_ONCE = 65_536
_UNIT_TOLERANCE = 1e-2


def check_index(directory: str | Path) -> Manifest:
    """Check sizes, hashes, the database's own structure, counts, and every vector.

    Raises:
        IndexStateError: something is not as it should be; the sentence says what.
    """
    manifest = read_info(directory)
    directory = Path(directory)
    folder = current_generation(directory)
    store = Store(folder)
    try:
        for wrong in _wrong(folder, store, manifest):
            raise IndexStateError(f"{folder}: {wrong}.", directory=directory)
    finally:
        store.close()
    return manifest


def _wrong(folder: Path, store: Store, manifest: Manifest) -> Iterator[str]:
    """Give a phrase for each thing that is wrong."""
    m = manifest
    if not store.is_whole():
        yield "the structure of the database is damaged"
    layout = read_layout(store)
    passages = open_matrix(folder / PASSAGES_FILE)
    sentences = open_matrix(folder / SENTENCES_FILE)
    questions = open_matrix(folder / QUESTIONS_FILE)
    answers = AnswerVectors(folder)
    all_answers = m.answers + m.by_asker
    LexicalIndex(folder, answers=all_answers)
    shapes = {
        "passages": (passages.shape, (m.passages, m.dimensions)),
        "sentences": (sentences.shape, (m.sentences, m.dimensions)),
        "questions": (questions.shape, (m.threads, m.dimensions)),
        "answers": ((answers.count, answers.dimensions), (all_answers, m.dimensions)),
    }
    for name, (found, expected) in shapes.items():
        if found != expected:
            yield f"the vectors of the {name} have the shape {found}, not {expected}"
    written: dict[Table, int] = {
        "threads": m.threads,
        "answers": all_answers,
        "passages": m.passages,
        "sentences": m.sentences,
    }
    for table, count in written.items():
        counted, following = store.count(table)
        if (counted, following) != (count, count):
            yield f"there are {counted} {table} up to number {following}, not {count}"
    yield from _wrong_answers(layout, m)
    covered = store.sentences_in_passages()
    if covered != m.sentences:
        yield f"the passages have {covered} sentences, there are {m.sentences}"
    for name, matrix in (("passage", passages), ("question", questions)):
        if not _sound(matrix, unit_length=m.unit_length):
            yield f"a vector of a {name} is not finite or not of unit length"


def _wrong_answers(layout: Layout, manifest: Manifest) -> Iterator[str]:
    by_doctor = np.count_nonzero(layout.by_doctor)
    if layout.answers != manifest.answers + manifest.by_asker or (np.diff(layout.first_passage) < 1).any():
        yield "an answer has no passage"
    if by_doctor != manifest.answers:
        yield f"{by_doctor} answers are of doctors, not {manifest.answers}"


def _sound(matrix: NDArray[np.generic], *, unit_length: bool) -> bool:
    for start in range(0, len(matrix), _ROWS_AT_ONCE):
        lengths = np.linalg.norm(matrix[start : start + _ROWS_AT_ONCE].astype(np.float32), axis=1)
        if not np.isfinite(lengths).all() or (lengths == 0).any():
            return False
        if unit_length and (np.abs(lengths - 1) > _UNIT_TOLERANCE).any():
            return False
    return True
