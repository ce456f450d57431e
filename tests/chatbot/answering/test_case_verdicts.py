"""Answers that are nothing but a verdict on one patient."""

import pytest

from chatbot.answering.case_verdicts import LONGEST_CHARS, is_case_verdict


@pytest.mark.parametrize(
    "text",
    [
        "no. you are not pregnant.",
        "so i recommend 125",
        "your tests are normal nothing to worry about",
        "you have gastritis take omeprazole",
    ],
)
def test_what_says_only_what_is_so_for_one_patient_is_one(text):
    assert is_case_verdict(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is not recommended to massage areas that have been treated directly after treatment.",
        "Exercise does not tighten the skin, because loose skin is a matter of lost elasticity, not of weak muscles.",
        "Itching usually lasts about a week after the treatment. Cool compresses help most people.",
    ],
)
def test_what_holds_for_others_too_is_none(text):
    assert not is_case_verdict(text)


def test_a_long_answer_is_none():
    assert not is_case_verdict("you are not pregnant. " * (LONGEST_CHARS // 20))
