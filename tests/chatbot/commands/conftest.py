"""A small corpus and its index, for the commands."""

import json
from pathlib import Path

import pytest

from chatbot import cli
from corpus.formats.json_records import thread_to_record
from tests.chatbot.commands import THREADS


@pytest.fixture(autouse=True)
def same_embedder(embedder, monkeypatch):
    """Load the model once for all commands: loading it is the embedder's test."""
    monkeypatch.setattr("index.build.build.load_embedder", lambda settings: embedder)
    monkeypatch.setattr("index.index.load_embedder", lambda settings: embedder)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps(thread_to_record(thread)) + "\n" for thread in THREADS), encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path: Path, corpus: Path, capsys) -> Path:
    directory = tmp_path / "index"
    assert cli.main(["build", "--corpus", str(corpus), "--index", str(directory)]) == 0
    capsys.readouterr()
    return directory
