"""read: files and folders to JSON Lines."""

import json

from corpus import STARTER_CORPUS
from corpus.formats.json_records import thread_to_record
from tests.chatbot.commands import THREADS, run


def test_read_prints_threads_as_json_lines(capsys, corpus):
    status, out, err = run(capsys, "read", corpus)
    assert (status, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [thread_to_record(thread) for thread in THREADS]


def test_what_read_prints_is_read_back_as_the_same(capsys, tmp_path):
    _, first, _ = run(capsys, "read", STARTER_CORPUS)
    (tmp_path / "again.jsonl").write_text(first, encoding="utf-8")
    assert run(capsys, "read", tmp_path / "again.jsonl")[1] == first


def test_read_tells_problems_with_file_and_line_on_stderr(capsys, corpus):
    with corpus.open("a", encoding="utf-8") as stream:
        stream.write("zog\n")
    status, out, err = run(capsys, "read", corpus)
    assert status == 0
    assert len(out.splitlines()) == 2
    assert err.startswith(f"{corpus}:3: not valid JSON")


def test_read_reports_what_was_read_beside_the_records(capsys, corpus):
    status, out, err = run(capsys, "read", corpus, "--report")
    assert (status, len(out.splitlines())) == (0, 2)
    assert err.splitlines()[:3] == [
        "files read:       1 (1 JSON Lines)",
        "threads:          2",
        "answers:          2",
    ]
    _, _, err = run(capsys, "read", corpus, "--report", "--json")
    assert json.loads(err)["threads"] == 2


def test_strict_makes_a_problem_fail_the_run_and_loses_nothing(capsys, corpus, tmp_path):
    assert run(capsys, "read", corpus, "--strict")[0] == 0
    with corpus.open("a", encoding="utf-8") as stream:
        stream.write("zog\n")
    status, out, _ = run(capsys, "read", corpus, "--strict")
    assert (status, len(out.splitlines())) == (1, 2)
    status, _, err = run(capsys, "build", "--corpus", corpus, "--index", tmp_path / "i", "--strict")
    assert status == 1
    assert f"{corpus}:3: not valid JSON" in err


def test_columns_are_mapped_and_places_shown(capsys, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("Frage,Antwort\nDarf ich zoggen?,Ja.\n", encoding="utf-8")
    _, out, _ = run(capsys, "read", table, "--map", "question=Frage", "--map", "answer=Antwort", "--places")
    assert json.loads(out)["answers"][0]["place"] == {"file": str(table), "line": 2}


def test_a_map_that_can_not_be_understood_is_one_sentence(capsys, corpus):
    status, _, err = run(capsys, "read", corpus, "--map", "zog")
    assert status == 1
    assert "--map zog: expected FIELD=COLUMN, with one of question, title" in err
