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

from corpus.text.sentences import Span
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
            self._head = _linear(kept, "head")
            self._sentence_head = _linear(kept, "sentences") if "sentences.weights" in kept else None
        self._model.eval()

    def values(self, pairs: Sequence[TextPair]) -> NDArray[np.float32]:
        """Return the values of the head for some pairs, of shape (pairs, outputs)."""
        return self.read(pairs, [()] * len(pairs))[0]

    def read(
        self, pairs: Sequence[TextPair], sentences: Sequence[Sequence[Span]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """Return the values of the head for some pairs, and those of the head for sentences.

        Args:
            sentences: of each pair the spans of sentences, in characters of its second text.

        Returns:
            The values of shape (pairs, outputs), and of each pair an array of shape (sentences, sentence outputs):
            minus infinity where a sentence was not read, since the text was too long.
        """
        import torch

        inputs = encode(pairs, self._tokenizer, max_tokens=self._max_tokens, truncation=self._truncation, offsets=True)
        offsets = inputs.pop("offset_mapping")
        with torch.inference_mode(), half_precision() if self._half else nullcontext():
            vectors = self._model(**inputs).last_hidden_state
        with torch.inference_mode():
            vectors = vectors.float()
            found: NDArray[np.float32] = self._head(pool(vectors, inputs["attention_mask"])).numpy()
            if self._sentence_head is None:
                return found, [np.zeros((len(spans), 0), np.float32) for spans in sentences]
            outputs = self._sentence_head.out_features
            of_sentences = [np.full((len(spans), outputs), -np.inf, np.float32) for spans in sentences]
            pooled, places = pool_sentences(vectors, inputs["token_type_ids"], offsets, sentences)
            if places:
                values = self._sentence_head(pooled).numpy()
                for (row, at), value in zip(places, values, strict=True):
                    of_sentences[row][at] = value
        return found, of_sentences


def half_precision() -> AbstractContextManager[Any]:
    """Return a context in which torch computes in bfloat16, where the processor has units for it (AMX).

    There it takes a quarter of the time; on others it would take more.
    """
    import torch

    fast = torch.cpu.get_capabilities().get("amx_bf16", False)
    return torch.autocast("cpu", dtype=torch.bfloat16) if fast else nullcontext()


def encode(
    pairs: Sequence[TextPair],
    tokenizer: Any,
    *,
    max_tokens: int,
    truncation: Truncation = "longest_first",
    offsets: bool = False,
) -> Any:
    """Return pairs of texts as the model reads them.

    Args:
        offsets: whether each token's place in its text is given too, as `offset_mapping`.
    """
    texts = [(first, second) if first else (second,) for first, second in pairs]
    firsts, seconds = [pair[0] for pair in texts], [pair[1] if len(pair) > 1 else "" for pair in texts]
    columns = (firsts, seconds) if any(seconds) else (firsts,)
    return tokenizer(
        *columns,
        padding=True,
        truncation=truncation,
        max_length=max_tokens,
        return_tensors="pt",
        return_offsets_mapping=offsets,
    )


def pool(vectors: Any, mask: Any) -> Any:
    """Return the mean and the maximum of each text's token vectors, side by side."""
    import torch

    mask = mask[..., None]
    mean = (vectors * mask).sum(1) / mask.sum(1)
    return torch.cat([mean, vectors.masked_fill(mask == 0, -1e9).max(1).values], dim=1)


def pool_sentences(
    vectors: Any, token_types: Any, offsets: Any, sentences: Sequence[Sequence[Span]]
) -> tuple[Any, list[tuple[int, int]]]:
    """Return the mean and the maximum of the token vectors of each sentence, and which sentence each row is.

    Args:
        vectors: of shape (pairs, tokens, dimensions).
        token_types: 1 where a token is of the second text.
        offsets: where each token starts and ends in its text.
        sentences: of each pair the spans of sentences in its second text.

    Returns:
        One row for each sentence of which at least one token was read, and its places: (pair, sentence).
    """
    import torch

    rows, places = [], []
    for row, spans in enumerate(sentences):
        starts, ends = offsets[row, :, 0], offsets[row, :, 1]
        second = (token_types[row] == 1) & (ends > starts)
        for at, (start, end) in enumerate(spans):
            inside = vectors[row][second & (starts >= start) & (ends <= end)]
            if len(inside):
                rows.append(torch.cat([inside.mean(0), inside.max(0).values]))
                places.append((row, at))
    return (torch.stack(rows) if rows else None), places


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


def _linear(kept: Mapping[str, NDArray[np.float32]], name: str) -> "nn.Linear":
    """Return a linear layer with the weights that a file keeps under a name."""
    import torch

    weights = torch.from_numpy(kept[f"{name}.weights"])
    layer = torch.nn.Linear(weights.shape[1], weights.shape[0])
    layer.weight.copy_(weights)
    layer.bias.copy_(torch.from_numpy(kept[f"{name}.bias"]))
    return layer
