"""Whether a page asks the same as the user, as far as that is sure."""

import pytest

from chatbot.answering.same_question import pages_asking_the_same
from tests.conftest import invented_thread

PAGES = [
    invented_thread("Can I exercise after a zog peel?", "x"),
    invented_thread("letters", "x", title="A question", question="I had a zog peel today. How soon can I exercise?"),
    invented_thread("How much does a zog peel cost?", "x"),
    invented_thread("Can I donate blood after a zog peel?", "x"),
]


@pytest.mark.parametrize("question", ["Can I exercise after a zog peel?", "can i do exercise after my zog peel"])
def test_the_same_in_nearly_the_same_words_is_the_same(question):
    assert PAGES[0].id in pages_asking_the_same(question, PAGES)


def test_the_question_below_a_title_counts_too():
    assert pages_asking_the_same("How soon can I exercise? I had a zog peel today.", PAGES[1:2]) == {"letters"}


@pytest.mark.parametrize("question", ["Can I exercise after a zog peel?", "How long does a flight to Zug take?"])
def test_something_else_of_the_same_treatment_is_not(question):
    assert not pages_asking_the_same(question, PAGES[2:])


def test_no_pages_are_none():
    assert pages_asking_the_same("Can I exercise?", []) == frozenset()
