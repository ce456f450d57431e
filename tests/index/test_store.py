"""Threads and answers in SQLite."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import STARTER_CORPUS, Thread
from index.errors import IndexStateError
from index.passages import Passage
from index.store import STORE_FILE, Store, StoreWriter
from tests.conftest import invented_thread, threads_in

PASSAGES = [Passage(0, 2, "zog"), Passage(3, 5, "zig")]


def written(folder: Path, *threads: Thread) -> Store:
    writer = StoreWriter(folder)
    for thread in threads:
        writer.add(thread, [PASSAGES for _ in thread.answers])
    writer.close()
    return Store(folder, rebuild="build")


def test_threads_come_back_as_they_were(tmp_path: Path):
    threads = [*threads_in(STARTER_CORPUS), invented_thread("zog", "Rest.", tags=("a", "b"), url="https://zog.invalid")]
    store = written(tmp_path, *threads)
    assert [store.thread(number) for number in range(3)] == threads
    assert [store.thread_by_id(thread.id) for thread in threads] == threads
    assert store.thread_of_answer("zog-1") == threads[2]


def test_ids_that_are_not_there_give_none(tmp_path: Path):
    store = written(tmp_path, invented_thread("zog", "Rest."))
    assert store.thread_by_id("zig") is None
    assert store.thread_of_answer("zig") is None


def test_passages_are_numbered_as_their_vectors(tmp_path: Path):
    store = written(tmp_path, invented_thread("zog", "Rest.", "Run."), invented_thread("zig", "Go."))
    assert store.passage_rows() == [(n, start, end) for n in range(3) for start, end in ((0, 2), (3, 5))]
    assert store.answer_threads() == [0, 0, 1]


def test_a_thread_that_is_there_already_is_refused(tmp_path: Path):
    writer = StoreWriter(tmp_path)
    writer.add(invented_thread("zog", "Rest."), [PASSAGES])
    with pytest.raises(sqlite3.IntegrityError):
        writer.add(invented_thread("zog", "Run."), [PASSAGES])


def test_many_threads_read_at_once(tmp_path: Path):
    store = written(tmp_path, *[invented_thread(f"zog-{n}", f"Rest {n}.") for n in range(50)])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: store.thread(n % 50).answers[0].text, range(500)))
    assert found == [f"Rest {n % 50}." for n in range(500)]


def test_a_missing_or_damaged_store_is_told_with_the_command_that_makes_it_again(tmp_path: Path):
    with pytest.raises(IndexStateError, match="missing or damaged .* Build the index again: build"):
        Store(tmp_path, rebuild="build")
    (tmp_path / STORE_FILE).write_bytes(b"zog" * 1000)
    with pytest.raises(IndexStateError, match="missing or damaged .* Build the index again: build"):
        Store(tmp_path, rebuild="build")
