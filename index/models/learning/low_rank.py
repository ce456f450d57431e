"""Low-rank adapters while they learn."""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

from corpus.text.sentences import Span
from index.models.low_rank import TextPair, encode, half_precision, linear_layers, pool, pool_sentences
from index.models.packaged_model import packaged_model_folder

RANK = 24
SCALE = 2.0
"""Rank and scale of the adapters (Hu et al. 2021)."""
BATCH = 32
"""Examples of a step."""
_WARM_UP = 0.06


T = TypeVar("T")


class Example(NamedTuple):
    """A pair of texts with what one output of the model, or several, should say of it."""

    first: str
    second: str
    output: int
    target: float
    """0 (no) to 1 (yes)."""
    weight: float = 1.0
    also: Mapping[int, float] = {}
    """Further outputs, with their targets."""


class AdaptedLayer(nn.Module):
    """A linear layer that stays as it is, with an adapter of low rank beside it."""

    def __init__(self, layer: Any, rank: int) -> None:
        """Put an adapter of some rank beside `layer`; it changes nothing yet."""
        super().__init__()
        self.layer = layer.requires_grad_(requires_grad=False)
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, values: torch.Tensor) -> Any:
        """Return the layer's values with the adapter's added."""
        return self.layer(values) + SCALE * (values @ self.down.T) @ self.up.T


class LowRankLearner:
    """The packaged model with adapters and a head of some outputs, while it learns from pairs of texts."""

    def __init__(self, outputs: int, *, max_tokens: int, seed: int, sentence_outputs: int = 0) -> None:
        """Begin with adapters that change nothing.

        Args:
            outputs: of the head that judges a pair of texts.
            sentence_outputs: of the head that judges sentences of the second text; 0 for none.
        """
        torch.manual_seed(seed)
        folder = str(packaged_model_folder())
        self._seed = seed
        self._max_tokens = max_tokens
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModel.from_pretrained(folder, local_files_only=True).requires_grad_(requires_grad=False)
        self._adapted = adapt(self._model, RANK)
        pooled = 2 * self._model.config.hidden_size
        self._head = nn.Linear(pooled, outputs)
        self._sentence_head = nn.Linear(pooled, sentence_outputs) if sentence_outputs else None

    def learn(self, examples: Sequence[Example], *, epochs: int, learning_rate: float) -> None:
        """Learn from examples, each a binary decision of one output or of several."""
        step = self.optimiser(epochs * math.ceil(len(examples) / BATCH), learning_rate)
        loss_of = nn.BCEWithLogitsLoss(reduction="none")
        self.train(learning=True)
        for epoch in range(epochs):
            total = 0.0
            for batch in batches_of_like_length(examples, _length, self._seed + epoch):
                outputs = self._values(batch)
                targets, weights = torch.zeros_like(outputs), torch.zeros_like(outputs)
                for row, each in enumerate(batch):
                    for output, target in ((each.output, each.target), *each.also.items()):
                        targets[row, output], weights[row, output] = target, each.weight
                loss = (loss_of(outputs, targets) * weights).sum(1).mean()
                step(loss)
                total += float(loss.detach()) * len(batch)
            print(f"epoch {epoch + 1} of {epochs}: loss {total / len(examples):.4f}", flush=True)
        self.train(learning=False)

    def optimiser(self, steps: int, learning_rate: float) -> Callable[[torch.Tensor], None]:
        """Return what takes one of `steps` steps down a loss: the rate rises for a moment, then falls to nothing."""
        adapters = [parameter for layer in self._adapted.values() for parameter in (layer.down, layer.up)]
        heads = [self._head, *([self._sentence_head] if self._sentence_head else [])]
        learned = [*adapters, *(parameter for head in heads for parameter in head.parameters())]
        optimiser = torch.optim.AdamW(learned, lr=learning_rate, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, step / (_WARM_UP * steps)) * max(0.0, 1 - step / steps)
        )

        def step(loss: torch.Tensor) -> None:
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            schedule.step()

        return step

    def changes(self) -> dict[str, NDArray[np.float32]]:
        """Return what is added to the weights of each layer, and the heads."""
        changes = changes_of(self._adapted, self._head)
        if self._sentence_head:
            changes["sentences.weights"] = self._sentence_head.weight.detach().numpy()
            changes["sentences.bias"] = self._sentence_head.bias.detach().numpy()
        return changes

    def read(
        self, pairs: Sequence[TextPair], sentences: Sequence[Sequence[Span]]
    ) -> tuple[torch.Tensor, torch.Tensor | None, list[tuple[int, int]]]:
        """Return the values of pairs, those of sentences of their second texts, and which sentence each row is."""
        inputs = encode(pairs, self._tokenizer, max_tokens=self._max_tokens, truncation="only_second", offsets=True)
        offsets = inputs.pop("offset_mapping")
        with half_precision():
            vectors = self._model(**inputs).last_hidden_state
        vectors = vectors.float()
        values: torch.Tensor = self._head(pool(vectors, inputs["attention_mask"]))
        pooled, places = pool_sentences(vectors, inputs["token_type_ids"], offsets, sentences)
        return values, self._sentence_head(pooled) if self._sentence_head and places else None, places

    def train(self, *, learning: bool) -> None:
        """Say whether what comes next is learned from."""
        self._model.train(learning)

    def _values(self, batch: Sequence[Example]) -> torch.Tensor:
        return self.read([(each.first, each.second) for each in batch], [()] * len(batch))[0]


