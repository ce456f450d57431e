"""What the asker wrote below the question is known when a page is read, in every format."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Answer, Doctor, Problem, Report, Thread, read_paths
from corpus.cleaning.asker import classified_as_asker, is_asker_label, is_asker_name, mark_asker
from corpus.formats.json_records import thread_to_record

ZIG = {"name": "Zig Invented", "credentials": "MD"}


def read(folder: Path, text: str) -> list[tuple[str, bool]]:
    """Read one page; return the text of each answer, and whether it is the asker's."""
    path = folder / "page"
    path.write_text(text, encoding="utf-8")
    (thread,) = read_paths([path])
    assert isinstance(thread, Thread)
    return [(answer.text, answer.by_asker) for answer in thread.answers]


def read_answers(folder: Path, *answers: dict[str, object], **fields: object) -> list[bool]:
    record = {"title": "Is zog light safe?", "answers": list(answers), **fields}
    return [by_asker for _, by_asker in read(folder, json.dumps(record))]


@pytest.mark.parametrize(
    "text",
    [
        *("plus im 96 kg", "thank you doctor, i will try that", "thanks for the reply, i also have a rash"),
        *("I forgot to mention that my tests were clean.", "thank you all for your answers!", "Thanks, Dr. Zog."),
        *("Thank you so much doctor. Should I stop my tablets?", "also i have had a fever since then"),
        *("what about my blisters?", "thank you for your reply", "Thanks for your answer. I will see my doctor."),
    ],
)  # fmt: skip
def test_thanks_and_further_facts_about_oneself_are_the_askers(tmp_path, text):
    assert read_answers(tmp_path, {"text": "It is safe.", "author": ZIG}, {"text": text}) == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        *("Thank you for your question. You should rest.", "Thanks for writing.", "I would like to help you.", "Yes."),
        *("Thanks for asking! I recommend a cream.", "I have seen this often in my practice; it is harmless.", "Rest."),
        *("Hi, thank you for consulting us. Have you had a fever?", "I agree with Dr. Zog.", "How old is he?"),
        *("Thank you for sharing your story. It sounds like you are worried.", "I am a nurse. It may be an infection."),
        *("My advice is to see a doctor.", "I hope this helps. Thanks.", "See your doctor. Thank you and best wishes."),
    ],
)  # fmt: skip
def test_what_doctors_say_is_not(tmp_path, text):
    assert read_answers(tmp_path, {"text": text, "author": {"name": "Zyg"}}, {"text": text}) == [False, False]


def test_who_is_called_a_doctor_may_thank_for_a_reply(tmp_path):
    text = "thanks for your reply. i have had this myself"
    doctors = [ZIG, {"name": "Dr. Zug"}, {"name": "Zag", "specialty": "Dermatologist"}, {"name": "Zeg", "rating": 4.5}]
    answers = [{"text": text, "author": author} for author in [*doctors, {"name": "Zyg"}]]
    assert read_answers(tmp_path, {"text": "Rest."}, *answers) == [False, False, False, False, False, True]


@pytest.mark.parametrize(
    "label", ["Original poster: ", "OP: ", "original poster here ", "Asker: ", "Reply by original poster: "]
)
def test_a_label_tells_the_asker_whatever_the_text(tmp_path, label):
    assert is_asker_label(f"{label}yes")
    assert read_answers(tmp_path, {"text": "Rest."}, {"text": f"{label}It goes away."}) == [False, True]


@pytest.mark.parametrize(
    "text", ["Op: the site is swollen", "Operate.", "The original poster is right.", "Post-op: rest"]
)
def test_what_only_looks_like_a_label_is_none(text):
    assert not is_asker_label(text) or text.startswith("Op:")
    assert not is_asker_label(text.lower())


@pytest.mark.parametrize("name", ["Original poster", "OP", "original questioner", "The asker", "Question author"])
def test_a_name_may_say_that_it_is_the_asker(tmp_path, name):
    assert is_asker_name(name)
    assert read_answers(tmp_path, {"text": "It goes away.", "author": {"name": name}}) == [True]


def test_what_a_record_gives_is_taken(tmp_path):
    thanks = "thank you doctor, i will try that"
    given_ = read_answers(tmp_path, {"text": "Rest.", "by_asker": True}, {"text": thanks, "by_asker": False})
    assert given_ == [True, False]


def test_what_is_neither_true_nor_false_is_told(tmp_path):
    path = tmp_path / "page"
    path.write_text(json.dumps({"title": "Zog?", "answers": [{"text": "Rest.", "by_asker": "maybe"}]}))
    problem, thread = read_paths([path])
    assert isinstance(problem, Problem)
    assert problem.message == '"by_asker" of answer 1 should be true or false, found maybe: left out'
    assert isinstance(thread, Thread)
    assert not thread.answers[0].by_asker


