"""What is asked of the doctors and answers that a reply quotes."""

import pytest

from chatbot.understanding.message import short_message
from chatbot.understanding.references import resolve_reference
from chatbot.understanding.reply_questions import ReplyQuestion
from tests.chatbot.understanding.test_intent import CITED, FACETS

ALL = (0, 1, 2, 3, 4)


def asked(message: str) -> ReplyQuestion | None:
    short = short_message(message)
    found = resolve_reference(short, CITED, FACETS, has_history=True) if short else None
    return found.question if found else None


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("Who is the best rated?", ReplyQuestion("most", "rating", ALL)),
        ("Which of these doctors has the most reviews?", ReplyQuestion("most", "reviews", ALL)),
        ("who has the best reviews", ReplyQuestion("most", "rating", ALL)),
        ("what is the newest answer", ReplyQuestion("most", "date", ALL)),
        ("which is the oldest one", ReplyQuestion("least", "date", ALL)),
        ("which answer is longest", ReplyQuestion("most", "length", ALL)),
        ("Is that old?", ReplyQuestion("tell", "date", ALL)),
        ("when was the second one written?", ReplyQuestion("tell", "date", (1,))),
        ("what is Dr. Young's specialty", ReplyQuestion("tell", "specialty", (0,))),
        ("where is Dr. Hope based?", ReplyQuestion("tell", "place", (1,))),
        ("how many reviews does the second have?", ReplyQuestion("tell", "reviews", (1,))),
        ("give me the source of the first", ReplyQuestion("tell", "link", (0,))),
        ("which of them is a dermatologist?", ReplyQuestion("which", None, ALL, "dermatologist")),
        ("are any of them from Canada?", ReplyQuestion("which", None, ALL, "Canada")),
        ("how many of them are oral surgeons?", ReplyQuestion("which", None, ALL, "oral surgeons")),
        ("who is a psychologist here", ReplyQuestion("which", None, ALL, "psychologist")),
        ("how sure are you?", ReplyQuestion("sure", None, ALL)),
        ("how old is he?", ReplyQuestion("untold", None, ALL)),
        ("can I call her?", ReplyQuestion("untold", None, ALL)),
        ("which of them is a woman?", ReplyQuestion("untold", None, ALL)),
        ("Is Dr. Young a good doctor?", ReplyQuestion("untold", None, (0,))),
    ],
)
def test_what_asks_of_the_reply_with_nothing_left_over(message, question):
    assert asked(message) == question


@pytest.mark.parametrize(
    "message",
    [
        "does it work",
        "how many years?",
        "how much do they charge",
        "which one is better?",
        "which doctor is the best?",
        "where do I get a second opinion",
        "at least 4 stars",
        "how old is too old",
        "is it new for you that it swells",
        "are you a real doctor?",
        "is a surgeon better than a dermatologist",
    ],
)
def test_what_asks_anything_else_is_none(message):
    assert asked(message) is None
