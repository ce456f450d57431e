"""WCAG 2.2 AA as far as axe-core can tell, in every state of the page; the keyboard; small and enlarged screens."""

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as NeverSeen

from tests.browser.conftest import QUESTION, ask, cards, citation, last_reply, menu, on_a_desk

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def empty(page: Page) -> None:
    expect(page.locator("#chat .example").first).to_be_visible()


def replied(page: Page) -> None:
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)


def followed_up(page: Page) -> None:
    replied(page)
    ask(page, "and facial exercises?")
    expect(page.locator("#alone")).to_be_visible()


def urgent(page: Page) -> None:
    ask(page, "I can't breathe since my Botox")
    expect(page.get_by_role("alert").filter(has_text="Call for help now")).to_be_visible()


def abstained(page: Page) -> None:
    ask(page, "How do I bake bread?")
    expect(last_reply(page)).to_contain_text("I found nothing")


def filtered(page: Page) -> None:
    replied(page)
    ask(page, "only dermatologists")
    expect(page.locator("#lift")).to_be_visible()
    last_reply(page).locator(".copy").scroll_into_view_if_needed()


def corpus_tab(page: Page) -> None:
    empty(page)
    page.get_by_role("tab", name="Pages").click()
    expect(page.locator("#place .threads > li")).to_have_count(2)


def thread(page: Page) -> None:
    corpus_tab(page)
    page.get_by_role("link", name="Facial Massage/Exercises Post Botox?").click()
    expect(page.locator("#place article")).to_be_visible()


def dialog(page: Page) -> None:
    replied(page)
    page.wait_for_function("(localStorage.getItem('doctors-answers') ?? '').includes('massage')")
    expect(menu(page)).to_be_visible()


def edited(page: Page) -> None:
    replied(page)
    page.get_by_role("button", name="Edit").click()
    field = page.get_by_label("Change your question")
    box, chat = field.bounding_box(), page.locator("#chat").bounding_box()
    assert box
    assert chat
    assert box["width"] > 0.65 * chat["width"]


def source(page: Page) -> None:
    replied(page)
    citation(last_reply(page), 3).click()
    expect(cards(page).nth(2)).to_be_focused()


def a_map(page: Page) -> None:
    corpus_tab(page)
    page.get_by_role("link", name="Map of the questions").click()
    expect(page.locator("#place svg[role=group] a")).to_have_count(2)


def broken_off(page: Page) -> None:
    page.route("**/queue/join**", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    ask(page, QUESTION)
    expect(page.get_by_role("alert").filter(has_text="too many people")).to_be_visible()


STATES = [
    *(empty, followed_up, urgent, abstained, filtered, corpus_tab, thread, dialog),
    *(edited, source, a_map, pytest.param(broken_off, marks=pytest.mark.offline)),
]


def problems(page: Page) -> list[str]:
    """Return what axe-core finds, of any impact, with the elements."""
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed and has less than 24 pixels, but for links within a text."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, dialog button, main input')]
            .filter(each => each.checkVisibility())
            .filter(each => !each.closest('p, li, svg, .tab-container.visually-hidden, .wrap.hide'))
            .filter(each => each.getBoundingClientRect().height < 23.5 || each.getBoundingClientRect().width < 23.5)
            .map(each => each.outerHTML.slice(0, 120))"""
    )
    return found


@pytest.mark.parametrize("state", STATES, ids=lambda state: getattr(state, "__name__", None))
def test_every_state_is_fit_for_everyone(page: Page, state: Callable[[Page], None]):
    """axe-core finds nothing serious, targets have 24 pixels, and nothing scrolls sideways down to 320 pixels."""
    state(page)
    assert problems(page) == []
    assert small_targets(page) == []
    page.emulate_media(forced_colors="active")
    assert problems(page) == []
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_page_is_used_by_keyboard_alone(page: Page):
    """From the field, which has the focus, by Tab to the reply's first mark and by Enter to its card."""
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(5)
    reached: list[str] = []
    while len(reached) < 16:
        page.keyboard.press("Shift+Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') ?? ''"))
        if reached[-1].startswith("#source-1-") and page.evaluate("!!document.activeElement.closest('#chat')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(reached[-1])).to_be_focused()


_FOCUS_IS_SEEN = """() => {
    const each = document.activeElement, box = each.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !!top && (each.contains(top) || top.contains(each));
}"""


@on_a_desk
def test_what_has_the_focus_is_never_behind_the_bar_or_the_field(page: Page):
    replied(page)
    page.keyboard.press("Escape")
    hidden = []
    for _ in range(24):
        page.keyboard.press("Shift+Tab")
        try:
            page.wait_for_function(_FOCUS_IS_SEEN)  # where it had to be scrolled to, it is on its way
        except NeverSeen:
            hidden.append(page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)"))
    assert hidden == []


@on_a_desk
def test_replies_are_announced(page: Page):
    log = page.locator("#chat [role=log]")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page, QUESTION)
    expect(log).to_contain_text("10 doctors answered this")


@on_a_desk
def test_right_to_left_the_page_is_mirrored_and_nothing_overlaps(page: Page):
    replied(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    for size in ({"width": 1280, "height": 800}, {"width": 375, "height": 812}):
        page.set_viewport_size(size)
        menu_button, title, tabs = (
            page.locator(place).bounding_box() for place in ("#menu", "#head h1", "#tabs .tab-container[role=tablist]")
        )
        assert menu_button
        assert title
        assert tabs
        assert menu_button["x"] > title["x"] >= tabs["x"] + tabs["width"]
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator("#dock").evaluate("each => getComputedStyle(each).direction") == "rtl"


@on_a_desk
def test_enlarged_to_400_percent_the_tabs_stand_in_the_bar_and_go_with_it(page: Page):
    page.set_viewport_size({"width": 320, "height": 256})
    replied(page)
    for _ in range(2):
        bar, tabs = page.locator("#bar").bounding_box(), page.get_by_role("tab", name="Pages").bounding_box()
        assert bar
        assert tabs
        assert bar["y"] <= tabs["y"] <= tabs["y"] + tabs["height"] <= bar["y"] + bar["height"]
        page.evaluate("scrollTo(0, 200)")


@on_a_desk
def test_with_forced_colours_icons_and_what_is_chosen_are_seen(page: Page):
    replied(page)
    page.emulate_media(forced_colors="active")
    icon = page.locator("#menu").evaluate("each => getComputedStyle(each, '::before').backgroundColor")
    button = page.locator("#menu").evaluate("each => getComputedStyle(each).backgroundColor")
    dock = page.locator("#dock").evaluate("each => getComputedStyle(each).backgroundColor")
    assert icon != button
    assert dock == "rgb(255, 255, 255)"
    expect(page.get_by_role("tab", name="Ask")).to_have_css("border-top-width", "1px")


def test_nothing_moves_where_motion_is_reduced(browser: Browser, address: str):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    empty(page)
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter(each => getComputedStyle(each).animationName !== 'none'"
        " && each.checkVisibility()).map(each => each.outerHTML.slice(0, 100))"
    )
    assert moving == []
    context.close()


@on_a_desk
def test_the_language_of_the_page_is_told(page: Page):
    empty(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
