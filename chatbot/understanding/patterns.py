"""Phrases as the data files write them, to regular expressions: for people who don't write regular expressions.

A phrase stands for words in a row, whatever their case and the white space between them. "..." stands for up
to four words, or up to eight at the end; "be*" for any ending, [word] for a word that may be there, {name} for one
of a group of phrases.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_GAP = r"(?:\s+\S+){0,4}?\s+"
_REST = r"(?:\s+\S+){0,8}"


def compile_phrases(phrases: Iterable[str], groups: Mapping[str, Sequence[str]] | None = None) -> re.Pattern[str]:
    """Return a pattern that finds any of some phrases, as whole words.

    Args:
        groups: phrases by the name that stands for them in braces.
    """
    found = "|".join(rf"(?<![\w']){_phrase(phrase, groups or {})}(?![\w'])" for phrase in phrases)
    return re.compile(found, re.IGNORECASE)


def _phrase(phrase: str, groups: Mapping[str, Sequence[str]]) -> str:
    pattern = ""
    apart = ""
    words = phrase.split()
    for place, word in enumerate(words, start=1):
        if word == "...":
            pattern += _REST if place == len(words) else _GAP
            apart = ""
        elif word.startswith("["):
            pattern += rf"{apart}(?:{re.escape(word.strip('[]'))}\s+)?"
            apart = ""
        else:
            pattern += apart + _word(word, groups)
            apart = r"\s+"
    return pattern


def _word(word: str, groups: Mapping[str, Sequence[str]]) -> str:
    if word.startswith("{"):
        return "(?:" + "|".join(_phrase(one, groups) for one in groups[word.strip("{}")]) + ")"
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
