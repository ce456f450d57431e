"""From the marks of a reply to its sources, and back."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, citation, last_reply, on_a_desk, on_a_phone


def test_a_mark_opens_its_card_and_the_card_leads_back(page: Page):
    ask(page, QUESTION)
    mark = citation(last_reply(page), 3)
    mark.click()
    card = cards(page).nth(2)
    expect(card).to_be_in_viewport()
    expect(card).to_be_focused()
    expect(card.locator("mark").first).to_be_in_viewport()
    card.get_by_role("link", name="Back to where it is cited").click()
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()


@on_a_desk
def test_a_mark_is_followed_with_the_keyboard(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    mark = citation(last_reply(page), 2)
    mark.focus()
    page.keyboard.press("Enter")
    expect(cards(page).nth(1)).to_be_focused()


@on_a_phone
def test_the_sources_of_an_earlier_reply_stay_with_it(page: Page):
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)
    first = cards(page).first.text_content()
    ask(page, "What tightens loose skin of the face?")
    expect(page.locator("#cards")).to_contain_text("Of the reply to “What tightens loose skin of the face?”")
    earlier = page.locator("#chat .bot.message").first
    citation(earlier, 1).click()
    expect(page.locator("#cards")).to_contain_text(f"Of the reply to “{QUESTION}”")
    expect(cards(page).first).to_be_focused()
    assert cards(page).first.text_content() == first


@on_a_desk
def test_numbers_and_times_stand_out_in_the_reply(page: Page):
    ask(page, QUESTION)
    expect(last_reply(page).locator("strong", has_text="1 to 3 hours")).to_be_visible()


@on_a_phone
def test_the_other_answers_of_the_page_are_behind_the_cards(page: Page):
    ask(page, QUESTION)
    citation(last_reply(page), 1).click()
    others = page.locator("#cards details")
    others.get_by_text("5 more answers on these pages").click()
    expect(others.get_by_role("link")).to_have_count(5)


@on_a_desk
def test_the_copied_reply_carries_its_sources_and_the_disclaimer(page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    last_reply(page).get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").filter(has_text="Copied with its sources")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[3]" in copied
    assert "Sources" in copied
    assert "An unnamed doctor · Facial Exercises After Botox" in copied
    assert "Another patient asked" in copied or "A patient asked the same" in copied
    assert "This is not medical advice" in copied
    assert "**" not in copied
    last_reply(page).get_by_role("button", name="Share").click()
    expect(page.get_by_role("status").filter(has_text="address of this question")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.endswith("?q=Can%20I%20do%20facial%20exercises%20right%20after%20Botox%3F")


@on_a_phone
def test_the_sheet_opens_at_the_cited_words_and_closes_in_every_usual_way(page: Page, shot):
    ask(page, QUESTION)
    mark = citation(last_reply(page), 3)
    mark.scroll_into_view_if_needed()
    sheet = page.get_by_role("dialog", name="Sources")
    before = page.evaluate("scrollY")
    address = page.url
    for closes in (
        lambda: page.keyboard.press("Escape"),
        page.go_back,
        lambda: page.mouse.click(180, 60),
        lambda: sheet.get_by_role("button", name="Close the sources").click(),
    ):
        mark.click()
        expect(sheet).to_be_visible()
        expect(cards(page).nth(2)).to_be_focused()
        expect(cards(page).nth(2).locator("mark").first).to_be_in_viewport(ratio=0.5)
        closes()
        expect(sheet).to_have_count(0)
        expect(mark).to_be_focused()
        assert page.url == address
        assert abs(page.evaluate("scrollY") - before) < 400
    mark.click()
    shot("sheet")
    cards(page).nth(1).get_by_role("link", name="Read the whole page").click()
    expect(page.locator("#place .wanted")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    expect(last_reply(page)).to_be_in_viewport()


@on_a_phone
def test_what_the_doctors_of_a_page_say_opens_their_answers(page: Page):
    ask(page, "Facial Massage/Exercises Post Botox?")
    counted = last_reply(page).locator(".stances")
    expect(counted).to_contain_text("9 doctors:")
    wallach = counted.get_by_text("Dr. Steven Wallach")
    expect(wallach).not_to_be_visible()
    counted.get_by_text("2 no", exact=True).click()
    expect(wallach).to_be_visible()
    counted.get_by_text("7 do not plainly say", exact=True).click()
    hughes = counted.locator(".quote", has_text="Dr. Kenneth B. Hughes")
    expect(hughes).to_contain_text("does not recommend massage after Botox")
    hughes.get_by_role("link", name="Read the whole page").click()
    expect(page.locator("#place .wanted")).to_be_in_viewport()
    expect(page.locator("#place .wanted")).to_contain_text("Dr. Kenneth B. Hughes")
