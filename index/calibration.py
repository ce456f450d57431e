"""How well a question must match before the index may be said to cover it.

Cosines mean different things with each embedder and corpus, so no fixed number would do. An index
is asked questions that are certainly off its topic, and the titles of its own threads. The line is
drawn halfway between what the two usually score.
"""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from index.embedder import Embedder
from index.lexical import terms_of, weighted
from index.records import Query
from index.search import Searcher
from index.store import Store

OFF_TOPIC_QUESTIONS = Path(__file__).with_name("off_topic.txt")

_MAX_TITLES = 100
"""Titles that are asked, spread evenly over the corpus: more cost time and change little."""
_TITLE_CHARS = 200
"""Where a page has no title its question stands in its place, which may be long; people's questions are not."""
_BATCH = 32


def off_topic_questions() -> list[str]:
    """Return the questions that no corpus of doctors' answers covers."""
    lines = OFF_TOPIC_QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def abstention_threshold(searcher: Searcher, store: Store, embedder: Embedder) -> float:
    """Return the cosine of the best passage below which a question counts as not covered."""
    ((threads,),) = store.rows("SELECT count(*) FROM threads")
    step = max(1, threads // _MAX_TITLES)
    rows = store.rows("SELECT title FROM threads WHERE number % ? = 0 ORDER BY number", (step,))
    covered = _best_passages(searcher, embedder, [title[:_TITLE_CHARS] for (title,) in rows])
    off_topic = _best_passages(searcher, embedder, off_topic_questions())
    return (median(covered) + median(off_topic)) / 2


def _best_passages(searcher: Searcher, embedder: Embedder, questions: Sequence[str]) -> list[float]:
    questions = sorted(questions, key=len)
    batches = [questions[start : start + _BATCH] for start in range(0, len(questions), _BATCH)]
    vectors = [vector for batch in batches for vector in embedder.embed_queries(batch)]
    found = [
        searcher.search(Query(text=question, vector=vector, terms=weighted(terms_of(question))), 1)
        for question, vector in zip(questions, vectors, strict=True)
    ]
    return [hits[0].parts.passage for hits in found]
