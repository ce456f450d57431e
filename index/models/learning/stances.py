"""An experiment: `python -m index.models.learning.stances DATA PAGES...` teaches a model to read stances.

A cross-encoder, the packaged model with low-rank adapters, reads the question of a page and one of its answers
together: is the question one of yes or no, and what does the answer say to it? It is not sure enough to be used
(docs/reader.md, "Views"), so nothing is written: what it is worth is measured and printed, for the next try.

DATA is a folder with the public sets that docs/reader.md names; PAGES are the files or folders of the corpora that the
labels are of. First come public pairs: claims with what speaks for or against them. Then come labels by reading, those
of the part "learn"; the part "test" is what it is measured with.
"""

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score, roc_auc_score

from corpus import Answer, Stance, Thread, read_paths
from index.models.learning.low_rank import Example, LowRankLearner, save_mean
from index.models.low_rank import AdaptedModel, TextPair

LABELS = Path(__file__).with_name("stance_labels.jsonl")
"""One answer a line, named by ids: {"thread_id", "answer_id", "yes_no": whether its page asks a question of yes or no,
"stance", "part": "learn" or "test"}, and "second_yes_no" and "second", what a second reader said of those to test."""

YES_NO_QUESTION = 0
"""The output for whether the question of a page is one of yes or no: its answers are not read with it."""
STANCES: tuple[Stance, ...] = get_args(Stance)
"""In the order of the further outputs."""
THRESHOLDS = (0.5, 0.7, 0.8, 0.9)
"""Probabilities of a stance from which it might be told."""

_SEED = 1
_MAX_TOKENS = 256
_YES_NO_FROM = 0.5
"""The probability of a question of yes or no from which its answers count as read."""
_PUBLIC = 6000
"""Pairs of Perspectrum that are learned from."""
_PUBLIC_WEIGHT = 0.5
_OF_ANOTHER = 0.2
"""The part of them that is given the words about another claim: these say nothing to it."""
_SAID: Mapping[str, Stance] = {
    "support": "yes",
    "undermine": "no",
    "supports": "yes",
    "refutes": "no",
    "neutral": "none",
}
_TITLE_CHARS = 200
_ASKED_CHARS = 300
"""What is asked stands at the end of a letter."""
_ANSWER_CHARS = 900
_ANSWER_BEGINNING = 600
"""Of a longer answer its beginning and its end are read: there it says what it says."""
_BATCH = 32


class Figures(NamedTuple):
    """What stances that are told are worth: how many, how many right, and how many yes for no or no for yes.

    `found` is the share of the answers which plainly say something, by the labels, that are told rightly, 0 to 1.
    """

    told: int
    right: int
    inverted: int
    found: float


def main() -> None:
    """Learn, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    arguments = parser.parse_args()
    public = list(public_examples(arguments.data))
    threads = {thread.id: thread for thread in read_paths(arguments.pages) if isinstance(thread, Thread)}
    labels = [label for label in _records(LABELS) if _answer_of(label, threads)]
    learned = [label for label in labels if label["part"] == "learn"]
    tested = [label for label in labels if label["part"] == "test"]
    print(f"{len(public)} public pairs; labels by reading: {len(learned)} to learn from, {len(tested)} to test")
    if not learned or not tested:
        parser.error("The labels are of other pages than these: docs/reader.md, Views, says of which.")
    learner = LowRankLearner(outputs=1 + len(STANCES), max_tokens=_MAX_TOKENS, seed=_SEED)
    learner.learn(public, epochs=1, learning_rate=1e-3)
    learner.learn(list(labelled_examples(learned, threads)), epochs=4, learning_rate=8e-4)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stances.npz"
        save_mean([learner.changes()], file)
        model = AdaptedModel(file, max_tokens=_MAX_TOKENS, truncation="only_second", half=True)
    print("\n".join([*measure(model, tested, threads), *agreement(tested)]))


def measure(model: AdaptedModel, labels: Sequence[dict[str, Any]], threads: Mapping[str, Thread]) -> Iterator[str]:
    """Give a line for what a model tells rightly of the questions of labelled pages, and one for each threshold."""
    yes_no = {label["thread_id"]: bool(label["yes_no"]) for label in labels}
    questions = {thread_id: question_text(threads[thread_id]) for thread_id in yes_no}
    asked = _values(model, [("", question) for question in questions.values()])[:, YES_NO_QUESTION]
    asks = dict(zip(questions, 1.0 / (1.0 + np.exp(-asked)), strict=True))
    pairs = [(questions[label["thread_id"]], answer_text(_answer_of(label, threads))) for label in labels]
    values = _values(model, pairs)[:, YES_NO_QUESTION + 1 :]
    area = roc_auc_score(list(yes_no.values()), [asks[thread_id] for thread_id in yes_no])
    yield f"questions of yes or no among {len(yes_no)}: area under the curve {area:.2f}"
    right: list[Stance] = [label["stance"] for label in labels]
    for threshold in THRESHOLDS:
        told = [
            stance_from(own, threshold) if asks[label["thread_id"]] >= _YES_NO_FROM else "none"
            for label, own in zip(labels, values, strict=True)
        ]
        found = figures(told, right)
        share = f"{found.right / found.told:.2f}" if found.told else "none"
        yield (
            f"from {threshold}: told {found.told} of {len(labels)}, right {share}, inverted {found.inverted},"
            f" plain ones found {found.found:.2f}"
        )


def stance_from(values: NDArray[np.float64], threshold: float) -> Stance:
    """Return the likeliest stance, of the values of its four outputs, "none" where that is below `threshold`."""
    weights = np.exp(values - values.max())
    best = int(weights.argmax())
    return STANCES[best] if weights[best] / weights.sum() >= threshold else "none"


def figures(told: Sequence[Stance], right: Sequence[Stance]) -> Figures:
    """Return what the stances that are told of some answers are worth, beside the right ones; "none" is not told."""
    pairs = [(own, label) for own, label in zip(told, right, strict=True) if own != "none"]
    hits = sum(own == label for own, label in pairs)
    plain = sum(label != "none" for label in right)
    return Figures(len(pairs), hits, sum({*pair} == {"yes", "no"} for pair in pairs), hits / plain if plain else 0.0)


def agreement(labels: Sequence[dict[str, Any]]) -> list[str]:
    """Return Cohen's kappa of the two readers: of the questions, and of the answers where both see a yes-or-no one."""
    questions = {label["thread_id"]: (label["yes_no"], label["second_yes_no"]) for label in labels}
    answers = [(label["stance"], label["second"]) for label in labels if label["yes_no"] and label["second_yes_no"]]
    return [
        f"Cohen's kappa of two readers: {name} {cohen_kappa_score(*zip(*pairs, strict=True)):.2f}"
        for name, pairs in (("yes-or-no questions", list(questions.values())), ("stances", answers))
    ]


