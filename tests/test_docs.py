"""The documents say what the program does."""

import argparse
import contextlib
import doctest
import io
import re
from pathlib import Path

import pytest

from chatbot import cli
from tests.conftest import ROOT


def help_of(words: list[str]) -> str:
    printed = io.StringIO()
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(printed):
        cli.main([*words, "--help"])
    return printed.getvalue().strip()


def commands_page() -> str:
    """The page of `docs/commands.md`, as the program would write it now."""
    parts = ["# The command line\n\nWritten by `python -m tests.test_docs`; a test fails when it is out of date."]
    parts += [f"```\n{help_of([])}\n```"]
    parts += [f"## {name}\n\n```\n{help_of([name])}\n```" for name in cli.COMMANDS]
    return "\n\n".join(parts) + "\n"


@pytest.fixture(autouse=True)
def same_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")


def test_the_command_line_is_documented_as_it_is():
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == commands_page()


def test_every_link_between_documents_leads_to_a_file():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_path_that_a_document_names_is_there():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for path in re.findall(r"`((?:corpus|index|chatbot|tests)/[\w./-]*)`", document.read_text(encoding="utf-8")):
            assert (ROOT / path).exists(), f"{document.name}: {path}"


def test_every_pinned_library_is_explained():
    explained = (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-dev.txt"):
        for library in re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
            assert library in explained, f"docs/libraries.md does not say why {library} is there"


def test_the_page_on_python_says_what_comes_out(embedder, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("chatbot.startup.DEFAULT_INDEX", tmp_path / "starter")
    page = ROOT / "docs" / "python.md"
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0, told.getvalue()
    assert tried > 30


if __name__ == "__main__":
    import os

    os.environ["COLUMNS"] = "110"
    argparse.ArgumentParser().parse_args()
    (ROOT / "docs" / "commands.md").write_text(commands_page(), encoding="utf-8")
