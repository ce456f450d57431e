"""Files and folders become threads."""

import gzip
import json
from pathlib import Path

import pytest

from corpus import STARTER_CORPUS, CorpusError, Problem, Thread, read_paths
from corpus.formats.json_records import thread_to_record
from tests.conftest import invented_thread, threads_in


def test_the_starter_corpus_is_read_without_a_problem():
    threads = threads_in(STARTER_CORPUS)
    assert [len(thread.answers) for thread in threads] == [10, 9]


def test_a_folder_is_read_with_all_below_it_in_the_order_of_names(tmp_path: Path):
    (tmp_path / "b").mkdir()
    for name in ("b/2.json", "b/1.json", "a.json"):
        record = thread_to_record(invented_thread(name.replace("/", "-"), "Rest."))
        (tmp_path / name).write_text(json.dumps(record), encoding="utf-8")
    assert [thread.id for thread in threads_in(tmp_path)] == ["a.json", "b-1.json", "b-2.json"]


def test_hidden_files_and_folders_are_left_alone(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    assert list(read_paths([tmp_path])) == []


def test_packed_json_lines_are_read_as_they_are(tmp_path: Path):
    thread = invented_thread("packed", "Rest.")
    with gzip.open(tmp_path / "threads.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(json.dumps(thread_to_record(thread)) + "\n")
    assert threads_in(tmp_path) == [thread]


def test_a_text_page_names_its_file_as_its_source(tmp_path: Path):
    page = tmp_path / "page.txt"
    page.write_text("May I run?\n\nI like to.\n\nRunning\n\nRest first.\n", encoding="utf-8")
    (thread,) = threads_in(page)
    assert thread.source == "page.txt"


def test_a_file_that_is_no_page_is_told_and_the_rest_is_read(tmp_path: Path):
    (tmp_path / "a.xyz").write_bytes(bytes(range(256)))
    (tmp_path / "b.json").write_text(json.dumps(thread_to_record(invented_thread("b", "Rest."))), encoding="utf-8")
    problem, thread = read_paths([tmp_path])
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{tmp_path / 'a.xyz'}: a binary file, not a page")
    assert isinstance(thread, Thread)


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path):
    with pytest.raises(CorpusError, match="there is no such file or folder"):
        list(read_paths([tmp_path / "nowhere"]))
