"""Sentences as exact spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["I agree with Drs. Zog, Zig and Zug.", "It is not wise."],
        ["I am 5 mos. post my last treatment.", "It sags."],
        ["Ask Dr. Zog.", "He knows."],
        ["Wait 3-4 hrs. before you lie down.", "Then rest."],
        ["Take 0.75 mg. twice a day.", "Stop after 2.5 weeks."],
        ["Use fillers, e.g. Zogoderm.", "They help."],
        ["It lasts 5 mos.", "After that come back."],
        ["hello this is unfamiliar.", "i am sure it is fine."],
        ["Really?", "Yes!", "It is."],
        ["wait.", "Then go."],
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_lost_space_between_sentences_is_a_boundary():
    assert sentences("You should wait.Then go home.") == ["You should wait.", "Then go home."]


def test_paragraphs_and_items_of_a_list_are_not_joined():
    assert sentences("Do this:\n- rest\n- drink\n\nThen come") == ["Do this:", "- rest", "- drink", "Then come"]


@pytest.mark.parametrize(
    "text",
    [
        *("give 0. 5mg but do not repeat", "from 2. 5 – 3. 5 mg a day", "take 1 . 25 mg now", "it costs 1,000 here"),
        *("this is no. 5 of them", "wait approx. 3 weeks", "take 5. mg of it", "the tsh is 9. 43 and rising", "3. 5 %"),
        *(
            "at 120 / 80. 5 it is",
            "I waited until 2012. 5 doctors said so",
            "0.\n5 mg of zog",
            "1 . 2 . 3",
            "5. days later",
        ),
    ],
)
def test_a_number_and_its_unit_stay_in_one_sentence(text):
    assert sentences(text) == [text]


def test_paragraphs_and_lists_are_parted_after_a_number_too():
    assert sentences("until 2012.\n\n5 doctors") == ["until 2012.", "5 doctors"]
    assert sentences("Take 2.\n3. Drink") == ["Take 2.", "3. Drink"]
    assert sentences("we met in 2012. then he left. it was fine.")[-1] == "it was fine."


SPACES = st.text(" \t", max_size=3)
NUMBERS = st.tuples(st.integers(0, 999), SPACES, st.sampled_from(".,"), SPACES, st.integers(0, 99)).map(
    lambda parts: "".join(map(str, parts))
)
RANGES = st.tuples(NUMBERS, SPACES, st.sampled_from("-–—"), SPACES, NUMBERS).map("".join)
UNITS = st.sampled_from(["mg", "ml", "%", "days", "weeks", "IU"])
WORDS = st.sampled_from(["zog", "rest.", "Then go.", "it is fine!", "hello,", "Dr. Zog", "is it? yes"])


@given(st.lists(st.tuples(WORDS, NUMBERS | RANGES, SPACES, UNITS), min_size=1, max_size=4), WORDS)
def test_no_boundary_falls_inside_a_number_however_it_is_spaced(parts, end):
    text, numbers = "", []
    for word, number, space, unit in parts:
        text += f"{word} "
        numbers.append((len(text), len(text) + len(number + space + unit)))
        text += f"{number}{space}{unit} "
    text += end
    for start, stop in sentence_spans(text):
        for first, last in numbers:
            assert not first < start < last, (text, text[start:stop])
            assert not first < stop < last, (text, text[start:stop])


@given(st.text(st.sampled_from("ab A.!?\n0-Dr mg,'")) | st.text())
def test_spans_are_in_order_apart_and_leave_out_nothing_but_white_space(text):
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() for sentence in sentences(text))
