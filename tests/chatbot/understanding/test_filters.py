"""Filters out of words."""

import pytest

from chatbot.narrowing import Facets, narrowing, only_unknown
from index.filters import Filters

FACETS = Facets(
    ("Dermatologic Surgeon", "Dermatologist", "Facial Plastic Surgeon"),
    ("Los Angeles", "Toronto, ON", "San Diego, California"),
)


@pytest.mark.parametrize(
    ("message", "filters"),
    [
        ("only dermatologists", Filters(specialty="dermatologist")),
        ("just facial plastic surgeons please", Filters(specialty="facial plastic surgeon")),
        ("someone in California", Filters(location="california")),
        ("a dermatologist in Toronto", Filters(specialty="dermatologist", location="toronto")),
        ("rated above 4.8", Filters(min_rating=4.8)),
        ("at least 4,5 stars", Filters(min_rating=4.5)),
        ("doctors with more than 50 reviews", Filters(min_reviews=50)),
        ("verbatim only", Filters(verbatim_only=True)),
        ("only dermatologists rated above 4.5 with at least 10 reviews", Filters("dermatologist", None, None, 4.5, 10)),
    ],
)
def test_what_only_narrows_becomes_filters(message, filters):
    assert narrowing(message, Filters(), FACETS) == filters


@pytest.mark.parametrize("message", ["any doctor", "remove the filter", "no filters", "All doctors"])
def test_filters_are_lifted(message):
    assert narrowing(message, Filters(specialty="dermatologist"), FACETS) == Filters()


def test_a_second_filter_joins_the_first():
    assert narrowing("in Toronto", Filters(min_rating=4.0), FACETS) == Filters(location="toronto", min_rating=4.0)


@pytest.mark.parametrize(
    "message",
    [
        "Can I do facial exercises after Botox?",
        "what do dermatologists say about peels?",
        "is Toronto cold?",
        "only vets",
        "4.8",
        "",
    ],
)
def test_a_question_is_no_filter(message):
    assert narrowing(message, Filters(), FACETS) is None


def test_who_is_not_there_is_told():
    assert only_unknown("only vets") == "vets"
    assert only_unknown("Can only vets do that?") is None
