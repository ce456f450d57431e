"""How far the index of the page is, as its status line tells it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.page.events import status_html
from chatbot.page.loader import IndexLoader
from chatbot.texts import load_texts
from corpus.errors import DoctorAnswersError
from index.build.build import build_index
from index.models.cross_encoder import CrossEncoderReader
from tests.conftest import invented_thread


@pytest.fixture(autouse=True)
def same_embedder(embedder, monkeypatch):
    monkeypatch.setattr("index.index.load_embedder", lambda settings: embedder)


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def loaded(directory: Path, reader: str | None = None) -> IndexLoader:
    loader = IndexLoader(directory, reader)
    loader.start()
    wait_for(lambda: loader.done)
    return loader


def test_a_missing_index_is_told_with_the_way_out(tmp_path: Path):
    loader = loaded(tmp_path / "nowhere")
    assert loader.status.state == "failed"
    for said in (loader.status.reason, status_html(loader.status, load_texts())):
        assert f"Build one: python -m chatbot build --corpus PATH --index {tmp_path / 'nowhere'}" in str(said)
    with pytest.raises(DoctorAnswersError, match="Build one"):
        loader.index()


def test_a_new_index_that_can_not_be_used_is_told_once_and_stands_on_the_status_line(tmp_path, embedder, caplog):
    build_index([invented_thread("zog", "Rest.")], tmp_path, embedder, corpus=["x"])
    loader = loaded(tmp_path)
    assert loader.status.state == "ready"
    caplog.set_level("ERROR")
    build_index([invented_thread("zog", "Rest.", "Run.")], tmp_path, embedder, corpus=["x"])
    (manifest,) = tmp_path.glob("generations/*/manifest.json")
    manifest.write_text('{"format": 999}', encoding="utf-8")
    old = loader.index()
    wait_for(lambda: loader.status.state == "stale")
    for _ in range(3):
        assert loader.index() is old
    (message,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert message.startswith("The new index can't be used, the one before stays: ")
    assert "has format 999, this version reads 8. Build the index again: python -m chatbot build" in message
    line = status_html(loader.status, load_texts(), answers=1, threads=1)
    assert "1 answers on 1 pages. There is a newer index, which can" in line
    assert "Build the index again" in line
    build_index([invented_thread("zig", "Run.")], tmp_path, embedder, corpus=["x"])
    wait_for(lambda: loader.index() is not old)
    wait_for(lambda: loader.status.state == "ready")


def test_a_reader_is_loaded_beside_the_index_and_one_that_is_none_is_told(tmp_path, embedder, cross_encoder):
    pages = [invented_thread("zog", "Rest.", "Run."), invented_thread("glim", "Swim.")]
    build_index(pages, tmp_path / "index", embedder, corpus=["x"])
    assert isinstance(loaded(tmp_path / "index", str(cross_encoder)).reader, CrossEncoderReader)
    assert loaded(tmp_path / "index").reader is None
    failed = loaded(tmp_path / "index", str(tmp_path)).status
    assert failed.state == "failed"
    assert str(failed.reason).startswith(f"{tmp_path}: not a cross-encoder")
