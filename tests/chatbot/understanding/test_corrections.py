"""What a message puts in place of words of the question before it."""

import pytest

from chatbot.conversation import Conversation
from chatbot.turns import Turn
from chatbot.understanding.followups.corrections import Correction, correction_of, phrases_without

QUESTION = "Why do my feet hurt at night?"


@pytest.mark.parametrize(
    ("message", "correction"),
    [
        ("no not my feet my knees", Correction("my knees", "feet")),
        ("not feet, but knees", Correction("knees", "feet")),
        ("sorry, my knees, not my feet", Correction("my knees", "my feet")),
        ("no, I meant knees", Correction("knees")),
        ("Actually I was asking about my knees.", Correction("my knees")),
    ],
)
def test_a_correction_says_what_is_right_and_perhaps_what_is_wrong(message, correction):
    assert correction_of(message, QUESTION) == correction


@pytest.mark.parametrize(
    "message", ["not now", "no", "why not?", "not really", "is it not dangerous?", "and not my knees", "I meant", "?"]
)
def test_what_puts_nothing_in_place_of_a_word_corrects_nothing(message):
    assert correction_of(message, QUESTION) is None


def test_a_long_message_is_no_correction():
    assert correction_of("I meant " + "knees " * 12, QUESTION) is None


def test_the_phrases_of_a_question_are_parted_where_a_word_is_left_out():
    assert phrases_without("Can I do facial exercises right after Botox?", "exercises") == [
        "facial",
        "right after Botox",
    ]


@pytest.mark.parametrize("message", ["no, I meant knees", "no not my feet my knees", "my knees, not my feet"])
def test_a_correction_is_searched_together_with_the_rest_of_the_last_question(starter_index, message):
    conversation = Conversation(starter_index, [Turn("user", QUESTION)])
    resolved = conversation.understand(message)
    assert (resolved.message, resolved.carried) == (message, ("hurt", "night"))
    terms = conversation.query(message).terms
    assert {"knee", "hurt", "night"} <= terms.keys()
    assert not {"feet", "foot"} & terms.keys()


def test_the_wrong_word_is_not_carried_over_later(starter_index):
    conversation = Conversation(starter_index, [Turn("user", QUESTION), Turn("user", "no, I meant knees")])
    carried = " ".join(conversation.understand("why?").carried)
    assert "knees" in carried
    assert "feet" not in carried


def test_where_nothing_in_the_last_question_is_of_the_same_kind_nothing_is_replaced(starter_index):
    first = Turn("user", "Can I do facial exercises right after Botox?")
    carried = Conversation(starter_index, [first]).understand("no, I meant before the injection").carried
    assert carried == ("facial exercises right after Botox",)
