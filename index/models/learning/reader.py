"""Teaches the reader: `python -m index.models.learning.reader DATA INDEX...` writes `reader.npz` again.

DATA is a folder with the public sets that docs/reader.md names; each INDEX is one of a corpus that the labels are of.
First come public pairs: questions that doctors judged the same or different, questions with their own page's answers
and with others', comments that answer a question or not. Then come labels by reading (`reader_labels.jsonl`): what the
pages and answers that were found are to questions as patients type them. It takes an hour on two cores.
"""

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import Answer, Thread
from index.index import Index
from index.models.learning.low_rank import Example, LowRankLearner, save_mean
from index.models.reader import ADAPTERS_FILE, MAX_TOKENS, AnswerToRead, answer_text, page_text, question_text

LABELS = Path(__file__).with_name("reader_labels.jsonl")
SAME_QUESTION, ANSWERS = 0, 1
"""The outputs of the model."""

_SEEDS = (1, 2)
_TARGETS = {
    SAME_QUESTION: {0: 0.0, 1: 0.1, 2: 1.0},
    ANSWERS: {0: 0.0, 1: 0.15, 2: 1.0},
}
"""What the model should say of a label: what is useful but does not answer is nearly no answer."""
_KEPT = 0.5
"""The part of the many pairs labelled 0 that is learned from, each counted twice."""
_PUBLIC_WEIGHT = 0.5
_MEDQUAD, _DOCTORS, _COUNSELLORS, _ENTAILED = 1800, 2000, 800, 4000
"""Questions that are taken of each public set."""
_COMMENTS = {"Good": 0.95, "PotentiallyUseful": 0.3, "Bad": 0.0}
_RELATED = {"PerfectMatch": 0.9, "Relevant": 0.3, "Irrelevant": 0.0}
_FOCUS = re.compile(
    r"^(what|how|who|do|is|are|does)\b.*?\b(of|for|is|are|have|get|causes?|inherited|prevent|treat|about)\b"
)
"""What comes before the disease in a question of MedQuAD."""


