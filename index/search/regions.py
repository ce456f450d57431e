"""Of which state and country a place is, and the short forms by which people call places.

A record often names a city alone ("Toronto"), and people ask for "Canada" or "CA". `regions.toml` has the states of two
countries, with their best known cities; of other countries it has the names and some cities.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.text.normalisation import case_folded

Words = tuple[str, ...]

_FILE = Path(__file__).with_name("regions.toml")
_WORD = re.compile(r"\w+")
_COMMAS = re.compile(r"[,;/()|]")
_ALSO_WORDS = frozenset("al as co de hi id in la ma md me mo ms mt nb nd ne ok oh on or pa sc sd us".split())
"""Abbreviations of states that a message in lower case has as words, or as another place ("la")."""


@dataclass(frozen=True, slots=True)
class _Regions:
    """Each place's names by its words, and the regions of each city, state and abbreviation by its words."""

    names: Mapping[Words, str]
    """What people call a country, a state or a city, and its name in lower case."""
    within: Mapping[Words, tuple[str, ...]]
    """The regions, in lower case, that a place lies in, itself among them if it is a region."""
    abbreviations: Mapping[str, str]
    """The states by their abbreviations, in capitals."""


def place_named(words: Words) -> str | None:
    """Return the place that some case-folded words are the name or a short form of, in lower case, or None."""
    return _regions().names.get(words)


def aliases_of(place: str) -> tuple[Words, ...]:
    """Return the words by which people call a place, given by its name in lower case, its own ones left out."""
    own = words_of_place(place)
    return tuple(words for words, name in _regions().names.items() if name == place and words != own)


@cache
def regions_of(location: str) -> tuple[str, ...]:
    """Return the state and the country that a record's place lies in, in lower case: of "Toronto" two.

    A city of which there are several of the name, by what is known, has only what its record says.
    """
    known = _regions()
    parts = [part.strip() for part in _COMMAS.split(location) if part.strip()]
    found: dict[str, None] = {}
    for part in reversed(parts):
        state = known.abbreviations.get(part) if part.isupper() else None
        regions = known.within.get(words_of_place(state or part), ())
        # What stands behind a city says which one it is: "Birmingham, UK" is not in Alabama.
        fits = not found or any(region in found for region in regions)
        if regions and fits:
            found |= dict.fromkeys(regions)
    return tuple(found)


def words_of_place(text: str) -> Words:
    """Return the case-folded words of a place's name."""
    return tuple(_WORD.findall(case_folded(text)))


@cache
def _regions() -> _Regions:
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    names: dict[Words, str] = {}
    within: dict[Words, tuple[str, ...]] = {}
    abbreviations: dict[str, str] = {}
    cities: dict[Words, list[tuple[str, ...]]] = {}
    for country, called in record["countries"].items():
        for name in called:
            names[words_of_place(name)] = country.lower()
            within[words_of_place(name)] = (country.lower(),)
    for country, its_cities in record["cities"].items():
        for city in its_cities:
            cities.setdefault(words_of_place(city), []).append((country.lower(),))
            names.setdefault(words_of_place(city), city.lower())
    for country, states in record["states"].items():
        for abbreviation, (state, *its_cities) in states.items():
            regions = (state.lower(), country.lower())
            abbreviations[abbreviation] = state
            names[words_of_place(state)] = state.lower()
            within[words_of_place(state)] = regions
            if abbreviation.lower() not in _ALSO_WORDS:
                names[(abbreviation.lower(),)] = state.lower()
            for city in its_cities:
                cities.setdefault(words_of_place(city), []).append(regions)
                names.setdefault(words_of_place(city), city.lower())
    for place, called in record["nicknames"].items():
        names |= dict.fromkeys(map(words_of_place, called), place)
    within = {words: found[0] for words, found in cities.items() if len(found) == 1} | within
    return _Regions(names, within, abbreviations)
