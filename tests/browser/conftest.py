"""A page that is served for real, and Chromium to look at it with."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, expect, sync_playwright

from tests.conftest import ROOT

SHOTS = ROOT / "shots"
"""Screenshots of each state, for people to look at."""

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_FIRST_REPLY_TIMEOUT_MS = 40_000
"""The first reply waits for the model."""

QUESTION = "Can I do facial exercises right after Botox?"

expect.set_options(timeout=int(os.environ.get("EXPECT_TIMEOUT_MS", _FIRST_REPLY_TIMEOUT_MS)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Tests are skipped without one, unless one is required."""
    path = next((found for name in _CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        message = "no Chromium is installed (on Debian: apt-get install chromium)"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_CHROMIUM_FLAGS)
        yield browser
        browser.close()


def serve(index: Path, log: Path, environment: dict[str, str], *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start the page on a free port as a person does; return the process and the address it printed."""
    process = subprocess.Popen(
        [sys.executable, "app.py", "--index", str(index), "--port", "0", *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log.open("w"),
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, f"no address was printed: {line!r}\n{log.read_text()}"
    return process, found[0]


@pytest.fixture(scope="session")
def address(starter_index, guarded: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page over the starter corpus, served by a process that can't reach other hosts."""
    process, address = serve(starter_index.directory, tmp_path_factory.mktemp("serve") / "stderr.txt", guarded)
    yield address
    process.terminate()
    process.wait(timeout=20)


_REFUSED = re.compile("ERR_INTERNET_DISCONNECTED|status of 503|Queue is full")


class Watch:
    """Notes what a page must never do: log an error, throw one, or ask another host."""

    def __init__(self, page: Page, address: str) -> None:
        self.wrong: list[str] = []
        self._address = address
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("request", self._request)

    def _error(self, error: Error) -> None:
        self.wrong.append(f"error: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        left = "AbortError: signal is aborted" in message.text or "errored out" in message.text
        if message.type == "error" and not left:  # Gradio says so of a page that one leaves while it listens
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._address, "data:", "blob:", self._address.replace("http", "ws", 1))):
            self.wrong.append(f"request to another host: {request.url}")


SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 375, "height": 812}}


on_a_desk = pytest.mark.parametrize("page", [("desk", "light")], ids="-".join, indirect=True)
on_a_phone = pytest.mark.parametrize("page", [("phone", "dark")], ids="-".join, indirect=True)
"""What does not hang on the width is tried at one only."""


@pytest.fixture(params=[("desk", "light"), ("phone", "dark")], ids="-".join)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """An open page, at the width of a desk or of a phone, light or dark. It fails on any error."""
    size, scheme = request.param
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    watch = Watch(page, address)
    page.goto(address)
    yield page
    save(page, request.node.name)
    context.close()
    offline = request.node.get_closest_marker("offline") is not None
    assert [wrong for wrong in watch.wrong if not (offline and _REFUSED.search(wrong))] == []


@pytest.fixture
def shot(request: pytest.FixtureRequest, page: Page) -> Callable[[str], None]:
    """A function that saves how the page looks now."""
    return lambda state: save(page, f"{request.node.name}-{state}")


def save(page: Page, name: str) -> None:
    """Save a screenshot for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png".replace("[", "-").replace("]", ""))


def ask(page: Page, question: str) -> None:
    """Type a question and send it."""
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")


def last_reply(page: Page) -> Locator:
    """The last reply in the chat."""
    return page.locator("#chat .bot.message").last


def cards(page: Page) -> Locator:
    """The cards of the sources, seen or, on a phone, in a sheet that is not open."""
    return page.locator("#cards article")


def citation(reply: Locator, number: int) -> Locator:
    """The citation of a reply with this number."""
    return reply.locator(f"a.cite[href$='-{number}']")


def menu(page: Page) -> Locator:
    """Open the drawer, if it is not open, and return it."""
    dialog = page.get_by_role("dialog", name="Conversations")
    if not dialog.is_visible():
        page.get_by_role("button", name="Menu").click()
    return dialog
