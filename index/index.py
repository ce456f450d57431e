"""An index that is open: from a query to the answers found for it."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus import Answer, Thread
from corpus.text.sentences import Span
from corpus.text.spelling import Vocabulary, with_corrections
from corpus.text.tokens import stem, terms_of, weighted, words_of
from index.errors import IndexStateError
from index.info import check_files
from index.models.embedder import Embedder, Vectors, load_embedder
from index.records import Hit, Query
from index.search.answerability import HITS, Answerability, closeness
from index.search.diversification import FIRST, diversified, doctor_key
from index.search.facets import Facets
from index.search.filters import Filters, allowed_answers
from index.search.fusion import Weights
from index.search.overview import Overview
from index.search.searcher import Candidate, Searcher
from index.search.sentence_scores import score_sentences
from index.storage.generations import current_generation, current_name
from index.storage.manifest import Manifest, read_manifest
from index.storage.matrices import SENTENCES_FILE, open_matrix
from index.storage.store import DoctorField, Store

_SPARE = 3
"""Candidates for each hit that is wanted, so that there are others where a doctor repeats."""
_FILTERS_KEPT = 32
_CORRECTED = 20
"""Strange words of a query that may be misspelled, the first ones: a text of a hundred is none of slips."""


class Index:
    """A corpus that can be searched. Safe to use from several threads at once.

    A damaged file that is met later raises `IndexStateError` from any method.

        with Index("my-index") as index:
            for hit in index.search("How long does itching last after a peel?", 5):
                print(hit.score, hit.thread.title, hit.answer.text)
    """

    def __init__(self, directory: str | Path, embedder: Embedder | None = None) -> None:
        """Open the index in `directory`, with the embedder that it was made with unless one is given.

        Raises:
            IndexStateError: there is no index, it is damaged, or it was made with another embedder.
            EmbedderError: the embedder that it was made with can't be had.
        """
        self.directory = directory = Path(directory)
        folder, self.manifest = _sound_generation(directory)
        self.generation = folder.name
        self.embedder = embedder or load_embedder(self.manifest.embedder)
        if self.embedder.fingerprint != self.manifest.embedder_fingerprint:
            raise IndexStateError(
                f"{directory}: this index was made with another embedder ({self.manifest.embedder.name}) than "
                f"{self.embedder.settings.name}, or with other weights of it.",
                directory=directory,
            )
        self._store = Store(folder)
        self._searcher = Searcher(folder, self._store, largest_length=self.manifest.largest_length)
        self._sentences = open_matrix(folder / SENTENCES_FILE)
        self.overview = Overview(self._store, self._searcher.layout, self._searcher.questions)
        self._values = lru_cache(self._store.values_of)
        self._last_rarity: tuple[Query | None, Mapping[str, float]] = (None, {})
        self._allowed = lru_cache(_FILTERS_KEPT)(self._allowed_now)

    def query(self, text: str, *, also: str | None = None, expansion: str = "") -> Query:
        """Return a text as a query: its misspelled words corrected, its vector of shape (dimensions,), its terms.

        Args:
            text: what is asked, as it was written.
            also: another text for the same wish, such as the follow-up that `text` spells out. Its
                vector counts as much: a long name in `text` drowns what is asked about it
                (docs/conversation.md).
            expansion: words that pages have for what the text asks in others; they are searched with,
                and not missed where an answer has them not.
        """
        corrected = self._corrected(text)
        read_as = text
        if corrected:
            read_as = with_corrections(text, corrected)
        searched = f"{read_as} {expansion}".rstrip()
        return Query(
            text=text,
            vector=self._vector([searched] if also is None or also == text else [searched, also]),
            terms=weighted(terms_of(searched)),
            corrected=corrected,
        )

    def search(
        self,
        query: str | Query,
        k: int = 10,
        filters: Filters | None = None,
        *,
        weights: Weights | None = None,
        fold: bool = True,
        diversify: bool = True,
    ) -> list[Hit]:
        """Return the `k` answers of doctors that match best, best first; fewer where there are no more.

        Stars and reviews never change the order.

        Args:
            k: 1 or more.
            filters: what an answer must have to be found; they apply before the `k` best are taken.
            weights: what each part of a match counts; None for the usual ones.
            fold: whether of several copies of one text only the best is returned.
            diversify: whether the first five are of five different doctors, where there are as many: a doctor's
                other hits come behind. Without it the hits are in the order of their scores.

        Raises:
            ValueError: `k` is less than 1.
            IndexStateError: a file of the index is damaged.
        """
        if k < 1:
            raise ValueError(f"k is {k}; at least 1 is needed.")
        if isinstance(query, str):
            query = self.query(query)
        allowed = self._allowed(filters) if filters and filters.any() else None
        found = self._searcher.search(
            query, max(k, FIRST * _SPARE) if diversify else k, allowed, weights=weights, fold=fold
        )
        if diversify:
            doctors = self._store.authors([candidate.answer for candidate in found])
            found = diversified(found, [doctor_key(doctor) for doctor in doctors])
        threads: dict[int, Thread] = {}
        return [self._hit(candidate, threads) for candidate in found[:k]]

    def closeness(self, query: Query, hits: Sequence[Hit]) -> float | None:
        """Return how close the best of some hits, in any order, come to a query, or None where there are none.

        It is the cosine of the best passage, at most 1, less what the hits lack of the query's words
        (`index.search.answerability`). Only the `HITS` hits with the highest scores count, as when the thresholds
        of the index were drawn: `hits` has to have them among it, as all that `search` returns with `diversify`
        off do, and with it on from `k = 15`.
        """
        if not hits:
            return None
        best = sorted(hits, key=lambda hit: -hit.score)[:HITS]
        words = [query.corrected.get(word, word) for word in words_of(query.text)]
        passage = max(hit.parts.passage for hit in best)
        return closeness(words, passage, [(hit.thread, hit.answer) for hit in best], self._searcher.lexical)

    def answerability(self, query: Query, hits: Sequence[Hit]) -> Answerability:
        """Return whether hits (`closeness`) answer a query, are related to it, or have nothing to do with it."""
        close = self.closeness(query, hits)
        return "nothing" if close is None else self.manifest.thresholds.answerability(close)

    def score_sentences(self, query: Query, answer: Answer) -> list[tuple[Span, float]]:
        """Return the span of each sentence of an answer, in order, with how well it matches the query.

        A span is (start, end) in characters of the answer's text; a score is about -1 to 1.25. Empty for an answer
        that is not in the index.
        """
        first, spans = self._store.sentences_of(answer.id)
        vectors = self._sentences[first : first + len(spans)]
        terms = self._rarity_of(query)
        scores = score_sentences(answer.text, spans, vectors, query.vector, terms)
        return list(zip(spans, scores, strict=True))

    def thread(self, thread_id: str) -> Thread | None:
        """Return the thread with this id, or None."""
        return self._store.thread_by_id(thread_id)

    def thread_of_answer(self, answer_id: str) -> Thread | None:
        """Return the thread that holds the answer with this id, or None."""
        return self._store.thread_of_answer(answer_id)

    def sample_threads(self, count: int) -> list[Thread]:
        """Return up to `count` (1 or more) threads that doctors answered, spread evenly over the corpus, in order."""
        numbers = self.overview.answered
        step = max(1, len(numbers) // count)
        return [self._store.thread(int(number)) for number in numbers[::step][:count]]

    def close(self) -> None:
        """Close the index's files; nothing can be searched any more."""
        self._store.close()

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index's files."""
        self.close()

    def answers_by(self, doctor: str) -> list[tuple[Thread, Answer]]:
        """Return every answer of the doctor with exactly this name, in the order of the corpus."""
        return self._store.answers_by(doctor)

    def values_of(self, field: DoctorField) -> tuple[str, ...]:
        """Return every specialty, place, name or credentials of a doctor that the corpus has, in alphabetical order."""
        return self._values(field)

    @cached_property
    def facets(self) -> Facets:
        """The vocabulary of the corpus's specialties, places and doctors, made once."""
        return Facets.of(
            self.values_of("specialty"),
            self.values_of("location"),
            self.values_of("name"),
            credentials=self.values_of("credentials"),
        )

    def browse(self, filters: Filters, *, first: int = 0, count: int = 20) -> tuple[list[Thread], int]:
        """Return some of the threads that have an answer which passes the filters, and how many have one.

        Args:
            first: the place of the first one in the order of the corpus, from 0.
            count: how many at most.
        """
        allowed = self._allowed(filters) if filters.any() else None
        return self.overview.threads(allowed, first=first, count=count)

    def vocabulary_overlap(self, words: Sequence[str]) -> float:
        """Return which part of these words, in lower case, stands in the corpus, 0 to 1; 1 where there are none."""
        return sum(stem(word) in self._searcher.lexical for word in words) / len(words) if words else 1.0

    def _rarity_of(self, query: Query) -> Mapping[str, float]:
        """Return the terms of a query by their rarity; those of the last query are kept, for all its hits ask."""
        last, terms = self._last_rarity
        if last is not query:
            terms = self._searcher.lexical.by_inverse_document_frequency(query.terms)
            self._last_rarity = (query, terms)
        return terms

    def _vector(self, texts: list[str]) -> Vectors:
        vectors = self.embedder.embed_queries(texts)
        total: Vectors = vectors.mean(axis=0)
        return total

    def _corrected(self, text: str) -> dict[str, str]:
        lexical = self._searcher.lexical
        strange = [word for word in dict.fromkeys(words_of(text)) if stem(word) not in lexical][:_CORRECTED]
        # A word that the embedder knows as a whole is a word, though not one of this corpus.
        tokens = self.embedder.count_tokens(strange)
        unknown = [word for word, count in zip(strange, tokens, strict=True) if count > 1]
        found: dict[str, str] = {}
        for word in unknown:
            right = self._vocabulary.correction(word, answers=self.manifest.answers)
            if right is not None:
                found[word] = right
        return found

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._searcher.lexical.words)

    def _allowed_now(self, filters: Filters) -> NDArray[np.bool_]:
        return allowed_answers(self._store, filters)

    def _hit(self, candidate: Candidate, threads: dict[int, Thread]) -> Hit:
        """Return a candidate as a hit; `threads` are those that were read already."""
        layout = self._searcher.layout
        number = int(layout.thread_of_answer[candidate.answer])
        thread = threads.get(number) or threads.setdefault(number, self._store.thread(number))
        return Hit(
            thread=thread,
            answer=thread.answers[candidate.answer - int(layout.first_answer[number])],
            number=candidate.answer,
            score=candidate.score,
            passage=self._store.passage_span(candidate.best_passage),
            parts=candidate.parts,
        )


def _sound_generation(directory: Path) -> tuple[Path, Manifest]:
    """Return the generation in use, checked, and its manifest.

    A build may put another one in place, and clear this one away, while it is looked at: then that
    one is taken.
    """
    while True:
        folder = current_generation(directory)
        try:
            manifest = read_manifest(folder)
            check_files(folder, manifest)
        except IndexStateError:
            if current_name(directory) == folder.name:
                raise
        else:
            return folder, manifest
