"""build and info: an index, and what is in it."""

import json

import pytest

from index.storage.generations import build_lock
from tests.chatbot.commands import QUESTION, run


def test_build_tells_what_it_built(capsys, corpus, tmp_path):
    status, out, err = run(capsys, "build", "--corpus", corpus, "--index", tmp_path / "i", "--json")
    assert status == 0
    built = json.loads(out)
    report = built.pop("report")
    assert built == {"index": str(tmp_path / "i"), "threads": 2, "answers": 2}
    assert (report["files"], report["answers"], report["problems"]) == ({"JSON Lines": 1}, 2, [])
    assert err == ""


def test_build_if_missing_leaves_an_index_alone(capsys, corpus, index):
    (before,) = (index / "generations").iterdir()
    assert run(capsys, "build", "--corpus", corpus, "--index", index, "--if-missing")[0] == 0
    assert [before] == list((index / "generations").iterdir())


def test_an_index_is_not_built_where_it_can_not_be(capsys, corpus, tmp_path):
    status, _, err = run(capsys, "build", "--corpus", corpus, "--index", corpus / "index")
    assert (status, err.count("\n")) == (1, 1)
    assert f"{corpus / 'index'}: no index can be made here" in err


def test_a_build_that_can_not_be_done_now_is_told_without_another_command(capsys, corpus, index):
    with build_lock(index):
        status, _, err = run(capsys, "build", "--corpus", corpus, "--index", index)
    assert status == 1
    assert err.rstrip().endswith("Wait until it is done, then run this again.")


def test_a_missing_corpus_is_one_line(capsys, tmp_path):
    status, _, err = run(capsys, "build", "--corpus", tmp_path / "nowhere", "--index", tmp_path / "i")
    assert status == 1
    assert "there is no such file or folder" in err


def test_info_tells_what_is_in_the_index(capsys, index):
    status, out, _ = run(capsys, "info", "--index", index, "--json")
    info = json.loads(out)
    assert status == 0
    assert info["sound"] is True
    assert (info["threads"], info["answers"], info["embedder"]["name"]) == (2, 2, "all-MiniLM-L6-v2")
    assert "answers:        2" in run(capsys, "info", "--index", index)[1]


def test_info_can_look_at_everything(capsys, index):
    status, out, _ = run(capsys, "info", "--index", index, "--check")
    assert status == 0
    assert "yes, every file, vector and answer" in out


def test_info_of_the_default_index_builds_it(capsys, tmp_path, monkeypatch, embedder):
    monkeypatch.setattr("chatbot.startup.load_embedder", lambda: embedder)
    for module in ("chatbot.startup", "chatbot.commands.common", "chatbot.commands.info"):
        monkeypatch.setattr(f"{module}.DEFAULT_INDEX", tmp_path / "default")
    status, out, err = run(capsys, "info", "--json")
    assert (status, json.loads(out)["threads"]) == (0, 2)
    assert "Building the index of the starter corpus" in err


def test_an_embedder_can_be_changed_without_the_pages(capsys, index, corpus):
    corpus.unlink()
    assert run(capsys, "build", "--index", index, "--truncate-dim", "64")[0] == 0
    assert json.loads(run(capsys, "info", "--index", index, "--json")[1])["answers"] == 2


def test_a_missing_index_is_one_line_with_the_way_out(capsys, tmp_path):
    for words in (["info"], ["ask", QUESTION]):
        status, out, err = run(capsys, *words, "--index", tmp_path / "nowhere")
        assert (status, out) == (1, "")
        assert err.count("\n") == 1
        assert "there is no index here. Build one: python -m chatbot build" in err


@pytest.mark.parametrize("words", [["info"], ["ask", QUESTION], ["build", "--truncate-dim", "64"], ["chat"]])
def test_a_damaged_index_is_one_line_with_the_way_out(capsys, index, words):
    (store,) = index.glob("generations/*/threads.sqlite")
    store.write_bytes(b"zog")
    status, out, err = run(capsys, *words, "--index", index)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert f"{store}: this file of the index is damaged. Build the index again: python -m chatbot build" in err
    assert err.rstrip().endswith(f"--corpus PATH --index {index}")
