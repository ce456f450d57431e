"""Query resolution: which words of the earlier messages a message that depends on them is searched with.

Terms of the earlier messages are carried over if a small learned model says so, as whole phrases. A message that
stands alone carries nothing. The message itself stays as it was written. How well that does, and beside what, is in
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

from chatbot.understanding.followups.features import (
    CarriedFeatures,
    MessageFeatures,
    carried_features,
    earlier_terms,
    message_features,
)
from chatbot.understanding.followups.question_types import question_types_of, strip_question_type
from corpus.text.tokens import stem, words_of

WEIGHTS_FILE = Path(__file__).with_name("weights.json")

DEPENDS_FROM = 0.6
"""The probability of depending on the earlier messages from which words are carried over."""
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
_ANAPHOR = re.compile(
    r"\b(?:it|they|them|he|him|she|her|(?:this|that|these|those)(?!\s+(?:of|\w+(?:ing|ed))\b))\b(?!['’])", re.IGNORECASE
)
_STOP_WORDS = frozenset(
    "a an the of in on at for to with about and or but is are was were be been do does did can could should would will"
    " shall may might must how what why when where who which whom whose i you he she it we they me him her us them my"
    " your his its our their this that these those there have has had if not no so as by from than then too very just"
    " also tell me more any some many much get got".split()
)
_JOINING = frozenset(["of", "in", "of the", "in the", "de", "and", "with", "to", "on"])
_WORD = re.compile(r"\w[\w'’./-]*\w|\w")
_PUNCTUATION = re.compile(r"[,.;:?!()]")
_ASKS_WITH_A_VERB = re.compile(
    r"\W*(?:how|why|when|where|is|are|was|were|can|could|should|may|has|have|will|would)\b", re.IGNORECASE
)
_VERB = re.compile(r".+(?:ed|ing)")


@dataclass(frozen=True, slots=True)
class ResolvedQuery:
    """What a message is searched with: itself, and the phrases that it carries over from earlier messages.

    `carried` is empty where the message stands alone. `before` are the questions that were asked before it, oldest
    first: none of them is suggested again. `asks` is what of the message is searched with, where that is not all:
    "my knees" of "no, not my feet, my knees".
    """

    message: str
    carried: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    asks: str | None = None

    @property
    def text(self) -> str:
        """The message with the words that it carries over behind it."""
        return with_carried(self.asks or self.message, self.carried)


@dataclass(frozen=True, slots=True)
class PhraseWord:
    """A word with its place in the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Model:
    """A logistic regression: coefficients of shape (features,), and an intercept."""

    coefficients: NDArray[np.float64]
    intercept: float

    def probability(self, features: Sequence[float]) -> float:
        return float(1 / (1 + np.exp(-(self.coefficients @ np.array(features) + self.intercept))))


def with_carried(message: str, carried: Sequence[str]) -> str:
    """Return a message with the words that it carries over behind it, to be searched with."""
    return " ".join([message.rstrip(" ?.!"), *carried]) + "?" if carried else message


def has_anaphor(message: str) -> bool:
    """Whether a pronoun of the message stands for something said before."""
    return _ANAPHOR.search(message) is not None


def resolve(message: str, earlier: Sequence[str], *, circumstances: str = "", depends: bool = False) -> ResolvedQuery:
    """Return a message with what it carries over from `earlier`, the user's messages before it, oldest first.

    Args:
        circumstances: words of an earlier message that hold for this one too ("while breastfeeding").
        depends: whether it is known to depend on them: then something is carried over.
    """
    message, before = " ".join(message.split()), tuple(earlier)
    shortened = [_ends(text) for text in earlier[-MAX_EARLIER * 2 :]]
    earlier = [text for text in shortened if words_of(text)][-MAX_EARLIER:]
    phrases = _choose_phrases(earlier, term_probabilities(message, earlier)) if earlier else []
    if depends and earlier and not phrases:
        phrases = _choose_phrases(earlier, term_probabilities(message, earlier, depends=True), least=0.0)
    if question_types_of(message):
        phrases = strip_question_type(phrases)
    under = _terms(circumstances)
    if not under <= _terms(" ".join([message, *phrases])):
        phrases = [*(phrase for phrase in phrases if not _terms(phrase) <= under), circumstances]
    return ResolvedQuery(message, tuple(phrases), before)


