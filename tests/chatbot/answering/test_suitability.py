"""Whether the pages of a reply speak of what is remembered of the person."""

import pytest

from chatbot.answering.suitability import unmentioned
from chatbot.reply import Citation, ReplyPage
from chatbot.texts import load_texts
from chatbot.understanding.person import Fact
from corpus import Thread
from tests.conftest import invented_thread

TEXTS = load_texts("en")
PREGNANT = Fact("pregnant", "", "I am pregnant")


def page_of(thread: Thread, *shown: int) -> ReplyPage:
    """Return a page that shows some of its answers, counted from 0."""
    answers = [thread.answers[at] for at in shown]
    return ReplyPage(thread, False, tuple(Citation(1, thread, a, 0, len(a.text), 0.5) for a in answers))


def test_what_no_page_speaks_of_is_said_in_the_words_of_the_language():
    pages = [page_of(invented_thread("zog", "Zogotretin clears it."), 0)]
    assert unmentioned([PREGNANT], pages, TEXTS) == ("None of these pages speaks of pregnancy.",)
    assert unmentioned([PREGNANT], pages, load_texts("de")) == ("Keine dieser Seiten spricht von: Schwangerschaft.",)


@pytest.mark.parametrize(
    "thread",
    [
        invented_thread("zog", "Never in pregnancy."),
        invented_thread("zog", "Zog.", question="I am 8 weeks pregnant."),
        invented_thread("zog", "Zog.", title="Zogging while expecting"),
    ],
)
def test_a_page_speaks_of_it_in_its_title_its_question_or_a_shown_answer(thread: Thread):
    assert unmentioned([PREGNANT], [page_of(thread, 0)], TEXTS) == ()


def test_an_answer_that_is_not_shown_does_not_count_but_on_a_page_that_shows_none():
    thread = invented_thread("zog", "Zogotretin clears it.", "Never in pregnancy.")
    assert unmentioned([PREGNANT], [page_of(thread, 0)], TEXTS) != ()
    assert unmentioned([PREGNANT], [page_of(thread)], TEXTS) == ()


def test_each_fact_is_told_by_itself_and_a_group_of_age_once():
    facts = [PREGNANT, Fact("drug", "warfarin", "x"), Fact("age", "5 weeks", "x"), Fact("for_whom", "baby", "x")]
    assert unmentioned(facts, [page_of(invented_thread("zog", "Zogotretin clears it."), 0)], TEXTS) == (
        "None of these pages speaks of pregnancy.",
        "None of these pages speaks of warfarin.",
        "None of these pages speaks of babies.",
    )


def test_without_pages_nothing_is_said():
    assert unmentioned([PREGNANT], [], TEXTS) == ()
