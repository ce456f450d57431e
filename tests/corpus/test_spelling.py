"""Misspelled words are read as those of the corpus that were meant, and others are left alone."""

import pytest

from corpus.text.spelling import correction, phonetic_key

WORDS = "botox exercise massage dermatologist ability therapist attachment headache collagen strike filler"
VOCABULARY = dict.fromkeys(WORDS.split(), 50) | {"avail": 1}


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("botx", "botox"),
        ("exersize", "exercise"),
        ("excercise", "exercise"),
        ("massge", "massage"),
        ("masage", "massage"),
        ("dermatoligist", "dermatologist"),
        ("thearapist", "therapist"),
        ("attatchment", "attachment"),
        ("headche", "headache"),
        ("colagen", "collagen"),
        ("botxo", "botox"),
    ],
)
def test_a_slip_that_sounds_the_same_or_swaps_letters_is_mended(word, right):
    assert correction(word, VOCABULARY, answers=1000) == right


@pytest.mark.parametrize("word", ["abilify", "filled", "stroke5", "avil", "zog", "xyzzy", "botulinum", "messages"])
def test_a_word_that_may_be_another_one_is_left_alone(word):
    assert correction(word, VOCABULARY, answers=1000) is None


def test_a_word_is_heard_by_its_consonants():
    assert phonetic_key("exersize") == phonetic_key("exercise")
    assert phonetic_key("abilify") != phonetic_key("ability")
