"""Which index is opened, and when the starter corpus's is built: it is never built over another one."""

import json
from pathlib import Path

import pytest

from chatbot import startup
from corpus import STARTER_CORPUS, DoctorAnswersError
from index.build.build import build_index
from index.errors import IndexStateError
from tests.conftest import invented_thread, threads_in


@pytest.fixture(autouse=True)
def default(tmp_path, monkeypatch, embedder) -> Path:
    """A default index of the test's own."""
    directory = tmp_path / "default"
    monkeypatch.setattr(startup, "DEFAULT_INDEX", directory)
    monkeypatch.setattr(startup, "load_embedder", lambda: embedder)
    monkeypatch.setattr("index.index.load_embedder", lambda settings: embedder)
    return directory


def generation(directory: Path) -> Path:
    (folder,) = (directory / "generations").iterdir()
    return folder


def change_manifest(directory: Path, **changes: object) -> None:
    path = generation(directory) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def opened(directory: Path) -> tuple[int, int]:
    """Open an index; return how many threads it has, and how often one was built for it."""
    built: list[bool] = []
    index = startup.open_index(directory, on_build=lambda: built.append(True))
    index.close()
    return index.manifest.threads, len(built)


def test_the_starter_corpus_is_built_once_and_again_where_its_index_can_not_be_used(default):
    assert opened(default) == (2, 1)
    assert opened(default) == (2, 0)
    change_manifest(default, format=1)
    assert opened(default) == (2, 1)
    (generation(default) / "answers.faiss").write_bytes(b"zog")
    assert opened(default) == (2, 1)


def test_the_starter_corpus_is_known_by_its_folder_in_another_place(default, embedder):
    build_index(threads_in(STARTER_CORPUS), default, embedder, corpus=["/elsewhere/corpus/starter"])
    change_manifest(default, format=1)
    assert opened(default) == (2, 1)


@pytest.mark.parametrize("manifest", [None, "zog", "[]", "{}"])
def test_an_index_of_other_pages_at_the_default_place_is_left_alone(default, embedder, manifest):
    build_index([invented_thread("zog", "Zog.")], default, embedder, corpus=["my/pages"])
    assert opened(default) == (1, 0)
    if manifest is None:
        change_manifest(default, format=1)
    else:
        (generation(default) / "manifest.json").write_text(manifest, encoding="utf-8")
    before = sorted(default.rglob("*"))
    with pytest.raises(DoctorAnswersError, match=r"an index of other pages.*left as it is\. Move the folder"):
        opened(default)
    assert sorted(default.rglob("*")) == before


def test_an_index_that_is_named_is_never_built(tmp_path):
    with pytest.raises(IndexStateError, match="there is no index here"):
        startup.open_index(tmp_path / "nowhere")


def test_a_place_where_nothing_can_be_made_is_told(tmp_path, embedder):
    (tmp_path / "file").write_text("zog", encoding="utf-8")
    for directory in (tmp_path / "file", tmp_path / "file" / "index"):
        with pytest.raises(DoctorAnswersError, match="no index can be made here"):
            startup.build_from([str(STARTER_CORPUS)], directory, embedder)
