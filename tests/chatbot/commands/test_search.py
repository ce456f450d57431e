"""search and evaluate: runs, scores, tables."""

import json
from pathlib import Path

import pytest

from corpus.formats.json_records import thread_to_record
from tests.chatbot.commands import QUESTION, run
from tests.conftest import invented_thread


def test_search_writes_a_trec_run(capsys, index, tmp_path):
    queries = tmp_path / "queries.jsonl"
    turns = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi"}]
    records = [
        {"id": "q1", "text": QUESTION},
        {"id": "q2", "turns": [*turns, {"role": "user", "content": "May I run after a zog peel?"}]},
    ]
    queries.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    status, _, _ = run(capsys, "search", "--index", index, "--queries", queries, "--run", tmp_path / "run", "-k", 1)
    assert status == 0
    lines = [line.split() for line in (tmp_path / "run").read_text(encoding="utf-8").splitlines()]
    assert [line[:4] for line in lines] == [
        ["q1", "Q0", "itching-after-a-zog-peel-1", "1"],
        ["q2", "Q0", "running-after-a-zog-peel-1", "1"],
    ]
    assert all(float(line[4]) > 0 and line[5] == "doctor-answers" for line in lines)


@pytest.mark.parametrize(
    "line",
    ["zog", "[]", '{"id": "q"}', '{"text": "x"}', '{"id": "q", "turns": [{"role": "assistant", "content": "x"}]}'],
)
def test_a_line_that_is_no_query_is_told_with_its_place(capsys, index, tmp_path, line):
    (tmp_path / "q.jsonl").write_text(line + "\n", encoding="utf-8")
    status, _, err = run(capsys, "search", "--index", index, "--queries", tmp_path / "q.jsonl", "--run", tmp_path / "r")
    assert status == 1
    assert f"{tmp_path / 'q.jsonl'}" in err
    assert "Traceback" not in err


def test_a_run_is_in_the_order_of_its_scores(capsys, tmp_path):
    often = tmp_path / "often.jsonl"
    doctor = {"name": "Zog Often", "credentials": "MD"}
    records = [
        {"title": f"Itching after a zog peel, day {n}", "answers": [{"text": f"It goes by day {n}.", "author": doctor}]}
        for n in range(8)
    ]
    records.append(thread_to_record(invented_thread("price-of-a-zog-peel", "Ten zogs.", "Two zigs.", "One zug.")))
    often.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert run(capsys, "build", "--corpus", often, "--index", tmp_path / "i")[0] == 0
    (tmp_path / "q.jsonl").write_text(json.dumps({"id": "q", "text": QUESTION}) + "\n", encoding="utf-8")
    arguments = ("search", "--index", tmp_path / "i", "--queries", tmp_path / "q.jsonl", "--run", tmp_path / "run")
    assert run(capsys, *arguments)[0] == 0
    scores = [float(line.split()[4]) for line in (tmp_path / "run").read_text(encoding="utf-8").splitlines()]
    assert len(scores) == 11
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("number", ["0", "-1", "zog"])
def test_a_number_of_answers_below_one_is_wrong_usage(capsys, number):
    with pytest.raises(SystemExit) as exited:
        run(capsys, "search", "--queries", "q", "--run", "r", f"-k={number}")
    assert exited.value.code == 2
    assert "expected a whole number from 1 on" in capsys.readouterr().err


def test_search_finds_only_what_the_filters_let_through(capsys, tmp_path, index):
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "zog"}\n', encoding="utf-8")
    arguments = ("search", "--index", index, "--queries", tmp_path / "q.jsonl", "--run", tmp_path / "run")
    assert run(capsys, *arguments)[0] == 0
    assert len((tmp_path / "run").read_text().splitlines()) == 2
    assert run(capsys, *arguments, "--doctor", "nobody")[0] == 0
    assert (tmp_path / "run").read_text() == ""


