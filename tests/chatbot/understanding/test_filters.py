"""Filters out of words."""

import pytest

from chatbot.understanding.filters import Unknown, extract_filters, removes_filters
from chatbot.understanding.message import short_message
from index.search.facets import Facets
from index.search.filters import Filters

FACETS = Facets.of(
    ("Dermatologic Surgeon", "Dermatologist", "Facial Plastic Surgeon"),
    ("Los Angeles", "Toronto, ON", "San Diego, California"),
    ("Zog Invented",),
)


def filtered(message: str, current: Filters | None = None) -> Filters | Unknown | None:
    short = short_message(message)
    return None if short is None else extract_filters(short, current or Filters(), FACETS)


@pytest.mark.parametrize(
    ("message", "filters"),
    [
        ("only dermatologists", Filters(specialty="dermatologist")),
        ("just facial plastic surgeons please", Filters(specialty="facial plastic surgeon")),
        ("Surgeons only!", Filters(specialty="surgeon")),
        ("by a dermatologist", Filters(specialty="dermatologist")),
        ("what do dermatologists say?", Filters(specialty="dermatologist")),
        ("someone in California", Filters(location="california")),
        ("from San Diego, California", Filters(location="san diego, california")),
        ("only Los Angeles", Filters(location="los angeles")),
        ("a dermatologist in Toronto", Filters(specialty="dermatologist", location="toronto")),
        ("rated above 4.8", Filters(min_rating=4.8)),
        ("at least 4,5 stars", Filters(min_rating=4.5)),
        ("doctors with more than 50 reviews", Filters(min_reviews=50)),
        ("verbatim only", Filters(verbatim_only=True)),
        ("only Dr. Invented", Filters(doctor="Zog Invented")),
        ("only dermatologists rated above 4.5 with at least 10 reviews", Filters("dermatologist", None, None, 4.5, 10)),
    ],
)
def test_what_only_restricts_becomes_filters(message, filters):
    assert filtered(message) == filters


@pytest.mark.parametrize(
    "message", ["any doctor", "remove the filter", "no filters", "All doctors", "not only a surgeon"]
)
def test_filters_are_lifted(message):
    short = short_message(message)
    assert short is not None
    assert removes_filters(short, FACETS)


def test_a_second_filter_joins_the_first():
    assert filtered("in Toronto", Filters(min_rating=4.0)) == Filters(location="toronto", min_rating=4.0)


@pytest.mark.parametrize(
    "message",
    [
        "Can I do facial exercises after Botox?",
        "what do dermatologists say about peels?",
        "is Toronto cold?",
        "4.8",
        "",
        "Only my left eye?",
        "and facials?",
        "only facials",
        "only plastic",
        "only derm",
        "Toronto",
        "dermatologists",
        "see a dermatologist",
        "someone in pain",
        "from my eye",
    ],
)
def test_a_question_is_no_filter(message):
    assert filtered(message) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("only vets", "vets"),
        ("just psychiatrists please", "psychiatrists"),
        ("only doctors from Paris", "Paris"),
        ("Can only vets do that?", None),
        ("Only my left eye?", None),
        ("only my dentist", None),
        ("only Botox", None),
    ],
)
def test_who_is_not_there_is_told(message, kind):
    short = short_message(message)
    assert short is not None
    found = extract_filters(short, Filters(), FACETS)
    assert (found.words if isinstance(found, Unknown) else None) == kind
