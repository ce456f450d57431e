"""Whose answers a message refers to."""

import pytest

from chatbot.understanding.message import short_message
from chatbot.understanding.references import Reference, resolve_reference
from chatbot.understanding.reply_questions import ReplyQuestion
from chatbot.understanding.stance_questions import StanceQuestion
from corpus import Answer, Doctor
from index.search.facets import Facets

CITED = [
    Answer("a", 1, "One.", author=Doctor("Zog Invented", location="Zogtown")),
    Answer("b", 2, "Two.", author=Doctor("Imaginary Person, Jr", specialty="Dermatologist", location="Port Nowhere")),
    Answer("c", 3, "Three."),
    Answer("d", 4, "Four.", author=Doctor("Zelda Hope")),
]
FACETS = Facets.of(doctors=["Zog Invented", "Zig Invented", "Imaginary Person, III", "Otto Young", "Zelda Hope"])
ALL = (0, 1, 2, 3)


def referred(message: str, cited: list[Answer] = CITED) -> Reference | None:
    short = short_message(message)
    return None if short is None else resolve_reference(short, cited, FACETS, has_history=bool(cited))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Tell me more about the second one", Reference("whole", (1,))),
        ("show me the whole answer of [3]", Reference("whole", (2,))),
        ("the last one", Reference("whole", (3,))),
        ("answer 1", Reference("whole", (0,))),
        ("2", Reference("whole", (1,))),
        ("1 and 3", Reference("whole", (0, 2))),
        ("what did Dr. Invented say?", Reference("whole", (0,))),
        ("Dr. Invented's answer", Reference("whole", (0,))),
        ("what does Person think", Reference("whole", (1,))),
        ("the Zogtown one", Reference("whole", (0,))),
        ("the dermatologist", Reference("whole", (1,))),
        ("who said that?", Reference("who", ALL)),
        ("who is the second one?", Reference("who", (1,))),
        ("what else did Dr. Person write?", Reference("more by", (1,))),
        ("the others", Reference("others")),
        ("show me more", Reference("others")),
        ("show the pages anyway", Reference("pages")),
        ("It's not an emergency, show me what doctors wrote", Reference("pages")),
    ],
)
def test_what_refers_as_a_whole_is_a_reference(message, expected):
    assert referred(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "Can I run after a zog peel?",
        "How long does it last?",
        "Is one peel enough?",
        "my second peel itches",
        "why?",
        "who is at risk of drooping?",
        "What do young people think of it?",
        "I hope it does not mean anything",
        "I saw the doctor 3 days ago and now my eyelid droops, what should I do?",
        "Is the second one free?",
    ],
)
def test_a_question_refers_to_nothing(message):
    assert referred(message) is None


def test_nothing_cited_is_nothing_to_refer_to():
    assert referred("the second one", []) is None


def test_she_is_a_doctor_only_where_one_was_cited():
    assert referred("what else did she write?", CITED[:1]) == Reference("more by", (0,))
    assert referred("what did he say", CITED[:1]) == Reference("whole", (0,))
    among = Reference("which doctor", ALL, doctors=("Zog Invented", "Imaginary Person, Jr", "Zelda Hope"))
    assert referred("what else did she write?") == among
    assert referred("what did she say") is None


@pytest.mark.parametrize(
    ("message", "doctor"),
    [
        ("What did Dr. Zig Invented say?", "Zig Invented"),
        ("What did Dr. Young say?", "Otto Young"),
        ("and otto young?", "Otto Young"),
        ("What did Young say?", None),
        ("what did young say?", None),
        ("is a person allowed to peel?", None),
        ("Young", None),
    ],
)
def test_a_doctor_who_was_not_cited_is_meant_by_title_or_full_name(message, doctor):
    found = referred(message)
    assert (found.doctor if found else None) == doctor


@pytest.mark.parametrize("message", ["what did hope say", "HOPE", "Hope", "WHAT DID HOPE SAY"])
def test_a_cited_name_that_is_a_word_too_is_not_meant_unless_it_is_written_as_a_name(message):
    assert referred(message) is None
    assert referred("What did Hope say") == Reference("whole", (3,))


def test_what_a_doctor_said_about_something_keeps_what_it_is_about():
    assert referred("What did Dr. Young say about Zog peels?") == Reference(
        "by doctor", (), "Otto Young", about="Zog peels"
    )


def test_a_number_that_nothing_cited_has_is_missing():
    assert referred("[9]") == Reference("missing")
    assert referred("the fifth one") in (Reference("missing"), Reference("whole", (4,)))


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("do they agree?", StanceQuestion()),
        ("so all of them agree?", StanceQuestion()),
        ("How many said that?", StanceQuestion()),
        ("who says no", StanceQuestion("no", names=True)),
        ("Who is against?", StanceQuestion("no", names=True)),
        ("how many doctors said no?", StanceQuestion("no")),
        ("which of them say yes", StanceQuestion("yes", names=True)),
        ("who says that it depends?", StanceQuestion("depends", names=True)),
    ],
)
def test_whether_doctors_agree_and_who_says_what_is_asked_of_the_reply(message, asked):
    assert referred(message) == Reference("agree", stances=asked)


@pytest.mark.parametrize("message", ["how many say yes and why?", "who would say no to a peel?", "is there a way?"])
def test_what_asks_more_than_who_says_what_is_a_question(message):
    assert referred(message) is None


def test_whole_answers_can_be_asked_for_without_a_number():
    wanted = referred("show me the whole answer")
    assert wanted is not None
    assert (wanted.request, wanted.targets[0]) == ("whole", 0)


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("the psychologist", "psychologist"),
        ("and the LPC?", "LPC"),
        ("what did the therapist say", "therapist"),
        ("the one from Texas", "Texas"),
        ("the doctor in Newtown", "Newtown"),
        ("who is the surgeon from Texas?", "surgeon, Texas"),
        ("the Texas dermatologist", "dermatologist, Texas"),
        ("the dermatologist from Zogtown", "dermatologist, Zogtown"),
    ],
)
def test_a_doctor_of_a_profession_or_place_that_none_of_the_cited_has_is_asked_of_the_reply(message, value):
    found = referred(message)
    assert found is not None
    assert found.question == ReplyQuestion("which", targets=ALL, value=value)


def test_of_a_profession_and_a_place_one_doctor_has_both():
    assert referred("the dermatologist from Port Nowhere") == Reference("whole", (1,))


@pytest.mark.parametrize(
    "message", ["the pain", "the one in my neck", "the therapy", "the swelling from Botox", "what about the dentist?"]
)
def test_what_describes_no_doctor_refers_to_nothing(message):
    assert referred(message) is None