def _length(example: Example) -> int:
    return len(example.first) + len(example.second)


def adapt(model: Any, rank: int) -> dict[str, AdaptedLayer]:
    """Put adapters beside the linear layers of a model, in their places; return them by their names."""
    adapted = {name: AdaptedLayer(layer, rank) for name, layer in linear_layers(model).items()}
    by_layer = {id(layer.layer): layer for layer in adapted.values()}
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if id(child) in by_layer and not isinstance(module, AdaptedLayer):
                setattr(module, name, by_layer[id(child)])
    return adapted


def changes_of(adapted: Mapping[str, AdaptedLayer], head: nn.Linear) -> dict[str, NDArray[np.float32]]:
    """Return what adapters add to the weights of each layer, and the head."""
    added = {name: (SCALE * layer.up @ layer.down).detach().numpy() for name, layer in adapted.items()}
    return {**added, "head.weights": head.weight.detach().numpy(), "head.bias": head.bias.detach().numpy()}


def save_mean(changes: Sequence[Mapping[str, NDArray[np.float32]]], file: Path, *, rank: int = RANK) -> None:
    """Write the mean of what some learners have learned, as adapters of some rank.

    Learners that began otherwise err elsewhere: the mean is often better than each (Wortsman et al. 2022,
    https://arxiv.org/abs/2203.05482).
    """
    arrays: dict[str, Any] = {}
    for name in changes[0]:
        mean = np.mean([each[name] for each in changes], axis=0)
        if name.startswith(("head", "sentences")):
            arrays[name] = mean.astype(np.float32)
            continue
        up, sizes, down = np.linalg.svd(mean, full_matrices=False)
        roots = np.sqrt(sizes[:rank])
        arrays[f"{name}.up"] = (up[:, :rank] * roots).astype(np.float16)
        arrays[f"{name}.down"] = (roots[:, None] * down[:rank]).astype(np.float16)
    np.savez_compressed(file, **arrays)


def batches_of_like_length(examples: Sequence[T], length: Callable[[T], int], seed: int) -> Iterator[list[T]]:
    """Give examples in batches of about one length, in another order for each seed: padding costs time too."""
    order = random.Random(seed)  # noqa: S311 - the order of examples is no secret
    shuffled = list(examples)
    order.shuffle(shuffled)
    chunks = [shuffled[at : at + 20 * BATCH] for at in range(0, len(shuffled), 20 * BATCH)]
    alike = [sorted(chunk, key=length) for chunk in chunks]
    batches = [chunk[at : at + BATCH] for chunk in alike for at in range(0, len(chunk), BATCH)]
    order.shuffle(batches)
    yield from batches
