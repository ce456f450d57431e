"""The embedder: turns passages and queries into vectors of unit length."""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError
from index.files import sha256_of
from index.packaged_model import DEFAULT_EMBEDDER, packaged_model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

_WEIGHTS = ("*.safetensors", "*.bin", "*.pt")
_SETTINGS = ("*.json", "*.txt", "*.model")
_HUB_FILES = ("*.json", "*.txt", "*.model", "*.safetensors", "*/*.json", "*/*.safetensors")
_BATCH = 32


class Embedder(Protocol):
    """What the index needs of a model; tests may pass in their own."""

    name: str
    """What the user called the model: a name, or the path of a folder."""
    fingerprint: str
    """A hash of the model's weights and settings: another model has another one."""
    dimensions: int
    """The length of its vectors."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of the model's tokens in each text."""
        ...

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text, as rows. `progress` is told the number of texts just done."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of one query, of shape (dimensions,)."""
        ...


class SentenceTransformerEmbedder:
    """An `Embedder` that runs a sentence-transformers model out of a local folder."""

    def __init__(self, name: str, folder: Path) -> None:
        """Load the model in `folder`; nothing is fetched.

        Raises:
            EmbedderError: the folder holds no model that sentence-transformers can load.
        """
        self.name = name
        self.fingerprint = fingerprint_of(folder)
        self._model = _load(name, folder)
        # Passages are cut by their length in tokens before, so a warning about long ones says nothing.
        self._tokenizer = self._model.tokenizer
        dimensions = self._model.get_embedding_dimension()
        if dimensions is None:
            dimensions = len(self.embed_query("dimensions"))
        self.dimensions = dimensions

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens in each text, without the special ones at its ends."""
        if not texts:
            return []
        encoded = self._tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text, as rows of shape (len(texts), dimensions), in their order."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._model.encode_document(
                [texts[at] for at in batch], normalize_embeddings=True, show_progress_bar=False, batch_size=_BATCH
            )
            if progress:
                progress(len(batch))
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of one query, of shape (dimensions,)."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)


def load_embedder(name: str = DEFAULT_EMBEDDER) -> SentenceTransformerEmbedder:
    """Load an embedder: the packaged one by default, or any model by folder or by its name on the hub.

    Only a model that is neither packaged nor a folder nor in the hub's cache is asked of the hub.

    Raises:
        EmbedderError: the model can't be had, or is not what it should be.
    """
    return SentenceTransformerEmbedder(name, _folder_of(name))


def fingerprint_of(folder: Path) -> str:
    """Return a hash over a model's weights and settings, the same wherever the folder lies.

    Raises:
        EmbedderError: there are no weights in the folder.
    """
    files = {path for pattern in (*_WEIGHTS, *_SETTINGS) for path in folder.rglob(pattern) if path.is_file()}
    if not any(path.match(pattern) for path in files for pattern in _WEIGHTS):
        raise EmbedderError(
            f"{folder}: no model weights in this folder. Give the folder of a sentence-transformers model."
        )
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(f"{path.relative_to(folder).as_posix()} {sha256_of(path)}\n".encode())
    return digest.hexdigest()


def _folder_of(name: str) -> Path:
    if name in (DEFAULT_EMBEDDER, f"sentence-transformers/{DEFAULT_EMBEDDER}"):
        return packaged_model_folder()
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.resolve()
    if folder.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1:
        raise EmbedderError(f"{name}: there is no such folder. {_ways_to_get(name)}")
    return _from_hub(name)


def _from_hub(name: str) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except Exception:  # Not in the cache: the hub is asked, since the user named this model.
        try:
            return Path(snapshot_download(repository, allow_patterns=list(_HUB_FILES)))
        except Exception as error:
            raise EmbedderError(
                f"The model {name} can't be had ({type(error).__name__}). {_ways_to_get(name)}"
            ) from None


def _ways_to_get(name: str) -> str:
    return (
        f"Three ways to get a model: leave --embedder out for the packaged {DEFAULT_EMBEDDER}; "
        "give the path of a folder that holds one; "
        f'or, on a machine with a network, run "hf download {name}" and copy the folder that it prints.'
    )


def _load(name: str, folder: Path) -> "SentenceTransformer":
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise EmbedderError(
            f"{name}: not a model that sentence-transformers can load ({reason}). {_ways_to_get(name)}"
        ) from error
