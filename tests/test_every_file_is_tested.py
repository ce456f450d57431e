"""Every product file has a test file: of its name, one that imports it, or one that tests it through a door."""

import ast
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT

THROUGH = {
    "tests/corpus/test_read.py": ["corpus/read.py", "corpus/files/sniff.py"],
    "tests/corpus/test_rows.py": ["corpus/formats/columns.py", "corpus/formats/fields.py"],
    "tests/corpus/test_captured_page.py": ["corpus/formats/captured/*.py"],
    "tests/corpus/test_round_trips.py": ["corpus/formats/html_page.py", "corpus/formats/schema_org.py"],
    "tests/chatbot/understanding/test_small_talk.py": ["corpus/text/word_frequency.py"],
    "tests/index/test_build.py": ["index/build/*.py", "index/storage/*.py"],
    "tests/index/test_index.py": ["index/search/*.py"],
    "tests/chatbot/test_offline.py": ["chatbot/__main__.py"],
    "tests/chatbot/commands/test_cli.py": ["chatbot/commands/*.py"],
    "tests/chatbot/test_evaluation.py": ["chatbot/evaluation/*.py"],
    "tests/chatbot/conversation/test_compose.py": ["chatbot/answering/*.py"],
    "tests/chatbot/test_restoring.py": ["chatbot/rendering/own_sentences.py"],
    "tests/chatbot/understanding/test_references.py": ["chatbot/understanding/doctors.py"],
    "tests/chatbot/understanding/test_filters.py": ["chatbot/understanding/patterns.py"],
    "tests/chatbot/understanding/test_followups.py": ["chatbot/understanding/followups/*.py"],
    "tests/chatbot/understanding/test_urgency.py": ["chatbot/understanding/urgency/**/*.py"],
    "tests/chatbot/understanding/test_person.py": ["chatbot/understanding/person/*.py"],
    "tests/browser/test_page.py": ["chatbot/page/**/*.py"],
}
"""By test file, the product files that it tests through a command, a page or a public function, without their names."""

RUN_BY_HAND = [
    "chatbot/answering/learning/relevance.py",
    "chatbot/understanding/learning/intents.py",
    "chatbot/understanding/urgency/learning/*.py",
    "index/models/learning/reader.py",
    "index/models/learning/stances.py",
]
"""They learn for minutes or an hour: no test runs them; test_intent.py, test_urgency.py and test_reader.py judge what
they wrote, and stances.py writes nothing: it prints what it measured."""


def product_files() -> list[Path]:
    """Every product file that does something: an `__init__.py` with a docstring only does not."""
    files = [file for room in ("corpus", "index", "chatbot") for file in sorted((ROOT / room).rglob("*.py"))]
    return [file for file in files if file.name != "__init__.py" or len(ast.parse(file.read_text("utf-8")).body) > 1]


def modules_named_in(test: Path) -> set[str]:
    """The modules that a test file imports or names in full."""
    text = test.read_text(encoding="utf-8")
    return set(re.findall(r"\b(?:corpus|index|chatbot)(?:\.\w+)+", text)) | {
        f"{package}.{name}"
        for package, names in re.findall(
            r"^ *from ((?:corpus|index|chatbot)[\w.]*) import ([\w, ]+)$", text, re.MULTILINE
        )
        for name in re.findall(r"\w+", names)
    }


def name_of(file: Path) -> str:
    return file.parent.name if file.name == "__init__.py" else file.stem


def module_of(file: Path) -> str:
    return file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


def untested(files: Sequence[Path], tests: Sequence[Path]) -> list[Path]:
    """Return the files that have no test file of their name and that none imports or names.

    Where several files have one name, a test file of that name is the test of those that it imports.
    """
    shared = Counter(map(name_of, files))
    of_name = {test.stem.removeprefix("test_") for test in tests}
    named = {name for test in tests for name in modules_named_in(test)}
    return [
        file
        for file in files
        if not (name_of(file) in of_name and shared[name_of(file)] == 1)
        and not any(name == module_of(file) or name.startswith(f"{module_of(file)}.") for name in named)
    ]


@pytest.fixture(scope="module")
def unnamed() -> list[str]:
    """The product files that no test file names."""
    tests = [test for test in (ROOT / "tests").rglob("test_*.py") if test != Path(__file__)]
    return [file.relative_to(ROOT).as_posix() for file in untested(product_files(), tests)]


def through(patterns: Sequence[str]) -> set[str]:
    return {file.relative_to(ROOT).as_posix() for pattern in patterns for file in ROOT.glob(pattern)}


def test_every_product_file_has_a_test_file(unnamed):
    by_hand = through(RUN_BY_HAND)
    covered = {file for patterns in THROUGH.values() for file in through(patterns)} - by_hand
    assert sorted(set(unnamed) - covered - by_hand) == []


def test_every_line_of_the_list_is_needed(unnamed):
    for test, patterns in THROUGH.items():
        assert (ROOT / test).is_file(), test
        for pattern in patterns:
            assert through([pattern]) & set(unnamed), f"{test}: {pattern} names no file that needs it"


def test_a_file_without_a_test_is_found(tmp_path: Path):
    test = tmp_path / "test_dates.py"
    test.write_text("from corpus.formats import rows\nfrom corpus.files.lines import x\n", encoding="utf-8")
    files = [ROOT / "corpus" / name for name in ("formats/dates.py", "formats/rows.py", "files/lines.py", "ids.py")]
    assert untested(files, [test]) == [ROOT / "corpus" / "ids.py"]
