"""Teaches the network what an emergency is, out of `examples/english.jsonl`: `python -m chatbot.urgent.learn`.

With `--hold-out PREFIX` the examples of the hands whose names begin so are kept apart: it prints how they are judged by
a network that has not seen them, and writes nothing. It takes some minutes on two cores.
"""

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

from chatbot.urgent.examples import ENGLISH, Example, examples_in
from chatbot.urgent.network import ADAPTERS_FILE, CLASSES, encoded, linear_layers, pooled
from index.packaged_model import packaged_model_folder

RANK = 8
SCALE = 2.0
"""Rank and scale of the adapters."""
EPOCHS = 3
LEARNING_RATE = 9e-4
_BATCH = 32
_WARM_UP = 0.06
_DROPOUT = 0.1
_SMOOTHING = 0.03
_CLASS_WEIGHTS = (1.0, 1.2, 1.5, 1.5)
_SHOWN_FALSE = (0.03, 0.05, 0.08)


class Adapted(nn.Module):
    """A linear layer that stays as it is, with an adapter of low rank beside it."""

    def __init__(self, layer: Any) -> None:
        """Put an adapter beside `layer`."""
        super().__init__()
        self.layer = layer.requires_grad_(requires_grad=False)
        self.down = nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, values: torch.Tensor) -> Any:
        """Return the layer's values with the adapter's added."""
        return self.layer(values) + SCALE * (values @ self.down.T) @ self.up.T


class Learner:
    """The packaged model with adapters and a head, while it learns."""

    def __init__(self) -> None:
        """Begin with adapters that change nothing."""
        torch.manual_seed(1)
        folder = str(packaged_model_folder())
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = AutoModel.from_pretrained(folder, local_files_only=True).requires_grad_(requires_grad=False)
        self.adapted = {name: Adapted(layer) for name, layer in linear_layers(self.model).items()}
        _replace(self.model, self.adapted)
        self.head = nn.Linear(2 * self.model.config.hidden_size, len(CLASSES))

    def learn(self, examples: Sequence[Example]) -> None:
        """Learn from examples."""
        own = [parameter for layer in self.adapted.values() for parameter in (layer.down, layer.up)]
        learned = [*own, *self.head.parameters()]
        optimiser = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=0.01)
        steps = EPOCHS * math.ceil(len(examples) / _BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, step / (_WARM_UP * steps)) * max(0.0, 1 - step / steps)
        )
        loss_of = nn.CrossEntropyLoss(torch.tensor(_CLASS_WEIGHTS), label_smoothing=_SMOOTHING)
        dropout = nn.Dropout(_DROPOUT)
        self.model.train()
        for epoch in range(EPOCHS):
            total = 0.0
            for batch in _batches(examples, random.Random(epoch)):  # noqa: S311 - the order of examples is no secret
                rows = pooled(self.model, encoded([_said(example) for example in batch], self.tokenizer))
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
            for at in range(0, len(examples), _BATCH):
                said = [_said(example) for example in examples[at : at + _BATCH]]
                rows = self.head(pooled(self.model, encoded(said, self.tokenizer)))
                found.append(1.0 - torch.softmax(rows, dim=1)[:, 0].numpy())
        return np.concatenate(found)

    def save(self) -> None:
        """Write the adapters and the head."""
        arrays: dict[str, Any] = {}
        for name, layer in self.adapted.items():
            arrays[f"{name}.down"] = layer.down.detach().numpy().astype(np.float16)
            arrays[f"{name}.up"] = (SCALE * layer.up.detach().numpy()).astype(np.float16)
        arrays["head.weights"] = self.head.weight.detach().numpy()
        arrays["head.bias"] = self.head.bias.detach().numpy()
        np.savez_compressed(ADAPTERS_FILE, **arrays)


def main() -> None:
    """Learn from all examples and write the adapters, or hold some out and print how they are judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", metavar="PREFIX")
    prefix = parser.parse_args().hold_out
    examples = examples_in(ENGLISH)
    held_out = [example for example in examples if prefix and example.set.startswith(prefix)]
    learner = Learner()
    learner.learn([example for example in examples if example not in held_out])
    if held_out:
        _report(held_out, learner.judge(held_out))
    else:
        learner.save()
        print(f"{ADAPTERS_FILE}: from {len(examples)} messages.")


def _report(examples: Sequence[Example], judged: NDArray[np.float32]) -> None:
    labels = np.array([example.label for example in examples])
    for share in _SHOWN_FALSE:
        at = float(np.quantile(judged[labels == "calm"], 1 - share))
        recall, ordinary = ((judged[labels == name] > at).mean() for name in ("urgent", "ordinary"))
        print(f"false notices {share:.2f} of calm and {ordinary:.3f} of ordinary: recall {recall:.3f}, from {at:.3f}")


def _said(example: Example) -> tuple[str, str]:
    return " ".join(example.before[-2:]), example.text


def _class_of(example: Example) -> int:
    return CLASSES.index(example.notice) if example.label == "urgent" else 0


def _batches(examples: Sequence[Example], order: random.Random) -> Iterator[list[Example]]:
    """Give the examples in batches of about one length, in another order each time."""
    shuffled = list(examples)
    order.shuffle(shuffled)
    chunks = [shuffled[at : at + 20 * _BATCH] for at in range(0, len(shuffled), 20 * _BATCH)]
    alike = [sorted(chunk, key=lambda example: sum(map(len, _said(example)))) for chunk in chunks]
    batches = [chunk[at : at + _BATCH] for chunk in alike for at in range(0, len(chunk), _BATCH)]
    order.shuffle(batches)
    yield from batches


def _replace(model: Any, adapted: dict[str, Adapted]) -> None:
    """Put the adapted layers in the places of those that they hold."""
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            found = next((layer for layer in adapted.values() if layer.layer is child), None)
            if found is not None and module is not found:
                setattr(module, name, found)


if __name__ == "__main__":
    main()
