"""What a question wants to know of its subject, such as its causes or treatments, and the words for that.

The types, the phrases by which they are recognised and the words of pages stand in `question_types.toml`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chatbot.understanding.patterns import compile_phrases
from corpus.text.tokens import terms_of, words_of

_FILE = Path(__file__).with_name("question_types.toml")
_TOKEN = re.compile(r"[\w']+")
_KEPT = 64
_AT_THE_ENDS = frozenset(["of", "for", "the", "to", "a", "an", "in", "related", "with", "are", "is", "be"])


@dataclass(frozen=True, slots=True)
class QuestionType:
    """One type: how it is asked for, and what pages say."""

    says: str
    asks: re.Pattern[str]
    words: frozenset[str]


@lru_cache(_KEPT)
def question_types_of(question: str) -> tuple[QuestionType, ...]:
    """Return the types of a question; most have none or one.

    Phrases are tried only where their first word stands, so that a long message costs a look at each word.
    """
    types = _types()
    exact, beginnings = _first_words()
    found: set[int] = set()
    for token in _TOKEN.finditer(question):
        word = token.group().lower()
        candidates = exact.get(word, frozenset())
        if word.startswith(tuple(beginnings)):
            candidates = candidates.union(*(at for start, at in beginnings.items() if word.startswith(start)))
        found |= {at for at in candidates - found if types[at].asks.match(question, token.start())}
    return tuple(types[at] for at in sorted(found))


def query_expansion(question: str) -> str:
    """Return the words by which pages say what a question wants to know, but those that it has itself; "" for none."""
    own = set(terms_of(question))
    return " ".join(one.says for one in question_types_of(question) if not set(terms_of(one.says)) <= own)


def strip_question_type(phrases: Sequence[str]) -> list[str]:
    """Return phrases of an earlier question without the words at their ends that say what it wanted to know.

    "symptoms of Zog's disease" becomes "Zog's disease"; what would be empty is left out, unless all would be.
    """
    kept = [trimmed for phrase in phrases if (trimmed := _trimmed(phrase))]
    return kept or list(phrases)


def _trimmed(phrase: str) -> str:
    words = phrase.split()
    while words and _says_the_type(words[-1]):
        words.pop()
    while words and (_says_the_type(words[0]) or words[0].lower() in _AT_THE_ENDS):
        words.pop(0)
    return " ".join(words)


def _says_the_type(word: str) -> bool:
    return any(plain in _type_words() for plain in words_of(word))


@cache
def _type_words() -> frozenset[str]:
    return frozenset().union(*(one.words for one in _types()))


@cache
def _first_words() -> tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]:
    """Return the types by the first words of their phrases: whole words, and beginnings ("caus*")."""
    exact: dict[str, frozenset[int]] = {}
    beginnings: dict[str, frozenset[int]] = {}
    for at, one in enumerate(_read()["type"]):
        for phrase in one["asks"]:
            first = phrase.split()[0].lower()
            words = beginnings if first.endswith("*") else exact
            key = first.rstrip("*")
            words[key] = words.get(key, frozenset()) | {at}
    return exact, beginnings


@cache
def _types() -> tuple[QuestionType, ...]:
    record = _read()
    return tuple(
        QuestionType(one["says"], compile_phrases(one["asks"]), frozenset(one["words"])) for one in record["type"]
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
