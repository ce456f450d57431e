"""Rows of vectors in files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.errors import IndexStateError
from index.storage.matrices import MatrixWriter, as_bytes, cosines, open_matrix

VECTORS = np.random.default_rng(3).normal(size=(6, 8)).astype(np.float32)


def test_rows_can_be_written_in_any_order_and_copied(tmp_path: Path):
    with MatrixWriter(tmp_path / "m.npy", rows=6, dimensions=8, dtype=np.float16) as writer:
        for row in (5, 0, 3, 1):
            writer.write(row, VECTORS[row])
        writer.copy(0, 2)
        writer.copy(5, 4)
    expected = VECTORS[[0, 1, 0, 3, 5, 5]].astype(np.float16)
    np.testing.assert_array_equal(open_matrix(tmp_path / "m.npy"), expected)


def test_a_matrix_without_rows_can_be_opened(tmp_path: Path):
    with MatrixWriter(tmp_path / "m.npy", rows=0, dimensions=8, dtype=np.int8):
        pass
    assert open_matrix(tmp_path / "m.npy").shape == (0, 8)


@pytest.mark.parametrize("content", [None, b"", b"zog", np.lib.format.magic(1, 0) + b"zog" * 50])
def test_a_missing_or_damaged_file_is_told(tmp_path: Path, content):
    if content is not None:
        (tmp_path / "m.npy").write_bytes(content)
    with pytest.raises(IndexStateError, match="missing or damaged"):
        open_matrix(tmp_path / "m.npy")


def test_a_file_that_would_run_code_when_it_is_opened_is_refused(tmp_path: Path):
    np.save(tmp_path / "m.npy", np.array([{"zog": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(IndexStateError, match="missing or damaged"):
        open_matrix(tmp_path / "m.npy")


@given(arrays(np.float32, (3, 8), elements=st.floats(-1, 1, width=32)))
def test_bytes_keep_the_direction_of_a_vector(vectors):
    found = as_bytes(vectors)
    for row, original in zip(found, vectors, strict=True):
        if np.abs(original).max() > 1e-30:
            assert cosines(row[None], original)[0] > 0.999


def test_the_cosine_with_a_row_of_zeros_is_zero():
    assert cosines(np.zeros((1, 8), np.int8), VECTORS[0]).tolist() == [0.0]
