"""Cards show text from pages as text."""

import re

from chatbot.links import safe_link
from chatbot.page.html import marked_text, source_cards, urgent_notice
from chatbot.reply import Citation, Reply
from chatbot.texts import load_texts
from corpus import Answer, Doctor, Thread

TEXTS = load_texts()
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> ${alert(3)} {{value}} \"' &amp;"


def reply_with(thread: Thread, start: int = 0, end: int = 4) -> Reply:
    return Reply("", "", (Citation(1, thread, thread.answers[0], start, end, 0.5),), "")


def thread_with(author: Doctor | None = None, url: str | None = None, text: str = HOSTILE) -> Thread:
    answer = Answer(id="a", position=7, text=text, title=HOSTILE, author=author, url=url)
    return Thread(id="t", title=HOSTILE, answers=(answer,), source=HOSTILE)


def test_hostile_text_is_escaped_wherever_it_stands():
    author = Doctor(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 4.0, 3)
    html = source_cards(reply_with(thread_with(author)), 1, HOSTILE, TEXTS)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 6


def test_only_web_addresses_become_links():
    assert safe_link("https://zog.invalid/a") == "https://zog.invalid/a"
    assert [safe_link(url) for url in ("javascript:alert(1)", "data:text/html,x", "//zog.invalid", "", None)] == [
        None
    ] * 5
    assert "javascript" not in source_cards(reply_with(thread_with(url="javascript:alert(1)")), 1, HOSTILE, TEXTS)
    assert 'href="https://zog.invalid/?a=1&amp;b=2"' in source_cards(
        reply_with(thread_with(url="https://zog.invalid/?a=1&b=2")), 1, HOSTILE, TEXTS
    )


def test_a_card_tells_who_where_and_how_rated():
    author = Doctor("Zog Invented", "MD", "Dermatologist", "Zug", 4.5, 18)
    words = " ".join(re.sub(r"<[^>]+>", " ", source_cards(reply_with(thread_with(author)), 1, HOSTILE, TEXTS)).split())
    assert "Dr. Zog Invented , MD" in words
    assert "Dermatologist, Zug" in words
    assert "4.5 of 5 stars, 18 reviews" in words
    assert "Answer 7 on the page" in words


def test_a_card_without_an_author_shows_no_empty_facts():
    html = source_cards(reply_with(thread_with()), 1, HOSTILE, TEXTS)
    assert "An unnamed doctor" in html
    assert "stars" not in html
    assert "None" not in html


def test_exactly_the_quoted_characters_are_marked_across_paragraphs():
    text = "One two.\n\nThree four.\n\nFive."
    thread = thread_with(text=text)
    start, end = text.index("two"), text.index("four") + len("four")
    html = str(marked_text(Citation(1, thread, thread.answers[0], start, end, 0.5)))
    assert html == "<p>One <mark>two.</mark></p><p><mark>Three four</mark>.</p><p>Five.</p>"


def test_the_numbers_of_a_notice_can_be_tapped():
    html = urgent_notice("Call 911 or 1-800-799-7233 (24/7), or 116 123.", "Call for help now")
    assert re.findall(r'href="tel:([^"]*)"', html) == ["911", "18007997233", "116123"]
