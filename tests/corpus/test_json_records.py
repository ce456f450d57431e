"""Threads as JSON, there and back."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.json_records import read_json_document, read_json_lines, thread_to_record
from corpus.records import Answer, Doctor, Problem, Thread

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Z"]), min_size=1, max_size=20)
DOCTORS = st.builds(
    Doctor,
    name=WORDS,
    credentials=st.none() | WORDS,
    specialty=st.none() | WORDS,
    location=st.none() | WORDS,
    rating=st.none() | st.floats(0, 5),
    reviews=st.none() | st.integers(0, 10**6),
)
ANSWERS = st.builds(
    dict,
    title=st.none() | WORDS,
    text=WORDS,
    url=st.none() | WORDS,
    author=st.none() | DOCTORS,
    kind=st.sampled_from(["verbatim", "summary"]),
    votes=st.none() | st.integers(-100, 100),
    stance=st.sampled_from([None, "yes", "no", "depends", "none"]),
)


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    drawn = draw(st.lists(ANSWERS, min_size=1, max_size=4))
    return Thread(
        id=draw(st.uuids()).hex,
        title=draw(WORDS),
        question=draw(st.none() | WORDS),
        url=draw(st.none() | WORDS),
        source=draw(st.none() | WORDS),
        tags=tuple(draw(st.lists(WORDS, max_size=3))),
        disclaimer=draw(st.none() | WORDS),
        answers=tuple(Answer(id=f"a{n}", position=n, **fields) for n, fields in enumerate(drawn, start=1)),
    )


def read_line(record: object) -> tuple[list[Thread], list[str]]:
    found = list(read_json_lines([json.dumps(record)], file="export.jsonl"))
    return [r for r in found if isinstance(r, Thread)], [str(r) for r in found if isinstance(r, Problem)]


@given(threads())
def test_a_thread_that_is_written_is_read_back_as_it(thread):
    assert read_line(thread_to_record(thread)) == ([thread], [])


@given(st.lists(threads(), max_size=3))
def test_a_json_document_may_hold_one_thread_or_a_list_of_them(several):
    records = [thread_to_record(thread) for thread in several]
    assert list(read_json_document(json.dumps(records, indent=2), file="export.json")) == several
    for thread, record in zip(several, records, strict=True):
        assert list(read_json_document(json.dumps(record), file="export.json")) == [thread]


def test_a_record_that_is_written_has_the_documented_keys():
    record = thread_to_record(Thread(id="t", title="T", answers=(Answer(id="a", position=1, text="Rest."),)))
    assert record == {
        "id": "t",
        "title": "T",
        "question": None,
        "url": None,
        "source": None,
        "tags": [],
        "disclaimer": None,
        "answers": [{"id": "a", "title": None, "text": "Rest.", "url": None, "kind": "verbatim"}],
    }


def test_missing_ids_are_made_from_the_content_and_stay_the_same():
    record = {"title": "T", "answers": [{"text": "Rest."}, {"text": "Run."}]}
    (first,), _ = read_line(record)
    (again,), _ = read_line(record)
    assert first == again
    assert len({first.id, *(answer.id for answer in first.answers)}) == 3


def test_a_question_without_a_title_is_the_title():
    (thread,), _ = read_line({"question": "May I run?", "answers": [{"text": "Rest."}]})
    assert (thread.title, thread.question) == ("May I run?", None)


def test_a_thread_without_title_and_question_gets_its_title_from_where_its_answer_begins():
    texts = ["Rest a day or two,\nand then go on with what you did before, but for the zogging, of which less is more."]
    texts.append(f"{texts[0]} Nothing else helps.")
    (first,), problems = read_line({"answers": [{"text": texts[0]}, {"text": "No."}]})
    (second,), _ = read_line({"answers": [{"text": texts[1]}]})
    assert first.title == "Rest a day or two, and then go on with what you did before, but for the …"
    assert [answer.text for answer in first.answers] == [texts[0], "No."]
    assert (second.title, second.id == first.id) == (first.title, False)
    assert [str(problem) for problem in problems] == [
        f'export.jsonl:1: the thread has no title and no question: "{first.title}", where its first answer begins, '
        "is its title"
    ]


@pytest.mark.parametrize(
    ("answer", "title"),
    [({"title": "Rest", "text": "A day or two."}, "Rest"), ({"text": "z" * 200}, "z" * 79 + "…")],
)
def test_the_title_of_such_a_thread_is_its_answers_own_or_a_part_of_a_word(answer, title):
    (thread,), _ = read_line({"answers": [{"text": None}, answer]})
    assert thread.title == title


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "export.jsonl:1: not valid JSON (Expecting property name enclosed in double quotes at line 1, column 2)"),
        ("[1]", "export.jsonl:1: expected a thread as a JSON object, found a list"),
        (
            '{"answers": [{"title": "T"}]}',
            "export.jsonl:1: the thread has no title, no question and no answer with a text",
        ),
        ('{"title": "T"}', 'export.jsonl:1: the thread "T" has no list of answers'),
        ('{"title": "T", "answers": []}', 'export.jsonl:1: the thread "T" has no answer with a text'),
        (
            "[" * 100_000,
            "export.jsonl:1: the JSON is nested too deep, or a number in it is too long, to be a thread",
        ),
    ],
)
def test_a_line_that_is_no_thread_is_told_with_its_place(line, message):
    assert [str(record) for record in read_json_lines([line], file="export.jsonl")] == [message]


def test_a_bad_line_does_not_stop_the_rest():
    good = json.dumps({"title": "T", "answers": [{"text": "Rest."}]})
    found = list(read_json_lines([good, "broken", "", good], file="export.jsonl"))
    assert [type(record) for record in found] == [Thread, Problem, Thread]


@pytest.mark.parametrize("rating", [5.1, -1, math.inf, math.nan, "4.5", True])
def test_stars_that_can_not_be_are_left_out_and_told(rating):
    record = {"title": "T", "answers": [{"text": "Rest.", "author": {"name": "Zog Invented", "rating": rating}}]}
    (thread,), problems = read_line(record)
    assert thread.answers[0].author == Doctor(name="Zog Invented")
    assert len(problems) == 1
    assert '"rating" of the author of answer 1 should be a number from 0 to 5' in problems[0]


def test_what_is_wrong_in_an_answer_is_told_and_the_others_are_kept():
    record = {"title": "T", "answers": [{"text": " "}, "Rest.", {"text": "Run."}, {"text": "Go.", "kind": "poem"}]}
    (thread,), problems = read_line(record)
    assert [(answer.position, answer.text) for answer in thread.answers] == [(1, "Run."), (2, "Go.")]
    assert problems == [
        "export.jsonl:1: answer 1 has no text: left out",
        "export.jsonl:1: answer 2 is a text, not a JSON object: left out",
        'export.jsonl:1: "kind" of answer 4 should be "verbatim" or "summary" (so it counts as verbatim): left out',
    ]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["id", "title", "answers", "text", "author"]), inner)
    ),
)


@given(JSON_VALUES)
def test_any_json_gives_threads_or_problems_and_no_error(value):
    assert list(read_json_lines([json.dumps(value)], file="any.jsonl"))


@pytest.mark.parametrize("stance", ["Yes", "maybe", 1, ["yes"]])
def test_a_stance_that_is_none_of_the_four_is_told_and_left_out(stance):
    record = {"id": "zog", "title": "Is zog tea safe?", "answers": [{"text": "It is.", "stance": stance}]}
    (thread,), problems = read_line(record)
    assert thread.answers[0].stance is None
    said = '"stance" of answer 1 should be "yes", "no", "depends" or "none", found'
    assert problems == [f"export.jsonl:1: {said} {stance}: left out"]
