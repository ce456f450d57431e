"""The tab in which the corpus is read, and the addresses that lead into it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import QUESTION, ask, cards, citation, last_reply, on_a_desk, on_a_phone


def open_tab(page: Page) -> None:
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.get_by_role("tab", name="Pages").click()
    expect(threads(page)).to_have_count(2)


def threads(page: Page) -> Locator:
    return page.locator("#place .threads > li")


@on_a_desk
def test_the_corpus_is_listed_searched_as_one_types_and_gone_through_by_addresses(page: Page, shot):
    open_tab(page)
    expect(page.locator("#place")).to_contain_text("19 answers on 2 pages, by 9 named doctors")
    assert page.url.endswith("?pages")
    shot("corpus")
    page.get_by_label("Search the pages").press_sequentially("loose sk")
    expect(threads(page)).to_have_count(1)
    expect(threads(page).locator("mark").first).to_have_text(re.compile("loose", re.IGNORECASE))
    assert "find=loose+sk" in page.url
    page.get_by_label("Search the pages").fill("crow's feet")  # only an answer speaks of them
    expect(threads(page).first.locator(".excerpt mark").first).to_have_text(re.compile("crow", re.IGNORECASE))
    page.get_by_label("Search the pages").fill("zzzz qqq")
    expect(page.get_by_role("status").filter(has_text="No page fits")).to_be_visible()
    page.get_by_label("Search the pages").fill("")
    expect(threads(page)).to_have_count(2)
    page.get_by_role("link", name=re.compile("^Who answers here")).click()
    page.get_by_role("link", name="Dr. Martie Gidon").click()
    expect(page.get_by_role("heading", level=2, name="Dr. Martie Gidon")).to_be_visible()
    expect(page.locator("#place")).to_contain_text("1 answer on these pages")
    assert "doctor=Martie+Gidon" in page.url.replace("%20", "+")
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Who answers here")).to_be_visible()
    page.go_back()
    expect(threads(page)).to_have_count(2)
    page.get_by_role("link", name=re.compile("^facial exercises")).click()
    chip = page.get_by_role("link", name="Remove this filter: facial exercises")
    expect(chip).to_be_visible()
    chip.click()
    expect(threads(page)).to_have_count(2)
    page.go_back()
    expect(chip).to_be_visible()
    page.get_by_role("tab", name="Ask").click()
    expect(page.get_by_label("Your question")).to_be_visible()
    page.go_back()
    expect(chip).to_be_visible()


@on_a_phone
def test_a_thread_is_read_whole_as_on_its_page(page: Page, shot):
    open_tab(page)
    page.get_by_role("link", name="Facial Massage/Exercises Post Botox?").click()
    thread = page.locator("#place article")
    expect(thread.get_by_role("heading", level=2)).to_have_text("Facial Massage/Exercises Post Botox?")
    expect(thread.locator("section")).to_have_count(9)
    expect(thread.get_by_role("heading", name="The patient's question")).to_have_count(1)
    assert "thread=" in page.url
    shot("thread")
    thread.get_by_role("link", name="Back", exact=True).click()
    expect(threads(page).first).to_be_visible()


def test_a_page_whose_records_bring_views_shows_them_in_the_list_and_whole(page: Page, shot):
    open_tab(page)
    listed = threads(page).filter(has_text="Facial Massage").get_by_role("list")
    expect(listed).to_have_accessible_name(re.compile("^To “Facial Massage/Exercises Post Botox.*9 doctors:$"))
    expect(listed.get_by_role("listitem")).to_have_text(["2 no", "7 do not plainly say"])
    shot("listed")
    page.get_by_role("link", name="Facial Massage/Exercises Post Botox?").click()
    views = page.locator("#place article .stances")
    expect(views).to_contain_text("9 doctors:")
    views.get_by_text("2 no").click()
    expect(views.get_by_role("link")).to_have_count(2)
    shot("opened")
    views.get_by_role("link").last.click()
    expect(page.locator("#place .wanted")).to_be_in_viewport()
    expect(page.locator("#place .wanted h3")).to_be_visible()
    page.go_back()
    expect(views).to_be_visible()


@on_a_desk
def test_a_topic_tells_how_many_answers_it_has(page: Page):
    open_tab(page)
    topic = page.get_by_role("link", name=re.compile("^facial exercises 1[0-9] answers$"))
    expect(topic).to_be_visible()


@on_a_phone
def test_a_card_leads_to_its_answer_on_the_whole_page_and_back_is_back(page: Page):
    ask(page, QUESTION)
    citation(last_reply(page), 3).click()
    card = cards(page).nth(2)
    text = card.locator("mark").first.inner_text()
    card.get_by_role("link", name="Read the whole page").click()
    wanted = page.locator("#place .wanted")
    expect(wanted).to_be_in_viewport()
    expect(wanted).to_contain_text(text[:60])
    assert "answer=" in page.url


@on_a_desk
def test_an_address_opens_a_question(page: Page):
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.goto(f"{page.url.split('?')[0]}?q=Can+I+do+facial+exercises+right+after+Botox%3F")
    expect(page.locator("#chat .user.message")).to_contain_text(QUESTION)
    expect(last_reply(page)).to_contain_text("10 doctors answered this")
    page.wait_for_function("(localStorage.getItem('doctors-answers') ?? '').includes('exercises')")
    page.reload()
    expect(page.locator("#chat .user.message")).to_have_count(1)
    page.wait_for_timeout(500)
    expect(page.locator("#chat .user.message")).to_have_count(1)
    page.goto(page.url.replace("facial+exercises", "massage"))
    expect(page.locator("#chat .user.message")).to_contain_text("Can I do massage right after Botox?")
    expect(page.locator("#chat .user.message")).to_have_count(1)


@on_a_desk
def test_an_address_opens_a_thread_and_an_answer(page: Page):
    open_tab(page)
    page.get_by_role("link", name="Facial Exercises After Botox", exact=True).click()
    expect(page.locator("#place article")).to_be_visible()
    address = page.url
    answer = page.locator("#place section").nth(6).get_attribute("id")
    assert answer
    page.goto(address)
    expect(page.locator("#place section")).to_have_count(10)
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.goto(re.sub(r"\?.*", f"?answer={answer.removeprefix('answer-')}", address))
    expect(page.locator("#place .wanted")).to_be_in_viewport()
    expect(page.locator("#status")).to_contain_text("19 answers")
    page.goto(re.sub(r"\?.*", "?thread=nowhere", address))
    expect(page.get_by_role("alert").filter(has_text="not in the corpus")).to_be_visible()