def test_search_looks_for_its_output_before_it_searches(capsys, index, tmp_path, monkeypatch):
    monkeypatch.setattr("chatbot.commands.search.open_index", None)
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "zog"}\n', encoding="utf-8")
    closed = tmp_path / "closed"
    closed.touch()
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != closed)
    for file, sentence in [
        (tmp_path / "nowhere" / "x", "there is no such folder"),
        (tmp_path, "this is a folder"),
        (closed, "nothing may be written there"),
    ]:
        status, out, err = run(capsys, "search", "--index", index, "--queries", tmp_path / "q.jsonl", "--run", file)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert f"--run {file}: {sentence}" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_one_line(capsys, index, tmp_path):
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "zog"}\n', encoding="utf-8")
    arguments = ("search", "--index", index, "--queries", tmp_path / "q.jsonl", "--run", "/dev/full")
    status, _, err = run(capsys, *arguments)
    assert (status, err.splitlines()[-1]) == (1, "search: No space left on device")


def evaluation_files(folder: Path) -> list[str]:
    queries = [{"id": "q1", "text": QUESTION}, {"id": "q2", "text": "may I run after a zog peel"}]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (folder / "qrels").write_text(
        "q1 0 itching-after-a-zog-peel-1 1\nq2 0 running-after-a-zog-peel-1 1\n", encoding="utf-8"
    )
    return ["--queries", str(folder / "queries.jsonl"), "--qrels", str(folder / "qrels")]


def test_evaluate_prints_a_table_with_intervals(capsys, index, tmp_path):
    status, out, _ = run(capsys, "evaluate", "--index", index, *evaluation_files(tmp_path))
    head, row = out.splitlines()
    assert status == 0
    assert head.split() == "queries nDCG@10 recall@10 MRR@10 success@1 ms a query".split()
    assert "1.000 [1.000-1.000]" in row


def test_evaluate_compares_settings_and_writes_scores_and_a_plot(capsys, index, tmp_path):
    files = evaluation_files(tmp_path)
    options = ["--weights", "passage=-1,whole=-1,words=0,question=-1", "--name", "zog"]
    written = {name: tmp_path / name for name in ("each.jsonl", "all.jsonl", "plot.png")}
    out_files = ["--per-query", written["each.jsonl"], "--results", written["all.jsonl"], "--plot", written["plot.png"]]
    for times in (1, 2):
        status, out, _ = run(capsys, "evaluate", "--index", index, *files, *options, *out_files)
        assert status == 0
        assert len(written["all.jsonl"].read_text(encoding="utf-8").splitlines()) == 2 * times
    assert "success@1 -1.000" in out
    each = [json.loads(line) for line in written["each.jsonl"].read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["success@1"]) for line in each] == [("q1", 1), ("q2", 1), ("q1", 0), ("q2", 0)]
    results = json.loads(written["all.jsonl"].read_text(encoding="utf-8").splitlines()[0])
    assert (results["set"], results["queries"], results["nDCG@10"]["mean"]) == ("zog", 2, 1.0)
    assert written["plot.png"].read_bytes().startswith(b"\x89PNG")


def test_evaluate_looks_for_its_outputs_before_it_searches(capsys, index, tmp_path, monkeypatch):
    monkeypatch.setattr("chatbot.commands.evaluate.Index", None)
    earlier = tmp_path / "earlier.jsonl"
    earlier.write_text("zog\n", encoding="utf-8")
    for option, file, sentence in [
        ("--per-query", tmp_path / "nowhere" / "x", "there is no such folder"),
        ("--results", tmp_path, "this is a folder"),
        ("--results", earlier, f"{earlier}:1: no evaluation"),
        ("--plot", tmp_path / "nowhere" / "x.png", "there is no such folder"),
        ("--plot", tmp_path / "x.zog", "must end in one of: "),
        ("--index", tmp_path / "nowhere", "there is no index here"),
    ]:
        status, out, err = run(capsys, "evaluate", "--index", index, *evaluation_files(tmp_path), option, file)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert str(file) in err
        assert sentence in err


def test_evaluate_tells_weights_that_are_none(capsys, index, tmp_path):
    status, _, err = run(capsys, "evaluate", "--index", index, *evaluation_files(tmp_path), "--weights", "zog=1")
    assert status == 1
    assert "expected PART=NUMBER" in err
