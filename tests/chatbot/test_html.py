"""Cards show text from pages as text."""

import re
from dataclasses import replace

import pytest

from chatbot.page.html import marked_text, source_cards, urgent_notice
from chatbot.page.messages import found_text, initials, reply_message
from chatbot.rendering.plain import safe_link
from chatbot.rendering.sentences import counts_text
from chatbot.reply import Citation, Reply, ReplyPage
from chatbot.texts import load_texts
from chatbot.understanding.urgency import Urgency, notice
from corpus import Answer, Doctor, Thread
from index.search.answerability import Thresholds

TEXTS = load_texts()
THRESHOLDS = Thresholds(answers=0.4, related=0.3, close_match=0.6, good_match=0.4)
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> ${alert(3)} {{value}} \"' &amp;"


def reply_with(thread: Thread, start: int = 0, end: int = 4) -> Reply:
    citation = Citation(1, thread, thread.answers[0], start, end, 0.5, ((start, end),))
    return Reply("question", "answer", "", "", pages=(ReplyPage(thread, same_question=False, citations=(citation,)),))


def thread_with(author: Doctor | None = None, url: str | None = None, text: str = HOSTILE) -> Thread:
    answer = Answer(id="a", position=7, text=text, title=HOSTILE, author=author, url=url)
    return Thread(id="t", title=HOSTILE, answers=(answer,), source=HOSTILE)


def test_hostile_text_is_escaped_wherever_it_stands():
    author = Doctor(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 4.0, 3)
    html = source_cards(reply_with(thread_with(author)), 1, HOSTILE, TEXTS, thresholds=THRESHOLDS)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 6


def test_only_web_addresses_become_links():
    assert safe_link("https://zog.invalid/a") == "https://zog.invalid/a"
    assert [safe_link(url) for url in ("javascript:alert(1)", "data:text/html,x", "//zog.invalid", "", None)] == [
        None
    ] * 5
    assert "javascript" not in source_cards(
        reply_with(thread_with(url="javascript:alert(1)")), 1, HOSTILE, TEXTS, thresholds=THRESHOLDS
    )
    assert 'href="https://zog.invalid/?a=1&amp;b=2"' in source_cards(
        reply_with(thread_with(url="https://zog.invalid/?a=1&b=2")), 1, HOSTILE, TEXTS, thresholds=THRESHOLDS
    )


def test_a_card_tells_who_where_and_how_rated():
    author = Doctor("Zog Invented", "MD", "Dermatologist", "Zug", 4.5, 18)
    words = " ".join(
        re.sub(
            r"<[^>]+>", " ", source_cards(reply_with(thread_with(author)), 1, HOSTILE, TEXTS, thresholds=THRESHOLDS)
        ).split()
    )
    assert "Dr. Zog Invented , MD" in words
    assert "Dermatologist, Zug" in words
    assert "4.5 of 5 stars, 18 reviews" in words
    assert "Answer 7 on the page" in words


@pytest.mark.parametrize(("close", "good", "said"), [(0.5, 0.4, "close"), (0.6, 0.5, "good"), (0.9, 0.8, "loose")])
def test_a_card_calls_a_match_by_the_thresholds_of_the_index(close, good, said):
    thresholds = replace(THRESHOLDS, close_match=close, good_match=good)
    html = source_cards(reply_with(thread_with()), 1, HOSTILE, TEXTS, thresholds=thresholds)
    assert re.findall(r"(\w+) match\b", html) == [said]


def test_a_card_without_an_author_shows_no_empty_facts():
    html = source_cards(reply_with(thread_with()), 1, HOSTILE, TEXTS, thresholds=THRESHOLDS)
    assert "Doctor 7 on this page" in html
    assert "stars" not in html
    assert "None" not in html


