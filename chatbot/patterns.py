"""Phrases as the data files write them, for people who don't write regular expressions.

A phrase stands for words in a row, whatever their case and the white space between them. "..." stands for up
to four words, "be*" for any ending, {name} for one of a group of phrases.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_GAP = r"(?:\s+\S+){0,4}?\s+"


def any_of(phrases: Iterable[str], groups: Mapping[str, Sequence[str]] | None = None) -> re.Pattern[str]:
    """Return a pattern that finds any of some phrases, as whole words.

    Args:
        groups: phrases by the name that stands for them in braces.
    """
    found = "|".join(rf"(?<![\w']){_phrase(phrase, groups or {})}(?![\w'])" for phrase in phrases)
    return re.compile(found, re.IGNORECASE)


def _phrase(phrase: str, groups: Mapping[str, Sequence[str]]) -> str:
    pattern = ""
    for word in phrase.split():
        if word == "...":
            pattern += _GAP
            continue
        if pattern and not pattern.endswith(_GAP):
            pattern += r"\s+"
        if word.startswith("{"):
            pattern += "(?:" + "|".join(_phrase(one, groups) for one in groups[word.strip("{}")]) + ")"
        else:
            pattern += re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
    return pattern
