"""The command line, as a person or a program uses it."""

import io
import json
from pathlib import Path

import pytest

from chatbot import cli
from corpus import STARTER_CORPUS
from corpus.formats.json_records import thread_to_record
from index.models.cross_encoder import CrossEncoderReader
from index.storage.generations import build_lock
from tests.conftest import invented_thread

THREADS = [
    invented_thread("running-after-a-zog-peel", "Do not run for two days. Sweat stings."),
    invented_thread("itching-after-a-zog-peel", "Itching is usual for a week. Cool the skin."),
]
QUESTION = "How long does itching last after a zog peel?"


@pytest.fixture(autouse=True)
def same_embedder(embedder, monkeypatch):
    """Load the model once for all commands: loading it is the embedder's test."""
    monkeypatch.setattr("index.build.build.load_embedder", lambda settings: embedder)
    monkeypatch.setattr("index.index.load_embedder", lambda settings: embedder)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps(thread_to_record(thread)) + "\n" for thread in THREADS), encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path: Path, corpus: Path, capsys) -> Path:
    directory = tmp_path / "index"
    assert cli.main(["build", "--corpus", str(corpus), "--index", str(directory)]) == 0
    capsys.readouterr()
    return directory


def run(capsys, *words: object) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in words])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


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


def test_an_embedder_can_be_changed_without_the_pages(capsys, index, corpus):
    corpus.unlink()
    assert run(capsys, "build", "--index", index, "--truncate-dim", "64")[0] == 0
    assert json.loads(run(capsys, "info", "--index", index, "--json")[1])["answers"] == 2


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


def test_serve_looks_for_the_file_of_thumbs_before_it_starts(capsys, tmp_path):
    status, out, err = run(capsys, "serve", "--feedback", tmp_path / "nowhere" / "x")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "there is no such folder" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_one_line(capsys, index, tmp_path):
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "zog"}\n', encoding="utf-8")
    arguments = ("search", "--index", index, "--queries", tmp_path / "q.jsonl", "--run", "/dev/full")
    status, _, err = run(capsys, *arguments)
    assert (status, err.splitlines()[-1]) == (1, "search: No space left on device")


def test_an_index_is_not_built_where_it_can_not_be(capsys, corpus, tmp_path):
    status, _, err = run(capsys, "build", "--corpus", corpus, "--index", corpus / "index")
    assert (status, err.count("\n")) == (1, 1)
    assert f"{corpus / 'index'}: no index can be made here" in err


def test_info_of_the_default_index_builds_it(capsys, tmp_path, monkeypatch, embedder):
    monkeypatch.setattr("chatbot.startup.load_embedder", lambda: embedder)
    for module in ("chatbot.startup", "chatbot.commands.common", "chatbot.commands.info"):
        monkeypatch.setattr(f"{module}.DEFAULT_INDEX", tmp_path / "default")
    status, out, err = run(capsys, "info", "--json")
    assert (status, json.loads(out)["threads"]) == (0, 2)
    assert "Building the index of the starter corpus" in err


def test_the_program_is_called_by_the_name_that_it_was_started_with(capsys, monkeypatch):
    for started, name in [("bin/doctors-answers", "doctors-answers"), ("chatbot/__main__.py", "python -m chatbot")]:
        monkeypatch.setattr("sys.argv", [started])
        with pytest.raises(SystemExit):
            cli.main(["--help"])
        assert capsys.readouterr().out.startswith(f"usage: {name} ")


def test_evaluate_tells_weights_that_are_none(capsys, index, tmp_path):
    status, _, err = run(capsys, "evaluate", "--index", index, *evaluation_files(tmp_path), "--weights", "zog=1")
    assert status == 1
    assert "expected PART=NUMBER" in err


def test_ask_prints_the_documented_json(capsys, index):
    status, out, _ = run(capsys, "ask", QUESTION, "--index", index, "--json")
    reply = json.loads(out)
    assert status == 0
    documented = (
        "intent kind reply query carried person filters understood abstained urgent notice disclaimer suggestions pages"
        " others citations"
    )
    assert set(reply) == set(documented.split())
    (page,) = reply["pages"]
    assert set(page) == set("thread_id title question url same_question answers quoted stances".split())
    citation = reply["citations"][0]
    assert set(citation) == set(
        "number answer_id thread_id thread_title position title source url author kind quote start end highlights score"
        " stance".split()
    )
    assert citation["answer_id"] == "itching-after-a-zog-peel-1"
    assert citation["author"] == {"name": "Zog Invented 1", "credentials": "MD"}
    assert citation["quote"] == "Itching is usual for a week. Cool the skin."[citation["start"] : citation["end"]]


def test_ask_prints_a_reply_that_a_person_can_read(capsys, index):
    _, out, _ = run(capsys, "ask", QUESTION, "--index", index)
    assert "Dr. Zog Invented 1 wrote: “Itching is usual for a week." in out
    assert "Sources\n[1] Dr. Zog Invented 1, MD · itching after a zog peel (Answer 1 on the page)" in out
    assert "not medical advice" in out


