"""The server goes and comes back under an open page: the page says so once, and works on."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import QUESTION, SIZES, ask, cards, citation, last_reply, menu, save, serve

GONE = "The server can't be reached"
BACK = "The server is back. Everything on this page works on."


class Server:
    """A server of its own, which can be killed and started again on the same port."""

    def __init__(self, index: Path, folder: Path, environment: dict[str, str]) -> None:
        self._index, self._folder, self._environment = index, folder, environment
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self, *options: str) -> None:
        port = ("--port", self.address.rstrip("/").rpartition(":")[2]) if self.address else ()
        log = self._folder / "stderr.txt"
        self._process, self.address = serve(self._index, log, self._environment, *port, *options)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None


@pytest.fixture
def server(starter_index, guarded: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    server = Server(starter_index.directory, tmp_path, guarded)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES["desk"])  # type: ignore[arg-type]
    page = context.new_page()
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.goto(server.address)
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.evaluate("window.since = 'the beginning'")  # until the page is loaded anew
    yield page
    save(page, request.node.name)
    context.close()
    assert thrown == []


def loaded_anew(page: Page) -> bool:
    return bool(page.evaluate("window.since === undefined"))


def count_what_is_said(page: Page) -> None:
    """Note each time that a line is shown which says what was done."""
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => {
            const line = document.querySelector('#offer');
            window.said.push(line.textContent);
        }).observe(document.querySelector('#offer'), { childList: true }); }"""
    )


def test_after_a_restart_the_page_says_so_once_and_all_of_it_works_on(server: Server, page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "and massage?")
    expect(page.locator("#cards")).to_contain_text("and massage?")
    before = page.locator("#chat .bot.message").all_inner_texts()
    count_what_is_said(page)
    server.kill()
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_be_visible()  # nothing was pressed
    server.start()
    expect(page.get_by_role("status").filter(has_text=BACK)).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_have_count(0)

    citation(page.locator("#chat .bot.message").first, 2).click()  # a mark of an earlier reply
    expect(page.locator("#cards .of")).to_contain_text(QUESTION)
    expect(cards(page).nth(1)).to_be_focused()
    with page.expect_download() as saved:
        menu(page).get_by_role("button", name="Save this conversation").click()
    assert QUESTION in Path(saved.value.path()).read_text(encoding="utf-8")
    menu(page).get_by_role("button", name="Print this conversation").click()
    printed = page.frame_locator("#print-frame")
    expect(printed.get_by_role("heading", name=QUESTION)).to_have_count(1)
    page.keyboard.press("Escape")

    ask(page, "Who said that?")
    expect(last_reply(page)).to_contain_text("whom the last reply quoted")
    assert page.locator("#chat .bot.message").all_inner_texts()[:2] == before
    page.wait_for_function("() => localStorage.getItem('doctors-answers').includes('Who said that?')")
    (kept,) = json.loads(page.evaluate("localStorage.getItem('doctors-answers')"))["conversations"]
    asked = [turn["content"] for turn in kept["turns"] if turn["role"] == "user"]
    assert asked == [QUESTION, "and massage?", "Who said that?"]
    assert not loaded_anew(page)
    assert page.evaluate("window.said") == [BACK]


def test_a_question_whose_reply_is_lost_stands_in_the_field_again_and_nothing_else_is_lost(server: Server, page: Page):
    menu(page).get_by_label("This is a shared device: keep nothing").check()
    page.keyboard.press("Escape")
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    with page.expect_response("**/gradio_api/queue/join**"):
        ask(page, "and massage?")
    server.kill()
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("and massage?")
    page.get_by_label("Your question").press("Enter")
    expect(page.get_by_label("Your question")).to_have_value("and massage?")  # it stays there
    server.start()
    expect(page.get_by_role("status").filter(has_text=BACK)).to_be_visible()
    page.get_by_label("Your question").press("Enter")
    expect(last_reply(page)).to_contain_text("With: facial exercises right after Botox.")
    expect(page.locator("#chat .user.message")).to_have_text([QUESTION, "and massage?"])
    page.wait_for_timeout(100)
    assert QUESTION not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_a_server_with_other_parts_has_the_page_loaded_anew_with_its_conversation(server: Server, page: Page, tmp_path):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    page.wait_for_function("() => localStorage.getItem('doctors-answers').includes('massage')")
    page.get_by_label("Your question").fill("half a thought")
    server.kill()
    server.start("--feedback", str(tmp_path / "feedback.jsonl"))
    expect(page.get_by_role("status").filter(has_text=BACK)).to_be_visible()
    assert loaded_anew(page)
    expect(page.locator("#chat .user.message")).to_contain_text(QUESTION)
    expect(page.get_by_label("Your question")).to_have_value("half a thought")
    expect(page.get_by_role("button", name="Like", exact=True)).to_have_count(1)
