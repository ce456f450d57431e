"""What is looked at in a message, and in each word of the messages before it.

Whether a word of an earlier message is carried over is seen as a classification of terms (Voskarides
et al. 2020, https://arxiv.org/abs/2005.11723), here with few features and a linear model: it is
learned from a thousand questions, and a file of a hundred numbers says all of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.text.tokens import stem, words_of
from corpus.text.word_frequency import frequency_rank

_POINTS_BACK = re.compile(
    r"\b(?:it|its|it's|they|them|their|theirs|he|his|him|she|her|hers|that|this|these|those|one|ones|there|both"
    r"|either|neither|such|same|others?|another|else)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|or|but|so|also|then|ok|okay|no|yes|interesting|cool|thanks|really|what about|how about|what else"
    r"|any other|how long|how much|how many|is that)\b|(?:why|when)\W*$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w\w+")
_INTERACTING_OF_TERM = (0, 1, 3, 4, 6)
_INTERACTING_OF_MESSAGE = (0, 1, 2, 3, 6, 8, 11)


@dataclass(slots=True)
class EarlierTerm:
    """A term of the earlier messages; messages are counted from 0, places in a message are 0 to 1."""

    word: str
    messages: set[int]
    last: int
    place: float
    words_beside: int
    capital: bool


def earlier_terms(message: str, earlier: Sequence[str]) -> Mapping[str, EarlierTerm]:
    """Return the terms of the earlier messages that the message itself has not, by their stems."""
    own = {stem(word) for word in words_of(message)}
    found: dict[str, EarlierTerm] = {}
    for number, text in enumerate(earlier):
        words = words_of(text)
        capitals = _capitals(text)
        for at, word in enumerate(words, start=1):
            term = stem(word)
            if term in own:
                continue
            capital = capitals.get(word, False)
            known = found.get(term)
            if known is None:
                known = found[term] = EarlierTerm(word, set(), number, 0.0, 1, capital)
            elif frequency_rank(word) >= frequency_rank(known.word):
                known.word = word
            known.messages.add(number)
            known.last, known.place, known.words_beside = number, at / len(words), len(words)
            known.capital = known.capital or capital
    return found


def _capitals(text: str) -> dict[str, bool]:
    """Return for each word of a text whether it has a capital letter where it first stands, the first word none."""
    found: dict[str, bool] = {}
    for match in _WORD.finditer(text):
        found.setdefault(match[0].lower(), match.start() > 0 and match[0][0].isupper())
    return found


def message_features(message: str, earlier: Sequence[str]) -> list[float]:
    """Return 14 numbers that say how much a message leans on those before it."""
    words = words_of(message)
    known = {stem(word) for text in earlier for word in words_of(text)}
    new = sorted((frequency_rank(word) for word in words if stem(word) not in known), reverse=True)
    length = len(message.split())
    return [
        float(value)
        for value in (
            _POINTS_BACK.search(message) is not None,
            _GOES_ON.match(message) is not None,
            len(words) == 0,
            len(words) == 1,
            len(words) == 2,
            len(words) >= 5,
            new[0] if new else 0,
            new[1] if len(new) > 1 else 0,
            (len(words) - len(new)) / max(1, len(words)),
            length <= 3,
            length >= 10,
            sum(new),
            re.search(r"\bthe\b", message, re.IGNORECASE) is not None,
            any(word[0].isupper() for word in message.split()[1:]),
        )
    ]


def term_features(term: EarlierTerm, messages: int, of_message: Sequence[float]) -> list[float]:
    """Return 61 numbers on which it depends whether a term is carried over.

    Args:
        messages: how many earlier messages there are.
        of_message: the `message_features` of the message.
    """
    ago = messages - 1 - term.last
    own = [
        float(value)
        for value in (
            ago == 0,
            ago == 1,
            ago == 2,
            0 in term.messages,
            len(term.messages) / messages,
            len(term.messages) > 1,
            frequency_rank(term.word),
            term.capital,
            term.place,
            1 / term.words_beside,
            messages == 1,
            ago == 0 and 0 in term.messages,
        )
    ]
    together = [own[one] * of_message[other] for one in _INTERACTING_OF_TERM for other in _INTERACTING_OF_MESSAGE]
    return [*own, *of_message, *together]