def test_ask_goes_on_with_a_history(capsys, index, tmp_path):
    history = tmp_path / "history.jsonl"
    history.write_text('{"role": "user", "content": "Hello"}\n', encoding="utf-8")
    assert run(capsys, "ask", QUESTION, "--index", index, "--history", history)[0] == 0
    history.write_text("zog", encoding="utf-8")
    status, _, err = run(capsys, "ask", QUESTION, "--index", index, "--history", history)
    assert status == 1
    assert f"{history}:1: not valid JSON" in err


def test_a_history_of_every_version_is_gone_on_with_and_a_newer_one_refused(capsys, index, tmp_path, monkeypatch):
    turns = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "A week.", "query": QUESTION}]
    history = tmp_path / "history"
    texts = ["\n".join(map(json.dumps, turns)), json.dumps(turns), json.dumps({"version": 2, "turns": turns})]
    replies = []
    for text in texts:
        history.write_text(text, encoding="utf-8")
        status, out, _ = run(capsys, "ask", "and running?", "--index", index, "--history", history, "--json")
        monkeypatch.setattr("sys.stdin", io.StringIO('{"content": "and running?"}\n'))
        _, lines, _ = run(capsys, "chat", "--jsonl", "--index", index, "--history", history)
        replies += [json.loads(out), json.loads(lines)]
        assert status == 0
    assert all(reply == replies[0] for reply in replies)
    assert replies[0]["intent"] == "followup"
    history.write_text(json.dumps({"version": 3, "turns": turns}), encoding="utf-8")
    for words in (["ask", QUESTION], ["chat", "--jsonl"], ["chat"]):
        status, out, err = run(capsys, *words, "--index", index, "--history", history)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert f"{history}: saved by a newer version of this program" in err


def test_a_history_that_begins_with_a_reply_or_has_one_turn_is_gone_on_with(capsys, index, tmp_path, monkeypatch):
    history = tmp_path / "history.jsonl"
    user, reply = ({"role": role, "content": QUESTION} for role in ("user", "assistant"))
    for turns, told in (([user], f"Taken back: {QUESTION}"), ([reply], "There is no question to take back.")):
        history.write_text("\n".join(map(json.dumps, turns)), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", io.StringIO(f"/undo\n/undo\n{QUESTION}\n"))
        status, out, err = run(capsys, "chat", "--index", index, "--history", history)
        assert status == 0
        assert told in err
        assert "Itching is usual for a week" in out
    history.write_text("\n".join(map(json.dumps, [reply, user, user, reply, reply])), encoding="utf-8")
    assert run(capsys, "ask", QUESTION, "--index", index, "--history", history)[0] == 0


def test_corrected_spelling_is_told_in_the_terminal_and_in_the_json(capsys, index):
    _, out, _ = run(capsys, "ask", "How long does itchng last after a zog peel?", "--index", index)
    assert "Read as: itching." in out
    _, out, _ = run(capsys, "ask", "How long does itchng last after a zog peel?", "--index", index, "--json")
    assert json.loads(out)["understood"] == QUESTION


def test_chat_over_json_lines_replies_a_line_for_a_line(capsys, index, monkeypatch):
    lines = [{"content": QUESTION}, {"new": True}, {"content": "How do I bake bread?"}]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
    status, out, _ = run(capsys, "chat", "--jsonl", "--index", index)
    replies = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [reply["abstained"] for reply in replies] == [False, True]


def test_chat_over_json_lines_tells_a_bad_line_and_goes_on(capsys, index, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f'zog\n{{"content": ""}}\n{{"content": "{QUESTION}"}}\n'))
    status, out, _ = run(capsys, "chat", "--jsonl", "--index", index)
    first, second, third = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert first["error"].startswith("Line 1: expected")
    assert second == {"error": "Please write a question first."}
    assert third["citations"]


