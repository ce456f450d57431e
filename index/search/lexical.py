"""Words: BM25 over the answers with their titles and doctors' names, for what a dense model blurs.

The scores are those of bm25s, with the variant and constants of Lucene (k1 = 1.2, b = 0.75), which
are the defaults of the field: https://arxiv.org/abs/2407.03618. Its files are NumPy arrays and
JSON, mapped into memory, so nothing is rebuilt when a question comes. The library brings SciPy along:
it is imported where it is needed, so that the page is there sooner.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text.tokens import terms_of, words_of
from index.storage.generations import damaged_file

LEXICAL_FOLDER = "lexical"

_K1 = 1.2
_B = 0.75
_WORDS_FILE = "words.json"


class LexicalWriter:
    """Collects the terms of answers, one after the other, and writes their BM25 index."""

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._answers: list[NDArray[np.int32]] = []
        self._words: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Add the next answer."""
        self._words.update(set(words_of(text)))
        ids = [self._terms.setdefault(term, len(self._terms)) for term in terms_of(text)]
        self._answers.append(np.array(ids, dtype=np.int32))

    def write(self, folder: Path) -> None:
        """Write the index of all answers into `folder / "lexical"`."""
        if not self._terms:  # bm25s divides by the mean length of the answers.
            self._terms[""] = 0
            self._answers[0] = np.zeros(1, dtype=np.int32)
        import bm25s

        index = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        index.index((self._answers, {**self._terms}), show_progress=False)
        target = folder / LEXICAL_FOLDER
        index.save(target, show_progress=False)
        (target / _WORDS_FILE).write_text(json.dumps(self._words, ensure_ascii=False), encoding="utf-8")


class LexicalIndex:
    """Scores every answer by the words that it shares with a query."""

    def __init__(self, folder: Path, *, answers: int) -> None:
        """Open the index in `folder`, its arrays mapped into memory.

        Raises:
            IndexStateError: it is missing or damaged.
        """
        import bm25s

        self._answers = answers
        path = folder / LEXICAL_FOLDER
        try:
            self._index = bm25s.BM25.load(path, mmap=True, show_progress=False)
            self.words: Mapping[str, int] = json.loads((path / _WORDS_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            raise damaged_file(path) from None

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the BM25 score of every answer for weighted terms, of shape (answers,), 0 or more.

        A term counts once, however often a query repeats it: on long questions that is worth 0.7
        points of nDCG@10 (docs/retrieval.md).
        """
        scores = np.zeros(self._answers, dtype=np.float32)
        by_weight: dict[float, list[str]] = {}
        for term, weight in terms.items():
            if term in self._index.vocab_dict:
                by_weight.setdefault(weight, []).append(term)
        for weight, alike in by_weight.items():
            scores += weight * self._index.get_scores(alike)
        return scores

    def __contains__(self, term: str) -> bool:
        """Whether a term stands in any answer."""
        return term in self._index.vocab_dict

    def document_frequency(self, term: str) -> float:
        """Return which part of the answers has this stem, 0 to 1."""
        number = self._index.vocab_dict.get(term)
        if number is None or not self._answers:
            return 0.0
        first, after = self._index.scores["indptr"][number : number + 2]
        return (int(after) - int(first)) / self._answers

    def by_inverse_document_frequency(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Return the terms that stand in the corpus, their weights times their rarity (BM25's idf)."""
        rarity: dict[str, float] = {}
        for term, weight in terms.items():
            number = self._index.vocab_dict.get(term)
            if number is not None:
                first, after = self._index.scores["indptr"][number : number + 2]
                answers = int(after) - int(first)
                rarity[term] = weight * math.log(1 + (self._answers - answers + 0.5) / (answers + 0.5))
        return rarity
