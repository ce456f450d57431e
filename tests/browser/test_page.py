"""The page, as a person uses it in a browser."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, citation, last_reply, on_a_desk, on_a_phone

pytestmark = pytest.mark.browser


def test_a_question_is_answered_with_cited_extracts_and_cards(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    reply = last_reply(page)
    expect(reply.get_by_role("heading", level=2)).to_have_text("10 doctors answered this on one page")
    expect(reply).to_contain_text("A patient asked the same")
    expect(reply).to_contain_text("not advice for you")
    expect(reply.locator("mark").first).to_be_visible()
    reply.locator("details.more").evaluate_all("all => all.forEach(each => { each.open = true; })")
    for number in range(1, 6):
        expect(citation(reply, number)).to_have_accessible_name(re.compile(rf"^Source {number} \w+"))
    for number in range(5):
        card = cards(page).nth(number)
        expect(card.locator("h3")).to_have_text(re.compile(r"Doctor \d+ on this page|Dr. Peter Aldea"))
        expect(card).to_contain_text("Summary in our own words")
        expect(card).to_contain_text("Page: Facial Exercises After Botox")
        for marked in card.locator("mark").all_text_contents():
            expect(reply.locator("mark", has_text=re.sub(r"\s+", " ", marked))).to_have_count(1)


@on_a_desk
def test_a_second_question_is_answered_in_the_same_conversation(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "Does massage tighten the skin of the face?")
    expect(last_reply(page)).to_contain_text("Dr. Martie Gidon · Dermatologist, Toronto")
    expect(page.locator("#chat .user.message")).to_have_count(2)
    gidon = cards(page).filter(has_text="Martie Gidon")
    expect(gidon).to_contain_text("Dermatologist, Toronto")
    expect(gidon).to_contain_text("5.0 of 5 stars, 22 reviews")


@on_a_desk
def test_what_is_not_covered_is_said_and_no_card_is_shown(page: Page):
    ask(page, "How do I bake bread?")
    expect(last_reply(page)).to_contain_text("I found nothing in these pages")
    expect(cards(page)).to_have_count(0)


@on_a_phone
def test_a_near_miss_gets_related_pages_that_open_with_a_tap(page: Page, shot):
    ask(page, "Can I donate blood after Botox?")
    expect(last_reply(page)).to_contain_text("Not quite your question, but doctors answered these")
    related = last_reply(page).get_by_role("listitem")
    expect(related).to_have_count(2)
    expect(related.first).to_contain_text("answers")
    expect(cards(page)).to_have_count(0)
    shot("related")
    link = related.first.get_by_role("link")
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.go_back()


@on_a_desk
def test_a_long_answer_folds_and_unfolds(page: Page):
    ask(page, "What can be done about sagging under the eyes months after Botox?")
    fold = last_reply(page).locator(".quote details").first
    expect(fold.locator("p").first).not_to_be_visible()
    fold.get_by_text("Read on").click()
    expect(fold.locator("p").first).to_be_visible()


@on_a_desk
def test_a_screen_reader_is_not_told_the_source_of_a_reply(page: Page):
    ask(page, QUESTION)
    expect(page.locator("#chat [data-testid=bot]").last).to_have_attribute("aria-label", "The reply")


@on_a_desk
def test_an_example_is_asked_by_one_click(page: Page):
    example = page.locator("#chat .example").first
    text = example.inner_text().strip()
    assert not text.startswith("Facial Exercises")
    example.click()
    expect(page.locator("#chat .user.message")).to_contain_text(text)
    expect(last_reply(page)).to_contain_text("on one page")


@on_a_desk
def test_a_new_conversation_begins_empty(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator("#chat .message")).to_have_count(0)
    expect(cards(page)).to_have_count(0)


def test_the_disclaimer_is_always_in_view(page: Page):
    disclaimer = page.locator("#disclaimer")
    expect(disclaimer).to_be_in_viewport()
    expect(disclaimer).to_contain_text("Not medical advice")
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    page.mouse.wheel(0, 3000)
    expect(disclaimer).to_be_in_viewport()


@on_a_desk
def test_markup_in_a_question_is_shown_as_it_was_typed(page: Page):
    hostile = "<img src=x onerror=alert(1)> **Botox** ![x](http://evil.invalid/x.png) facial exercises ${alert(1)}"
    ask(page, hostile)
    expect(page.locator("#chat .user.message").last).to_contain_text(hostile)
    expect(page.locator("#chat .message img")).to_have_count(0)


@on_a_desk
def test_on_a_desk_the_sources_stand_still_beside_the_reply_and_follow_the_citation(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    reply, card = last_reply(page).bounding_box(), cards(page).first.bounding_box()
    assert reply is not None
    assert card is not None
    assert reply["x"] + reply["width"] < card["x"]
    assert card["x"] + card["width"] <= 1280
    expect(cards(page).first).to_be_in_viewport()
    page.mouse.wheel(0, 300)
    citation(last_reply(page), 5).focus()
    expect(cards(page).nth(4)).to_be_in_viewport(ratio=0.5)
    expect(citation(last_reply(page), 5)).to_have_class(re.compile(r"\bon\b"))
    citation(last_reply(page), 4).hover()
    expect(page.get_by_role("tooltip")).to_contain_text(re.compile(r"Doctor \d+ on this page"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)


@on_a_desk
def test_before_a_question_there_is_nothing_that_can_do_nothing(page: Page):
    expect(page.locator("#status")).to_have_text("19 answers on 2 pages")
    expect(page.get_by_role("heading", level=1)).to_have_text("Doctors' answers")
    expect(page.get_by_role("heading", level=2)).to_have_text("Ask what doctors answered")
    expect(page.locator("#sources")).to_be_hidden()
    expect(page.locator("#new")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_have_attribute("placeholder", "Ask in your own words")


@on_a_phone
def test_on_a_phone_a_reply_begins_near_its_question_and_the_field_leaves_room(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    question = page.locator("#chat .user.message").bounding_box()
    quote, reply = last_reply(page).locator(".words").first.bounding_box(), last_reply(page).bounding_box()
    dock = page.locator("#dock").bounding_box()
    assert question
    assert quote
    assert reply
    assert dock
    assert quote["y"] - question["y"] < 330
    assert reply["height"] < 1200
    assert dock["height"] < 0.27 * (812 - 320)  # what a keyboard leaves of the screen


_NOTE_SHIFTS = """() => { window.shifts = 0; new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts += each.value;
}).observe({ type: "layout-shift", buffered: true }); }"""


def test_nothing_moves_when_a_reply_comes(page: Page):
    """The shift of a layout (CLS) is counted from half a second after a press, so the server is slow to take it."""
    page.evaluate(_NOTE_SHIFTS)
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.route("**/queue/join**", lambda route: (time.sleep(0.6), route.continue_()))
    shifts = []
    questions = (QUESTION, "and massage?", "Does massage tighten the skin?", "only dermatologists", "Who said that?")
    for number, question in enumerate(questions, start=1):
        ask(page, question)
        expect(page.locator("#chat .bot.message")).to_have_count(number)
        expect(page.locator("body")).not_to_have_class(re.compile("asking"))
        page.wait_for_timeout(200)
        shifts.append(page.evaluate("() => { const shifts = window.shifts; window.shifts = 0; return shifts; }"))
    assert max(shifts) < 0.02, shifts


def test_an_emergency_is_told_first_and_stays_until_it_is_dismissed(page: Page, shot):
    ask(page, "I can't breathe since my Botox")
    alert = page.get_by_role("alert").filter(has_text="Call for help now")
    expect(alert).to_be_in_viewport()
    expect(alert).to_contain_text("This can be an emergency")
    assert alert.get_by_role("link", name="Call 911").get_attribute("href") == "tel:911"
    expect(last_reply(page)).not_to_contain_text("This can be an emergency")
    expect(cards(page)).to_have_count(0)
    shot("urgent")
    box, size = alert.bounding_box(), page.viewport_size
    assert box
    assert size
    if size["width"] < 768:
        assert box["height"] >= size["height"]
        call = alert.get_by_role("link").first.bounding_box()
        assert call
        assert call["height"] > 80
        assert page.locator("#conversation").evaluate("each => each.inert")
    else:
        ask(page, "thanks")
        expect(page.locator("#chat .bot.message")).to_have_count(2)
        expect(alert).to_be_visible()
    alert.get_by_role("button", name="I am not in danger").click()
    expect(alert).to_be_hidden()
    expect(page.get_by_label("Your question")).to_be_focused()
    page.get_by_role("button", name="Show the numbers to call").first.click()
    expect(alert).to_be_visible()
    alert.get_by_role("button", name="I am not in danger").click()
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)


@on_a_desk
def test_a_suggestion_is_asked_by_one_click_and_what_was_typed_stays(page: Page, shot):
    ask(page, QUESTION)
    suggestion = page.locator("#chips .suggestion:visible").first
    expect(suggestion).to_be_visible()
    text = suggestion.inner_text()
    page.get_by_label("Your question").fill("half a thou")
    shot("suggestions")
    suggestion.click()
    expect(page.locator("#chat .user.message").last).to_contain_text(text)
    expect(page.get_by_label("Your question")).to_have_value("half a thou")


@on_a_phone
def test_a_filter_is_shown_and_lifted_by_one_click(page: Page, shot):
    ask(page, "Can I massage my face after Botox?")
    expect(cards(page)).to_have_count(5)
    ask(page, "only dermatologists")
    lift = page.get_by_role("button", name="specialty dermatologist")
    expect(lift).to_be_visible()
    expect(last_reply(page)).to_contain_text("Only answers by: specialty dermatologist")
    expect(page.locator("#alone")).to_have_count(0)
    shot("filter")
    lift.click()
    expect(lift).to_have_count(0)
    expect(cards(page)).to_have_count(5)


@on_a_desk
def test_a_follow_up_says_which_words_it_carried_over(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    ask(page, "and massage?")
    expect(last_reply(page)).to_contain_text("With: facial exercises right after Botox.")
    expect(page.locator("#alone")).to_have_text("with: facial exercises right after Botox ✕")


@on_a_desk
def test_a_message_sent_too_soon_is_told_to_wait_and_is_sent_after_the_reply(page: Page):
    ask(page, QUESTION)
    box = page.get_by_label("Your question")
    expect(box).to_have_value("")
    box.fill("and massage?")
    box.press("Enter")
    expect(page.locator("#chat .user.message")).to_have_count(2)
    expect(last_reply(page)).to_contain_text("With: facial exercises right after Botox.")
    expect(page.locator("#alone")).to_have_text("with: facial exercises right after Botox ✕")
    expect(box).to_have_value("")
