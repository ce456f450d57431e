"""One vector an answer in FAISS, against plain NumPy."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexStateError
from index.search import dense
from index.search.dense import ANSWERS_FILE, AnswerVectors, answer_means, write_answers

RNG = np.random.default_rng(7)


def unit_vectors(count: int, dimensions: int = 32) -> np.ndarray:
    vectors = RNG.normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def written(folder: Path, vectors: np.ndarray) -> AnswerVectors:
    write_answers(folder, iter([vectors]), answers=len(vectors), dimensions=vectors.shape[1])
    return AnswerVectors(folder)


def test_the_nearest_are_those_that_numpy_finds(tmp_path: Path):
    vectors = unit_vectors(500)
    index = written(tmp_path, vectors)
    assert index.exact
    halves = vectors.astype(np.float16).astype(np.float32)
    for query in unit_vectors(20):
        assert index.nearest(query, 10).tolist() == np.argsort(-(halves @ query))[:10].tolist()


def test_vectors_come_back_in_half_precision(tmp_path: Path):
    vectors = unit_vectors(50)
    found = written(tmp_path, vectors).vectors(np.array([7, 3]))
    np.testing.assert_allclose(found, vectors[[7, 3]], atol=1e-3)


@pytest.mark.parametrize("exact_up_to", [10_000, 100])
def test_only_allowed_answers_are_found_and_they_fill_the_list(tmp_path: Path, monkeypatch, exact_up_to):
    monkeypatch.setattr(dense, "EXACT_UP_TO", exact_up_to)
    vectors = unit_vectors(800)
    index = written(tmp_path, vectors)
    assert index.exact == (exact_up_to > 800)
    query = unit_vectors(1)[0]
    few = np.zeros(800, dtype=bool)
    few[::50] = True
    exact = [n for n in np.argsort(-(vectors @ query)).tolist() if few[n]]
    assert index.nearest(query, 10, few).tolist() == exact[:10]
    assert len(index.nearest(query, 100, few)) == 16
    assert len(index.nearest(query, 10, np.zeros(800, dtype=bool))) == 0
    many = np.ones(800, dtype=bool)
    many[::2] = False
    assert set(index.nearest(query, 10, many) % 2) == {1}


def test_above_the_limit_a_graph_finds_nearly_all_and_says_how_many(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(dense, "EXACT_UP_TO", 100)
    index = written(tmp_path, unit_vectors(3000))
    assert not index.exact
    queries = unit_vectors(30)
    assert index.recall(queries, k=10) > 0.95


def test_the_recall_of_exact_search_is_one(tmp_path: Path):
    assert written(tmp_path, unit_vectors(300)).recall(unit_vectors(10), k=10) == pytest.approx(1.0)


def test_no_more_than_there_are_can_be_found(tmp_path: Path):
    assert sorted(written(tmp_path, unit_vectors(3)).nearest(unit_vectors(1)[0], 10).tolist()) == [0, 1, 2]


def test_means_are_those_of_numpy():
    passages = unit_vectors(10)
    first = np.array([0, 1, 4, 10], dtype=np.int32)
    plain = np.stack([passages[start:end].mean(axis=0) for start, end in ((0, 1), (1, 4), (4, 10))])
    (means,) = answer_means(passages, first, unit_length=False)
    np.testing.assert_allclose(means, plain, atol=1e-6)
    (units,) = answer_means(passages, first, unit_length=True)
    np.testing.assert_allclose(units, plain / np.linalg.norm(plain, axis=1, keepdims=True), atol=1e-6)


def test_a_missing_or_damaged_file_is_told(tmp_path: Path):
    for _ in range(2):
        with pytest.raises(IndexStateError, match="missing or damaged"):
            AnswerVectors(tmp_path)
        (tmp_path / ANSWERS_FILE).write_bytes(b"zog")
