"""Snippet selection: where a shown answer begins, where it folds, and which sentences are marked in it.

An answer is shown whole, or, where it is long, from where it begins to answer up to a fold. Nothing is left
out between. No cut falls inside a number, between a number and its unit, or before what takes a sentence
back ("but", "however", "unless").
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.text.sentences import Span

WHOLE_CHARS = 420
"""An answer of up to so many characters is shown whole; about half of all answers are."""
FOLD_CHARS = 360
"""A longer one folds at the end of the sentence in which so many characters are reached."""
BEST_WITHIN_CHARS = 900
"""The fold waits for the sentence that matches best, if it ends within so many characters."""
LONGEST_CHARS = 1100
"""Where no sentence ends, an answer folds between two words after so many characters."""

MAX_MARKS = 2
_LONGEST_MARK_CHARS = 420
"""A longer run without a sentence's end is not marked: it would stress nothing."""

_UNIT = (
    r"(?:%|°|percent|per ?cent|mgs?|milligrams?|mcg|micrograms?|µg|ug|kgs?|kilos?|gm?s?|grams?|mls?|cc|cl|dl|l"
    r"|litres?|liters?|iu|units?|mm|cm|m|inch(?:es)?|ft|feet|lbs?|pounds?|oz|ounces?|mmol|meq|bpm|mmhg|degrees?"
    r"|celsius|fahrenheit|c|f|seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|wks?|months?|mos?"
    r"|years?|yrs?|y|times|x|tablets?|tabs?|pills?|capsules?|caps?|drops?|puffs?|doses?|sprays?|stars?|dollars?"
    r"|am|pm|th|st|nd|rd)\b\.?"
)
_BETWEEN = r"(?:\s*[.,/:·–—-]\s*|\s*\bto\b\s*|\s*\bor\b\s*|\s*[x×]\s*|\s+)"
_NUMBER = re.compile(
    rf"(?:\b(?:no|nr|approx|ca|about|abt|grade|type|stage)\s*\.?\s*)?[$€£<>≤≥~±+]?\s*\.?\d+(?:{_BETWEEN}\.?\d+)*"
    rf"(?:\s*[-–.]?\s*(?:{_UNIT}|%|°))?",
    re.IGNORECASE,
)
"""A number however its parts are spaced ("0. 5", "2. 5 – 3. 5", "1 . 25 mg", "1,000"), with its unit."""

