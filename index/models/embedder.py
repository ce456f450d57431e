"""The embedder: turns passages, their sentences, and queries into vectors."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.text.sentences import Span
from index.errors import EmbedderError
from index.models.model_files import fingerprint_of, model_folder, reason_of, ways_to_get
from index.models.packaged_model import DEFAULT_EMBEDDER
from index.models.prompts import Prompts, prompts_for

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Backend = Literal["torch", "openvino"]


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """How a model is used. Prompts that are None are the model's own, or its family's.

    `truncate_dim` keeps the first dimensions of a Matryoshka model only. `backend` is what computes,
    and does not change what the vectors mean.
    """

    name: str = DEFAULT_EMBEDDER
    query_prompt: str | None = None
    passage_prompt: str | None = None
    truncate_dim: int | None = None
    backend: Backend = "torch"


class Embedder(Protocol):
    """What the index needs of a model; tests may pass in their own."""

    settings: EmbedderSettings
    fingerprint: str
    """A hash of the model's weights and settings: another model has another one."""
    dimensions: int
    """The length of its vectors."""
    unit_length: bool
    """Whether vectors are scaled to length 1 (cosine), or kept as long as they are (dot product)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of the model's tokens in each text."""
        ...

    def embed_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """Return one vector a text, as rows, and for each text one vector a span of it, as rows."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a query, as rows; they are given to the model as one batch."""
        ...


