"""Embedders: the packaged model, folders, and what is said when there is none."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index import packaged_model
from index.embedder import fingerprint_of, load_embedder
from index.errors import EmbedderError
from index.packaged_model import packaged_model_folder


def test_vectors_are_finite_of_unit_length_and_in_the_order_of_the_texts(embedder):
    texts = ["Rest for two days. " * 20, "Rest.", "A zog peel itches."]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_allclose(embedder.embed_query(text), vector, atol=1e-5)


def test_vectors_are_those_of_sentence_transformers_itself(embedder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged_model_folder()), local_files_only=True)
    texts = ["May I run after a zog peel?", "Rest for two days."]
    np.testing.assert_allclose(
        embedder.embed_passages(texts), model.encode(texts, normalize_embeddings=True), atol=1e-5
    )


def test_no_texts_give_no_vectors(embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)
    assert embedder.count_tokens([]) == []


def test_progress_adds_up_to_all_texts(embedder):
    told: list[int] = []
    embedder.embed_passages(["Rest."] * 70, told.append)
    assert sum(told) == 70


def test_a_model_can_be_loaded_from_a_folder_and_has_the_same_fingerprint_wherever_it_lies(embedder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(packaged_model_folder(), copy)
    again = load_embedder(str(copy))
    assert again.fingerprint == embedder.fingerprint
    np.testing.assert_allclose(again.embed_query("Rest."), embedder.embed_query("Rest."), atol=1e-6)


def test_other_weights_have_another_fingerprint(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    first = fingerprint_of(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"Weights")
    assert fingerprint_of(tmp_path) != first


def test_changed_weights_of_the_packaged_model_are_refused(monkeypatch):
    monkeypatch.setattr(packaged_model, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EmbedderError, match="these are not the published weights"):
        packaged_model_folder()


@pytest.mark.parametrize("name", ["/no/such/folder", "./no-such-folder"])
def test_a_folder_that_does_not_exist_is_told_with_the_ways_to_get_a_model(name):
    with pytest.raises(EmbedderError, match="there is no such folder. Three ways to get a model"):
        load_embedder(name)


def test_a_folder_without_a_model_is_told(tmp_path: Path):
    with pytest.raises(EmbedderError, match="no model weights in this folder"):
        load_embedder(str(tmp_path))


def test_a_folder_with_something_else_is_told(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"zog")
    with pytest.raises(EmbedderError, match="not a model that sentence-transformers can load"):
        load_embedder(str(tmp_path))


def test_a_model_of_the_hub_that_can_not_be_reached_is_told(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EmbedderError, match=r"The model nobody/zog can't be had .* Three ways to get a model"):
        load_embedder("nobody/zog")
