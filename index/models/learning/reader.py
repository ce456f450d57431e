"""Teaches the reader: `python -m index.models.learning.reader DATA INDEX...` writes `reader.npz` again.

DATA is a folder with the public sets that docs/reader.md names; each INDEX is one of a corpus that the labels are of.
First come public pairs: questions that doctors judged the same or different, questions with their own page's answers
and with others', comments that answer a question or not. Then come labels by reading (`reader_labels.jsonl`): what the
pages and answers that were found are to questions as patients type them, and which sentences answer or would mislead.
It takes an hour on two cores.
"""

import argparse
import gzip
import json
import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch.nn import functional

from corpus import Answer, Thread
from corpus.text.sentences import Span
from index.index import Index
from index.models.learning.low_rank import Example, LowRankLearner, save_mean
from index.models.reader import (
    ADAPTERS_FILE,
    MAX_TOKENS,
    AnswerText,
    AnswerToRead,
    answer_text,
    page_text,
    question_text,
)

LABELS = Path(__file__).with_name("reader_labels.jsonl")
SAME_QUESTION, ANSWERS = 0, 1
"""The outputs of the model."""
ANSWERING = 2
"""The label of an answer that answers."""

_SEEDS = (1, 2)
_EPOCHS = 2
_LEARNING_RATE = 8e-4
_TARGETS = {
    SAME_QUESTION: {0: 0.0, 1: 0.1, 2: 1.0},
    ANSWERS: {0: 0.0, 1: 0.15, 2: 1.0},
}
"""What the model should say of a label: what is useful but does not answer is nearly no answer."""
_QUESTIONS = 6
"""Labelled questions of a step, each with what was found for it."""
_KEPT, _LEAST_KEPT = 0.4, 2
"""The part of a question's answers labelled 0 that is learned from, and how many at least; they count for all."""
_IN_ORDER = 0.5
"""What it counts that a question's answers stand in order, beside what each is by itself."""
_SENTENCES = 0.5
"""What it counts what each sentence is."""
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
    records = [record for record in _records(LABELS) if record["part"] == "reader"]
    labelled = labelled_questions(records, [Index(directory) for directory in arguments.indexes])
    print(f"{len(public)} public pairs, {len(labelled)} questions labelled by reading")
    changes = []
    for seed in _SEEDS:
        learner = ReaderLearner(seed=seed)
        learner.learn(public, epochs=1, learning_rate=1e-3)
        learner.learn_questions(labelled, epochs=_EPOCHS, learning_rate=_LEARNING_RATE)
        changes.append(learner.changes())
    save_mean(changes, ADAPTERS_FILE)


class Found(NamedTuple):
    """A page or an answer that was found for a question, with its label."""

    text: AnswerText
    output: int
    label: int
    """2, 1 or 0."""
    weight: float = 1.0
    answering: Sequence[bool] = ()
    """Of each sentence whether it answers."""
    misleading: Sequence[bool] = ()


class LabelledQuestion(NamedTuple):
    """A question with pages and answers that were found for it."""

    question: str
    found: Sequence[Found]


