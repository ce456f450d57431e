"""Conversations stay in this browser: kept, renamed, deleted, saved and printed."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, last_reply, menu, on_a_phone

pytestmark = on_a_phone

KEPT = "localStorage.getItem('doctors-answers') ?? ''"


def kept(page: Page, text: str) -> None:
    page.wait_for_function("text => (localStorage.getItem('doctors-answers') ?? '').includes(text)", arg=text)


def test_a_conversation_is_the_same_after_a_reload(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "and massage?")
    expect(page.locator("#cards")).to_contain_text("and massage?")
    kept(page, "and massage?")
    taken_for, offered = page.locator("#alone"), page.locator(".suggestion")
    expect(taken_for).to_be_visible()
    chips = [taken_for.inner_text(), *offered.all_inner_texts()]
    said, sources = last_reply(page).inner_text(), page.locator("#cards").text_content()
    page.reload()
    expect(page.locator("#chat .user.message")).to_have_count(2)
    expect(last_reply(page)).to_have_text(said, use_inner_text=True)
    expect(page.locator("#cards")).to_have_text(sources or "")
    assert [taken_for.inner_text(), *offered.all_inner_texts()] == chips
    ask(page, "Who said that?")
    expect(last_reply(page)).to_contain_text("whom the last reply quoted")


def test_conversations_are_listed_opened_renamed_and_deleted(page: Page, shot):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    kept(page, QUESTION)
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator("#chat .message")).to_have_count(0)
    ask(page, "Does massage tighten the skin of the face?")
    kept(page, "massage tighten")
    listed = menu(page)
    expect(listed.get_by_role("listitem")).to_have_count(2)
    expect(listed).to_contain_text("Kept in this browser only")
    listed.get_by_role("button", name=f"Rename: {QUESTION}").click()
    field = listed.get_by_role("textbox", name="Rename")
    field.fill("My exercises")
    field.press("Enter")
    expect(listed.get_by_role("button", name="Rename: My exercises")).to_be_focused()
    listed.get_by_label("Search conversations").fill("My exercises")
    expect(listed.get_by_role("listitem")).to_have_count(1)
    shot("conversations")
    listed.get_by_role("button", name="My exercises", exact=True).click()
    expect(page.locator("#chat .user.message")).to_contain_text(QUESTION)
    listed = menu(page)
    listed.get_by_role("button", name="Delete: My exercises").click()
    expect(listed.get_by_role("button", name="My exercises", exact=True)).to_have_count(0)
    expect(page.locator("#chat .message")).to_have_count(0)  # it was the one that is shown
    with page.expect_download() as exported:
        listed.get_by_role("button", name="Export all").click()
    listed.get_by_role("button", name="Delete all").click()
    expect(listed).to_contain_text("No conversation is kept")
    assert "massage" not in page.evaluate(KEPT)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(listed).to_contain_text("Does massage tighten")
    listed.get_by_role("button", name="Delete all").click()
    listed.locator("input[type=file]").set_input_files(exported.value.path())
    expect(listed).to_contain_text("Does massage tighten")


def test_on_a_shared_device_nothing_is_kept(page: Page):
    ask(page, QUESTION)
    kept(page, QUESTION)
    listed = menu(page)
    switch = listed.get_by_label("This is a shared device: keep nothing")
    switch.check()
    expect(switch).to_have_css("accent-color", re.compile(r"rgb\((?!0, 0, 0|255, 255, 255)"))
    assert QUESTION not in page.evaluate(KEPT)
    listed.get_by_role("button", name="Close").click()
    ask(page, "Does massage tighten the skin of the face?")
    expect(page.locator("#cards")).to_contain_text("massage tighten")
    assert "massage" not in page.evaluate(KEPT)
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    expect(page.locator("#status")).to_contain_text("19 answers")
    expect(page.locator("#chat .user.message")).to_have_count(0)


def test_a_conversation_is_saved_as_markdown_with_its_sources(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    with page.expect_download() as download:
        menu(page).get_by_role("button", name="Save this conversation").click()
    markdown = Path(download.value.path()).read_text(encoding="utf-8")
    assert f"## {QUESTION}" in markdown
    assert "### Sources" in markdown
    assert re.search(r"Facial Exercises After Botox \(Answer \d+ on the page\)", markdown)
    assert "from 19 answers (corpus " in markdown
    assert "This is not medical advice" in markdown


def test_a_conversation_is_printed_from_a_page_of_its_own(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    menu(page).get_by_role("button", name="Print this conversation").click()
    printed = page.frame_locator("#print-frame")
    expect(printed.get_by_role("heading", name=QUESTION)).to_have_count(1)
    expect(printed.locator("body")).to_contain_text(re.compile(r"An unnamed doctor · Facial Exercises After Botox"))
    expect(printed.locator("body")).to_contain_text("This is not medical advice")
    expect(printed.locator("script")).to_have_count(0)


def questions_kept(page: Page) -> list[list[str]]:
    """Return the user's messages of each conversation that the browser keeps."""
    conversations = json.loads(page.evaluate(KEPT))["conversations"]
    return [[turn["content"] for turn in each["turns"] if turn["role"] == "user"] for each in conversations]


def test_the_other_tab_loses_nothing_when_both_go_on_with_one_conversation(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    kept(page, QUESTION)
    with page.expect_popup() as opened:  # a tab that is opened so has the same session
        page.evaluate("open(location.href)")
    other = opened.value
    expect(other.locator("#chat .user.message")).to_have_count(1)
    for tab, question in ((page, "How long?"), (page, "and massage?"), (other, "Who said that?")):
        ask(tab, question)
        kept(page, question)
    assert sorted(questions_kept(page)) == [
        [QUESTION, "How long?", "and massage?"],
        [QUESTION, "Who said that?"],
    ]
    listed = menu(page)
    listed.get_by_role("button", name="Delete all").click()
    expect(other.get_by_role("alert").filter(has_text="deleted in another tab")).to_be_visible()
    ask(other, "How long?")
    expect(other.locator("#chat .bot.message")).to_have_count(3)
    assert questions_kept(page) == []


def test_a_conversation_becomes_shorter_where_one_goes_back_in_it(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "and massage?")
    expect(page.locator("#cards")).to_contain_text("and massage?")
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator("#chat .user.message")).to_have_count(1)
    expect(page.get_by_label("Your question")).to_have_value("and massage?")
    page.wait_for_function("() => !localStorage.getItem('doctors-answers').includes('and massage?')")
    assert questions_kept(page) == [[QUESTION]]
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator("#chat .message")).to_have_count(0)
    page.wait_for_function("() => !localStorage.getItem('doctors-answers').includes('exercises')")
    assert questions_kept(page) == []


def test_a_conversation_of_a_newer_version_is_told_and_stays_as_it_is(page: Page):
    newer = {"id": "n", "title": "From the future", "when": 1, "version": 99, "turns": [{"zog": 1}]}
    page.evaluate("kept => localStorage.setItem('doctors-answers', kept)", json.dumps({"conversations": [newer]}))
    expect(page.locator("#status")).to_contain_text("19 answers")
    menu(page).get_by_role("button", name="From the future", exact=True).click()
    expect(last_reply(page)).to_contain_text("saved by a newer version of this program")
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    kept(page, QUESTION)
    conversations = json.loads(page.evaluate(KEPT))["conversations"]
    assert conversations[1] == newer
    assert len(conversations[0]["turns"]) == 2
