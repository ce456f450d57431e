"""The packaged model with low-rank adapters, taught to tell emergencies: English messages in, probabilities out.

Each linear layer of the packaged model gets a small sum of two thin matrices (LoRA, Hu et al. 2021,
https://arxiv.org/abs/2106.09685), learned from the messages in `examples/`; they are added to its weights when it is
loaded. `learn` makes `adapters.npz` again.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.urgency.english.rules import POSSIBLE, SUICIDE, VIOLENCE
from index.models.packaged_model import packaged_model_folder

if TYPE_CHECKING:
    from torch import nn

ADAPTERS_FILE = Path(__file__).with_name("adapters.npz")

CLASSES = (None, POSSIBLE, SUICIDE, VIOLENCE)
"""What each class is, in the order of the probabilities; None is no emergency."""
MAX_TOKENS = 192
"""Tokens of a message, with those before it, that are read at once."""

InContext = tuple[str, str]
"""What the same person said before, or "", and the message."""


def probabilities(messages: Sequence[InContext]) -> NDArray[np.float32]:
    """Return the probability of each of `CLASSES` for some messages, of shape (messages, 4)."""
    import torch

    model, head, tokenizer = _network()
    with torch.inference_mode():
        read = head(pooled(model, encoded(messages, tokenizer)))
        found: NDArray[np.float32] = torch.softmax(read, dim=1).numpy()
    return found


def encoded(messages: Sequence[InContext], tokenizer: Any) -> Any:
    """Return messages as the model reads them: what was said before as the first text where there is anything."""
    texts = [(before, message) if before else (message,) for before, message in messages]
    firsts, seconds = [pair[0] for pair in texts], [pair[1] if len(pair) > 1 else "" for pair in texts]
    pairs = (firsts, seconds) if any(seconds) else (firsts,)
    return tokenizer(*pairs, padding=True, truncation="longest_first", max_length=MAX_TOKENS, return_tensors="pt")


def pooled(model: "nn.Module", inputs: Any) -> Any:
    """Return the mean and the maximum of each text's token vectors, side by side."""
    import torch

    vectors = model(**inputs).last_hidden_state
    mask = inputs["attention_mask"][..., None]
    mean = (vectors * mask).sum(1) / mask.sum(1)
    return torch.cat([mean, vectors.masked_fill(mask == 0, -1e9).max(1).values], dim=1)


def linear_layers(model: Any) -> dict[str, "nn.Module"]:
    """Return the linear layers that have adapters, by the names of these."""
    return {
        f"{at}.{name}": layer
        for at, block in enumerate(model.encoder.layer)
        for name, layer in (
            ("query", block.attention.self.query),
            ("key", block.attention.self.key),
            ("value", block.attention.self.value),
            ("attention", block.attention.output.dense),
            ("intermediate", block.intermediate.dense),
            ("output", block.output.dense),
        )
    }


@cache
def _network() -> tuple["nn.Module", "nn.Module", Any]:
    """Return the model with its adapters added, the head, and the tokenizer."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = str(packaged_model_folder())
    model = AutoModel.from_pretrained(folder, local_files_only=True)
    with np.load(ADAPTERS_FILE) as kept, torch.no_grad():
        for name, layer in linear_layers(model).items():
            up, down = (torch.from_numpy(kept[f"{name}.{part}"].astype(np.float32)) for part in ("up", "down"))
            layer.weight += up @ down  # type: ignore[operator]
        head = torch.nn.Linear(kept["head.weights"].shape[1], len(CLASSES))
        head.weight.copy_(torch.from_numpy(kept["head.weights"]))
        head.bias.copy_(torch.from_numpy(kept["head.bias"]))
    return model.eval(), head.eval(), AutoTokenizer.from_pretrained(folder, local_files_only=True)
