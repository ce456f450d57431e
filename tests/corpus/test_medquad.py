"""MedQuAD's XML, small and whole."""

from pathlib import Path

import pytest

from corpus import Thread, read_paths
from tests.conftest import SHARED

DOCUMENT = (
    """<Document id="1" source="Zog" url="https://z.example"><Focus>Zog</Focus><QAPairs>{}</QAPairs></Document>"""
)
PAIR = "<QAPair><Question qtype='treatment'>{}</Question><Answer>{}</Answer></QAPair>"


def test_each_pair_is_a_thread_and_questions_without_an_answer_are_counted(tmp_path: Path):
    pairs = PAIR.format("First?", "One.") + PAIR.format("Second?", "Two.") + PAIR.format("Third?", " ") * 2
    (tmp_path / "1.xml").write_text(DOCUMENT.format(pairs), encoding="utf-8")
    *threads, problem = read_paths([tmp_path])
    assert [(t.title, t.answers[0].text) for t in threads if isinstance(t, Thread)] == [
        ("First?", "One."),
        ("Second?", "Two."),
    ]
    assert str(problem).endswith("2 questions have no answer in this file: left out")


def test_several_documents_may_stand_in_one_file(tmp_path: Path):
    documents = "".join(DOCUMENT.format(PAIR.format(f"{n}?", f"{n}.")) for n in range(3))
    (tmp_path / "all.xml").write_text(f"<all>{documents}</all>", encoding="utf-8")
    assert [thread.title for thread in read_paths([tmp_path]) if isinstance(thread, Thread)] == ["0?", "1?", "2?"]


def test_the_whole_set_is_read():
    folder = SHARED / "data" / "medquad"
    if not folder.is_dir():
        pytest.skip(f"MedQuAD is not here ({folder})")
    threads = [found for found in read_paths([folder / "threads.jsonl.gz"]) if isinstance(found, Thread)]
    assert sum(len(thread.answers) for thread in threads) == 16_359
