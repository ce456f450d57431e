"""Tables of questions and answers become threads."""

import json
from pathlib import Path

import pytest

from corpus import Problem, Thread, read_paths


def read(folder: Path, text: str, **columns: str) -> tuple[list[Thread], list[str]]:
    path = folder / "table"
    path.write_text(text, encoding="utf-8")
    found = list(read_paths([path], columns=columns))
    threads = [record for record in found if isinstance(record, Thread)]
    return threads, [str(record).removeprefix(str(path)) for record in found if isinstance(record, Problem)]


def test_rows_of_one_question_are_one_thread_wherever_they_stand(tmp_path: Path):
    threads, problems = read(tmp_path, "question,answer\nMay I zog?,Yes.\nMay I zag?,No.\nMay  I zog?,Seldom.\n")
    assert [(t.title, [a.text for a in t.answers]) for t in threads] == [
        ("May I zog?", ["Yes.", "Seldom."]),
        ("May I zag?", ["No."]),
    ]
    assert problems == []
    assert [answer.place and answer.place.line for answer in threads[0].answers] == [2, 4]


def test_one_question_at_two_addresses_is_two_threads(tmp_path: Path):
    threads, _ = read(tmp_path, "question,answer,url\nMay I?,Yes.,https://a.example\nMay I?,No.,https://b.example\n")
    assert [thread.url for thread in threads] == ["https://a.example", "https://b.example"]


def test_rows_that_name_no_question_are_threads_of_their_own(tmp_path: Path):
    threads, problems = read(tmp_path, "question,answer\nMay I?,Yes.\n,Wash it first.\n,Then rest.\n")
    assert [(thread.title, len(thread.answers)) for thread in threads] == [
        ("May I?", 1),
        ("Wash it first.", 1),
        ("Then rest.", 1),
    ]
    assert [problem[: len(":3: the thread has no title")] for problem in problems] == [
        ":3: the thread has no title",
        ":4: the thread has no title",
    ]


def test_columns_may_be_named_by_the_user(tmp_path: Path):
    table = "Frage;Antwort;Arzt;text\nDarf ich zoggen?;Ja.;Zog Invented;Unsinn\n"
    (thread,), problems = read(tmp_path, table, question="Frage", answer="Antwort", name="Arzt")
    assert (thread.title, thread.answers[0].text) == ("Darf ich zoggen?", "Ja.")
    assert thread.answers[0].author is not None
    assert thread.answers[0].author.name == "Zog Invented"
    assert problems == []


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path):
    threads, problems = read(tmp_path, "question,answer\nMay I?,Yes.\n", question="Frage")
    assert threads == []
    assert problems == [':1: there is no column "Frage" (given for question): the columns are question, answer']


def test_empty_cells_are_absent_facts(tmp_path: Path):
    (thread,), _ = read(tmp_path, "question,answer,author,stars,reviews\nMay I?,Yes.,,nan,\n")
    assert thread.answers[0].author is None


@pytest.mark.parametrize("tags", ["tea; sleep", "tea|sleep", "tea, sleep"])
def test_tags_stand_in_one_cell(tmp_path: Path, tags: str):
    (thread,), _ = read(tmp_path, f'question,answer,topics\nMay I?,Yes.,"{tags}"\n')
    assert thread.tags == ("tea", "sleep")


def test_a_row_with_too_many_cells_is_told_and_the_rest_is_read(tmp_path: Path):
    (thread,), problems = read(tmp_path, "question,answer\nMay I?,Yes,of course.\nMay I?,No.\n")
    assert [answer.text for answer in thread.answers] == ["No."]
    assert problems == [":2: a row of 3 cells under 2 columns: left out"]


def test_threads_and_rows_may_stand_in_one_file(tmp_path: Path):
    lines = [{"title": "Whole", "answers": [{"text": "Yes."}]}, {"question": "Flat?", "answer": "No."}]
    threads, problems = read(tmp_path, "\n".join(map(json.dumps, lines)))
    assert [thread.title for thread in threads] == ["Whole", "Flat?"]
    assert problems == []


def test_parquet_is_read_where_pandas_can_and_told_where_it_can_not(tmp_path: Path):
    pandas = pytest.importorskip("pandas")
    try:
        pandas.DataFrame({"question": ["May I?"], "answer": ["Yes."]}).to_parquet(tmp_path / "t.parquet")
    except ImportError:
        (tmp_path / "t.parquet").write_bytes(b"PAR1 and more")
        (problem,) = read_paths([tmp_path])
        assert 'needs one more library: "pip install pyarrow"' in str(problem)
    else:
        (thread,) = read_paths([tmp_path])
        assert isinstance(thread, Thread)
        assert thread.answers[0].text == "Yes."
