"""What is told in an emergency, in the message's language, with the numbers of the place.

`xx.toml` has a language's sentences; `others.toml` those of languages that the chatbot only knows it can't read;
`numbers.toml` the numbers of each country, with the names of those who answer.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_NOT_LANGUAGES = ("others", "numbers")
"""Files beside those of the languages."""
_DEFAULT_EMERGENCY = "112"
_ENGLISH = "en"


def notice_text(kind: str, language: str, country: str | None) -> str:
    """Return the notice for a kind of emergency (suicide, violence, possible, or any other)."""
    words = _words(language)
    emergency = _emergency(words, country)
    suicide = _lines(words, "suicide", country)
    if kind in ("suicide", "violence"):
        lines = suicide if kind == "suicide" else _lines(words, "violence", country)
        return _filled(words[kind], emergency, lines)
    sentence = words["emergency"].format(emergency=emergency)
    return f"{sentence} {_filled(words['also_suicide'], emergency, suicide)}" if kind == "possible" else sentence


def heading_text(language: str) -> str:
    """Return the heading of a notice."""
    heading: str = _words(language)["heading"]
    return heading


def cannot_read_text(language: str, country: str | None) -> str:
    """Return the sentence that the chatbot can't read a language, in it, with the number to call."""
    others = _read("others.toml")
    if language not in others:
        words = _words(language)
        return str(words["cannot_read"]).format(emergency=_emergency(words, country))
    words = others[language]
    numbers = _numbers()[country or words.get("country", "")] if (country or words.get("country")) else None
    emergency = _joined(numbers["emergency"] if numbers else [_DEFAULT_EMERGENCY], words["or"])
    return str(words["cannot_read"]).format(emergency=emergency)


@cache
def every_notice() -> frozenset[str]:
    """Return every notice, and every sentence that a language can't be read, that there can be."""
    places = (None, *countries())
    languages = (*_languages(), *_read("others.toml"))
    notices = {
        notice_text(kind, language, place)
        for kind in ("suicide", "violence", "possible", "any other")
        for language in _languages()
        for place in places
    }
    return frozenset(notices | {cannot_read_text(language, place) for language in languages for place in places})


@cache
def every_heading() -> frozenset[str]:
    """Return the heading of a notice in every language."""
    return frozenset(map(heading_text, _languages()))


@cache
def countries() -> tuple[str, ...]:
    """Return the ISO codes of the countries whose numbers are known."""
    return tuple(sorted(_numbers()))


@cache
def phone_pattern() -> re.Pattern[str]:
    """Return a pattern that finds every number that a notice may tell, in its first group."""
    records = _numbers().values()
    numbers = {number for record in records for number in record["emergency"]}
    numbers |= {
        line["number"] for record in records for name in ("suicide", "violence") for line in record.get(name, [])
    }
    numbers |= {"115", "101", "۱۱۵"}  # in others.toml
    longest_first = sorted(numbers, key=lambda number: (-len(number), number))
    return re.compile(rf"(?<![\d/-])({'|'.join(map(re.escape, longest_first))})(?![\d-]|/7)")


def _filled(sentence: str, emergency: str, lines: str) -> str:
    """Fill in a sentence; where there are no lines the part that would tell them goes."""
    if lines:
        return sentence.format(emergency=emergency, lines=lines)
    parts = re.findall(r"[^.。।]*\S[.。।]+\s?", sentence)
    return "".join(part for part in parts if "{lines}" not in part).strip().format(emergency=emergency)


def _emergency(words: Mapping[str, Any], country: str | None) -> str:
    if country:
        return _joined(_numbers()[country]["emergency"], words["or"])
    numbers = [
        f"{_joined(_numbers()[place['country']]['emergency'], words['or'])} ({place['called']})"
        for place in _usual(words, "emergency")
    ]
    return f"{words['between'].join(numbers)} {words['or_local']}"


def _lines(words: Mapping[str, Any], name: str, country: str | None) -> str:
    """Return the lines for suicide or violence, with the names of those who answer."""
    between: str = words["between"]
    if country:
        lines: list[dict[str, str]] = _numbers()[country].get(name, [])
        numbers = [f"{line['number']} ({line['name']})" for line in lines]
        return between.join([*numbers, words["more_lines"]] if numbers or name == "suicide" else [])
    numbers = [
        f"{line['number']} ({line['name']}, {place['called']})"
        for place in _usual(words, name)
        for line in _numbers()[place["country"]].get(name, [])
    ]
    return between.join([*numbers, words["more_lines"]] if name == "suicide" or not numbers else numbers)


def _usual(words: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    return (place for place in words["usual"] if name in place.get("for", ("emergency", "suicide", "violence")))


def _joined(numbers: Sequence[str], joining: str) -> str:
    return f" {joining} ".join(numbers)


def _languages() -> tuple[str, ...]:
    """Return the languages that notices are told in."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem not in _NOT_LANGUAGES))


def _words(language: str) -> Mapping[str, Any]:
    known = (_FOLDER / f"{language}.toml").is_file() and language not in _NOT_LANGUAGES
    return _read(f"{language if known else _ENGLISH}.toml")


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@cache
def _numbers() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "numbers.toml").read_text(encoding="utf-8"))
