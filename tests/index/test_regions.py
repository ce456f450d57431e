"""Of which state and country a place is."""

import pytest

from index.search.regions import aliases_of, place_named, regions_of


@pytest.mark.parametrize(
    ("location", "regions"),
    [
        ("Toronto", ("ontario", "canada")),
        ("Beverly Hills", ("california", "united states")),
        ("San Diego, CA", ("california", "united states")),
        ("San Diego, California", ("california", "united states")),
        ("London, Ontario", ("ontario", "canada")),
        ("Birmingham, UK", ("united kingdom",)),
        ("Paris", ("france",)),
        ("Zogtown", ()),
    ],
)
def test_a_place_lies_in_its_state_and_country(location, regions):
    assert regions_of(location) == regions


def test_of_a_city_of_which_there_are_several_nothing_is_guessed():
    assert regions_of("Birmingham") == ()
    assert regions_of("Portland") == ()


def test_an_abbreviation_that_is_a_word_is_known_in_records_only():
    assert regions_of("Zogtown, OR") == ("oregon", "united states")
    assert place_named(("or",)) is None
    assert place_named(("ny",)) == "new york"


def test_places_are_known_by_what_people_call_them():
    assert place_named(("la",)) == "los angeles"
    assert ("nyc",) in aliases_of("new york")
    assert ("usa",) in aliases_of("united states")
