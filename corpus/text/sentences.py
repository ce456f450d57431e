"""Sentence boundaries, as exact spans of the text."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

Span = tuple[int, int]
"""A start and an end in characters: the words are `text[start:end]`."""

_MEDICAL_ABBREVIATIONS = (
    "mo mos yr yrs wk wks hr hrs min mins sec approx appt pt pts dx tx rx hx sx mg mcg ml cc iu vs dr drs prof "
    "b.i.d t.i.d q.i.d q.d p.r.n p.o i.m i.v e.g i.e"
).split()
"""Abbreviations of doctors' answers ("5 mos. post treatment"), beside those that the library knows.

It still ends a sentence after one of them where the next word shows that a sentence begins."""

_BREAK_INSIDE = re.compile(
    r"(?<=[a-z)][.!?])(?=[A-Z][a-z])"  # a lost space: "wait.Then go"
    r"|\n(?=[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t])"  # the next item of a list
)


_BETWEEN_DIGITS = " \t\n\r.,:/·-–—"
"""What stands between the parts of a number, or between the two of a range: "0. 5", "1 . 25", "2. 5 – 3. 5"."""
_NEAR = 40
"""Characters that are looked at on either side of a boundary."""
_ITEM = re.compile(r"(?:[-*•–]|\d{1,2}[.)])[ \t]")
_UNIT = re.compile(
    r"(?:%|°|(?:mc?g|µg|μg|ug|kg|g|ng|pg|ml|mL|dl|cc|l|mm|cm|m|km|IU|iu|units?|mmol|mEq|meq|mmHg|bpm|kcal|cal|lbs?|oz|ft"
    r"|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|minutes?|mins?|secs?|seconds?|times|tablets?|tabs?|drops?"
    r"|percent)\b)"
)
_BEFORE_NUMBER = re.compile(
    r"\b(?:nos?|nr|approx|abt|ca|avg|est|vol|figs?|max|min|temp|vit|ver|vs|pp?|pg|sec|par|chap)\.$", re.I
)
"""Abbreviations that a number follows. "They said no. 5 left" stays whole too: where in doubt, nothing is cut."""


@cache
def _tokenizer() -> "PunktSentenceTokenizer":
    from nupunkt import load_default_model

    tokenizer = load_default_model()
    tokenizer.add_abbreviations(_MEDICAL_ABBREVIATIONS)
    return tokenizer


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`, in order, without the white space between them.

    Spans never overlap, and every character that is not white space lies in one of them.
    """
    spans: list[Span] = []
    for start, end in _tokenizer().spans(text):
        for left, right in _parts(text, start, end):
            if spans and parts_number(text, spans[-1][1], left):
                spans[-1] = (spans[-1][0], right)
            else:
                spans.append((left, right))
    return spans


def parts_number(text: str, end: int, start: int) -> bool:
    """Whether a boundary from `end` to `start` falls inside a number, or between a number and what it counts.

    Sites that copy pages lose and add spaces: "0. 5 mg", "1 . 25", "no. 5".
    """
    gap, following = text[end:start], text[start : start + _NEAR]
    if gap.count("\n") > 1 or ("\n" in gap and _ITEM.match(following)):
        return False
    before = text[max(0, end - _NEAR) : end]
    if following.lstrip(_BETWEEN_DIGITS)[:1].isdigit():
        return before.rstrip(_BETWEEN_DIGITS)[-1:].isdigit() or _BEFORE_NUMBER.search(before) is not None
    return before.rstrip(" \t.")[-1:].isdigit() and _UNIT.match(following) is not None


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    cuts = [match.start() for match in _BREAK_INSIDE.finditer(text, start, end)]
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        part = text[left:right]
        stripped = part.strip()
        if stripped:
            first = left + len(part) - len(part.lstrip())
            yield first, first + len(stripped)
