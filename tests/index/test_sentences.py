"""Sentences as exact spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


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


@given(st.text(st.sampled_from("ab A.!?\n0-Dr mg,'")) | st.text())
def test_spans_are_in_order_apart_and_leave_out_nothing_but_white_space(text):
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() for sentence in sentences(text))