class ReaderLearner(LowRankLearner):
    """The reader while it learns."""

    def __init__(self, *, seed: int) -> None:
        """Begin with adapters that change nothing."""
        super().__init__(outputs=2, sentence_outputs=2, max_tokens=MAX_TOKENS, seed=seed)
        self._order = random.Random(seed)  # noqa: S311 - the order of questions is no secret

    def learn_questions(self, questions: Sequence[LabelledQuestion], *, epochs: int, learning_rate: float) -> None:
        """Learn what was found for questions: each by itself, the answers in order, and their sentences."""
        step = self.optimiser(epochs * math.ceil(len(questions) / _QUESTIONS), learning_rate)
        self.train(learning=True)
        for epoch in range(epochs):
            order = self._order.sample(questions, len(questions))
            total = 0.0
            for start in range(0, len(order), _QUESTIONS):
                loss = self._loss(order[start : start + _QUESTIONS])
                step(loss)
                total += float(loss.detach())
            print(f"epoch {epoch + 1} of {epochs}: loss {total / math.ceil(len(order) / _QUESTIONS):.4f}", flush=True)
        self.train(learning=False)

    def _loss(self, questions: Sequence[LabelledQuestion]) -> torch.Tensor:
        found = [each for question in questions for each in question.found]
        asked = [question.question for question in questions for _ in question.found]
        of_question = [at for at, question in enumerate(questions) for _ in question.found]
        odds: list[torch.Tensor] = [torch.zeros(())] * len(found)
        sentences, targets = [], []
        by_length = sorted(range(len(found)), key=lambda at: len(asked[at]) + len(found[at].text.text))
        half = len(by_length) // 2
        for part in filter(None, (by_length[:half], by_length[half:])):
            pairs = [(asked[at], found[at].text.text) for at in part]
            values, of_sentences, places = self.read(
                pairs, [[span for span, _ in found[at].text.sentences] for at in part]
            )
            for row, at in enumerate(part):
                odds[at] = values[row, found[at].output]
            if of_sentences is not None:
                sentences.append(of_sentences)
                targets += [(found[part[row]].answering[at], found[part[row]].misleading[at]) for row, at in places]
        decided = functional.binary_cross_entropy_with_logits(
            torch.stack(odds),
            torch.tensor([_TARGETS[each.output][each.label] for each in found]),
            weight=torch.tensor([each.weight for each in found]),
        )
        ordered = []
        for at in range(len(questions)):
            mine = [n for n, each in enumerate(found) if of_question[n] == at and each.output == ANSWERS]
            good = [odds[n] for n in mine if found[n].label == ANSWERING]
            others = [odds[n] for n in mine if found[n].label != ANSWERING]
            if good and others:
                ordered.append(functional.softplus(torch.stack(others)[None] - torch.stack(good)[:, None]).mean())
        loss = decided
        if ordered:
            loss = loss + _IN_ORDER * torch.stack(ordered).mean()
        if sentences:
            loss = loss + _SENTENCES * functional.binary_cross_entropy_with_logits(
                torch.cat(sentences), torch.tensor(targets, dtype=torch.float32)
            )
        return loss


def labelled_questions(records: Sequence[dict[str, Any]], indexes: Sequence[Index]) -> list[LabelledQuestion]:
    """Return the labels by reading; pages and answers that are in none of the indexes are left out."""
    questions = []
    for record in records:
        index = next((index for index in indexes if any(map(index.thread, record["pages"]))), None)
        if index is None:
            continue
        order = random.Random(record["id"])  # noqa: S311 - which ones are learned from is no secret
        useless = [answer_id for answer_id, label in record["answers"].items() if label == 0]
        kept = order.sample(useless, min(len(useless), max(_LEAST_KEPT, int(_KEPT * len(useless)))))
        found = [
            _found_answer(index, record, answer_id, 1.0 if label else len(useless) / len(kept))
            for answer_id, label in record["answers"].items()
            if (label or answer_id in kept) and index.thread_of_answer(answer_id)
        ]
        pages = sorted(record["pages"].items(), key=lambda page: -page[1])
        others = sum(label == 0 for _, label in pages)
        for thread_id, label in pages[: max(len(pages) - others + 1, 1)]:
            thread = index.thread(thread_id)
            if thread:
                found.append(Found(AnswerText(page_text(thread), ()), SAME_QUESTION, label))
        questions.append(LabelledQuestion(question_text(record["question"]), found))
    return questions


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
    return answer_text(AnswerToRead(Thread(id="", title=title, answers=()), answer, ())).text


def _found_answer(index: Index, record: Mapping[str, Any], answer_id: str, weight: float) -> Found:
    thread = index.thread_of_answer(answer_id)
    assert thread is not None  # noqa: S101 - the caller looked
    answer = next(answer for answer in thread.answers if answer.id == answer_id)
    scored = index.score_sentences(index.query(record["question"]), answer)
    text = answer_text(AnswerToRead(thread, answer, scored))
    answering, misleading = (
        [overlaps(span, record.get(key, {}).get(answer_id, ())) for _, span in text.sentences]
        for key in ("answering", "misleading")
    )
    return Found(text, ANSWERS, record["answers"][answer_id], weight, answering, misleading)


def overlaps(span: Span, others: Sequence[Sequence[int]]) -> bool:
    """Whether a span lies at least half in one of others."""
    return any(min(span[1], end) - max(span[0], start) >= (span[1] - span[0]) / 2 for start, end in others)


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
