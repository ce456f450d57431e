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
    return [span for start, end in _tokenizer().spans(text) for span in _parts(text, start, end)]


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    cuts = [match.start() for match in _BREAK_INSIDE.finditer(text, start, end)]
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        part = text[left:right]
        stripped = part.strip()
        if stripped:
            first = left + len(part) - len(part.lstrip())
            yield first, first + len(stripped)
