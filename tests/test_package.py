"""The project as it is installed: `pip install .` brings the command, the pages and all that they need."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from chatbot import startup
from tests.conftest import ROOT

PACKAGES = ("chatbot", "index", "corpus")
QUESTION = "Can I do facial exercises right after Botox?"


def pip(*words: object) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, words)]
    subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what is in this folder now, built of a copy, which leaves no build folder here."""
    source = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements.txt"):
        shutil.copy(ROOT / name, source)
    built = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", built, source)
    (path,) = built.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the installed wheel; the libraries are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


def test_every_file_of_the_packages_is_installed_and_no_other(wheel):
    files = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if ".dist-info/" not in name} == files


def test_an_installation_needs_what_requirements_txt_pins(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = archive.read(name).decode()
    needed = re.findall(r"^Requires-Dist: ([^;\n]+)$", metadata, re.MULTILINE)
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert needed == [line for line in lines if line and not line.startswith("#")]
    assert "Requires-Python: >=3.11\n" in metadata
    assert "License-Expression: MIT\n" in metadata


def test_what_is_optional_is_explained_and_pinned_as_for_the_checks():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    explained = (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8")
    checks = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    for extra, needed in extras.items():
        assert f"[{extra}]" in explained
        for library in needed:
            name = library.split("==")[0]
            assert name in explained
            assert library in checks or not any(line.startswith(f"{name}==") for line in checks)


@pytest.mark.slow
def test_the_installed_command_works_in_any_folder(installed, guarded, tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    paths = os.pathsep.join([str(installed), guarded["PYTHONPATH"]])
    environment = {**guarded, "PYTHONPATH": paths, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}

    def command(*words: str) -> str:
        program = installed / "bin" / "doctors-answers"
        done = subprocess.run(
            [program, *words], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    reply = json.loads(command("ask", QUESTION, "--json"))
    assert reply["kind"] == "answer"
    assert reply["citations"]
    info = json.loads(command("info", "--json"))
    assert (info["threads"], info["sound"]) == (2, True)
    if sys.platform == "linux":
        assert Path(info["index"]) == home / "cache" / "doctors-answers" / "starter-index"
    assert command("--help").startswith("usage: doctors-answers ")
    assert list(elsewhere.iterdir()) == []


def test_a_clone_keeps_the_starter_index_in_its_folder():
    assert startup.DEFAULT_INDEX == ROOT / ".index"