def _ends(text: str) -> str:
    """Return a text, or of a long one the words at its beginning and at its end as two sentences."""
    if len(text) <= MAX_EARLIER_CHARS:
        return text
    half = MAX_EARLIER_CHARS // 2
    return f"{text[:half].rpartition(' ')[0]}. {text[-half:].partition(' ')[2]}"


def term_probabilities(message: str, earlier: Sequence[str], *, depends: bool = False) -> dict[str, float]:
    """Return for the stem of each term of the earlier messages the probability that the message takes it along.

    Empty where the message does not depend on those before it, unless it is known to.
    """
    dependence, carried = _models()
    of_message = message_features(message, earlier)
    if not depends and dependence.probability(of_message) < DEPENDS_FROM:
        return {}
    return {
        term: carried.probability(carried_features(found, len(earlier), of_message).values())
        for term, found in earlier_terms(message, earlier).items()
    }


def _choose_phrases(
    earlier: Sequence[str], probabilities: dict[str, float], *, least: float = CARRIED_FROM
) -> list[str]:
    """Return the phrases that are carried over, in the order in which they were said.

    Args:
        least: the probability from which one is.
    """
    candidates = []
    for number, text in enumerate(earlier):
        for phrase in phrases_of(text):
            likely = [
                max((probabilities.get(stem(w), 0.0) for w in words_of(word.text)), default=0.0) for word in phrase
            ]
            best = max(likely)
            if best >= least and best > 0:
                first, last = _trim(phrase, likely, best)
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


def _trim(phrase: Sequence[PhraseWord], likely: Sequence[float], best: float) -> tuple[int, int]:
    """Return the places of the first and last word that stay. "2" and "Q" belong to the word before them."""
    kept = [at for at, probability in enumerate(likely) if probability >= PART_FROM * best]
    first, last = kept[0], kept[-1]
    while last + 1 < len(phrase) and _belongs_to_neighbour(phrase[last + 1].text, _SHORT_WORD):
        last += 1
    while first > 0 and _belongs_to_neighbour(phrase[first - 1].text, _SHORT_WORD - 1):
        first -= 1
    return first, last


def _belongs_to_neighbour(word: str, letters: int) -> bool:
    return len(word) <= letters or word.lower() in _NUMBERED or any(char.isdigit() for char in word)


def phrases_of(text: str) -> list[list[PhraseWord]]:
    """Return the phrases of a text ("Tetralogy of Fallot"): words without stop words or punctuation between them.

    Prepositions and the like join two phrases: "disease of the liver" is one.
    """
    phrases: list[list[PhraseWord]] = []
    before: PhraseWord | None = None
    for match in _WORD.finditer(text):
        word = PhraseWord(match.start(), match.end(), match.group())
        apart = before is None or _PUNCTUATION.search(text[before.end : word.start]) is not None
        stop_word = word.text.lower() in _STOP_WORDS
        if not stop_word:
            follows = phrases and before is phrases[-1][-1] and not apart
            if follows:
                phrases[-1].append(word)
            else:
                phrases.append([word])
        before = word
    if phrases:
        _drop_verb(text, phrases)
    return _join_phrases(text, phrases)


def _drop_verb(text: str, phrases: list[list[PhraseWord]]) -> None:
    """In "Is X inherited?" and "How is X treated?" the last word is no part of X."""
    last = phrases[-1]
    at_end = not text[last[-1].end :].strip(" ?.!")
    if len(last) > 1 and at_end and _ASKS_WITH_A_VERB.match(text) and _VERB.fullmatch(last[-1].text):
        last.pop()


def _join_phrases(text: str, phrases: list[list[PhraseWord]]) -> list[list[PhraseWord]]:
    joined: list[list[PhraseWord]] = []
    for phrase in phrases:
        if joined and text[joined[-1][-1].end : phrase[0].start].strip().lower() in _JOINING:
            joined[-1] = joined[-1] + phrase
        else:
            joined.append(phrase)
    return joined


@cache
def _models() -> tuple[_Model, _Model]:
    """Return whether a message depends on those before it, and whether a term is carried over."""
    record = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    depends, carried = (
        _Model(np.array([record[model]["coefficients"][name] for name in names]), record[model]["intercept"])
        for model, names in (("depends", MessageFeatures._fields), ("carried", CarriedFeatures.names()))
    )
    return depends, carried
