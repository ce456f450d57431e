"""ask: one reply, for a person or a program."""

import io
import json

import pytest

from index.models.cross_encoder import CrossEncoderReader
from tests.chatbot.commands import QUESTION, run


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
