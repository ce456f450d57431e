"""The passages' vectors in a FAISS index on disk."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedder import Vectors
from index.errors import IndexStateError

VECTORS_FILE = "vectors.faiss"


def write_vectors(folder: Path, vectors: Vectors) -> None:
    """Write unit vectors, rows of shape (n, dimensions), as an exact inner-product index.

    The inner product of unit vectors is their cosine, so nothing is lost and nothing is tuned.
    """
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(flat, str(folder / VECTORS_FILE))


class VectorIndex:
    """Finds the passages nearest to a query's vector."""

    def __init__(self, folder: Path, *, rebuild: str) -> None:
        """Open the vectors in `folder`.

        Raises:
            IndexStateError: the file is missing or is no FAISS index.
        """
        path = folder / VECTORS_FILE
        try:
            self._index = faiss.read_index(str(path))
        except RuntimeError:
            raise IndexStateError(f"{path}: missing or damaged. Build the index again: {rebuild}") from None
        self.count: int = self._index.ntotal
        self.dimensions: int = self._index.d

    def nearest(self, query: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return the rows of the `k` passages nearest to `query`, best first, and their cosines."""
        k = min(k, self.count)
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores, rows = self._index.search(query.reshape(1, -1), k)
        return rows[0], scores[0]

    def all_vectors(self) -> Vectors:
        """Return every vector, as rows."""
        return np.asarray(self._index.reconstruct_n(0, self.count), dtype=np.float32)
