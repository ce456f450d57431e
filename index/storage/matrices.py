"""Rows of vectors in plain NumPy files, mapped into memory: only what a query needs is read."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.models.embedder import Vectors
from index.storage.generations import damaged_file

PASSAGES_FILE = "passages.npy"
"""One vector a passage, half precision."""
SENTENCES_FILE = "sentences.npy"
"""One vector a sentence, as bytes: it only chooses among the sentences of an answer."""
QUESTIONS_FILE = "questions.npy"
"""One vector a thread, half precision: its title and question."""

_BYTE_STEPS = 127


class MatrixWriter:
    """Writes the rows of a matrix to a file in any order.

    Plain writes, not a memory map: where the disk is full a write raises an error, while a memory
    map would end the process.
    """

    def __init__(self, path: Path, *, rows: int, dimensions: int, dtype: type[np.generic]) -> None:
        self._row_bytes = np.dtype(dtype).itemsize * dimensions
        self._dtype = dtype
        header = {"descr": np.lib.format.dtype_to_descr(np.dtype(dtype)), "fortran_order": False}
        self._stream = path.open("wb+")
        np.lib.format.write_array_header_1_0(self._stream, {**header, "shape": (rows, dimensions)})
        self._start = self._stream.tell()
        self._stream.truncate(self._start + rows * self._row_bytes)

    def write(self, row: int, vector: NDArray[np.generic]) -> None:
        """Write one row.

        Raises:
            OSError: the disk is full.
        """
        self._seek(row)
        self._stream.write(vector.astype(self._dtype, copy=False).tobytes())

    def copy(self, source: int, row: int) -> None:
        """Write the row `source` to `row` too."""
        self._seek(source)
        vector = self._stream.read(self._row_bytes)
        self._seek(row)
        self._stream.write(vector)

    def _seek(self, row: int) -> None:
        self._stream.seek(self._start + row * self._row_bytes)

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Finish the file."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()


def open_matrix(path: Path) -> NDArray[np.generic]:
    """Open a file of vectors for reading, mapped into memory.

    Raises:
        IndexStateError: it is missing or damaged.
    """
    try:
        matrix: NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        raise damaged_file(path) from None
    return matrix


def as_bytes(vectors: Vectors) -> NDArray[np.int8]:
    """Scale each row by its largest value and round it to one of 255 steps; its direction stays."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    steps: NDArray[np.int8] = np.round(vectors / largest * _BYTE_STEPS).astype(np.int8)
    return steps


def cosines(rows: NDArray[np.generic], query: Vectors) -> Vectors:
    """Return the cosine of each row with `query`, whatever their lengths; 0 for a row of zeros."""
    vectors = rows.astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(query)
    products: Vectors = np.divide(vectors @ query, lengths, out=np.zeros(len(vectors), np.float32), where=lengths > 0)
    return products
