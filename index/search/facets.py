"""What answers of a corpus can be told apart by in words: its specialties, its places, its doctors' names.

Made once for an index; then a run of words is looked up in a dictionary, however many doctors there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.text.normalisation import case_folded, without_apostrophes
from index.search.professions import professions_of
from index.search.regions import aliases_of, regions_of, words_of_place

Words = tuple[str, ...]

MAX_RUN = 5
"""Words of a specialty, place or name that are looked up in a row."""

_WORD = re.compile(r"\w+")
_TITLES = frozenset("dr doctor prof professor".split())
_BEHIND_A_NAME = frozenset("jr sr ii iii iv md do phd facs frcpc".split())
_MIN_SURNAME = 2
_MIN_PLACE = 3
_COMMAS = re.compile(r"[,;/()|]")
_PARTS = re.compile(r"[,;/&|()]|\band\b")
_DEGREE = 2
"""Letters of a degree that says nothing of whom one is: "MA", "BS"."""
_IS_ONE = re.compile(r"(?:ist|[eo]r|ian|nurse|mft|lpc|worker)s?\s*$", re.IGNORECASE)
"""How a part of a specialty ends that is one itself."""


@dataclass(frozen=True)
class Facets:
    """The vocabulary of a corpus's specialties, places and doctors.

    `specialties` and `places` have the runs of whole words that name one, with the text by which a filter finds
    it; those of specialties without the endings of plurals (`root`). `names` has the doctors by their full name,
    without title and middle initials; `surnames` and `first_names` by these.
    """

    specialties: Mapping[Words, str] = field(default_factory=dict)
    places: Mapping[Words, str] = field(default_factory=dict)
    names: Mapping[Words, tuple[str, ...]] = field(default_factory=dict)
    surnames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        specialties: Iterable[str] = (),
        places: Iterable[str] = (),
        doctors: Iterable[str] = (),
        *,
        credentials: Iterable[str] = (),
    ) -> "Facets":
        """Return the vocabulary of some values, as the corpus writes them."""
        names: dict[Words, dict[str, None]] = {}
        surnames: dict[str, dict[str, None]] = {}
        first_names: dict[str, dict[str, None]] = {}
        for doctor in doctors:
            words = name_words(doctor)
            if not words:
                continue
            for full in dict.fromkeys([words, (words[0], words[-1])]):
                if len(full) > 1:
                    names.setdefault(full, {})[doctor] = None
            if len(words[-1]) >= _MIN_SURNAME:
                surnames.setdefault(words[-1], {})[doctor] = None
            if len(words) > 1 and len(words[0]) >= _MIN_SURNAME:
                first_names.setdefault(words[0], {})[doctor] = None
        return cls(
            _specialty_runs(specialties, credentials),
            _place_runs(places),
            {key: tuple(found) for key, found in names.items()},
            {key: tuple(found) for key, found in surnames.items()},
            {key: tuple(found) for key, found in first_names.items()},
        )

    def specialty(self, words: Sequence[str]) -> str | None:
        """Return the text that finds the specialty which these words name as a whole, or None."""
        return self.specialties.get(roots(words))

    def place(self, words: Sequence[str]) -> str | None:
        """Return the text that finds the place which these words name as a whole, or None."""
        return self.places.get(tuple(words))


def roots(words: Iterable[str]) -> Words:
    """Return what "Dermatologists" and "dermatologist's" have in common, word by word."""
    return tuple(root(word) for word in words)


def root(word: str) -> str:
    """Return a case-folded word without the ending of its plural or genitive."""
    return word.removesuffix("'s").removesuffix("s")


def name_words(name: str) -> Words:
    """Return the words of a person's name, case-folded, without title, initials in the middle, "Jr." and the like."""
    words = list(_WORD.findall(case_folded(without_apostrophes(name))))
    while words and words[0] in _TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _BEHIND_A_NAME:
        words.pop()
    return tuple(word for at, word in enumerate(words) if len(word) > 1 or at in (0, len(words) - 1))


def _specialty_runs(values: Iterable[str], credentials: Iterable[str]) -> dict[Words, str]:
    """Return the ends of each specialty: "Facial Plastic Surgeon" is a surgeon, and no facial.

    Of "Psychologist, Parent Coach" both are one. Of credentials each is, and what they say that somebody is.
    """
    runs: dict[Words, str] = {}
    for value in values:
        *before, last = [part for part in _PARTS.split(value) if part.strip()] or [value]
        for part in (value, last, *(part for part in before if _IS_ONE.search(part))):
            _add_ends(runs, case_folded(part))
    for value in credentials:
        for part in _COMMAS.split(value):
            words = _WORD.findall(case_folded(part))
            if words and len(words) <= MAX_RUN and (len("".join(words)) > _DEGREE or professions_of(part)):
                _add(runs, roots(words), case_folded(part).strip())
        for profession in professions_of(value):
            _add_ends(runs, profession)
    return runs


def _add_ends(runs: dict[Words, str], text: str) -> None:
    words = list(_WORD.finditer(text))
    for first in range(max(0, len(words) - MAX_RUN), len(words)):
        key = roots(word.group() for word in words[first:])
        _add(runs, key, text[words[first].start() : words[-1].end()])


def _place_runs(values: Iterable[str]) -> dict[Words, str]:
    """Return the parts of each place between its commas, all of it, and its state and country, by all their names."""
    runs: dict[Words, str] = {}
    for value in values:
        text = case_folded(value)
        for part in (text, *_COMMAS.split(text)):
            words = tuple(_WORD.findall(part))
            if words and len(words) <= MAX_RUN and sum(map(len, words)) >= _MIN_PLACE:
                _add(runs, words, part.strip())
                for alias in aliases_of(part.strip()):
                    runs.setdefault(alias, part.strip())
        for region in regions_of(value):
            for words in (words_of_place(region), *aliases_of(region)):
                runs.setdefault(words, region)
    return runs


def _add(runs: dict[Words, str], key: Words, found: str) -> None:
    """Keep the shorter text: a filter finds all values with its words, and "surgeon" finds "Surgeons" too."""
    known = runs.get(key)
    if known is None or len(found) < len(known):
        runs[key] = found
