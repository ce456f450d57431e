"""What messages most likely are, as the classifier learned it."""

import pytest

from chatbot.understanding.intent_classifier import INTENTS, classified_intent


@pytest.mark.parametrize(
    ("message", "after_others", "intent"),
    [
        ("who wrote number two?", True, "reference"),
        ("dermatologists from Boston only", True, "filter"),
        ("take that restriction off again", True, "lift"),
        ("thank you so much, you are kind", True, "small_talk"),
        ("write me a song about knees", False, "command"),
        ("is this normal?", False, "vague"),
        ("how long does a sprained ankle stay swollen?", False, "question"),
        ("and if it comes back?", True, "question"),
    ],
)
def test_a_message_is_classified(message: str, after_others: bool, intent: str):
    assert classified_intent(message, after_others=after_others) == intent


def test_a_letter_is_a_question_whatever_stands_in_it():
    letter = "Thanks for the second answer. Only surgeons wrote it. " * 8
    assert classified_intent(letter, after_others=True) == "question"
    assert classified_intent("", after_others=False) in INTENTS