_CONTRAST = re.compile(
    r"[\W_]*(?:but|however|unless|although|though|except|yet|nevertheless|nonetheless|otherwise|that said"
    r"|having said that|on the other hand|even so|only if|if not|not if|provided|as long as|until|instead|still)\b"
    r"|[\W_]*(?:[\w'’]+[ ,]+){1,14}?(?:however|though)\b",
    re.IGNORECASE,
)
_INCOMPLETE = re.compile(r"(?:[,:;–—-]|\b(?:e\.g|i\.e|vs|approx|no|nr|dr|mr|mrs|ms|fig)\.)\s*$", re.IGNORECASE)
_GREETING = re.compile(
    r"\W*(?:hi+|hello+|hey|dear|greetings|good (?:morning|day|afternoon|evening)|namaste|salam|welcome)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\W*(?:(?:hi+|hello+|hey|dear)\b[^.!?]{0,30}?[,\s]+(?:and\s+)?)?"
    r"(?:(?:many |so many )?thanks|thank (?:you|u)|thankyou|thanx|thx|i appreciate|we appreciate|welcome (?:to|back)"
    r"|(?:a )?(?:very )?(?:good|great|excellent|interesting) question)\b",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\W*(?:(?:i |we )?(?:hope|trust) (?:this|that|it|i|my)\b.{0,60}\b(?:helps?|helped|helpful|useful|clear|answer)"
    r"|(?:i |we )?wish(?:ing)? you\b|(?:all the )?best(?: of luck| wishes| regards|\s*\W*$)|good luck\b|take care\b"
    r"|be well\b|(?:kind |warm |with |best )?regards\b|sincerely\b|yours\b|cheers\b|god bless\b|get well\b"
    r"|stay (?:safe|healthy|well)\b|(?:please |do |feel |kindly )*(?:free to )?(?:write|revert|get|come|ask|contact"
    r"|let) (?:back|me|us|again|know)?\b.{0,60}\b(?:questions?|queries|query|concerns?|further|again|know))",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|edu|gov|info)\b\S*", re.IGNORECASE)
_MARKUP = re.compile(r"mso-|\{[^}]*:[^}]*\}|</?\w+[^>]*>|&\w+;|X-NONE")
_WORD = re.compile(r"[^\W\d_]+")
_GREETED = re.compile(
    r"\W*(?:hi+|hello+|hey|greetings|good (?:morning|day|afternoon|evening))\b"
    r"(?:(?:\s+[\w.'’-]+){1,2}[,.!]?\s*\n\s*|(?:\s+(?:there|dear|friend|sir|madam|mam|ma'am|user|all|again))*[\s,.!:-]*)"
    r"|\W*dear(?:\s+[\w.'’-]+){1,2}\s*[,.!:-]+\s*",
    re.IGNORECASE,
)
_MAX_FILLER_WORDS = {"greeting": 7, "thanks": 18, "farewell": 22, "link": 4}
_SIGNATURE = re.compile(r"\W*(?:(?:dr|prof)\b\.?\s*)?(?:[^\W\d_][\w.'’-]*[\s,]*){1,6}\W*", re.IGNORECASE)
_SIGNS = re.compile(
    r"\b(?:[Dd]r|[Pp]rof)\b\.?|\b(?:MD|M\.D|DO|FACS|FRCPC|PhD|Ph\.D|LCSW|LMFT|MFT|LPC|PsyD|MBBS|DDS|RN)\b"
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is shown of an answer before one unfolds it, and the spans that are marked, in characters of the answer.

    A mark may lie behind the fold: it is seen when the answer is unfolded.
    """

    start: int
    end: int
    highlights: tuple[Span, ...] = ()


def snippet(text: str, scored: Sequence[tuple[Span, float]], answering: Mapping[Span, float] | None = None) -> Snippet:
    """Return what is shown of an answer, and what is marked in it.

    Args:
        text: the answer's text.
        scored: the spans of its sentences in order, each with how well it matches the query; about -1 to 1.25.
        answering: the sentences that may be marked, by their spans, each with how likely it answers by itself.
    """
    units = join_sentences(text, scored)
    if not units:
        return Snippet(0, len(text))
    likely = [(_begin(text, span), span[1], _likelihood(span, answering or {})) for span, _ in units]
    marked = sorted((mark for mark in likely if _is_marked(text, mark)), key=lambda mark: -mark[2])[:MAX_MARKS]
    best = max(units, key=lambda unit: (_likelihood(unit[0], answering or {}), _matching_score(text, unit)))
    start, end = _shown(text, [span for span, _ in units], best[0])
    return Snippet(start, end, tuple(sorted((first, last) for first, last, _ in marked if first >= start)))


def join_sentences(text: str, scored: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """Return sentences between which one may cut: those that must not be parted are joined, with the best score."""
    numbers = _number_spans(text)
    units: list[tuple[Span, float]] = []
    for (start, end), score in scored:
        if units and not _may_cut(text, units[-1][0][1], start, numbers):
            (first, _), before = units[-1]
            units[-1] = ((first, end), max(before, score))
        else:
            units.append(((start, end), score))
    return units


def excerpt(text: str, most_chars: int) -> str:
    """Return a text in one line, cut between two words with dots behind it where it is longer than that."""
    line = " ".join(text.split())
    if len(line) <= most_chars:
        return line
    return f"{line[: _between_words(line, most_chars * 3 // 4, len(line))].rstrip(' ,;:-')} …"


def is_filler(text: str) -> bool:
    """Whether a sentence says nothing to the point: a greeting, thanks, a farewell, a signature, a link or markup."""
    words = len(_WORD.findall(text))
    if words == 0 or _MARKUP.search(text):
        return True
    if _LINK.search(text) and len(_WORD.findall(_LINK.sub("", text))) <= _MAX_FILLER_WORDS["link"]:
        return True
    kinds = (("greeting", _GREETING), ("thanks", _THANKS), ("farewell", _FAREWELL))
    if any(words <= _MAX_FILLER_WORDS[kind] and pattern.match(text) for kind, pattern in kinds):
        return True
    return _SIGNS.search(text) is not None and _SIGNATURE.fullmatch(text) is not None


def _matching_score(text: str, unit: tuple[Span, float]) -> float:
    (start, end), score = unit
    return score - 2.0 if is_filler(text[start:end]) else score


def _likelihood(unit: Span, answering: Mapping[Span, float]) -> float:
    """Return how likely the sentences of a unit answer."""
    return max((value for (start, end), value in answering.items() if unit[0] <= start and end <= unit[1]), default=0.0)


def _is_marked(text: str, mark: tuple[int, int, float]) -> bool:
    start, end, likely = mark
    return likely > 0 and end - start <= _LONGEST_MARK_CHARS and not is_filler(text[start:end])


def _shown(text: str, units: Sequence[Span], best: Span) -> Span:
    """Return the span that is shown: all of a short answer, else from where it begins to answer up to the fold."""
    if len(text) <= WHOLE_CHARS:
        return 0, len(text)
    beginning = next((unit for unit in units if not is_filler(text[unit[0] : unit[1]])), units[0])
    start = _begin(text, beginning)
    end = next((unit[1] for unit in units if unit[1] >= start + FOLD_CHARS), len(text))
    if end < best[1] <= start + BEST_WITHIN_CHARS:
        end = best[1]
    if len(text) - end < FOLD_CHARS // 3:  # a fold that hides next to nothing is one tap too many
        end = len(text)
    if end - start > LONGEST_CHARS:
        end = _between_words(text, start + FOLD_CHARS, end)
    return start, end


def _begin(text: str, unit: Span) -> int:
    """Return where a sentence begins after a greeting that stands in it: "hello this sounds ..."."""
    greeted = _GREETED.match(text, unit[0], unit[1])
    return greeted.end() if greeted and greeted.end() < unit[1] else unit[0]


def _between_words(text: str, wanted: int, end: int) -> int:
    """Return the first place from `wanted` on between two words at which one may cut, or `end`."""
    numbers = _number_spans(text)
    for space in re.compile(r"\s+").finditer(text, wanted, end):
        if _may_cut(text, space.start(), space.end(), numbers, sentence=False):
            return space.start()
    return end


def _may_cut(
    text: str, before: int, after: int, numbers: tuple[list[int], list[int]], *, sentence: bool = True
) -> bool:
    """Whether one may cut between the end of a sentence, `before`, and the start of the next, `after`."""
    starts, ends = numbers
    at = bisect_right(starts, before - 1) - 1
    if at >= 0 and ends[at] > after:
        return False
    if _CONTRAST.match(text, after):
        return False
    return not (sentence and _INCOMPLETE.search(text, max(0, before - 12), before) and "\n" not in text[before:after])


def _number_spans(text: str) -> tuple[list[int], list[int]]:
    """Return where each number with its unit starts and ends."""
    spans = [match.span() for match in _NUMBER.finditer(text)]
    return [start for start, _ in spans], [end for _, end in spans]
