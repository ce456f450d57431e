"""Answerability: whether a corpus answers a question, by how close the best hits come to it.

The cosine of the best passage tells whether the corpus speaks of the subject at all. It is high for a near
miss too: "How much does Botox cost?" is near every page on Botox. So the words that the best hits lack are
counted as well, by their rarity: "cost" and "pregnant" say what is asked for, "long" says little, and what
stands in every answer of the corpus ("Botox", in a corpus on it) tells nothing.

Near misses and questions that are covered can't be told apart well by this (area under the curve 0.64 to 0.80);
questions off the topic can (0.98 to 0.99). So there are two thresholds: `index.build.calibration` draws them.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from corpus import Answer, Thread
from corpus.text.tokens import stem, terms_of
from corpus.text.word_frequency import frequency_rank
from index.search.lexical import LexicalIndex

Answerability = Literal["answers", "related", "nothing"]
"""Whether hits answer a question, are only related to it, or have nothing to do with it."""

HITS = 5
"""Hits in which the words of the question are looked for."""

_WORTH = 0.3
"""What a question is further off if no hit has any of its words. Measured: docs/conversation.md, Silence."""
_LEAST_SAID = 0.15
"""Rarities that a question must add up to for its missing words to count in full: "How long?" says too little."""
_FEW_WORDS = 3
"""Beyond so many words, the missing ones count less: a long story has many that are not the point."""


Match = Literal["close", "good", "loose"]
"""How well one hit matches a question, by its score."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What closeness and scores mean with the embedder and the corpus of one index.

    `answers` and `related` are the closeness from which hits count as answers to a question, and as related to it.
    `close_match` and `good_match` are the scores from which one hit by itself is called so.
    """

    answers: float
    related: float
    close_match: float
    good_match: float

    def match(self, score: float) -> Match:
        """Return how well a hit with this score matches."""
        if score >= self.close_match:
            return "close"
        return "good" if score >= self.good_match else "loose"

    def answerability(self, closeness: float) -> Answerability:
        """Return what hits of this closeness are."""
        if closeness >= self.answers:
            return "answers"
        return "related" if closeness >= self.related else "nothing"


def closeness(
    words: Sequence[str], passage: float, nearest: Sequence[tuple[Thread, Answer]], lexical: LexicalIndex
) -> float:
    """Return how close the best hits come to a question: the best cosine, less what they lack of its words.

    Args:
        words: the words of the question (`index.search.lexical.words_of`), misspelt ones corrected.
        passage: the cosine of the best passage.
        nearest: the best hits.
    """
    words = list(dict.fromkeys(words))
    stems = {word: stem(word) for word in words}
    weights = {word: frequency_rank(word) * (1.0 - lexical.document_frequency(stems[word])) for word in words}
    total = sum(weights.values())
    if not total:
        return passage
    missing = min(_missing(weights, stems, set(terms_of(_text(thread, answer)))) for thread, answer in nearest)
    return passage - _WORTH * missing / max(total, _LEAST_SAID) * min(1.0, _FEW_WORDS / len(words))


def _missing(weights: Mapping[str, float], stems: Mapping[str, str], known: Set[str]) -> float:
    return sum(weight for word, weight in weights.items() if stems[word] not in known)


def _text(thread: Thread, answer: Answer) -> str:
    return " ".join(text for text in (answer.text, answer.title, thread.title, thread.question) if text)
