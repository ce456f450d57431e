"""What a message is about, when it leans on the messages before it.

Words of the earlier messages are carried over if a small learned model says so, as whole phrases. A
message that stands alone carries nothing. How well that does, and beside what, is in
docs/conversation.md.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.followups.features import earlier_terms, message_features, term_features
from chatbot.understanding.followups.phrases import Word, phrases_of
from chatbot.understanding.followups.question_types import question_types_of, without_the_type
from corpus.text.tokens import stem, words_of

WEIGHTS_FILE = Path(__file__).with_name("weights.json")

LEANS_FROM = 0.6
"""The probability of leaning on the earlier messages from which words are carried over."""
CARRIED_FROM = 0.4
"""The probability from which a term, and its phrase with it, is carried over."""
PART_FROM = 0.4
"""The words of a phrase at its ends stay if they have at least this part of its best word's probability."""
MAX_PHRASES = 2
MAX_EARLIER = 8
"""Messages looked back at."""
MAX_EARLIER_CHARS = 1000
"""Characters of each of them: of a letter the beginning, which names the subject, and the end, which asks."""

_SHORT_WORD = 3
_NUMBERED = frozenset(["type", "stage", "grade", "class"])
"""Words that say nothing without the number behind them, and belong to the name before them."""
_GOING_ON = re.compile(r"^(?:(?:and|but|or|so|also)\s+)?(?:(?:what|how)\s+about\s+)?", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:it|they|them|he|him|she|her|(?:this|that|these|those)(?!\s+(?:of|\w+(?:ing|ed))\b))\b(?!['’])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ResolvedQuery:
    """What a message was understood as: `text` stands alone, and is what is searched with.

    `also` is the message itself where `text` spells it out. `understood` is what a follow-up was taken for, as
    people read it: what was put behind the message stands in brackets there. `carried` are the phrases from earlier
    messages. A message that stands alone has none of the three. `before` are the questions that were asked before
    it, oldest first: none of them is suggested again.
    """

    text: str
    also: str | None = None
    understood: str | None = None
    carried: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Model:
    """A logistic regression: coefficients, one a feature, and an intercept."""

    coefficients: NDArray[np.float64]
    intercept: float

    def probability(self, features: Sequence[float]) -> float:
        return float(1 / (1 + np.exp(-(self.coefficients @ np.array(features) + self.intercept))))


def points_back(message: str) -> bool:
    """Whether a pronoun of the message stands for something said before."""
    return _PRONOUN.search(message) is not None


def resolve(message: str, earlier: Sequence[str], *, circumstances: str = "") -> ResolvedQuery:
    """Return what a message means after `earlier`, the user's messages before it, oldest first.

    Args:
        circumstances: words of an earlier message that hold for this one too ("while breastfeeding").
    """
    message, before = " ".join(message.split()), tuple(earlier)
    shortened = [_ends(text) for text in earlier[-MAX_EARLIER * 2 :]]
    earlier = [text for text in shortened if words_of(text)][-MAX_EARLIER:]
    phrases = _carried(message, earlier) if earlier else []
    if question_types_of(message):
        phrases = without_the_type(phrases)
    under = _terms(circumstances)
    if not under <= _terms(" ".join([message, *phrases])):
        phrases = [*(phrase for phrase in phrases if not _terms(phrase) <= under), circumstances]
    if not phrases:
        return ResolvedQuery(message, before=before)
    text, understood = _rewritten(message, phrases)
    return ResolvedQuery(text, also=message, understood=understood, carried=tuple(phrases), before=before)


def _ends(text: str) -> str:
    """Return a text, or of a long one the words at its beginning and at its end as two sentences."""
    if len(text) <= MAX_EARLIER_CHARS:
        return text
    half = MAX_EARLIER_CHARS // 2
    return f"{text[:half].rpartition(' ')[0]}. {text[-half:].partition(' ')[2]}"


def _carried(message: str, earlier: Sequence[str]) -> list[str]:
    """Return the phrases that a message leans on, in the order in which they were said."""
    leans, carries = _models()
    of_message = message_features(message, earlier)
    if leans.probability(of_message) < LEANS_FROM:
        return []
    probabilities = {
        term: carries.probability(term_features(found, len(earlier), of_message))
        for term, found in earlier_terms(message, earlier).items()
    }
    return _chosen(earlier, probabilities)


def _chosen(earlier: Sequence[str], probabilities: dict[str, float]) -> list[str]:
    """Return the phrases that are carried over, in the order in which they were said."""
    candidates = []
    for number, text in enumerate(earlier):
        for phrase in phrases_of(text):
            likely = [
                max((probabilities.get(stem(w), 0.0) for w in words_of(word.text)), default=0.0) for word in phrase
            ]
            best = max(likely)
            if best >= CARRIED_FROM:
                first, last = _trimmed(phrase, likely, best)
                candidates.append((best, number, text[phrase[first].start : phrase[last].end]))
    chosen: list[tuple[int, str]] = []
    seen: set[str] = set()
    for _, number, phrase_text in sorted(candidates, key=lambda found: (-found[0], -found[1])):
        terms = _terms(phrase_text)
        if not terms <= seen and len(chosen) < MAX_PHRASES:
            seen |= terms
            chosen.append((number, phrase_text))
    return [text for _, text in sorted(chosen, key=lambda found: found[0])]


def _terms(text: str) -> set[str]:
    return {stem(word) for word in words_of(text)}


def _trimmed(phrase: Sequence[Word], likely: Sequence[float], best: float) -> tuple[int, int]:
    """Return the places of the first and last word that stay. "type 2" and "Q" hold on to their neighbours."""
    kept = [at for at, probability in enumerate(likely) if probability >= PART_FROM * best]
    first, last = kept[0], kept[-1]
    while last + 1 < len(phrase) and _holds_on(phrase[last + 1].text, _SHORT_WORD):
        last += 1
    while first > 0 and _holds_on(phrase[first - 1].text, _SHORT_WORD - 1):
        first -= 1
    return first, last


def _holds_on(word: str, letters: int) -> bool:
    return len(word) <= letters or word.lower() in _NUMBERED or any(char.isdigit() for char in word)


def _rewritten(message: str, phrases: Sequence[str]) -> tuple[str, str]:
    """Return the message with its pronoun filled in or with the phrases behind it, and how it is shown."""
    said = " ".join(phrases)
    pronoun = _PRONOUN.search(message)
    if pronoun:
        filled = f"{message[: pronoun.start()]}{said}{message[pronoun.end() :]}"
        return filled, filled
    bare = message.rstrip(" ?.!")
    shown = _GOING_ON.sub("", bare) or bare
    return f"{bare} {said}?", f"{shown} ({', '.join(phrases)})?"


@cache
def _models() -> tuple[_Model, _Model]:
    record = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    leans, carries = (
        _Model(np.array(record[name]["coefficients"]), record[name]["intercept"]) for name in ("leans", "carries")
    )
    return leans, carries