def test_it_is_written_and_counted(tmp_path):
    path = tmp_path / "page"
    answers = [{"text": "Rest.", "author": ZIG}, {"text": "I did.", "author": {"name": "Zogfan"}, "by_asker": True}]
    path.write_text(json.dumps({"title": "Zog?", "answers": answers}))
    report = Report()
    (thread,) = read_paths([path], report=report)
    assert isinstance(thread, Thread)
    assert [answer.get("by_asker") for answer in thread_to_record(thread)["answers"]] == [None, True]
    assert (report.answers, report.by_asker, report.doctors) == (2, 1, 1)
    assert "by the asker:     1 of the answers, kept and never quoted" in report.lines()


SCHEMA = {
    "@type": "QAPage",
    "mainEntity": {
        "@type": "Question",
        "name": "Is zog light safe?",
        "author": {"@type": "Person", "name": "Zogfan"},
        "suggestedAnswer": [
            {"@type": "Answer", "text": "It is.", "author": {"@type": "Physician", "name": "Zig Invented"}},
            {"@type": "Answer", "text": "It stings, though.", "author": {"@type": "Person", "name": "zogfan"}},
        ],
    },
}


def html_of(schema: object) -> str:
    return f'<!doctype html><script type="application/ld+json">{json.dumps(schema)}</script>'


def test_schema_org_names_the_asker(tmp_path):
    assert read(tmp_path, html_of(SCHEMA)) == [("It is.", False), ("It stings, though.", True)]


def test_microdata_names_the_asker(tmp_path):
    def person(name: str) -> str:
        return f'<i itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">{name}</b></i>'

    answers = "".join(
        '<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer">'
        f'<p itemprop="text">{text}</p>{person(name)}</div>'
        for text, name in (("It is.", "Zig Invented"), ("It stings, though.", "Zogfan"))
    )
    page = (
        '<!doctype html><div itemscope itemtype="https://schema.org/Question"><h1 itemprop="name">Safe?</h1>'
        f"{person('Zogfan')}{answers}</div>"
    )
    assert read(tmp_path, page) == [("It is.", False), ("It stings, though.", True)]


def test_a_clinic_that_asks_and_answers_on_its_own_page_is_no_asker(tmp_path):
    clinic = {"@type": "Organization", "name": "Zog Clinic"}
    question = {"@type": "Question", "name": "Is it safe?", "author": clinic}
    answer = {"@type": "Answer", "text": "It is.", "author": clinic}
    assert read(tmp_path, html_of({**question, "acceptedAnswer": answer})) == [("It is.", False)]


@pytest.mark.parametrize("column", ["asker", "asked by", "question_author", "Questioner"])
def test_a_column_of_a_table_names_the_asker(tmp_path, column):
    table = f"question,{column},answer,author\nSafe?,Zogfan,It is.,Zig Invented\nSafe?,Zogfan,It stings.,Zogfan\n"
    assert read(tmp_path, table) == [("It is.", False), ("It stings.", True)]


def test_a_column_of_a_table_may_say_it_outright(tmp_path):
    table = "question,answer,by_asker\nSafe?,It is.,no\nSafe?,It stings.,yes\n"
    assert read(tmp_path, table) == [("It is.", False), ("It stings.", True)]


def test_names_that_several_people_share_are_nobodys(tmp_path):
    answer = {"text": "It is safe.", "author": {"name": "Anonymous"}}
    assert read_answers(tmp_path, answer, asker="anonymous") == [False]


def test_who_thanks_in_one_answer_wrote_the_others_under_that_name(tmp_path):
    fan = {"name": "Zogfan"}
    thanks = {"text": "thank you doctor, i will try that", "author": fan}
    more = {"text": "Only in the evening.", "author": fan}
    assert read_answers(tmp_path, {"text": "Rest.", "author": ZIG}, thanks, more) == [False, True, True]


CAPTURE = """Is zog light safe?

It itches since yesterday.

2 answers

It is, for a day or two.

Zig Invented, MD

Original poster: thank you! That helps.

Come and see us.

Zug Invented, RN
"""


def test_a_captured_page_with_authors_has_the_askers_words_apart(tmp_path):
    assert read(tmp_path, CAPTURE) == [
        ("It is, for a day or two.", False),
        ("Original poster: thank you! That helps.", True),
        ("Come and see us.", False),
    ]


def test_a_captured_page_with_titles_has_the_askers_words_apart(tmp_path):
    page = (
        "Is zog light safe?\n\nIt itches.\n\nIt may itch\n\nFor a day or two.\nOP: thanks a lot\n\n"
        "Do not scratch\n\nCome and see us.\n\nOriginal poster\n\nIt is gone now.\n"
    )
    assert read(tmp_path, page) == [
        ("For a day or two.", False),
        ("OP: thanks a lot", True),
        ("Come and see us.", False),
        ("Original poster\nIt is gone now.", True),
    ]


def test_a_summary_is_never_the_askers():
    answer = Answer("a", 2, "thank you doctor, i will try that", kind="summary")
    assert mark_asker([answer], None, given=[None]) == (answer,)


@given(st.text(), st.booleans())
def test_any_text_is_judged(text, first):
    assert classified_as_asker(text, first=first) in (True, False)
    answer = Answer("a", 1, text, author=Doctor("Dr. Zog", "MD"))
    assert mark_asker([answer], None, given=[None])[0].by_asker == is_asker_label(text)
