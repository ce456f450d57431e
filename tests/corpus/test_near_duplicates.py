"""Which texts repeat others."""

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.near_duplicates import MIN_WORDS, NearDuplicates, text_hash

WORDS = [f"zog{number}" for number in range(2000)]


def originals(*texts: str) -> dict[int, int]:
    finder = NearDuplicates()
    for number, text in enumerate(texts):
        add(finder, text, f"Zog Invented {number}")
    return finder.originals()


def add(finder: NearDuplicates, text: str, doctor: str) -> None:
    finder.add(text, doctor, text_hash(text, doctor))


def text_of(words: int, seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def test_of_equal_texts_all_but_the_first_are_copies():
    one, two = text_of(40, 1), text_of(40, 2)
    assert originals(one, two, one, two, one) == {2: 0, 3: 1, 4: 0}


def test_a_changed_greeting_makes_a_near_copy():
    text = text_of(120, 1)
    assert originals("Dear Anna, " + text, "Hello Ben! " + text) == {1: 0}


def test_half_a_text_in_common_makes_no_copy():
    shared = text_of(60, 1)
    assert originals(f"{shared} {text_of(60, 2)}", f"{shared} {text_of(60, 3)}") == {}


def test_no_text_repeats_none():
    assert originals() == {}


@given(st.integers(1, 60), st.integers(0, 10))
def test_a_short_text_is_a_copy_only_of_the_same_doctors(words, seed):
    text = text_of(words, seed)
    finder = NearDuplicates()
    add(finder, text, "Zog Invented")
    add(finder, text, "Imaginary Person")
    add(finder, text, "Zog Invented")
    assert finder.originals() == ({2: 0} if words < MIN_WORDS else {1: 0, 2: 0})
