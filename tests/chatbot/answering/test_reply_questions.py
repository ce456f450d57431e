"""What a reply tells of those that the last one quoted."""

import pytest

from chatbot.answering.reply_questions import Told, answer_reply_question, fits
from chatbot.reply import Citation
from chatbot.texts import load_texts
from chatbot.understanding.reply_questions import ReplyQuestion
from corpus import Answer, Doctor, Thread
from index.search.answerability import Thresholds

TEXTS = load_texts()
AUTHORS = [
    Doctor("Zog Invented", "MD", "Dermatologist", "Toronto", 4.1, 90),
    Doctor("Zig Invented", "MA, LMFT", None, "Zogtown", 4.9, 3),
    None,
]
DATES = ["2011-05-01", "2015", None]
THREAD = Thread("t", "T", ())
QUOTED = [
    Citation(n + 1, THREAD, Answer(f"a{n}", n + 1, "Rest. " * (n + 1), author=AUTHORS[n], date=DATES[n]), 0, 5, 0.9)
    for n in range(3)
]
THRESHOLDS = Thresholds(answers=0.4, related=0.3, close_match=0.8, good_match=0.5)


def told(question: ReplyQuestion, quoted: list[Citation] = QUOTED) -> Told:
    return answer_reply_question(question, quoted, THRESHOLDS, TEXTS)


@pytest.mark.parametrize(
    ("question", "numbers", "words"),
    [
        (ReplyQuestion("most", "rating", (0, 1, 2)), [2], "4.9 of 5 stars"),
        (ReplyQuestion("most", "reviews", (0, 1, 2)), [1], "most reviews of those quoted, 90"),
        (ReplyQuestion("least", "date", (0, 1, 2)), [1], "2011-05-01"),
        (ReplyQuestion("most", "length", (0, 1, 2)), [3], "3 words"),
        (ReplyQuestion("which", None, (0, 1, 2), "therapist"), [2], "1 of the 3 quoted"),
        (ReplyQuestion("which", None, (0, 1, 2), "Canada"), [1], "1 of the 3 quoted"),
        (ReplyQuestion("which", None, (0, 1, 2), "vet"), [1, 2, 3], "none of those quoted"),
        (ReplyQuestion("tell", "date", (0, 1, 2)), [1, 2, 3], "from 2011 to 2015"),
        (ReplyQuestion("tell", "date", (2,)), [3], "do not tell when"),
        (ReplyQuestion("tell", "rating", (2,)), [3], "no stars"),
        (ReplyQuestion("untold", None, (0,)), [1], "can't be told"),
        (ReplyQuestion("sure", None, (0, 1, 2)), [1, 2, 3], "close to your question"),
    ],
)
def test_what_the_pages_tell_is_told_and_what_they_do_not_too(question, numbers, words):
    found = told(question)
    assert [citation.number for citation in found.citations] == numbers
    assert words in " ".join(found.said)


def test_a_doctor_without_a_record_fits_nothing():
    assert not fits(None, "dermatologist")
    assert fits(AUTHORS[0], "physician")
