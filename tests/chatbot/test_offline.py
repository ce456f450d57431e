"""Nothing leaves the machine: processes that can reach no other host start, reply, and don't even try."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT

QUESTION = "Can I do facial exercises right after Botox?"


def test_the_guard_refuses_and_notes_a_connection(tmp_path: Path, guarded):
    attempts = tmp_path / "attempts.txt"
    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')"
    environment = {**guarded, "NETWORK_ATTEMPTS": str(attempts)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "refused by the test" in done.stderr
    assert "192.0.2.1" in attempts.read_text()


@pytest.mark.slow
def test_a_build_and_a_conversation_need_no_network(tmp_path: Path, guarded):
    index = tmp_path / "index"
    command = [sys.executable, "-m", "chatbot"]
    subprocess.run(
        [*command, "build", "--corpus", "corpus/starter", "--index", index], cwd=ROOT, env=guarded, check=True
    )
    chat = subprocess.run(
        [*command, "chat", "--jsonl", "--index", index],
        input=json.dumps({"content": QUESTION}) + "\n" + json.dumps({"content": "And massage?"}) + "\n",
        cwd=ROOT,
        env=guarded,
        check=True,
        capture_output=True,
        text=True,
    )
    first, _ = [json.loads(line) for line in chat.stdout.splitlines()]
    assert first["citations"]


@pytest.mark.slow
def test_the_page_starts_without_a_network(starter_index, guarded):
    command = [sys.executable, "app.py", "--index", str(starter_index.directory), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=guarded, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        with urllib.request.urlopen(address, timeout=10) as page:
            assert page.status == 200
            assert b"Doctors' answers" in page.read().replace(b"&#39;", b"'")
        server.terminate()
