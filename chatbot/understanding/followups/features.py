"""Features of a message, and of each term of the messages before it, for query resolution.

Which terms of the earlier messages a follow-up takes along is a classification of terms (Voskarides et al. 2020,
https://arxiv.org/abs/2005.11723), here with few features and two logistic regressions: one on `MessageFeatures`,
whether the message depends on those before it; one on `CarriedFeatures`, whether a term is carried over. They are
learned from a thousand questions; `weights.json` has a coefficient for each name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.text.tokens import stem, words_of
from corpus.text.word_frequency import frequency_rank

_ANAPHOR = re.compile(
    r"\b(?:it|its|it's|they|them|their|theirs|he|his|him|she|her|hers|that|this|these|those|one|ones|there|both"
    r"|either|neither|such|same|others?|another|else)\b",
    re.IGNORECASE,
)
_CONTINUATION = re.compile(
    r"\W*(?:(?:and|or|but|so|also|then|ok|okay|no|yes|interesting|cool|thanks|really|what about|how about|what else"
    r"|any other|how long|how much|how many|is that)\b|(?:why|when)\W*$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w\w+")


@dataclass(slots=True)
class EarlierTerm:
    """A term of the earlier messages, which are counted from 0."""

    word: str
    """The rarest of the words with this stem."""
    messages: set[int]
    last: int
    """The last message that it stands in."""
    place: float
    """Where in that one: its number among the content words by how many these are, above 0 to 1."""
    words_beside: int
    """How many content words that message has, the term among them."""
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


class MessageFeatures(NamedTuple):
    """A message beside those before it. Content words are those that are no stop words; truths are 0 or 1.

    New words are those whose stems no earlier message has; ranks are by `frequency_rank`, 0 (frequent) to 1 (rare).
    """

    anaphor: float
    """It has a pronoun or "such", "same", "other"."""
    continuation: float
    """It begins as one goes on: "and", "what about", "how long", or is only "why?"."""
    no_content_word: float
    one_content_word: float
    two_content_words: float
    five_content_words: float
    """It has five or more."""
    rarest_new: float
    """The rank of the rarest new content word, 0 without any."""
    second_rarest_new: float
    known_share: float
    """The part of its content words that is not new."""
    up_to_three_words: float
    """Words of any kind, as those of the next."""
    ten_words: float
    """It has ten or more."""
    new_ranks: float
    """The sum of the ranks of its new content words."""
    definite_article: float
    """It has "the"."""
    capital: float
    """A word but the first begins with a capital letter."""


class TermFeatures(NamedTuple):
    """A term of the earlier messages; truths are 0 or 1."""

    in_last_message: float
    """It stands in the message before this one, and in none since; so the next two."""
    in_second_last_message: float
    in_third_last_message: float
    in_first_message: float
    share_of_messages: float
    """The part of the earlier messages that it stands in."""
    in_several_messages: float
    frequency_rank: float
    """0 (frequent) to 1 (rare)."""
    capital: float
    place: float
    """Where in the last message that has it, above 0 to 1."""
    share_of_its_message: float
    """1 by the number of content words of that message."""
    one_message_before: float
    """There is only one earlier message."""
    in_first_and_last_message: float


class CarriedFeatures(NamedTuple):
    """What it depends on whether a term is carried over: the term, the message, and products of the two."""

    term: TermFeatures
    message: MessageFeatures

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the 61 features, in the order of `values`."""
        products = (f"{one} * {other}" for one in _TERM_FACTORS for other in _MESSAGE_FACTORS)
        return (
            *(f"term {name}" for name in TermFeatures._fields),
            *(f"message {name}" for name in MessageFeatures._fields),
            *products,
        )

    def values(self) -> tuple[float, ...]:
        """Return the features as one row."""
        of_term = [getattr(self.term, name) for name in _TERM_FACTORS]
        of_message = [getattr(self.message, name) for name in _MESSAGE_FACTORS]
        return (*self.term, *self.message, *(one * other for one in of_term for other in of_message))


_TERM_FACTORS = (
    "in_last_message",
    "in_second_last_message",
    "in_first_message",
    "share_of_messages",
    "frequency_rank",
)
_MESSAGE_FACTORS = (
    "anaphor",
    "continuation",
    "no_content_word",
    "one_content_word",
    "rarest_new",
    "known_share",
    "new_ranks",
)


def message_features(message: str, earlier: Sequence[str]) -> MessageFeatures:
    """Return the features that say how much a message depends on those before it."""
    words = words_of(message)
    known = {stem(word) for text in earlier for word in words_of(text)}
    new = sorted((frequency_rank(word) for word in words if stem(word) not in known), reverse=True)
    length = len(message.split())
    return MessageFeatures(
        anaphor=float(_ANAPHOR.search(message) is not None),
        continuation=float(_CONTINUATION.match(message) is not None),
        no_content_word=float(len(words) == 0),
        one_content_word=float(len(words) == 1),
        two_content_words=float(len(words) == 2),
        five_content_words=float(len(words) >= 5),
        rarest_new=new[0] if new else 0.0,
        second_rarest_new=new[1] if len(new) > 1 else 0.0,
        known_share=(len(words) - len(new)) / max(1, len(words)),
        up_to_three_words=float(length <= 3),
        ten_words=float(length >= 10),
        new_ranks=float(sum(new)),
        definite_article=float(re.search(r"\bthe\b", message, re.IGNORECASE) is not None),
        capital=float(any(word[0].isupper() for word in message.split()[1:])),
    )


def carried_features(term: EarlierTerm, messages: int, message: MessageFeatures) -> CarriedFeatures:
    """Return the features on which it depends whether a term is carried over.

    Args:
        messages: how many earlier messages there are.
        message: the features of the message.
    """
    ago = messages - 1 - term.last
    of_term = TermFeatures(
        in_last_message=float(ago == 0),
        in_second_last_message=float(ago == 1),
        in_third_last_message=float(ago == 2),
        in_first_message=float(0 in term.messages),
        share_of_messages=len(term.messages) / messages,
        in_several_messages=float(len(term.messages) > 1),
        frequency_rank=frequency_rank(term.word),
        capital=float(term.capital),
        place=term.place,
        share_of_its_message=1 / term.words_beside,
        one_message_before=float(messages == 1),
        in_first_and_last_message=float(ago == 0 and 0 in term.messages),
    )
    return CarriedFeatures(of_term, message)
