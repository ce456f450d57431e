"""Threads, answers and how they are cut, in SQLite."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import STARTER_CORPUS, Answer, Doctor, Source, Thread
from index.build.passages import Passage
from index.errors import IndexStateError
from index.storage.schema import STORE_FILE
from index.storage.store import Store
from index.storage.store_writer import StoreWriter
from tests.conftest import invented_thread, threads_in

PASSAGES = [Passage(0, 9, "zog", ((0, 4), (5, 9))), Passage(10, 15, "zig", ((10, 15),))]


def written(folder: Path, *threads: Thread) -> Store:
    writer = StoreWriter(folder)
    for thread in threads:
        writer.add_thread(thread)
    for number in range(writer.counts.answers):
        writer.add_passages(number, PASSAGES)
    writer.close()
    return Store(folder)


def test_threads_come_back_as_they_were(tmp_path: Path):
    zog = invented_thread("zog", "Rest.", tags=("a", "b"), url="https://zog.invalid", also_in=(Source("b", None),))
    copied = Answer("zag-1", 1, "Rest.", kind="summary", votes=-2, date="2015-03", copy_of="zog-1", stance="no")
    threads = [*threads_in(STARTER_CORPUS), zog, Thread("zag", "Zag", (copied,))]
    store = written(tmp_path, *threads)
    assert [store.thread(number) for number in range(4)] == threads == list(store.threads())
    assert [store.thread_by_id(thread.id) for thread in threads] == threads
    assert store.thread_of_answer("zog-1") == threads[2]


def test_an_unfinished_store_gives_its_threads_with_their_numbers(tmp_path: Path):
    threads = [invented_thread("zog", "Rest.", "Run."), invented_thread("zig", "Go.")]
    writer = StoreWriter(tmp_path)
    for thread in threads:
        writer.add_thread(thread)
    assert list(writer.threads()) == [(0, 0, threads[0]), (1, 2, threads[1])]
    writer.close()


def test_ids_that_are_not_there_give_none(tmp_path: Path):
    store = written(tmp_path, invented_thread("zog", "Rest."))
    assert store.thread_by_id("zig") is None
    assert store.thread_of_answer("zig") is None


def test_the_sentences_of_an_answer_are_found_with_the_number_of_the_first(tmp_path: Path):
    store = written(tmp_path, invented_thread("zog", "Rest.", "Run."))
    spans = [(0, 4), (5, 9), (10, 15)]
    assert store.sentences_of("zog-1") == (0, spans)
    assert store.sentences_of("zog-2") == (3, spans)
    assert store.sentences_of("zig-1") == (0, [])
    assert store.passage_span(3) == (10, 15)


def test_authors_come_in_the_order_that_is_asked_for(tmp_path: Path):
    store = written(tmp_path, invented_thread("zog", "Rest.", "Run."))
    second, first = store.authors([1, 0])
    assert (first, second) == (Doctor("Zog Invented 1", "MD"), Doctor("Zog Invented 2", "MD"))
    assert store.authors([]) == []


def test_a_thread_that_is_there_already_is_refused_and_leaves_nothing(tmp_path: Path):
    writer = StoreWriter(tmp_path)
    writer.add_thread(invented_thread("zog", "Rest."))
    same_answer = invented_thread("zig", "Go.", "Run.", answers=invented_thread("zog", "Rest.").answers)
    for again in (invented_thread("zog", "Run."), same_answer):
        with pytest.raises(sqlite3.IntegrityError):
            writer.add_thread(again)
    writer.add_thread(invented_thread("zug", "Sit."))
    writer.close()
    store = Store(tmp_path)
    assert [thread.id for thread in store.threads()] == ["zog", "zug"]


def test_many_threads_read_at_once(tmp_path: Path):
    store = written(tmp_path, *[invented_thread(f"zog-{n}", f"Rest {n}.") for n in range(50)])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: store.thread(n % 50).answers[0].text, range(500)))
    assert found == [f"Rest {n % 50}." for n in range(500)]


def test_a_missing_or_damaged_store_is_told(tmp_path: Path):
    with pytest.raises(IndexStateError, match="missing or damaged"):
        Store(tmp_path)
    (tmp_path / STORE_FILE).write_bytes(b"zog" * 1000)
    with pytest.raises(IndexStateError, match="missing or damaged"):
        Store(tmp_path)
