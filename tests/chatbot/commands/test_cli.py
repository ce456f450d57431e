"""The command line as a whole: its name, its help, wrong usage."""

import pytest

from chatbot import cli
from tests.chatbot.commands import run


def test_serve_looks_for_the_file_of_thumbs_before_it_starts(capsys, tmp_path):
    status, out, err = run(capsys, "serve", "--feedback", tmp_path / "nowhere" / "x")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "there is no such folder" in err


def test_the_program_is_called_by_the_name_that_it_was_started_with(capsys, monkeypatch):
    for started, name in [("bin/doctors-answers", "doctors-answers"), ("chatbot/__main__.py", "python -m chatbot")]:
        monkeypatch.setattr("sys.argv", [started])
        with pytest.raises(SystemExit):
            cli.main(["--help"])
        assert capsys.readouterr().out.startswith(f"usage: {name} ")


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
