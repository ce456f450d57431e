"""Dates as pages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.dates import date_line, iso_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2015-03-09", "2015-03-09"),
        ("2015-03-09T10:11:12Z", "2015-03-09"),
        ("2015-03", "2015-03"),
        ("March 9, 2015", "2015-03-09"),
        ("Mar. 9th, 2015", "2015-03-09"),
        ("9 Sept 2015", "2015-09-09"),
        ("May 2015", "2015-05"),
        ("2015", "2015"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(written, date):
    assert iso_date(written) == date


@pytest.mark.parametrize("written", ["03/09/2015", "February 30, 2015", "2015-13", "yesterday", "9", ""])
def test_what_is_no_date_or_another_one_elsewhere_is_none(written):
    assert iso_date(written) is None


@given(st.dates())
def test_every_iso_date_is_read_as_it_is(date):
    assert iso_date(str(date)) == str(date)


@pytest.mark.parametrize("line", ["Answered on March 9, 2015", "Posted: 9 March 2015", "March 9, 2015"])
def test_a_line_that_is_only_a_date_is_one(line):
    assert date_line(line) == "2015-03-09"


@pytest.mark.parametrize("line", ["In March 2015 I had a zog peel", "2015", "May I run?", "Answered by Zog"])
def test_a_line_that_says_more_or_less_is_none(line):
    assert date_line(line) is None
