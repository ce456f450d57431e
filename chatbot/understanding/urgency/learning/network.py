"""Teaches the network what an emergency is, out of `examples/english.jsonl`.

`python -m chatbot.understanding.urgency.learning.network` runs it.

Questions that are no emergencies can be given beside it, as JSON Lines with a "question_1" or a "title" in each (the
shipped adapters learned from curai's Medical Question Pairs too). With `--hold-out PREFIX` the examples of the hands
whose names begin so are kept apart: it prints how they are judged by a network that has not seen them, and writes
nothing. It takes some minutes on two cores.
"""

import argparse
import json
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

from chatbot.understanding.urgency.english.network import ADAPTERS_FILE, CLASSES, MAX_TOKENS
from chatbot.understanding.urgency.examples import ENGLISH, Example, examples_in
from index.models.learning.low_rank import BATCH, adapt, batches_of_like_length, changes_of, save_mean
from index.models.low_rank import encode, half_precision, pool
from index.models.packaged_model import packaged_model_folder

RANK = 8
"""The rank of the adapters while they learn."""
KEPT_RANK = 12
EPOCHS = 3
LEARNING_RATE = 9e-4
_WARM_UP = 0.06
_DROPOUT = 0.1
_SMOOTHING = 0.03
_CLASS_WEIGHTS = (1.0, 1.2, 1.5, 1.5)
_SHOWN_FALSE = (0.03, 0.05, 0.08)
_IN_CONTEXT = 500
_LETTERS = 400
_SHORT_WORDS = 7


class Learner:
    """The packaged model with adapters and a head, while it learns."""

    def __init__(self) -> None:
        """Begin with adapters that change nothing."""
        torch.manual_seed(1)
        folder = str(packaged_model_folder())
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = AutoModel.from_pretrained(folder, local_files_only=True).requires_grad_(requires_grad=False)
        self.adapted = adapt(self.model, RANK)
        self.head = nn.Linear(2 * self.model.config.hidden_size, len(CLASSES))

    def learn(self, examples: Sequence[Example]) -> None:
        """Learn from examples."""
        own = [parameter for layer in self.adapted.values() for parameter in (layer.down, layer.up)]
        learned = [*own, *self.head.parameters()]
        optimiser = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=0.01)
        steps = EPOCHS * math.ceil(len(examples) / BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, step / (_WARM_UP * steps)) * max(0.0, 1 - step / steps)
        )
        loss_of = nn.CrossEntropyLoss(torch.tensor(_CLASS_WEIGHTS), label_smoothing=_SMOOTHING)
        dropout = nn.Dropout(_DROPOUT)
        self.model.train()
        for epoch in range(EPOCHS):
            total = 0.0
            for batch in batches_of_like_length(examples, _length, epoch):
                with half_precision():
                    rows = self._pooled(batch)
                loss = loss_of(self.head(dropout(rows)), torch.tensor([_class_of(example) for example in batch]))
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(learned, 1.0)
                optimiser.step()
                schedule.step()
                total += float(loss.detach()) * len(batch)
            print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(examples):.4f}", flush=True)
        self.model.eval()

    def judge(self, examples: Sequence[Example]) -> NDArray[np.float32]:
        """Return the probability that each example is an emergency."""
        found = []
        with torch.inference_mode():
            for at in range(0, len(examples), BATCH):
                rows = self.head(self._pooled(examples[at : at + BATCH]))
                found.append(1.0 - torch.softmax(rows, dim=1)[:, 0].numpy())
        return np.concatenate(found)

    def _pooled(self, examples: Sequence[Example]) -> torch.Tensor:
        inputs = encode([_said(example) for example in examples], self.tokenizer, max_tokens=MAX_TOKENS)
        pooled: torch.Tensor = pool(self.model(**inputs).last_hidden_state.float(), inputs["attention_mask"])
        return pooled

    def changes(self) -> dict[str, NDArray[np.float32]]:
        """Return what is added to the weights of each layer, and the head."""
        return changes_of(self.adapted, self.head)


def main() -> None:
    """Learn from all examples and write the adapters, or hold some out and print how they are judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", metavar="PREFIX")
    parser.add_argument("questions", nargs="*", type=Path)
    arguments = parser.parse_args()
    prefix = arguments.hold_out
    examples = examples_in(ENGLISH)
    held_out = [example for example in examples if prefix and example.set.startswith(prefix)]
    learned = [example for example in examples if example not in held_out]
    more = [*learned, *_in_contexts(learned), *_letters(learned), *_questions(arguments.questions)]
    learners = [Learner(), Learner()]
    for learner, seen in zip(learners, (learned, more), strict=True):
        learner.learn(seen)
    if held_out:
        _report(held_out, np.mean([learner.judge(held_out) for learner in learners], axis=0))
    else:
        save_mean([learner.changes() for learner in learners], ADAPTERS_FILE, rank=KEPT_RANK)
        print(f"{ADAPTERS_FILE}: from {len(examples)} messages.")


def _report(examples: Sequence[Example], judged: NDArray[np.float32]) -> None:
    labels = np.array([example.label for example in examples])
    for share in _SHOWN_FALSE:
        at = float(np.quantile(judged[labels == "hard negative"], 1 - share))
        recall, ordinary = ((judged[labels == name] > at).mean() for name in ("urgent", "ordinary"))
        false = f"{share:.2f} of hard negatives and {ordinary:.3f} of ordinary"
        print(f"false notices {false}: recall {recall:.3f}, from {at:.3f}")


def _in_contexts(examples: Sequence[Example]) -> list[Example]:
    """Return examples after others that have nothing to do with them: "thanks" after an emergency is none."""
    order = random.Random(9)  # noqa: S311 - which ones they are is no secret
    alone = [example for example in examples if not example.before]
    urgent = [example for example in alone if example.label == "urgent"]
    others = [example for example in alone if example.label != "urgent"]
    short = [example for example in others if len(example.text.split()) <= _SHORT_WORDS]
    after_urgent = [replace(order.choice(short), before=(each.text,)) for each in order.sample(urgent, _IN_CONTEXT)]
    after_others = [
        replace(each, before=(order.choice(others).text,)) for each in order.sample(urgent + others, _IN_CONTEXT)
    ]
    in_context = [example for example in examples if example.before and example.label == "urgent"]
    return [*after_urgent, *after_others, *in_context, *in_context, *in_context]


def _letters(examples: Sequence[Example]) -> list[Example]:
    """Return letters of 3 to 12 ordinary messages: long alone is no emergency."""
    order = random.Random(10)  # noqa: S311 - which ones they are is no secret
    ordinary = [example.text for example in examples if example.label == "ordinary" and not example.before]
    letters = [" ".join(order.sample(ordinary, order.randint(3, 12))) for _ in range(_LETTERS)]
    return [Example(letter, (), "ordinary", "", "letter") for letter in letters]


def _questions(paths: Sequence[Path]) -> list[Example]:
    records = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    texts = dict.fromkeys(record.get("question_1") or record.get("title") or "" for record in records)
    return [Example(text, (), "ordinary", "", "plain") for text in texts if text]


def _said(example: Example) -> tuple[str, str]:
    return " ".join(example.before[-2:]), example.text


def _class_of(example: Example) -> int:
    return CLASSES.index(example.notice) if example.label == "urgent" else 0


def _length(example: Example) -> int:
    return sum(map(len, _said(example)))


if __name__ == "__main__":
    main()
