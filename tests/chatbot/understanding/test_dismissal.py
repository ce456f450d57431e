"""What says to a notice that there is no emergency, and what does not."""

import pytest

from chatbot.understanding.urgency import asks, dismisses, tells


@pytest.mark.parametrize(
    "message",
    [
        "it's not an emergency",
        "no no, she is fine, it's just a fever",
        "No, he is safe now",
        "we're at the hospital now",
        "I called poison control and they said it's fine",
        "the doctor has checked him yesterday",
        "false alarm",
        "this is nothing urgent",
    ],
)
def test_that_there_is_no_danger_or_that_help_is_there_dismisses_a_notice(message):
    assert dismisses(message, "possible")


@pytest.mark.parametrize(
    "message",
    [
        "ok",
        "what do i do",
        "he is not fine",
        "i called 911 and nobody comes",
        "we are at the hospital but they send us home",
        "it's not an emergency but she can't breathe",
        "now her lips are blue",
        "she is not in danger i think, maybe",
        "i called the doctor, he doesn't answer",
        "she is still the same",
    ],
)
def test_what_says_less_or_more_dismisses_nothing(message):
    assert not dismisses(message, "possible")


@pytest.mark.parametrize("message", ["I am not suicidal, it was an accident", "nobody hits me", "he is not violent"])
def test_suicide_and_violence_must_be_denied(message):
    assert dismisses(message, "suicide")
    assert dismisses(message, "violence")


@pytest.mark.parametrize("message", ["I'm fine", "i am at the doctor", "i don't want to die", "I want to kill myself"])
def test_being_fine_denies_no_suicide(message):
    assert not dismisses(message, "suicide")


@pytest.mark.parametrize("message", ["is that dangerous?", "and what about the kids", "how long", "ok so can i eat"])
def test_a_question_tells_nothing(message):
    assert asks(message)
    assert not tells(message)


@pytest.mark.parametrize("message", ["i took 20 more now", "and tonight too", "did it again", "she has a rash now"])
def test_what_has_happened_is_told(message):
    assert tells(message)


def test_a_few_words_neither_ask_nor_tell():
    assert not asks("without pills")
    assert not tells("without pills")
