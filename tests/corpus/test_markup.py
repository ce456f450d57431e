"""Markup is cleaned out of texts, and nothing else is changed."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.cleaning.markup import clean_markup
from corpus.formats.captured.page import read_text_page
from corpus.formats.json_records import read_record
from corpus.records import Thread

WORD_HEAD = (
    "16.00 Normal 0 false false false EN-US X-NONE X-NONE /* Style Definitions */ table.MsoNormalTable "
    '{mso-style-name:"Table Normal"; mso-para-margin:0in; font-family:"Calibri",sans-serif;} '
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORD_HEAD + "Rest first.", "Rest first."),
        ("Normal 0 21 false false false DE X-NONE X-NONE Rest.", "Rest."),
        ("p.MsoNormal, li.MsoNormal {margin:0in; mso-style-parent:x;} Rest.", "Rest."),
        ("Go. @font-face {panose-1:2 15;} @page Section1 {mso-header-margin:.5in;} Rest.", "Go. Rest."),
        ('<p class="MsoNormal">Rest<o:p></o:p></p><p>Sleep</p>', "Rest\n\nSleep"),
        ("<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->Rest.", "Rest."),
        ("Rest<!-- a comment -->now.", "Rest now."),
        ("<style>p {color: red}</style>Rest.", "Rest."),
        ("Rest<br/>Sleep", "Rest\nSleep"),
        ("&lt;b&gt;Rest&lt;/b&gt; &amp; sleep&nbsp;well", "Rest & sleep well"),
        ("Zog&#39;s &amp;amp; Zig&rsquo;s", "Zog's & Zig’s"),
    ],
)  # fmt: skip
def test_markup_is_taken_out(text, expected):
    assert clean_markup(text) == expected


TEXTS = [
    *(
        "{time and insight} heals",
        "I <3 you",
        "a < b and c > d",
        "5 > 3",
        "if x<a and b>c",
        "AT&T; R&D",
        "{a: b} and {c}",
    ),
    *("see <http://zog.example/a>", "--> look", "Normal 0 to 5 is fine", "Style {plain}", "i<j", "<grin>", "a & b; c"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_people_write_stays(text):
    assert clean_markup(text) is text


@given(st.text(st.characters(exclude_characters="<&{")))
def test_a_text_without_signs_of_markup_is_unchanged(text):
    assert clean_markup(f"{text} Normality") == f"{text} Normality"


PIECES = st.sampled_from(
    [
        *"<b> </b> <br> <p </p> <!-- --> <style> </style> & amp; &lt; &gt; &nbsp; { } mso-a:b; < > ; a \n".split(" "),
        WORD_HEAD,
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join) | st.text())
@example("<<b>b>x<</b>/b>")
@example("&amp;lt;b&amp;gt;")
def test_what_is_cleaned_stays_as_it_is(text):
    assert clean_markup(clean_markup(text)) == clean_markup(text)


HOSTILE = ["<" * 200_000, "{mso-" * 50_000, "<!--" * 50_000, "<style>" * 30_000, "&amp;" * 100_000, "<a b=c " * 30_000]


@pytest.mark.parametrize("text", [*HOSTILE, "Normal 0 " * 30_000, "<a" + " a=b" * 50_000, "<" * 20_000 + "b>" * 20_000])
def test_hostile_markup_takes_no_long_time(text):
    start = time.process_time()
    clean_markup(text)
    assert time.process_time() - start < 10


def test_ids_are_made_of_the_clean_text():
    records = [{"title": "Zog?", "answers": [{"text": text}]} for text in (f"{WORD_HEAD}Rest.", "Rest.")]
    marked, plain = [
        found for record in records for found in read_record(record, file="f") if isinstance(found, Thread)
    ]
    assert marked == plain


def test_an_answer_of_nothing_but_markup_is_left_out():
    record = {"title": "Zog?", "answers": [{"text": WORD_HEAD}, {"text": "Rest."}]}
    problem, thread = read_record(record, file="f")
    assert str(problem) == "f: answer 1 has no text: left out"
    assert isinstance(thread, Thread)
    assert [answer.text for answer in thread.answers] == ["Rest."]


def test_a_captured_page_is_cleaned(tmp_path):
    from corpus import read_paths

    page = tmp_path / "page.txt"
    page.write_text(f"Is zog safe?\n\nIt itches.\n\n1 answer\n\n{WORD_HEAD}Rest.\n\nZog Invented, MD\n")
    (thread,) = read_paths([page])
    assert isinstance(thread, Thread)
    assert thread.answers[0].text == "Rest."
    (again,) = read_text_page("Is zog safe?\n\nIt itches.\n\n1 answer\n\nRest.\n\nZog Invented, MD\n", file="f")
    assert isinstance(again, Thread)
    assert again.answers[0].id == thread.answers[0].id