def question_text(thread: Thread) -> str:
    """Return what is read of the question of a page: its title, and the end of what its patient asked."""
    asked = " ".join((thread.question or "").split())
    title = " ".join(thread.title.split())[-_TITLE_CHARS:]
    return f"{title} {asked[-_ASKED_CHARS:]}".strip()


def answer_text(answer: Answer) -> str:
    """Return what is read of an answer: its title and its text, of a longer one the beginning and the end."""
    text = " ".join(f"{answer.title}. {answer.text}".split() if answer.title else answer.text.split())
    if len(text) <= _ANSWER_CHARS:
        return text
    return f"{text[:_ANSWER_BEGINNING]} ... {text[_ANSWER_BEGINNING - _ANSWER_CHARS :]}"


def labelled_examples(labels: Sequence[dict[str, Any]], threads: Mapping[str, Thread]) -> Iterator[Example]:
    """Give the labels of answers that are there, the question of each page once.

    Args:
        labels: some of `LABELS`.
        threads: the pages by their ids.
    """
    asked: set[str] = set()
    for label in labels:
        question = question_text(threads[label["thread_id"]])
        if label["thread_id"] not in asked:
            asked.add(label["thread_id"])
            yield Example("", question, YES_NO_QUESTION, float(label["yes_no"]))
        if label["yes_no"]:
            yield _example(question, answer_text(_answer_of(label, threads)), label["stance"])


def public_examples(data: Path) -> Iterator[Example]:
    """Give pairs of the public sets in a folder: claims with words for and against them, or about something else."""
    order = random.Random(17)  # noqa: S311 - which ones are learned from is no secret
    records = _records(data / "reading" / "stances.jsonl.gz")
    for record in order.sample(records, min(_PUBLIC, len(records))):
        question = _as_question(record["claim"])
        if order.random() < _OF_ANOTHER:
            other = order.choice(records)
            if other["claim"] != record["claim"]:
                yield _example(question, other["perspective"], "none", _PUBLIC_WEIGHT)
        else:
            yield _example(question, record["perspective"], _SAID[record["stance"]], _PUBLIC_WEIGHT)
    for record in _records(data / "reading" / "health-claims.jsonl.gz"):
        yield _example(_as_question(record["claim"]), record["evidence"], _SAID[record["label"]], _PUBLIC_WEIGHT)


def _example(question: str, answer: str, stance: Stance, weight: float = 1.0) -> Example:
    targets = {YES_NO_QUESTION + 1 + at: float(each == stance) for at, each in enumerate(STANCES)}
    (first, target), *others = targets.items()
    return Example(question, answer, first, target, weight, dict(others))


def _as_question(claim: str) -> str:
    return f"{claim.rstrip('.')}?"


def _answer_of(label: dict[str, Any], threads: Mapping[str, Thread]) -> Any:
    """Return the answer that a label is of, or None if it is not in the threads."""
    thread = threads.get(label["thread_id"])
    return next((each for each in thread.answers if each.id == label["answer_id"]), None) if thread else None


def _values(model: AdaptedModel, pairs: Sequence[TextPair]) -> NDArray[np.float64]:
    """Return the values of all outputs for pairs, of shape (pairs, outputs)."""
    batches = [model.values(pairs[start : start + _BATCH]) for start in range(0, len(pairs), _BATCH)]
    return np.concatenate(batches).astype(np.float64)


def _records(path: Path) -> list[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().splitlines() if line.strip()]


if __name__ == "__main__":
    main()
