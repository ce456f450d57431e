"""How doctors and quotes are named."""

import pytest

from chatbot.rendering.markdown import as_text, quotation
from chatbot.rendering.sentences import counts_text, doctor_name
from chatbot.reply import Citation
from chatbot.texts import load_texts
from corpus import Answer, Doctor, Thread

TEXTS = load_texts()


def citation(kind: str = "verbatim", author: Doctor | None = None, number: int = 1, thread: str = "t") -> Citation:
    answer = Answer(id="a", position=1, text="Rest now. Run *later*.", author=author, kind=kind)  # type: ignore[arg-type]
    return Citation(number, Thread(id=thread, title="T", answers=(answer,)), answer, 10, 22, 0.5)


def plain(citation, texts) -> str:
    return as_text(quotation(citation, texts))


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Doctor(name="Zog Invented", credentials="MD, FACS"), "Dr. Zog Invented"),
        (Doctor(name="Zog Invented", credentials="M.D."), "Dr. Zog Invented"),
        (Doctor(name="Dr. Zog Invented", credentials="MD"), "Dr. Zog Invented"),
        (Doctor(name="Dr. Zog Invented"), "Dr. Zog Invented"),
        (Doctor(name="Zog Invented", credentials="RN"), "Zog Invented"),
        (Doctor(name="Zog Invented", credentials="LCSW"), "Zog Invented"),
        (Doctor(name="Zog Invented"), "Zog Invented"),
        (Doctor(specialty="Dermatologist", location="Zug"), "an unnamed Zug Dermatologist"),
        (Doctor(specialty="Dermatologist"), "an unnamed Dermatologist"),
        (Doctor(rating=4.0), "an unnamed doctor"),
        (None, "an unnamed doctor"),
    ],
)
def test_a_doctor_is_called_by_what_the_page_tells_and_no_more(author, name):
    assert doctor_name(author, TEXTS) == name


def test_the_doctors_own_words_stand_in_quotation_marks():
    said = plain(citation("verbatim", Doctor(name="Zog Invented", credentials="MD")), TEXTS)
    assert said == "Dr. Zog Invented wrote: “… Run *later*.” [1]"


def test_a_summary_is_said_to_be_one_and_never_stands_in_quotation_marks():
    said = plain(citation("summary", Doctor(name="Zog Invented", credentials="MD")), TEXTS)
    assert said == "Summary of Dr. Zog Invented's answer: … Run *later*. [1]"


def test_in_markdown_the_quote_is_plain_text():
    assert quotation(citation(), TEXTS) == "**An unnamed doctor** wrote: “… Run \\*later\\*.” [1]"


def test_answers_and_pages_are_counted():
    assert counts_text([citation()], TEXTS) == "One doctor's answer:"
    two = [citation(thread="t"), citation(thread="u")]
    assert counts_text(two, TEXTS) == "2 doctors' answers, from 2 pages:"
    assert counts_text([*two[:1], *two[:1]], TEXTS) == "2 doctors' answers, from one page:"
