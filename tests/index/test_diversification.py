"""The first hits are different doctors' views."""

import pytest

from corpus import Doctor
from index.search.diversification import diversified, doctor_key


def test_a_doctor_comes_once_among_the_first_five_where_there_are_others():
    items = list("abcdefgh")
    doctors = ["zog", "zog", "zig", "zog", "zug", "zag", "zeg", "zog"]
    assert "".join(diversified(items, doctors)) == "acefg" + "bdh"


def test_unnamed_doctors_repeat_nobody():
    assert diversified([1, 2, 3], [None, None, None]) == [1, 2, 3]


def test_the_order_stays_where_no_doctor_repeats_or_all_do():
    assert diversified([1, 2, 3], ["a", "b", "c"]) == [1, 2, 3]
    assert diversified([1, 2, 3], ["a", "a", "a"]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("author", "is_person"),
    [
        (Doctor(name="Zog Invented"), True),
        (Doctor(name="Dr. Zog"), True),
        (Doctor(name="Zog", credentials="MD"), True),
        (Doctor(name="CDC"), False),
        (Doctor(specialty="Dermatologist"), False),
        (None, False),
    ],
)
def test_an_institution_or_nobody_is_no_doctor_with_one_view(author, is_person):
    assert (doctor_key(author) is not None) == is_person
