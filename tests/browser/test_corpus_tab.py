"""The tab in which the corpus is read, and the addresses that lead into it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, last_reply, on_a_desk, on_a_phone


def open_tab(page: Page) -> None:
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.get_by_role("tab", name="Read the pages").click()
    expect(page.locator("#threads").get_by_role("listitem")).to_have_count(2)


def test_the_corpus_is_listed_searched_and_filtered(page: Page, shot):
    open_tab(page)
    expect(page.locator("#overview")).to_contain_text("19 answers on 2 pages, by 9 named doctors")
    expect(page.locator("#overview .topics")).to_contain_text("facial exercises")
    shot("corpus")
    page.get_by_label("Doctor", exact=True).click()
    page.get_by_role("option", name="Martie Gidon").click()
    expect(page.locator("#threads").get_by_role("listitem")).to_have_count(1)
    expect(page.locator("#threads")).to_contain_text("Facial Massage/Exercises Post Botox?")
    page.get_by_label("Search the pages").fill("loose skin")
    page.get_by_label("Search the pages").press("Enter")
    expect(page.locator("#threads")).to_contain_text("1 page")


@on_a_phone
def test_a_thread_is_read_whole_as_on_its_page(page: Page, shot):
    open_tab(page)
    page.get_by_role("link", name="Facial Massage/Exercises Post Botox?").click()
    thread = page.locator("#thread article")
    expect(thread.get_by_role("heading", level=2)).to_have_text("Facial Massage/Exercises Post Botox?")
    expect(thread.locator("section")).to_have_count(9)
    expect(thread).to_contain_text("The patient's question")
    assert "thread=" in page.url
    shot("thread")
    thread.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#threads").get_by_role("listitem").first).to_be_visible()


@on_a_phone
def test_a_card_leads_to_its_answer_on_the_whole_page_and_back_is_back(page: Page):
    ask(page, QUESTION)
    card = cards(page).nth(2)
    text = card.locator("mark").first.inner_text()
    card.get_by_role("link", name="Read the whole page").click()
    wanted = page.locator("#thread .wanted")
    expect(wanted).to_be_in_viewport()
    expect(wanted).to_contain_text(text[:60])
    assert "answer=" in page.url


@on_a_desk
def test_an_address_opens_a_question(page: Page):
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.goto(f"{page.url.split('?')[0]}?q=Can+I+do+facial+exercises+right+after+Botox%3F")
    expect(page.locator("#chat .user.message")).to_contain_text(QUESTION)
    expect(last_reply(page)).to_contain_text("5 doctors' answers")


@on_a_desk
def test_an_address_opens_a_thread_and_an_answer(page: Page):
    open_tab(page)
    page.get_by_role("link", name="Facial Exercises After Botox", exact=True).click()
    expect(page.locator("#thread article")).to_be_visible()
    address = page.url
    answer = page.locator("#thread section").nth(6).get_attribute("id")
    assert answer
    page.goto(address)
    expect(page.locator("#thread section")).to_have_count(10)
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.goto(re.sub(r"\?.*", f"?answer={answer.removeprefix('answer-')}", address))
    expect(page.locator("#thread .wanted")).to_be_in_viewport()
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.goto(re.sub(r"\?.*", "?thread=nowhere", address))
    expect(page.get_by_role("alert").filter(has_text="not in the corpus")).to_be_visible()
