"""How fast the page is there, and how fast a reply; and what it weighs beside Gradio's own files.

    python -m tests.benchmarks.page --index DIR

The start is told as a ratio to importing Gradio alone in the same run: machines differ, and are noisy.
"""

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from chatbot.page.shell import ASSETS, script, style
from tests.browser.conftest import serve

_ROUNDS = 3
_QUESTIONS = (
    "How long does the swelling last?",
    "Is it safe to exercise?",
    "What can I do against the pain?",
    "Can I take antibiotics?",
    "What are the symptoms of diabetes?",
    "Is this inherited?",
)
_SHOWN = """([selector, count]) => new Promise(done => {
    const began = performance.now();
    const look = () => document.querySelectorAll(selector).length >= count
        ? done(performance.now() - began) : requestAnimationFrame(look);
    look();
})"""


def importing_gradio() -> float:
    """Return the seconds that importing Gradio takes in a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True, env={**os.environ})
    return time.perf_counter() - began


def answering_http(index: Path, folder: Path) -> float:
    """Return the seconds from the start of the program to its first answer over HTTP."""
    began = time.perf_counter()
    process, address = serve(index, folder / "stderr.txt", dict(os.environ))
    with urllib.request.urlopen(address) as answer:
        answer.read()
    lasted = time.perf_counter() - began
    process.terminate()
    process.wait()
    return lasted


def reply_ms(page: Page, question: str, number: int) -> tuple[float, float]:
    """Return the milliseconds from the send to the question in the chat, and to the reply."""
    page.get_by_label("Your question").fill(question)
    page.evaluate(
        """() => { document.querySelector('#question .submit-button').click(); window.sent = performance.now(); }"""
    )
    page.evaluate(_SHOWN, ["#chat .user.message", number])
    shown = page.evaluate("performance.now() - window.sent")
    page.evaluate(_SHOWN, ["#chat .bot.message", number])
    return shown, page.evaluate("performance.now() - window.sent")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    index = parser.parse_args().index.resolve()
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    pairs = [(importing_gradio(), answering_http(index, folder)) for _ in range(_ROUNDS)]
    ratio = statistics.median(start / alone for alone, start in pairs)
    print(f"start: HTTP answers after {ratio:.2f} times what importing Gradio alone takes")
    process, address = serve(index, folder / "stderr.txt", dict(os.environ))
    chromium = next(path for name in ("chromium", "chromium-browser") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("/answers on/.test(document.querySelector('#status')?.textContent)", timeout=120_000)
        times = [reply_ms(page, question, number) for number, question in enumerate(_QUESTIONS, start=1)][1:]
        shown, replied = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"send to the question in the chat: {shown:.0f} ms; to the reply: {replied:.0f} ms")
        browser.close()
    process.terminate()
    process.wait()
    weight = sum(len(gzip.compress(text.encode())) for text in (style(), script())) + sum(
        file.stat().st_size for file in ASSETS.iterdir() if file.suffix not in (".css", ".js")
    )
    print(f"our own files as they are sent: {weight / 1024:.0f} KiB beside Gradio's")


if __name__ == "__main__":
    main()