class SentenceTransformerEmbedder:
    """An `Embedder` that runs a sentence-transformers model out of a local folder."""

    def __init__(self, settings: EmbedderSettings, folder: Path) -> None:
        """Load the model in `folder`; nothing is fetched.

        Raises:
            EmbedderError: the folder holds no model that sentence-transformers can load.
        """
        self._model = _load(settings, folder)
        self._tokenizer = self._model.tokenizer
        own = self._model.prompts
        family = prompts_for(settings.name)
        self._prompts = Prompts(
            query=_chosen(settings.query_prompt, own.get("query"), family.query),
            passage=_chosen(settings.passage_prompt, own.get("document") or own.get("passage"), family.passage),
        )
        self.settings = settings
        self.fingerprint = fingerprint_of(folder)
        self.unit_length = self._model.similarity_fn_name != "dot"
        self.dimensions = self.embed_queries(["dimensions"]).shape[1]
        self._sees_tokens = _pools_by_mean(self._model)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens in each text, without the special ones at its ends."""
        if not texts:
            return []
        encoded = self._tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """Embed texts and the sentences in them, in one run of the model where it allows that.

        Most models pool the mean of their tokens' vectors. With these the vector of a sentence is the
        mean over its own tokens, seen within the whole passage ("late chunking", Günther et al. 2024,
        https://arxiv.org/abs/2409.04701), and costs nothing. With others each sentence is embedded
        by itself.

        Args:
            texts: the passages; all of them are given to the model as one batch.
            spans: for each text the spans of its sentences in it.

        Returns:
            The texts' vectors, of shape (len(texts), dimensions), and for each text an array of
            shape (len(spans[n]), dimensions). A span that the model did not read to has zeros.
        """
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32), []
        if not self._sees_tokens:
            passage = self._prompts.passage
            return self._encode(texts, prompt=passage), [
                self._encode([text[start:end] for start, end in parts], prompt=passage)
                for text, parts in zip(texts, spans, strict=True)
            ]
        found: Any = self._model.encode(
            list(texts),
            prompt=self._prompts.passage,
            output_value=None,
            batch_size=len(texts),
            show_progress_bar=False,
            convert_to_numpy=False,
        )
        vectors = np.stack([_as_array(item["sentence_embedding"]) for item in found])
        token_spans = self._token_spans(texts)
        sentences = [
            self._scaled(_means(_as_array(item["token_embeddings"]), tokens, parts)[:, : self.dimensions])
            for item, tokens, parts in zip(found, token_spans, spans, strict=True)
        ]
        return self._scaled(vectors), sentences

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a query, as rows of shape (len(texts), dimensions)."""
        return self._encode(texts, prompt=self._prompts.query)

    def layer_means(self, texts: Sequence[str], layers: Sequence[int]) -> Vectors:
        """Return how the model reads texts on the way: for each text the mean of its tokens in some layers.

        A sentence's vector says what it is about. Whether it denies, asks or tells of the past is seen
        better in the layers below (Jawahar et al. 2019, https://aclanthology.org/P19-1356/).

        Args:
            layers: the layers, from 0, the words themselves, up to the model's last.

        Returns:
            An array of shape (len(texts), len(layers) * dimensions), each layer's mean of length 1.
        """
        if not texts:
            return np.empty((0, len(layers) * self.dimensions), dtype=np.float32)
        encoded = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=self._model.max_seq_length, return_tensors="pt"
        ).to(self._model.device)
        with _no_gradients():
            network: Any = self._model[0].auto_model
            read = network(**encoded, output_hidden_states=True)
        seen = encoded["attention_mask"][..., None]
        means = [_as_array((read.hidden_states[at] * seen).sum(1) / seen.sum(1)) for at in layers]
        return np.concatenate([mean / np.linalg.norm(mean, axis=1, keepdims=True) for mean in means], axis=1)

    def _encode(self, texts: Sequence[str], *, prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt=prompt,
            normalize_embeddings=self.unit_length,
            batch_size=len(texts),
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def _token_spans(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Return where each token of each text stands in it, as rows of (start, end); special tokens are empty."""
        prompt = self._prompts.passage
        encoded = self._tokenizer(
            [prompt + text for text in texts],
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )
        return [np.array(offsets) - len(prompt) for offsets in encoded["offset_mapping"]]

    def _scaled(self, vectors: Vectors) -> Vectors:
        if not self.unit_length:
            return vectors
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        scaled: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
        return scaled


def load_embedder(settings: EmbedderSettings | None = None) -> SentenceTransformerEmbedder:
    """Load an embedder: the packaged one by default, or any model by folder or by its name on the hub.

    Raises:
        EmbedderError: the model can't be had, or is not what it should be.
    """
    settings = settings or EmbedderSettings()
    if settings == EmbedderSettings():
        return packaged_embedder()
    return SentenceTransformerEmbedder(settings, model_folder(settings.name))


@cache
def packaged_embedder() -> SentenceTransformerEmbedder:
    """Return the packaged model as it is used by default, loaded once for all who need it."""
    return SentenceTransformerEmbedder(EmbedderSettings(), model_folder(DEFAULT_EMBEDDER))


def _load(settings: EmbedderSettings, folder: Path) -> "SentenceTransformer":
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            str(folder), local_files_only=True, truncate_dim=settings.truncate_dim, backend=settings.backend
        )
    except Exception as error:
        raise EmbedderError(
            f"{settings.name}: not a model that sentence-transformers can load ({reason_of(error)}). "
            f"{ways_to_get(settings.name)}"
        ) from error


def _no_gradients() -> Any:
    import torch

    return torch.inference_mode()


def _pools_by_mean(model: "SentenceTransformer") -> bool:
    """Whether a text's vector is the mean of its tokens' vectors, but for its length."""
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    _, *others = list(model)
    means = [module for module in others if isinstance(module, Pooling) and module.pooling_mode == "mean"]
    rest = [module for module in others if not isinstance(module, Pooling | Normalize)]
    return model.tokenizer is not None and getattr(model.tokenizer, "is_fast", False) and len(means) == 1 and not rest


def _means(tokens: Vectors, token_spans: NDArray[np.int64], spans: Sequence[Span]) -> Vectors:
    """Return the mean of the tokens' vectors within each span, as rows."""
    means = np.zeros((len(spans), tokens.shape[1]), dtype=np.float32)
    starts, ends = token_spans[:, 0], token_spans[:, 1]
    for row, (start, end) in enumerate(spans):
        inside = np.flatnonzero((starts >= start) & (ends <= end) & (ends > starts))
        if len(inside):
            means[row] = tokens[inside].mean(axis=0)
    return means


def _chosen(by_user: str | None, by_model: str | None, by_family: str) -> str:
    """Return the user's prompt, even an empty one; else the model's own; else its family's."""
    return by_user if by_user is not None else by_model or by_family


def _as_array(tensor: Any) -> Vectors:
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)
