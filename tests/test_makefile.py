"""`make run` sets itself up: the build of torch that it takes, and PORT, INDEX and CORPUS. Nothing is installed."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
TORCH = next(
    line for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines() if line.startswith("torch==")
)

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone with an environment whose Python only notes what it is called with, on a machine of our own making."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    script(tmp_path / ".venv" / "bin" / "python", f'echo "$@" >> {tmp_path}/calls; case "$*" in $FAILS) exit 1;; esac')
    script(tmp_path / "machine" / "uname", "echo ${SYSTEM:-Linux}")
    (tmp_path / "calls").touch()
    return tmp_path


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def make(folder: Path, *words: str, **environment: str) -> str:
    """Run make in the folder; return what it printed."""
    kept = {name: value for name, value in os.environ.items() if name not in {"INDEX", "CORPUS", "PORT", "MAKEFLAGS"}}
    path = f"{folder / 'machine'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["make", *words],
        cwd=folder,
        env={**kept, "FAILS": "nothing", **environment, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def installed(folder: Path) -> list[str]:
    """What was installed, in order, of the calls of Python so far."""
    calls = (folder / "calls").read_text(encoding="utf-8").splitlines()
    return [call.split(" install ", 1)[1] for call in calls if " install " in call]


def test_linux_without_an_nvidia_card_gets_the_cpu_build_of_torch_first(folder):
    make(folder, ".venv/.run-ready", "NVIDIA=")
    assert installed(folder) == [f"{TORCH} --index-url {CPU_INDEX}", "-r requirements.txt"]


@pytest.mark.parametrize("fails", ["*index?versions*", "*install*--index-url*"])
def test_where_the_cpu_build_can_not_be_had_the_plain_one_is_taken(folder, fails):
    out = make(folder, ".venv/.run-ready", "NVIDIA=", FAILS=fails)
    assert f"No {TORCH} from {CPU_INDEX}: taking the plain build" in out
    assert installed(folder)[-1] == "-r requirements.txt"
    assert (folder / ".venv" / ".run-ready").exists()


def test_the_cpu_index_is_asked_once_and_briefly(folder):
    make(folder, ".venv/.run-ready", "NVIDIA=", FAILS="*index?versions*")
    asked, *others = (folder / "calls").read_text(encoding="utf-8").splitlines()
    assert "--retries 0 --timeout 5 index versions torch" in asked
    assert [call for call in others if CPU_INDEX in call] == []


def test_an_nvidia_card_and_other_systems_get_the_plain_build(folder):
    make(folder, ".venv/.run-ready", "NVIDIA=", SYSTEM="Darwin")
    assert installed(folder) == ["-r requirements.txt"]
    (folder / ".venv" / ".run-ready").unlink()
    script(folder / "machine" / "nvidia-smi", "exit 0")
    make(folder, ".venv/.run-ready")
    assert installed(folder) == ["-r requirements.txt"] * 2


def test_the_checks_use_the_same_set_up(folder):
    make(folder, ".venv/.test-ready", "NVIDIA=")
    assert installed(folder) == [f"{TORCH} --index-url {CPU_INDEX}", "-r requirements.txt", "-r requirements-dev.txt"]


def commands(folder: Path, *words: str) -> list[list[str]]:
    """What `make run` starts, once all is set up, as the shell takes it apart."""
    (folder / ".venv" / ".run-ready").touch()
    lines = make(folder, "-n", "run", *words).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith(".venv/bin/python")]


@pytest.mark.parametrize(
    ("words", "started"),
    [
        ([], [["app.py"]]),
        (["PORT=7999"], [["app.py", "--port", "7999"]]),
        (["INDEX=my index"], [["app.py", "--index", "my index"]]),
        (
            ["CORPUS=it's my $pages"],
            [
                ["-m", "chatbot", "build", "--corpus", "it's my $pages", "--index", ".corpus-index"],
                ["app.py", "--index", ".corpus-index"],
            ],
        ),
        (
            ["CORPUS=pages", "INDEX=i", "PORT=0"],
            [
                ["-m", "chatbot", "build", "--corpus", "pages", "--index", "i"],
                ["app.py", "--index", "i", "--port", "0"],
            ],
        ),
    ],
)
def test_run_takes_a_port_an_index_and_a_corpus(folder, words, started):
    assert commands(folder, *words) == started


def test_clean_removes_what_make_made_and_no_index_of_the_user(folder):
    for name in (".index", ".corpus-index", "my-index"):
        (folder / name).mkdir()
    make(folder, "clean", "INDEX=my-index")
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"machine", "my-index"}