def main() -> None:
    """Learn from all there is, and write the adapters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("indexes", type=Path, nargs="+")
    arguments = parser.parse_args()
    public = list(public_examples(arguments.data))
    labelled = list(labelled_examples(_records(LABELS), [Index(directory) for directory in arguments.indexes]))
    print(f"{len(public)} public pairs, {len(labelled)} labels by reading")
    changes = []
    for seed in _SEEDS:
        learner = LowRankLearner(outputs=2, max_tokens=MAX_TOKENS, seed=seed)
        learner.learn(public, epochs=1, learning_rate=1e-3)
        learner.learn(labelled, epochs=3, learning_rate=8e-4)
        changes.append(learner.changes())
    save_mean(changes, ADAPTERS_FILE)


def labelled_examples(records: Sequence[dict[str, Any]], indexes: Sequence[Index]) -> Iterator[Example]:
    """Give the labels by reading; pages and answers that are in none of the indexes are left out."""
    for record in records:
        order = random.Random(record["id"])  # noqa: S311 - which ones are learned from is no secret
        asked = question_text(record["question"])
        for thread_id, label in record["pages"].items():
            thread = next((found for index in indexes if (found := index.thread(thread_id))), None)
            if thread and (label or order.random() < _KEPT):
                yield _labelled(asked, page_text(thread), SAME_QUESTION, label)
        for answer_id, label in record["answers"].items():
            index = next((index for index in indexes if index.thread_of_answer(answer_id)), None)
            if index and (label or order.random() < _KEPT):
                yield _labelled(asked, answer_text(_read(index, record["question"], answer_id)), ANSWERS, label)


def public_examples(data: Path) -> Iterator[Example]:
    """Give pairs of the public sets in a folder."""
    order = random.Random(17)  # noqa: S311 - which ones are learned from is no secret
    yield from _medquad(_threads(data / "medquad"), order)
    yield from _own_pages(_threads(data / "doctors"), order, _DOCTORS)
    yield from _own_pages(_threads(data / "counsel-chat"), order, _COUNSELLORS)
    pairs = data / "question-pairs"
    for record in _records(pairs / "medical-question-pairs.jsonl"):
        yield Example(record["question_1"], record["question_2"], SAME_QUESTION, float(record["label"]))
    for record in order.sample(_records(pairs / "entailment.jsonl"), _ENTAILED):
        yield _public(record["question"], record["faq_question"], SAME_QUESTION, float(record["label"]))
    for record in _records(data / "reading" / "community-answers.jsonl.gz"):
        for comment in order.sample(record["comments"], min(3, len(record["comments"]))):
            target = 0.0 if comment["by_asker"] else _COMMENTS[comment["answers_related"]]
            yield _public(record["related_question"], f" : {comment['text'][:420]}", ANSWERS, target)
        yield _public(record["question"], record["related_question"], SAME_QUESTION, _RELATED[record["related"]])


def _medquad(threads: Sequence[Thread], order: random.Random) -> Iterator[Example]:
    """Give questions with their answers, and with what is answered about another side of the same disease."""
    by_focus: dict[str, list[Thread]] = {}
    for thread in threads:
        by_focus.setdefault(_FOCUS.sub("", thread.title.lower()).strip(" ?()"), []).append(thread)
    several = [group for group in by_focus.values() if len(group) >= 3]
    for group in order.sample(several, min(_MEDQUAD, len(several))):
        own, other, third = order.sample(group, 3)
        yield _public(own.title, _answer(own, order, titled=0.5), ANSWERS, 1.0)
        yield _public(own.title, _answer(other, order, titled=0.5), ANSWERS, 0.05)
        yield _public(own.title, third.title, SAME_QUESTION, 0.0)


def _own_pages(threads: Sequence[Thread], order: random.Random, count: int) -> Iterator[Example]:
    """Give patients' questions with the answers of their own pages, and with those of others."""
    asked = [thread for thread in threads if thread.question and thread.answers]
    for thread in order.sample(asked, min(count, len(asked))):
        question = question_text(thread.question or "" if order.random() < 0.6 else thread.title)
        other = order.choice(asked)
        yield _public(question, _answer(thread, order, titled=0.3), ANSWERS, 0.85)
        yield _public(question, _answer(other, order, titled=0.6), ANSWERS, 0.05)
        yield _public(question, page_text(other), SAME_QUESTION, 0.05)
        yield _public(thread.question or "", thread.title, SAME_QUESTION, 0.95)


def _answer(thread: Thread, order: random.Random, *, titled: float) -> str:
    answer = order.choice(thread.answers)
    title = thread.title if order.random() < titled else ""
    return answer_text(AnswerToRead(Thread(id="", title=title, answers=()), answer, ()))


def _read(index: Index, question: str, answer_id: str) -> AnswerToRead:
    thread = index.thread_of_answer(answer_id)
    assert thread is not None  # noqa: S101 - the caller looked
    answer = next(answer for answer in thread.answers if answer.id == answer_id)
    return AnswerToRead(thread, answer, index.score_sentences(index.query(question), answer))


def _labelled(first: str, second: str, output: int, label: int) -> Example:
    return Example(first, second, output, _TARGETS[output][label], 1.0 if label else 1.0 / _KEPT)


def _public(first: str, second: str, output: int, target: float) -> Example:
    return Example(question_text(first), " ".join(second.split()), output, target, _PUBLIC_WEIGHT)


def _threads(folder: Path) -> list[Thread]:
    return [
        Thread(
            id=record["id"],
            title=record["title"],
            question=record.get("question"),
            answers=tuple(Answer(each["id"], place, each["text"]) for place, each in enumerate(record["answers"], 1)),
        )
        for record in _records(folder / "threads.jsonl.gz")
    ]


def _records(path: Path) -> list[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().splitlines() if line.strip()]


if __name__ == "__main__":
    main()
