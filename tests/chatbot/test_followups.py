"""Messages that lean on those before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.followups import resolve
from chatbot.followups.phrases import phrases_of

FIRST = "Can I do facial exercises right after Botox?"


@pytest.mark.parametrize(
    ("message", "carried"),
    [
        ("How long?", "Botox"),
        ("and massage?", "Botox"),
        ("why?", "facial exercises right after Botox"),
        ("is that safe for my eyelids too", "Botox"),
        ("what about Dysport", "Botox"),
        ("no, I meant before the injection", "Botox"),
        ("does it hurt?", "Botox"),
    ],
)
def test_a_message_that_leans_on_the_one_before_carries_its_subject(message, carried):
    resolved = resolve(message, [FIRST])
    assert carried in " ".join(resolved.carried)
    assert carried in resolved.text


@pytest.mark.parametrize(
    "message",
    [
        "What is the price of a tummy tuck?",
        "What are the side effects of isotretinoin for acne scars?",
    ],
)
def test_a_message_that_stands_alone_carries_nothing(message):
    resolved = resolve(message, [FIRST])
    assert (resolved.text, resolved.carried) == (message, ())


def test_the_first_message_stands_alone():
    assert resolve("why?", []).text == "why?"
    assert resolve("why?", ["?"]).text == "why?"


def test_the_pronoun_is_filled_in():
    assert resolve("Is it inherited?", ["What is Zogheimer syndrome?"]).text == "Is Zogheimer syndrome inherited?"


def test_names_are_carried_whole():
    said = ["Tell me about glycogen storage disease type 1B"]
    assert resolve("What are the symptoms?", said).carried == ("glycogen storage disease type 1B",)
    assert [word.text for word in phrases_of("What causes Tetralogy of Fallot?")[-1]] == [
        "causes",
        "Tetralogy",
        "Fallot",
    ]


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_any_messages_give_a_text(message, earlier):
    resolved = resolve(message, earlier)
    assert isinstance(resolved.text, str)
    assert all(any(phrase in text for text in earlier) for phrase in resolved.carried)
