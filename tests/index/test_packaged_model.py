"""The default model is exactly the published one."""

import importlib.metadata

import pytest

from index.errors import EmbedderError
from index.models import packaged_model
from index.models.packaged_model import packaged_model_folder


def test_the_packaged_weights_are_the_published_ones():
    assert (packaged_model_folder() / "model.safetensors").is_file()


def test_changed_weights_are_refused(monkeypatch):
    monkeypatch.setattr(packaged_model, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EmbedderError, match="these are not the published weights"):
        packaged_model_folder()


def test_a_missing_package_is_told_with_the_command_that_installs_it(monkeypatch):
    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    with pytest.raises(EmbedderError, match="is missing. Install it again with"):
        packaged_model_folder()
