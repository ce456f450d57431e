"""Dates as pages write them, to ISO 8601, as exact as they are."""

import re
from datetime import date

_MONTHS = "january february march april may june july august september october november december".split()
_NAMES = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in _MONTHS) + "|sept"
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ]\d{2}:\d{2}.*)?")
_MONTH_FIRST = re.compile(rf"({_NAMES})\.?\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(\d{{4}})", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+({_NAMES})\.?,?\s+(\d{{4}})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BEFORE = re.compile(r"(?:(?:answered|posted|published|updated|reviewed|asked|date|on)\b[:\s]*)+", re.IGNORECASE)


def iso_date(text: str) -> str | None:
    """Return the date that `text` is, in ISO 8601, or None: "March 9, 2015", "9 Mar 2015", "2015-03".

    "03/09/2015" is none: it is another day in another country.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _checked(*match.groups())
    if match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.groups()
        return _checked(year, _number(month), day)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return _checked(year, _number(month), day)
    return text if _YEAR.fullmatch(text) else None


def date_line(line: str) -> str | None:
    """Return the date of a line that is nothing but one: "Answered on March 9, 2015"."""
    text = line.strip()
    match = _BEFORE.match(text)
    rest = text[match.end() :] if match else text
    return iso_date(rest) if match or not _YEAR.fullmatch(rest) else None


def _number(month: str) -> str:
    return str(next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(month[:3].lower())))


def _checked(year: str, month: str, day: str | None) -> str | None:
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return f"{int(year):04}-{int(month):02}" + (f"-{int(day):02}" if day else "")
