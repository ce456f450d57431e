"""The fields of one JSON object, read one by one; what is not what it should be is told and left out."""

import math
from collections.abc import Mapping
from typing import Any, get_args

from corpus.cleaning.markup import clean_markup
from corpus.files.decode import dropped_characters, tidy
from corpus.formats.dates import iso_date
from corpus.records import MAX_STARS, Kind, Stance

_ID_MAX_CHARS = 200
_MAX_WHOLE_NUMBER = 2**53


class Fields:
    """Reads the fields of one JSON object, and notes each that is not what it should be."""

    def __init__(self, record: Mapping[str, Any], owner: str, doubts: list[str]) -> None:
        self._record = record
        self._owner = owner
        self._doubts = doubts

    def text(self, key: str) -> str | None:
        """A text without the white space around it; an empty one is absent."""
        value = self._record.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._left_out(key, f"should be a text, found {kind_of(value)}")
            return None
        found, dropped = without_markup(value)
        if dropped:
            self._doubts.append(f'"{key}" of {self._owner} has {dropped_characters(dropped)}')
        return found.strip() or None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty ones are left out."""
        value = self._record.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._left_out(key, "should be a list of texts")
            return ()
        tidied = [without_markup(item)[0].strip() for item in value]
        return tuple(item for item in tidied if item)

    def identity(self, key: str = "id") -> str | None:
        """An id: a text without spaces, or a whole number."""
        value = self._record.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MAX_WHOLE_NUMBER:
            value = str(value)
        fits = isinstance(value, str) and len(value) <= _ID_MAX_CHARS and value.split() == [value]
        if not fits or tidy(value)[1]:
            self._left_out(key, f"should be a text of 1 to {_ID_MAX_CHARS} characters without spaces")
            return None
        return str(value)

    def kind(self) -> Kind:
        """Verbatim, unless it says summary."""
        value = self._record.get("kind")
        if value == "summary":
            return "summary"
        if value not in (None, "verbatim"):
            self._left_out("kind", 'should be "verbatim" or "summary" (so it counts as verbatim)')
        return "verbatim"

    def stance(self) -> Stance | None:
        """What an answer says to its page's question, as somebody who read both gave it."""
        value = self._record.get("stance")
        known = next((stance for stance in get_args(Stance) if stance == value), None)
        if value is not None and known is None:
            self._left_out("stance", f'should be "yes", "no", "depends" or "none", found {short(value)}')
        return known

    def truth(self, key: str) -> bool | None:
        """True or false."""
        value = self._record.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._left_out(key, f"should be true or false, found {short(value)}")
        return None

    def whole_number(self, key: str, *, least: int | None = None) -> int | None:
        """A whole number that is not less than `least`."""
        value = self._record.get(key)
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MAX_WHOLE_NUMBER
        if not number or not float(value).is_integer() or (least is not None and value < least):
            self._left_out(key, f"should be a whole number{' from 0 on' if least == 0 else ''}, found {short(value)}")
            return None
        return int(value)

    def stars(self, key: str) -> float | None:
        """A rating of 0 to 5 stars."""
        value = self._record.get(key)
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value <= MAX_STARS or not math.isfinite(value):
            self._left_out(key, f"should be a number from 0 to {MAX_STARS:g}, found {short(value)}")
            return None
        return float(value)

    def date(self, key: str) -> str | None:
        """A date, in ISO 8601 or as pages write it."""
        text = self.text(key)
        found = iso_date(text) if text else None
        if text and not found:
            self._left_out(key, f"should be a date such as 2015-03-09, found {short(text)}")
        return found

    def _left_out(self, key: str, why: str) -> None:
        self._doubts.append(f'"{key}" of {self._owner} {why}: left out')


def without_markup(text: str) -> tuple[str, int]:
    """Return a text tidied and without markup, and how many characters were dropped that could deceive."""
    tidied, dropped = tidy(text)
    clean = clean_markup(tidied)
    if clean is tidied:
        return tidied, dropped
    # An entity may stand for any character.
    again, more = tidy(clean)
    return again, dropped + more


def kind_of(value: object) -> str:
    """Return what a JSON value is, in words."""
    names = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")


def short(value: object, limit: int = 60) -> str:
    """Return a value for a message, cut if it is long."""
    if isinstance(value, int) and abs(value) >= _MAX_WHOLE_NUMBER:
        return "a number that is too large"
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
