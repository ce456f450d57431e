"""Where models come from, and what tells one from another."""

from pathlib import Path

import pytest

from index.errors import EmbedderError
from index.models.model_files import fingerprint_of, model_folder
from index.models.packaged_model import packaged_model_folder


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_the_default_model_comes_out_of_its_package(name):
    assert model_folder(name) == packaged_model_folder()


def test_other_weights_have_another_fingerprint_and_other_backends_the_same(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    first = fingerprint_of(tmp_path)
    (tmp_path / "openvino").mkdir()
    (tmp_path / "openvino" / "model.bin").write_bytes(b"the same weights in another form")
    assert fingerprint_of(tmp_path) == first
    (tmp_path / "model.safetensors").write_bytes(b"Weights")
    assert fingerprint_of(tmp_path) != first


@pytest.mark.parametrize("name", ["/no/such/folder", "./no-such-folder", "~/no-such-folder"])
def test_a_folder_that_does_not_exist_is_told_with_the_ways_to_get_a_model(name):
    with pytest.raises(EmbedderError, match=r"there is no such folder\. Three ways to get a model"):
        model_folder(name)


def test_a_folder_without_a_model_is_told(tmp_path: Path):
    with pytest.raises(EmbedderError, match="no model weights in this folder"):
        fingerprint_of(tmp_path)


def test_a_model_of_the_hub_that_can_not_be_reached_is_told(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EmbedderError, match=r"The model nobody/zog can't be had .* Three ways to get a model"):
        model_folder("nobody/zog")
