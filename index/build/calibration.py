"""How well a question must match before the index may be said to cover it.

Cosines mean different things with each embedder and corpus, so no fixed number would do. An index
is asked questions that are certainly off its topic, and the titles of its own threads. The thresholds
lie between what the two usually score.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from corpus import Answer, Thread
from corpus.text.tokens import terms_of, weighted, words_of
from index.models.embedder import Embedder
from index.records import Query
from index.search.answerability import HITS, Thresholds, closeness
from index.search.searcher import Searcher
from index.storage.store import Store

OFF_TOPIC_QUESTIONS = Path(__file__).with_name("off_topic.txt")

_MAX_TITLES = 100
"""Titles that are asked, spread evenly over the corpus: more cost time and change little."""
_TITLE_CHARS = 200
"""Where a page has no title its question stands in its place, which may be long; people's questions are not."""
_ANSWERS_FROM = 0.47
_RELATED_FROM = 0.37
"""Where the thresholds lie, from the median closeness of the questions off the topic (0) to that of the titles (1).

Chosen on 700 questions that people wrote for the seed pages, doctors and counsel-chat without having seen the code: of
those that the seed pages answer 0.81 are above the first and 0.90 above the second, of those off the topic 0.01 and
0.08.
`python -m tests.benchmarks.answerability` prints the curve.
"""
_BATCH = 32


def off_topic_questions() -> list[str]:
    """Return the questions that no corpus of doctors' answers covers."""
    lines = OFF_TOPIC_QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def thresholds(searcher: Searcher, store: Store, embedder: Embedder) -> Thresholds:
    """Return the closeness (`index.search.answerability`) from which hits answer a question, and are related to it."""
    answered = searcher.layout.answered
    step = max(1, len(answered) // _MAX_TITLES)
    titles = [store.thread(int(number)).title[:_TITLE_CHARS] for number in answered[::step]]
    off_topic = median(_closeness(searcher, store, embedder, off_topic_questions()))
    covered = median(_closeness(searcher, store, embedder, titles))
    answers, related = (off_topic + part * (covered - off_topic) for part in (_ANSWERS_FROM, _RELATED_FROM))
    return Thresholds(answers=answers, related=related)


def _closeness(searcher: Searcher, store: Store, embedder: Embedder, questions: Sequence[str]) -> Iterator[float]:
    """Yield how close the best hits come to each question."""
    questions = sorted(questions, key=len)
    batches = [questions[start : start + _BATCH] for start in range(0, len(questions), _BATCH)]
    vectors = [vector for batch in batches for vector in embedder.embed_queries(batch)]
    for question, vector in zip(questions, vectors, strict=True):
        hits = searcher.search(Query(text=question, vector=vector, terms=weighted(terms_of(question))), HITS)
        passage = max(hit.parts.passage for hit in hits)
        nearest = [_answer(searcher, store, hit.answer) for hit in hits]
        yield closeness(words_of(question), passage, nearest, searcher.lexical)


def _answer(searcher: Searcher, store: Store, number: int) -> tuple[Thread, Answer]:
    thread_number = int(searcher.layout.thread_of_answer[number])
    thread = store.thread(thread_number)
    return thread, thread.answers[number - int(searcher.layout.first_answer[thread_number])]