def test_exactly_the_highlighted_characters_are_marked_across_paragraphs():
    text = "One two.\n\nThree four.\n\nFive."
    thread = thread_with(text=text)
    start, end = text.index("two"), text.index("four") + len("four")
    html = str(marked_text(Citation(1, thread, thread.answers[0], 0, len(text), 0.5, ((start, end),))))
    assert html == "<p>One <mark>two.</mark></p><p><mark>Three four</mark>.</p><p>Five.</p>"


def test_a_reply_in_the_chat_says_whose_question_it_was_and_folds_the_rest_of_a_long_answer():
    thread = replace(thread_with(text="Shown. Folded."), question="Does it itch?")
    citation = Citation(1, thread, thread.answers[0], 0, 6, 0.5, ((0, 6),))
    page = ReplyPage(thread, same_question=False, citations=(citation,))
    content = reply_message(Reply("question", "answer", "", "", said=("Found:",), pages=(page,)), 3, TEXTS)["content"]
    assert "Another patient asked" in content
    assert "Does it itch?" in content
    assert "<mark>Shown.</mark>" in content
    assert '<details><summary>Read on</summary><div lang="en" dir="auto"><p> Folded.</p></div></details>' in content
    assert 'href="#source-3-1"' in content
    assert "\n" not in content


def test_hostile_text_in_the_chat_is_no_markup_no_markdown_and_no_formula():
    hostile = f"{HOSTILE} $$x$$ ![a](http://zog.invalid) **b** `c` [d](javascript:e)"
    thread = replace(
        thread_with(Doctor(hostile, None, hostile, hostile), text=hostile), title=hostile, question=hostile
    )
    page = ReplyPage(thread, same_question=True, citations=(Citation(1, thread, thread.answers[0], 0, 9, 0.5),))
    content = reply_message(Reply("question", "answer", "", "", said=(hostile,), pages=(page,)), 1, TEXTS)["content"]
    shown = re.sub(r"</?(?:div|p|section|a|span|strong|mark|button|details|summary|h2|h3|h4)(?: [^<>]*)?>", "", content)
    for sign in "<>$*`[]\\":
        assert sign not in shown
    assert not re.search(r'href="(?!#source-|\?thread=)', content)


def test_the_numbers_of_a_notice_are_large_buttons_and_its_site_a_link():
    told = notice(Urgency("suicide", "en"))
    html = urgent_notice(told, "Call for help now", TEXTS, calm=True)
    assert re.findall(r'class="call" href="tel:(\d+)"', html) == ["988", "116123", "112", "911", "999"]
    assert 'href="https://findahelpline.com"' in html
    assert "calm" in html
    html = urgent_notice(notice(Urgency("breathing", "en"), country="GB"), "Call for help now", TEXTS)
    assert re.findall(r'class="call" href="tel:(\d+)"', html) == ["999"]


@pytest.mark.parametrize(
    ("name", "drawn"), [("Dr. Zog van Invented, MD", "ZM"), ("Zog", "Z"), ("2277", "7"), (None, "7"), ("", "7")]
)
def test_a_round_mark_has_initials_or_the_place_on_the_page(name, drawn):
    assert initials(Answer(id="a", position=7, text="x", author=Doctor(name))) == drawn


@pytest.mark.parametrize(
    ("same", "found"),
    [(True, "2 doctors answered this on one page"), (False, "One doctor answered something like it, on one page")],
)
def test_what_was_found_is_told_in_one_line(same, found):
    answers = tuple(Answer(id=f"a{n}", position=n, text=f"Zog {n}.") for n in (1, 2))
    thread = Thread(id="t", title="Zog?", answers=answers)
    page = ReplyPage(thread, same, (Citation(1, thread, answers[0], 0, 6, 0.5),))
    said = (counts_text(page.citations, TEXTS),)
    assert found_text(Reply("question", "answer", "", "", said=said, pages=(page,)), TEXTS) == found
    other = found_text(Reply("reference", "reference", "", "", said=("The whole answer:",), pages=(page,)), TEXTS)
    assert other == "The whole answer"