def test_chat_in_the_terminal_replies_and_ends(capsys, index, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{QUESTION}\n/new\n\n/quit\n"))
    status, out, _ = run(capsys, "chat", "--index", index)
    assert status == 0
    assert "Itching is usual for a week" in out


def chat_in_the_terminal(capsys, index, monkeypatch, *lines: str) -> tuple[str, str]:
    """Type some lines into the chat; return what it printed, and what it told beside."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    status, out, err = run(capsys, "chat", "--index", index)
    assert status == 0
    return out, err


def test_a_conversation_is_saved_in_the_terminal_and_gone_on_from(capsys, index, monkeypatch, tmp_path):
    file = tmp_path / "saved.jsonl"
    _, err = chat_in_the_terminal(capsys, index, monkeypatch, QUESTION, f"/save {file}")
    assert f"Saved in {file}." in err
    out, err = chat_in_the_terminal(capsys, index, monkeypatch, f"/load {file}", "Who said that?")
    assert "1 questions loaded" in err or "1 question" in err
    assert "whom the last reply quoted" in out
    monkeypatch.setattr("sys.stdin", io.StringIO("Who said that?\n"))
    _, out, _ = run(capsys, "chat", "--index", index, "--history", file)
    assert "whom the last reply quoted" in out


def test_a_question_is_taken_back_in_the_terminal(capsys, index, monkeypatch):
    out, err = chat_in_the_terminal(capsys, index, monkeypatch, QUESTION, "/undo", "Who said that?", "/undo", "/undo")
    assert f"Taken back: {QUESTION}" in err
    assert "whom the last reply quoted" not in out
    assert "There is no question to take back." in err


def test_what_is_remembered_of_the_person_is_removed_in_the_terminal(capsys, index, monkeypatch):
    said = f"I am pregnant. {QUESTION}"
    out, err = chat_in_the_terminal(capsys, index, monkeypatch, said, "/forget pregnant", QUESTION, "/forget pregnant")
    assert out.count("About you: pregnant") == out.count("None of these pages speaks of pregnancy.") == 1
    assert "Removed: pregnant" in err
    assert "Nothing is remembered of you." in err


def test_the_terminal_tells_what_its_commands_lack(capsys, index, monkeypatch, tmp_path):
    nowhere = tmp_path / "nowhere" / "x.jsonl"
    _, err = chat_in_the_terminal(
        capsys, index, monkeypatch, "/save", f"/save {nowhere}", f"/load {nowhere}", "/fly", "/help"
    )
    assert "Name a file" in err
    assert f"{nowhere}: can't be written" in err
    assert "There is no /fly." in err
    assert "/undo takes the last question back" in err


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


def test_a_build_that_can_not_be_done_now_is_told_without_another_command(capsys, corpus, index):
    with build_lock(index):
        status, _, err = run(capsys, "build", "--corpus", corpus, "--index", index)
    assert status == 1
    assert err.rstrip().endswith("Wait until it is done, then run this again.")


def test_a_missing_corpus_is_one_line(capsys, tmp_path):
    status, _, err = run(capsys, "build", "--corpus", tmp_path / "nowhere", "--index", tmp_path / "i")
    assert status == 1
    assert "there is no such file or folder" in err


def test_wrong_usage_exits_with_two(capsys):
    with pytest.raises(SystemExit) as exited:
        cli.main(["zog"])
    assert exited.value.code == 2


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_every_command_has_help(capsys, command):
    with pytest.raises(SystemExit) as exited:
        cli.main([command, "--help"])
    assert exited.value.code == 0
    assert command in capsys.readouterr().out


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


def test_ask_tells_an_emergency_first_in_the_terminal(capsys, index):
    status, out, _ = run(capsys, "ask", "I can't breathe since the zog peel", "--index", index)
    assert status == 0
    assert out.startswith("This can be an emergency. Call 112")


def test_a_reader_that_is_given_judges_the_answers(capsys, index, cross_encoder, monkeypatch):
    judged = []

    def judge(reader, question, pages, answers):
        found = judge_as_before(reader, question, pages, answers)
        judged.append((question, len(found.answers)))
        return found

    judge_as_before = CrossEncoderReader.judge
    monkeypatch.setattr(CrossEncoderReader, "judge", judge)
    status, out, _ = run(capsys, "ask", QUESTION, "--index", index, "--reader", cross_encoder, "--json")
    assert status == 0
    assert json.loads(out)["reply"]
    assert judged == [(QUESTION, 2)]
    line = json.dumps({"content": QUESTION})
    monkeypatch.setattr("sys.stdin", io.StringIO(f'{line}\n{{"new": true}}\n{line}\n'))
    assert run(capsys, "chat", "--jsonl", "--index", index, "--reader", cross_encoder)[0] == 0
    assert judged == [(QUESTION, 2)] * 3


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        (("ask", QUESTION), "gone", "there is no such folder"),
        (("chat", "--jsonl"), "gone", "there is no such folder"),
        (("serve",), "gone", "there is no such folder"),  # A model that can't be loaded is told on its page.
        (("ask", QUESTION), "empty", "not a cross-encoder that sentence-transformers can load"),
        (("chat", "--jsonl"), "empty", "not a cross-encoder that sentence-transformers can load"),
    ],
)
def test_a_reader_that_can_not_be_had_is_told_in_a_sentence(capsys, index, tmp_path, command, name, said):
    (tmp_path / "empty").mkdir()
    status, out, err = run(capsys, *command, "--index", index, "--reader", tmp_path / name)
    assert (status, out) == (1, "")
    assert err.startswith(f"{command[0]}: {tmp_path / name}: {said}")
    assert "leave --reader out for the packaged reader" in err
    assert "Traceback" not in err
