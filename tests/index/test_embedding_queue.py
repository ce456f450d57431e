"""Which texts of an unfinished store have no vector yet."""

from pathlib import Path

import pytest

from index.build.passages import Passage
from index.storage.embedding_queue import EmbeddingQueue, KnownPassage, KnownQuestion
from index.storage.store_writer import StoreWriter, hash_of
from tests.conftest import invented_thread

TEXTS = ["Rest for a week, and then rest for another one.", "Run.", "Rest for a week, and then rest for another one."]


def written(folder: Path, *texts: str) -> StoreWriter:
    """Return a store with one answer a thread, each of one passage with one sentence."""
    folder.mkdir()
    writer = StoreWriter(folder)
    for number, text in enumerate(texts):
        writer.add_thread(invented_thread(f"zog-{number}", text))
        writer.add_question(number, text)
        writer.add_passages(number, [Passage(0, len(text), text, ((0, len(text)),))])
    return writer


@pytest.fixture
def writer(tmp_path: Path) -> StoreWriter:
    return written(tmp_path / "new", *TEXTS)


def test_each_different_text_waits_once_and_the_longest_comes_first(writer):
    queue = EmbeddingQueue(writer)
    assert len(queue) == 4
    assert queue.longest("passage", 9) == [(0, hash_of(TEXTS[0])), (1, hash_of("Run."))]
    assert [number for number, _ in queue.longest("question", 9)] == [0, 1]
    assert len(queue.longest("passage", 1)) == 1


def test_what_has_its_vector_is_no_longer_there(writer):
    queue = EmbeddingQueue(writer)
    assert queue.with_hash(hash_of("Run.")) == [("passage", 1)]
    queue.remove("passage", hash_of("Run."))
    assert queue.with_hash(hash_of("Run.")) == []
    assert len(queue) == 3


def test_texts_of_another_store_are_found_with_their_rows_there(writer, tmp_path: Path):
    written(tmp_path / "old", "Swim.", "Run.").close()
    passages, questions = EmbeddingQueue(writer).known_in(tmp_path / "old")
    assert passages == [KnownPassage(1, hash_of("Run."), row=1, first_sentence=1, sentences=1)]
    assert questions == [KnownQuestion(1, hash_of("question\0Run."), row=1)]


def test_repeated_texts_are_told_with_the_first_of_them(writer):
    assert writer.repeated_passages() == [(2, 0)]
    assert writer.repeated_questions() == [(2, 0)]
