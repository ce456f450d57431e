"""Writing: what is sent, changed, taken back, stopped and never lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, last_reply, on_a_desk

pytestmark = on_a_desk

MASSAGE = "Does massage tighten the skin of the face?"


def test_shift_enter_breaks_the_line_and_enter_sends(page: Page):
    box = page.get_by_label("Your question")
    box.fill("Can I do facial exercises")
    box.press("Shift+Enter")
    box.press_sequentially("right after Botox?")
    expect(page.locator("#chat .user.message")).to_have_count(0)
    box.press("Enter")
    expect(cards(page)).to_have_count(5)
    expect(box).to_be_focused()


def test_an_earlier_question_is_changed_and_gone_on_from(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "and massage?")
    expect(last_reply(page)).to_contain_text("With: ")
    page.get_by_role("button", name="Edit").first.click()
    field = page.locator("#chat textarea")
    field.fill(MASSAGE)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#chat .user.message")).to_have_count(1)
    expect(page.locator("#chat .user.message")).to_contain_text(MASSAGE)
    expect(last_reply(page)).to_contain_text("Dr. Martie Gidon")


def test_the_last_question_is_taken_back_into_the_field(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, MASSAGE)
    expect(page.locator("#cards")).to_contain_text(MASSAGE)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#chat .user.message")).to_have_count(1)
    expect(page.get_by_label("Your question")).to_have_value(MASSAGE)
    expect(page.locator("#cards")).to_contain_text(f"Of the reply to “{QUESTION}”")


def test_a_question_sent_in_the_moment_that_the_reply_comes_is_not_swallowed(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    page.evaluate(
        """(question) => new MutationObserver((changes, observer) => {
            if (document.querySelectorAll("#chat .bot.message").length < 2) return;
            observer.disconnect();
            const field = document.querySelector("#question textarea");
            Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, question);
            field.dispatchEvent(new Event("input", { bubbles: true }));
            setTimeout(() => field.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true })));
        }).observe(document.querySelector("#chat"), { childList: true, subtree: true })""",
        MASSAGE,
    )
    ask(page, "and massage?")
    expect(page.locator("#chat .user.message")).to_have_count(3)
    expect(page.locator("#chat .user.message").last).to_contain_text(MASSAGE)


def test_a_reply_is_asked_for_again(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    said = last_reply(page).inner_text()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#chat .user.message")).to_have_count(1)
    expect(last_reply(page)).to_have_text(said, use_inner_text=True)


def test_a_follow_up_is_taken_by_itself_by_one_click(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "and massage?")
    chip = page.locator("#alone")
    chip.click()
    expect(chip).to_be_hidden()
    expect(page.locator("#chat .user.message")).to_have_count(2)
    expect(last_reply(page)).not_to_contain_text("With: ")


def test_the_limit_is_shown_before_it_is_reached(page: Page):
    box = page.get_by_label("Your question")
    box.fill("a" * 3000)
    expect(page.locator("#limit")).to_have_text("")
    box.fill("a" * 4500)
    expect(page.locator("#limit")).to_have_text("4500 of at most 5000 characters")
    box.fill("a" * 6000)
    assert len(box.input_value()) <= 5000


@pytest.mark.offline
def test_a_question_is_not_lost_when_the_server_is_gone(page: Page, shot):
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(page.get_by_role("alert").filter(has_text="The server can't be reached")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    shot("gone")
    page.context.set_offline(False)
    page.get_by_label("Your question").press("Enter")
    expect(cards(page)).to_have_count(5)
    expect(page.get_by_role("alert").filter(has_text="The server can't be reached")).to_have_count(0)


@pytest.mark.offline
def test_a_question_that_the_server_has_no_room_for_is_told_and_not_lost(page: Page, shot):
    expect(page.locator("#status")).to_contain_text("19 answers")
    full = {"detail": "Queue is full. Max size is 200 and size is 200."}
    page.route("**/queue/join**", lambda route: route.fulfill(status=503, json=full))
    ask(page, QUESTION)
    expect(page.get_by_role("alert").filter(has_text="too many people are asking")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    shot("busy")
    page.unroute("**/queue/join**")
    page.get_by_label("Your question").press("Enter")
    expect(cards(page)).to_have_count(5)
