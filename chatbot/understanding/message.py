"""A message as the rules read it: its words without case, accents and signs.

A rule says what a whole message is; one that holds more words than any rule has is a question, and
no rule looks at it. So what the rules cost has a bound, however long a message is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from corpus.text.normalisation import case_folded, without_apostrophes

MAX_WORDS = 12
MAX_CHARS = 120

_WORD = re.compile(r"\d+(?:[.,]\d+)?(?![\w])|\w+")
_NO = re.compile(r"no\s*[,.;!]\s*(?=\w)", re.IGNORECASE)
"""The "no" of "No, the second one"; that of "no filters" is none of politeness."""
_LEADING = frozenset(
    "ok okay yes yeah yep and so but then well great perfect thanks thx please pls hi hello hey hm hmm cool good"
    " now sorry alright nice interesting oh ah sure".split()
)
_TRAILING = frozenset("please pls thanks thx then now again too though doc here instead".split())
_THANK = ("thank", "you")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, and as it is compared."""

    written: str
    plain: str


@dataclass(frozen=True, slots=True)
class Message:
    """A short message: all its words, and the words that are left without politeness around them.

    `asks` is whether it ends in a question mark.
    """

    words: tuple[Word, ...]
    core: tuple[Word, ...]
    asks: bool

    @property
    def text(self) -> str:
        """The core in plain words."""
        return plain(self.core)


def short_message(message: str) -> Message | None:
    """Return a message as the rules read it, or None if it is too long to be anything but a question."""
    stripped = message.strip()
    if len(stripped) > MAX_CHARS:
        return None
    words = words_in(_without_no(stripped))
    if len(words) > MAX_WORDS:
        return None
    return Message(words, _core(words), stripped.endswith("?"))


def words_in(message: str) -> tuple[Word, ...]:
    """Return the words of a message of any length."""
    return tuple(Word(word, case_folded(word)) for word in _WORD.findall(without_apostrophes(message)))


def _without_no(message: str) -> str:
    """Return a message without the "no" of politeness at its beginning."""
    match = _NO.match(message)
    return message[match.end() :] if match else message


def plain(words: Collection[Word]) -> str:
    """Return words as a rule compares them, with one space between them."""
    return " ".join(word.plain for word in words)


def is_wordless(message: str) -> bool:
    """Whether a message has no letter and no digit at all: "???"."""
    return not any(char.isalnum() for char in message)


def _core(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words without those of politeness at both ends; at least one is left."""
    first, after = 0, len(words)
    while after - first > 1:
        if words[first].plain in _LEADING:
            first += 1
        elif after - first > 2 and plain(words[first : first + 2]) == " ".join(_THANK):
            first += 2
        elif words[after - 1].plain in _TRAILING:
            after -= 1
        elif after - first > 2 and plain(words[after - 2 : after]) == " ".join(_THANK):
            after -= 2
        else:
            break
    return words[first:after]
