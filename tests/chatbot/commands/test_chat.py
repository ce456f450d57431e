"""chat: a conversation in the terminal, or over JSON Lines."""

import io
import json

from tests.chatbot.commands import QUESTION, run


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
