"""How well a question must match before the index may be said to cover it.

Cosines mean different things with each embedder and corpus, so no fixed number would do. An index
is asked questions that are certainly off its topic, and the titles of its own threads. The thresholds
lie between what the two usually score.
"""

from collections.abc import Iterable, Iterator, Sequence
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
_CLOSE_FROM = 0.75
_GOOD_FROM = _ANSWERS_FROM
"""Where the scores of a close and a good match lie between the median scores of the best hits, likewise.

For the packaged model on 6,304 doctors' answers these are 0.70 and 0.52, on the two starter pages 0.55 and 0.35: what a
score is worth hangs on the corpus too.
"""
_BATCH = 32


def off_topic_questions() -> list[str]:
    """Return the questions that no corpus of doctors' answers covers."""
    lines = OFF_TOPIC_QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def thresholds(searcher: Searcher, store: Store, embedder: Embedder) -> Thresholds:
    """Return what closeness and scores (`index.search.answerability`) mean in an index, by asking it questions."""
    answered = searcher.layout.answered
    step = max(1, len(answered) // _MAX_TITLES)
    titles = [store.thread(int(number)).title[:_TITLE_CHARS] for number in answered[::step]]
    off_topic = _medians(_asked(searcher, store, embedder, off_topic_questions()))
    covered = _medians(_asked(searcher, store, embedder, titles))

    def between(part: float, *, of: int) -> float:
        return off_topic[of] + part * (covered[of] - off_topic[of])

    return Thresholds(
        answers=between(_ANSWERS_FROM, of=0),
        related=between(_RELATED_FROM, of=0),
        close_match=between(_CLOSE_FROM, of=1),
        good_match=between(_GOOD_FROM, of=1),
    )


def _medians(asked: Iterable[tuple[float, float]]) -> tuple[float, float]:
    closeness_of_each, scores = zip(*asked, strict=True)
    return median(closeness_of_each), median(scores)


def _asked(
    searcher: Searcher, store: Store, embedder: Embedder, questions: Sequence[str]
) -> Iterator[tuple[float, float]]:
    """Yield for each question how close the best hits come to it, and the score of the best one."""
    questions = sorted(questions, key=len)
    batches = [questions[start : start + _BATCH] for start in range(0, len(questions), _BATCH)]
    vectors = [vector for batch in batches for vector in embedder.embed_queries(batch)]
    for question, vector in zip(questions, vectors, strict=True):
        hits = searcher.search(Query(text=question, vector=vector, terms=weighted(terms_of(question))), HITS)
        passage = max(hit.parts.passage for hit in hits)
        nearest = [_answer(searcher, store, hit.answer) for hit in hits]
        yield closeness(words_of(question), passage, nearest, searcher.lexical), hits[0].score


def _answer(searcher: Searcher, store: Store, number: int) -> tuple[Thread, Answer]:
    thread_number = int(searcher.layout.thread_of_answer[number])
    thread = store.thread(thread_number)
    return thread, thread.answers[number - int(searcher.layout.first_answer[thread_number])]
