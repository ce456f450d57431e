"""Messages that point back at what was cited."""

import pytest

from chatbot.pointing import Pointing, doctor_meant, pointing
from corpus import Answer, Doctor

CITED = [
    Answer("a", 1, "One.", author=Doctor("Zog Invented", location="Zogtown")),
    Answer("b", 2, "Two.", author=Doctor("Imaginary Person, Jr", specialty="Dermatologist", location="Port Nowhere")),
    Answer("c", 3, "Three."),
]


@pytest.mark.parametrize(
    ("message", "pointed"),
    [
        ("Tell me more about the second one", Pointing("whole", (1,))),
        ("show me the whole answer of [3]", Pointing("whole", (2,))),
        ("the last one", Pointing("whole", (2,))),
        ("answer 1", Pointing("whole", (0,))),
        ("2", Pointing("whole", (1,))),
        ("what did Dr. Invented say?", Pointing("whole", (0,))),
        ("what does Person think", Pointing("whole", (1,))),
        ("the Zogtown one", Pointing("whole", (0,))),
        ("who said that?", Pointing("who", (0, 1, 2))),
        ("what else did she write?", Pointing("more by", (0,))),
        ("what else did Dr. Person write?", Pointing("more by", (1,))),
    ],
)
def test_pointing(message, pointed):
    assert pointing(message, CITED) == pointed


@pytest.mark.parametrize(
    "message",
    [
        "Can I run after a zog peel?",
        "How long does it last?",
        "Is one peel enough?",
        "[9]",
        "my second peel itches",
        "why?",
    ],
)
def test_a_question_points_at_nothing(message):
    assert pointing(message, CITED) is None


def test_nothing_cited_is_nothing_to_point_at():
    assert pointing("the second one", []) is None


def test_a_doctor_of_the_corpus_is_known_by_the_last_name():
    names = ["Zog Invented", "Zig Invented", "Imaginary Person, III"]
    assert doctor_meant("What did Dr. Zig Invented say?", names) == "Zig Invented"
    assert doctor_meant("what does Person say about peels", names) == "Imaginary Person, III"
    assert doctor_meant("Is a person allowed to peel?", names) is None
