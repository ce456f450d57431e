"""Low-rank adapters: small changes to the packaged model, kept in a file of a megabyte and added when it is loaded.

Each linear layer gets the product of two thin matrices (LoRA, Hu et al. 2021, https://arxiv.org/abs/2106.09685), and
the model a linear head over the mean and the maximum of its token vectors.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.models.packaged_model import packaged_model_folder

if TYPE_CHECKING:
    from torch import nn

Truncation = Literal["longest_first", "only_second"]
"""Which text of a pair is cut where both together are too long."""

TextPair = tuple[str, str]
"""Two texts that the model reads together; the first one "" where there is but one."""


class AdaptedModel:
    """The packaged model with the adapters and the head of a file: texts in, one row of values a text out."""

    def __init__(
        self, file: Path, *, max_tokens: int, truncation: Truncation = "longest_first", half: bool = False
    ) -> None:
        """Load the packaged model and add the adapters in `file`.

        Args:
            max_tokens: tokens of a pair that are read.
            half: whether it computes in half precision where the processor has units for it (`half_precision`).

        Raises:
            EmbedderError: the packaged model is missing or changed.
        """
        import torch
        from transformers import AutoModel, AutoTokenizer

        folder = str(packaged_model_folder())
        self._max_tokens = max_tokens
        self._truncation: Truncation = truncation
        self._half = half
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModel.from_pretrained(folder, local_files_only=True)
        with np.load(file) as kept, torch.no_grad():
            for name, layer in linear_layers(self._model).items():
                up, down = (torch.from_numpy(kept[f"{name}.{part}"].astype(np.float32)) for part in ("up", "down"))
                layer.weight += up @ down  # type: ignore[operator]
            weights = kept["head.weights"]
            self._head = torch.nn.Linear(weights.shape[1], weights.shape[0])
            self._head.weight.copy_(torch.from_numpy(weights))
            self._head.bias.copy_(torch.from_numpy(kept["head.bias"]))
        self._model.eval()

    def values(self, pairs: Sequence[TextPair]) -> NDArray[np.float32]:
        """Return the values of the head for some pairs, of shape (pairs, outputs)."""
        import torch

        inputs = encode(pairs, self._tokenizer, max_tokens=self._max_tokens, truncation=self._truncation)
        with torch.inference_mode(), half_precision() if self._half else nullcontext():
            vectors = self._model(**inputs).last_hidden_state
        with torch.inference_mode():
            found: NDArray[np.float32] = self._head(pool(vectors.float(), inputs["attention_mask"])).numpy()
        return found


def half_precision() -> AbstractContextManager[Any]:
    """Return a context in which torch computes in bfloat16, where the processor has units for it (AMX).

    There it takes a quarter of the time; on others it would take more.
    """
    import torch

    fast = torch.cpu.get_capabilities().get("amx_bf16", False)
    return torch.autocast("cpu", dtype=torch.bfloat16) if fast else nullcontext()


def encode(
    pairs: Sequence[TextPair], tokenizer: Any, *, max_tokens: int, truncation: Truncation = "longest_first"
) -> Any:
    """Return pairs of texts as the model reads them."""
    texts = [(first, second) if first else (second,) for first, second in pairs]
    firsts, seconds = [pair[0] for pair in texts], [pair[1] if len(pair) > 1 else "" for pair in texts]
    columns = (firsts, seconds) if any(seconds) else (firsts,)
    return tokenizer(*columns, padding=True, truncation=truncation, max_length=max_tokens, return_tensors="pt")


def pool(vectors: Any, mask: Any) -> Any:
    """Return the mean and the maximum of each text's token vectors, side by side."""
    import torch

    mask = mask[..., None]
    mean = (vectors * mask).sum(1) / mask.sum(1)
    return torch.cat([mean, vectors.masked_fill(mask == 0, -1e9).max(1).values], dim=1)


def linear_layers(model: Any) -> Mapping[str, "nn.Module"]:
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
