"""How fast the page is there, and a reply; what it weighs, what moves on it, and whom it asks.

    python -m tests.benchmarks.page --index DIR

The start is told as a ratio to importing Gradio alone in the same run: machines differ, and are noisy. What is aimed at
stands beside each figure.
"""

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from chatbot.page.shell import ASSETS, script, style
from tests.browser.conftest import SIZES
from tests.conftest import ROOT

_ROUNDS = 3
_QUESTIONS = (
    "How long does the swelling last?",
    "Is it safe to exercise?",
    "What can I do against the pain?",
    "Can I take antibiotics?",
    "What are the symptoms of diabetes?",
    "Is this inherited?",
)
_SERVER = """
import sys, time
from chatbot.conversation import Conversation
ask = Conversation.ask
def timed(*arguments, **options):
    reply = ask(*arguments, **options)
    print("computed", time.time(), file=sys.stderr, flush=True)
    return reply
Conversation.ask = timed
from chatbot.cli import main
sys.exit(main(["serve", *sys.argv[1:]]))
"""
"""The program, which tells when it has computed a reply, in seconds of the Unix clock."""

_WATCH = """() => {
    window.shifts = 0;
    new PerformanceObserver(list => {
        for (const each of list.getEntries()) window.shifts += each.value;
    }).observe({ type: "layout-shift" });
}"""
_SHOWN = """([selector, count]) => new Promise(done => {
    const look = () => document.querySelectorAll(selector).length >= count
        ? done((performance.timeOrigin + performance.now()) / 1000) : requestAnimationFrame(look);
    look();
})"""
"""The time, in seconds of the Unix clock, of the frame after which so many elements stand there."""


def importing_gradio() -> float:
    """Return the seconds that importing Gradio takes in a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True, env={**os.environ})
    return time.perf_counter() - began


@contextmanager
def served(index: Path, log: Path, *program: str) -> Iterator[str]:
    """The address of the page of a process of its own."""
    process = subprocess.Popen(
        [sys.executable, *(program or ["app.py"]), "--index", str(index), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=log.open("w"),
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"no address was printed: {line!r}"
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def starting(index: Path, log: Path, browser: Browser) -> tuple[float, float]:
    """Return the seconds from the start of the program to its first answer over HTTP, and to a field to write in."""
    began = time.perf_counter()
    with served(index, log) as address:
        with urllib.request.urlopen(address) as answer:
            answer.read()
        answered = time.perf_counter() - began
        page = browser.new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_selector("html.ready #question textarea:focus", timeout=120_000)
        usable = time.perf_counter() - began
        page.close()
    return answered, usable


@dataclass(frozen=True, slots=True)
class Told:
    """What was seen of one page: of each reply the milliseconds until it stood there, and the shift (CLS) after it."""

    to_question: list[float] = field(default_factory=list)
    to_reply: list[float] = field(default_factory=list)
    after_computing: list[float] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def asking(page: Page, address: str, log: Path) -> Told:
    """Ask each question, the first one to warm up."""
    told = Told()
    own = (address, "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else told.foreign.append(request.url))
    page.goto(address)
    page.wait_for_function("/answers on/.test(document.querySelector('#status')?.textContent)", timeout=120_000)
    page.wait_for_timeout(1000)
    page.evaluate(_WATCH)
    before = _computed(log)
    for number, question in enumerate(_QUESTIONS, start=1):
        page.get_by_label("Your question").fill(question)
        page.wait_for_timeout(600)  # a shift within half a second of a key is nobody's fault
        began = time.time()
        page.keyboard.press("Enter")
        page.wait_for_selector("body.asking", state="attached")
        page.evaluate("window.shifts = 0")  # that the sources have room from now on is what the key was pressed for
        shown = page.evaluate(_SHOWN, ["#chat .user.message", number])
        replied = page.evaluate(_SHOWN, ["#chat .bot.message .reply", number])
        page.wait_for_timeout(400)
        computed = _computed(log)[len(before) :]
        if number > 1:
            told.to_question.append(1000 * (shown - began))
            told.to_reply.append(1000 * (replied - began))
            told.after_computing.append(1000 * (replied - computed[number - 1]))
        told.shifts.append(page.evaluate("window.shifts"))
    return told


def _computed(log: Path) -> list[float]:
    return [float(line.split()[1]) for line in log.read_text().splitlines() if line.startswith("computed ")]


def own_bytes() -> tuple[int, int]:
    """Return the bytes of the page's own files as they are sent, and unpacked."""
    texts = [text.encode() for text in (style(), script())]
    others = sum(file.stat().st_size for file in ASSETS.iterdir() if file.suffix not in (".css", ".js"))
    others += (ASSETS / "sw.js").stat().st_size
    return sum(len(gzip.compress(text)) for text in texts) + others, sum(map(len, texts)) + others


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    index = parser.parse_args().index.resolve()
    chromium = next(path for name in ("chromium", "chromium-browser") if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        log = Path(folder) / "stderr.txt"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        browser.new_page().close()
        rounds = [(importing_gradio(), *starting(index, log, browser)) for _ in range(_ROUNDS)]
        ratios = [statistics.median(each) for each in zip(*((a / g, u / g) for g, a, u in rounds), strict=True)]
        print("The start, in times of what importing Gradio alone takes")
        print(f"  HTTP answers: {ratios[0]:.2f}   the field can be used: {ratios[1]:.2f} (aim 1.15)")
        foreign: list[str] = []
        with served(index, log, "-c", _SERVER) as address:
            for name, size in SIZES.items():
                page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]
                told = asking(page, address, log)
                page.context.close()
                foreign += told.foreign
                print(f"A reply at {size['width']} pixels ({name})")
                print(
                    f"  shown {statistics.median(told.after_computing):.0f} ms after it was computed (aim 150),"
                    f" {statistics.median(told.to_reply):.0f} ms after the key; the question after"
                    f" {statistics.median(told.to_question):.0f} ms"
                )
                print(f"  layout shift after it: at most {max(told.shifts):.3f} (aim 0.02)")
        browser.close()
    sent, unpacked = own_bytes()
    print(f"The page's own files: {sent / 1024:.0f} KiB as they are sent (aim 60), {unpacked / 1024:.0f} KiB unpacked")
    print(f"Requests to other hosts: {len(foreign)} (aim 0) {' '.join(sorted(set(foreign)))}")


if __name__ == "__main__":
    main()
