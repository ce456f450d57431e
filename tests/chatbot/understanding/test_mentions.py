"""What a message mentions that was learned to be a reference or a filter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.understanding.filters import Unknown
from chatbot.understanding.mentions import filters_in, reference_in
from index.search.filters import NO_FILTERS, Filters
from tests.chatbot.understanding.test_intent import CITED, FACETS


@pytest.mark.parametrize(
    ("message", "request_", "targets"),
    [
        ("sorry could you bring up that Toronto guy again, all of it", "whole", (0,)),
        ("whats the name of number 3 again", "who", (2,)),
        ("did Dr. Hope write something else somewhere", "more by", (1,)),
        ("so do most of these people agree then", "agree", ()),
        ("you left some out, let me see the others", "others", ()),
        ("who on earth are these people", "who", (0, 1, 2, 3, 4)),
        ("how old is all of that", "question", (0, 1, 2, 3, 4)),
        ("does it say anything about cake", "unclear", (0, 1, 2, 3, 4)),
    ],
)
def test_what_a_reference_mentions_is_looked_up_whatever_else_it_says(message, request_, targets):
    found = reference_in(message, CITED, FACETS)
    assert (found.request, found.targets) == (request_, targets)


def test_where_nothing_was_cited_nothing_is_meant():
    assert reference_in("the second one, please", (), FACETS).request == "nothing"


@pytest.mark.parametrize(
    ("message", "filters"),
    [
        ("could it be someone from around Toronto", Filters(location="toronto")),
        ("id trust 4 stars or more", Filters(min_rating=4.0)),
        ("a Plastic Surgeon in New York would be nice", Filters(specialty="plastic surgeon", location="new york")),
    ],
)
def test_what_a_filter_mentions_restricts(message, filters):
    assert filters_in(message, NO_FILTERS, FACETS) == filters


def test_a_profession_that_nobody_has_is_told_and_what_leaves_some_out_is_no_filter():
    found = filters_in("i would rather have dentists", NO_FILTERS, FACETS)
    assert isinstance(found, Unknown)
    assert found.words == "dentists"
    assert filters_in("leave out the surgeons", NO_FILTERS, FACETS) is None


@given(st.text(max_size=300))
def test_any_text_mentions_something_or_nothing(text):
    assert reference_in(text, CITED, FACETS).request
    filters_in(text, NO_FILTERS, FACETS)
