"""What doctors' words say to a yes-or-no question, and when nothing is said of it."""

from pathlib import Path

import pytest

from chatbot.views import Quoted, Views, question_going_on, view_of, views_of, yes_no_question

MESSAGES = Path(__file__).with_name("messages")
VIEWS = {"+": "yes", "-": "no", "=": "no need", "~": None}


def labelled(name: str) -> list[tuple[str, str | None, str]]:
    """Return (question, its view or None, quote) of a file of labelled quotes."""
    found = []
    question = ""
    for line in (MESSAGES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("? "):
            question = line[2:]
        elif line and not line.startswith("#"):
            found.append((question, VIEWS[line[0]], line[2:]))
    return found


def read(question: str, quote: str) -> str | None:
    asked = yes_no_question(question)
    return view_of(asked, quote) if asked else None


@pytest.mark.parametrize("name", ["views_seen", "views_held_out", "views_unseen"])
def test_views_are_right_nine_times_in_ten_where_they_are_told(name):
    told = [(view, wanted) for question, wanted, quote in labelled(name) if (view := read(question, quote))]
    right = sum(view == wanted for view, wanted in told)
    assert right >= 0.9 * len(told)


@pytest.mark.parametrize("name", ["views_seen", "views_held_out", "views_unseen"])
def test_views_are_told_of_most_quotes_that_have_one(name):
    with_view = [(question, quote) for question, wanted, quote in labelled(name) if wanted]
    assert sum(read(question, quote) is not None for question, quote in with_view) >= 0.7 * len(with_view)


@pytest.mark.parametrize(
    "message",
    [
        "How long does the swelling last?",
        "What is Florbin?",
        "Should I swim or should I run?",
        "Can I swim? Can I run?",
        "Can I swim, and when?",
        "Thank you.",
        "",
    ],
)
def test_what_yes_or_no_does_not_answer_is_no_such_question(message):
    assert yes_no_question(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "Can I swim after Florbin?",
        "I had Florbin yesterday. Is it okay to swim?",
        "I was wondering if I can swim after Florbin",
        "Thanks, but should I swim?",
    ],
)
def test_a_question_is_recognised_within_a_message(message):
    question = yes_no_question(message)
    assert question is not None
    assert question.act
    assert "swim" in question.about


def test_to_ask_whether_to_leave_something_turns_the_answers_round():
    assert read("Should I swim?", "You should avoid swimming.") == "no"
    assert read("Should I avoid swimming?", "You should avoid swimming.") == "yes"
    assert read("Is it dangerous to swim?", "Swimming is fine.") == "no"


@pytest.mark.parametrize(
    "quote",
    [
        "Some doctors say that you can swim.",
        "Patients often ask whether they can swim.",
        "You can swim, but I do not recommend swimming.",
        "Can you swim? Ask your doctor.",
        "It depends on the water whether you can swim.",
        "Yes. However, you should not swim.",
        "",
    ],
)
def test_what_others_say_questions_and_contradictions_are_no_view(quote):
    assert read("Can I swim after Florbin?", quote) is None


def test_reasons_and_conditions_are_not_taken_for_advice():
    assert read("Can I swim?", "Swimming is fine because the gel can not move.") == "yes"
    assert read("Can I swim?", "If you do not bleed, you can swim.") == "yes"


def test_a_quote_that_its_own_answer_contradicts_is_not_clear():
    question = yes_no_question("Can I swim after Florbin?")
    assert question is not None
    quote = "You can swim."
    assert view_of(question, quote, quote) == "yes"
    assert view_of(question, quote, "Do not swim this week.") is None


def test_whether_something_is_so_is_told_only_by_an_outright_yes_or_no():
    question = "Is it normal to itch after Florbin?"
    assert read(question, "Yes, that is normal.") == "yes"
    assert read(question, "Absolutely not.") == "no"
    assert read(question, "Itching is rarely seen, and normal in children.") is None


def quotes(*texts: str) -> list[Quoted]:
    return [Quoted(text, text) for text in texts]


def test_views_are_counted_by_place():
    views = views_of(
        yes_no_question("Can I swim?"), quotes("You can swim.", "Do not swim.", "The pool is blue.", "Yes, swim.")
    )
    assert views == Views(("yes", "no", None, "yes"), acts=True)
    assert views.differ
    assert views.places("yes") == (0, 3)
    assert views.places(None) == (2,)


def test_nothing_is_counted_where_most_are_not_clear():
    assert views_of(yes_no_question("Can I swim?"), quotes("You can swim.", "The pool is blue.", "It is deep.")) is None
    assert views_of(yes_no_question("Can I swim?"), quotes("You can swim.")) is None
    assert views_of(yes_no_question("How do I swim?"), quotes("You can swim.", "Do not swim.")) is None


@pytest.mark.parametrize("message", ["and running?", "what about running", "And how about running in the evening?"])
def test_a_question_that_goes_on_takes_its_form_from_the_one_before(message):
    asked = question_going_on(message, ["Should I avoid swimming after Florbin?"])
    assert asked is not None
    assert "run" in asked.about
    assert asked.shuns
    assert view_of(asked, "You should avoid running.") == "yes"


def test_it_does_so_over_several_messages():
    asked = question_going_on("and rowing?", ["Can I swim after Florbin?", "and running?"])
    assert asked is not None
    assert view_of(asked, "Rowing is fine.") == "yes"


@pytest.mark.parametrize(
    "message", ["and when?", "and the price?", "why?", "and what should I eat then?", "thanks", "Can I run?"]
)
def test_other_messages_do_not(message):
    assert question_going_on(message, ["Can I swim after Florbin?"]) is None


def test_nor_is_there_a_form_to_take_from_an_open_question():
    assert question_going_on("and running?", ["How long does Florbin last?"]) is None
    assert question_going_on("and running?", []) is None


def test_a_view_on_the_question_before_is_none_on_the_one_that_goes_on():
    asked = question_going_on("and running?", ["Can I swim after Florbin?"])
    assert asked is not None
    assert view_of(asked, "Yes, you can swim.") is None
    assert view_of(asked, "Yes. It is fine.") is None
    assert view_of(asked, "Yes, running is fine.") == "yes"


def test_an_answer_to_what_another_page_asks_is_no_view():
    asked = yes_no_question("Is it safe to swim after Florbin?")
    assert asked is not None
    assert view_of(asked, "Yes, it is safe.", page="Can I swim after Florbin?") == "yes"
    assert view_of(asked, "Yes, it is safe.", page="Can I take Zogamol after Florbin?") is None
    assert view_of(asked, "Yes, swimming is safe.", page="Can I take Zogamol after Florbin?") == "yes"
