"""The three packages as a program imports them: chatbot, index and corpus, their public names and their types."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import get_origin

import pytest

from corpus import STARTER_CORPUS, Thread, read_paths
from tests.conftest import ROOT

PACKAGES = ("chatbot", "index", "corpus")
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "gradio",
    "scipy",
    "pandas",
    "sklearn",
    "matplotlib",
)


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_the_packages_imports_nothing_heavy():
    code = f"import chatbot, index, corpus, sys; print([name for name in {HEAVY} if name in sys.modules])"
    assert python(code) == "[]\n"


def test_a_command_starts_without_what_only_another_one_needs():
    code = f"import chatbot.cli, sys; print([name for name in {HEAVY} if name in sys.modules])"
    assert python(code) == "['faiss']\n"  # all that open an index need it


def test_the_names_that_a_program_needs_are_public():
    needed = {
        "chatbot": "Conversation Reply ReplyPage Citation Turn QuestionError open_index",
        "index": "Index build_index Query Hit Filters EmbedderSettings EmbedderError IndexStateError",
        "corpus": "read_paths Thread Answer Doctor Problem CorpusError DoctorAnswersError",
    }
    for package, names in needed.items():
        assert set(names.split()) <= set(importlib.import_module(package).__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_is_there_and_documented(package):
    module = importlib.import_module(package)
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        value = getattr(module, name)
        assert value.__doc__ or get_origin(value), name  # a type alias has none
        if callable(value) and not get_origin(value):
            assert value.__module__.split(".")[0] == package, name


@pytest.mark.parametrize("package", ["chatbot", "index"])
def test_a_name_that_is_none_is_told_as_python_does(package):
    module = importlib.import_module(package)
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'zog'"):
        module.zog  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'zog'"):
        exec(f"from {package} import zog")


def test_type_checkers_see_the_types_and_a_name_that_is_none(tmp_path: Path):
    program = tmp_path / "program.py"
    program.write_text(
        "from chatbot import Conversation\n"
        "from corpus import read_paths\n"
        "from index import Index, zog\n"
        "def reply(index: Index) -> None:\n"
        "    reveal_type(Conversation(index).ask('?').citations[0].quote)\n"
        "    reveal_type(next(read_paths('pages')))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    *lines, _ = done.stdout.splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == [
        'error: Module "index" has no attribute "zog"  [attr-defined]',
        'note: Revealed type is "str"',
        'note: Revealed type is "corpus.records.Thread | corpus.records.Problem"',
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_says_that_it_is_typed(package):
    assert (ROOT / package / "py.typed").read_bytes() == b""


def test_one_path_is_read_as_a_list_of_one_is_and_words_as_paths_are():
    one = list(read_paths(STARTER_CORPUS))
    assert len(one) == 2
    assert all(isinstance(found, Thread) for found in one)
    assert one == list(read_paths(str(STARTER_CORPUS))) == list(read_paths([str(STARTER_CORPUS)]))
