"""Whether a sentence is one that this program says: those of a saved conversation may be anybody's."""

import re
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import get_args

from chatbot.rendering.sentences import doctor_name
from chatbot.texts import People, Texts, languages, load_texts
from chatbot.understanding.urgency import is_known_notice
from corpus import Doctor
from index.search.filters import Filters

_SECTIONS = ("reply", "small_talk", "urgent")
_COUNTS = frozenset(["answers", "threads", "number", "year", "first", "last"])
_ANYTHING = r"[^“”„\"]+?"
"""What is filled in brings no quotation of its own."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MAX_CHARS = 12_000
"""More than any sentence has with a whole message in it."""


def is_own_sentence(sentence: str, doctors: Sequence[Doctor | None]) -> bool:
    """Whether this program says a sentence, in any of its languages.

    Args:
        doctors: those whom the sentence may name as who wrote something.
    """
    if len(sentence) > _MAX_CHARS:
        return False
    if is_known_notice(sentence):
        return True
    names = {doctor_name(doctor, texts) for doctor in doctors for texts in _all_texts()}
    matches = (pattern.fullmatch(sentence) for pattern in _patterns())
    return any(match["doctor"] in names if "doctor" in match.re.groupindex else True for match in matches if match)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each sentence, but for those that quote and for the words that filters are told with."""
    filters = {field.name for field in fields(Filters)}
    patterns = []
    for texts in _all_texts():
        dated = "|".join(_pattern_of(texts["reply"][name]) for name in ("dated_one", "dated"))
        for section in _SECTIONS:
            for name, template in texts[section].items():
                if name not in filters and "{quote}" not in template:
                    behind = rf"(?: (?:{dated}))?" if name.startswith("intro_") else ""
                    patterns.append(re.compile(_pattern_of(template) + behind))
    return tuple(patterns)


def _all_texts() -> list[Texts]:
    return [load_texts(language, people) for language in languages() for people in get_args(People)]


def _pattern_of(template: str) -> str:
    """Return a pattern for a sentence with anything in place of what is filled in, and numbers for counts."""
    *parts, last = _PLACEHOLDER.split(template)
    filled = {"doctor": "(?P<doctor>.+)"} | dict.fromkeys(_COUNTS, r"\d+")
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return "".join(re.escape(text) + filled.get(name, _ANYTHING) for text, name in pairs) + re.escape(last)
