"""Vectors in FAISS."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexStateError
from index.vectors import VECTORS_FILE, VectorIndex, write_vectors


def unit_vectors(count: int, dimensions: int = 16) -> np.ndarray:
    vectors = np.random.default_rng(7).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_are_those_that_numpy_finds(tmp_path: Path):
    vectors = unit_vectors(500)
    write_vectors(tmp_path, vectors)
    index = VectorIndex(tmp_path, rebuild="build")
    for query in unit_vectors(520)[500:]:
        rows, scores = index.nearest(query, 10)
        exact = vectors @ query
        assert rows.tolist() == np.argsort(-exact)[:10].tolist()
        np.testing.assert_allclose(scores, np.sort(exact)[::-1][:10], atol=1e-5)


def test_no_more_than_there_are_can_be_found(tmp_path: Path):
    write_vectors(tmp_path, unit_vectors(3))
    rows, _ = VectorIndex(tmp_path, rebuild="build").nearest(unit_vectors(1)[0], 10)
    assert sorted(rows.tolist()) == [0, 1, 2]


def test_a_missing_or_damaged_file_is_told(tmp_path: Path):
    with pytest.raises(IndexStateError, match="missing or damaged"):
        VectorIndex(tmp_path, rebuild="build")
    (tmp_path / VECTORS_FILE).write_bytes(b"zog")
    with pytest.raises(IndexStateError, match="missing or damaged"):
        VectorIndex(tmp_path, rebuild="build")
