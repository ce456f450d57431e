"""What is remembered of the person, as chips that remove it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, last_reply, on_a_desk, on_a_phone

pytestmark = pytest.mark.browser

WARNING = "None of these pages speaks of pregnancy."


@on_a_phone
def test_what_is_remembered_stands_above_the_field_and_is_removed_by_the_keyboard(page: Page, shot):
    ask(page, f"I am pregnant and on warfarin. {QUESTION}")
    expect(cards(page)).not_to_have_count(0)
    expect(last_reply(page)).to_contain_text(WARNING)
    chips = page.get_by_role("list", name="What is remembered of you").get_by_role("button")
    expect(chips).to_have_text(["About you: pregnant ✕", "About you: on warfarin ✕"])
    shot("chips")
    page.get_by_role("button", name="About you: pregnant. Press to remove this").focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_text(["About you: on warfarin ✕"])
    expect(page.get_by_role("status").filter(has_text="Removed: pregnant")).to_be_visible()
    undo = page.locator("#person .told").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="About you: pregnant. Press to remove this").click()
    expect(chips).to_have_text(["About you: on warfarin ✕"])
    ask(page, "Does massage tighten the skin of the face?")
    expect(page.locator("#chat .bot.message")).to_have_count(2)
    expect(last_reply(page)).to_contain_text("None of these pages speaks of warfarin.")
    expect(last_reply(page)).not_to_contain_text(WARNING)


@on_a_desk
def test_what_was_removed_stays_removed_when_the_page_is_loaded_anew(page: Page):
    ask(page, f"I am pregnant. {QUESTION}")
    chip = page.locator("#person ul [data-forget]")
    chip.click()
    expect(chip).to_have_count(0)
    page.reload()
    expect(cards(page).first).to_be_visible()
    expect(chip).to_have_count(0)
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator("#chat .message")).to_have_count(0)
