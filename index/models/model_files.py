"""Where a model's files are, and what tells one model from another."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DoctorAnswersError
from index.errors import EmbedderError, ReaderError
from index.models.packaged_model import DEFAULT_EMBEDDER, packaged_model_folder
from index.storage.files import sha256_of

_WEIGHTS = ("*.safetensors", "*.bin", "*.pt")
_SETTINGS = ("*.json", "*.txt", "*.model")
_OTHER_BACKENDS = {"onnx", "openvino"}
_HUB_FILES = ("*.json", "*.txt", "*.model", "*.safetensors", "*/*.json", "*/*.safetensors")


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a model is wanted for: how it is asked for, and what is raised where it can't be had."""

    option: str
    """The option that names it."""
    packaged: str
    """What is used without the option."""
    organisation: str
    """Whose model on the hub a name without a slash is."""
    error: type[DoctorAnswersError]


EMBEDDER = ModelUse("--embedder", f"the packaged {DEFAULT_EMBEDDER}", "sentence-transformers", EmbedderError)
READER = ModelUse("--reader", "the packaged reader", "cross-encoder", ReaderError)


def model_folder(name: str, use: ModelUse = EMBEDDER) -> Path:
    """Return the folder of a model: the packaged one, a folder of the user's, or one from the hub.

    Only a model that is neither packaged nor a folder nor in the hub's cache is asked of the hub.

    Raises:
        EmbedderError: the model can't be had; for another use its own error.
    """
    if use is EMBEDDER and name in (DEFAULT_EMBEDDER, f"sentence-transformers/{DEFAULT_EMBEDDER}"):
        return packaged_model_folder()
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.resolve()
    if folder.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1:
        raise use.error(f"{name}: there is no such folder. {ways_to_get(name, use)}")
    return _from_hub(name, use)


def fingerprint_of(folder: Path) -> str:
    """Return a hash over a model's weights and settings, the same wherever the folder lies.

    Files of other backends (`onnx/`, `openvino/`) are the same model in another form, so they
    don't count.

    Raises:
        EmbedderError: there are no weights in the folder.
    """
    files = {
        path
        for pattern in (*_WEIGHTS, *_SETTINGS)
        for path in folder.rglob(pattern)
        if path.is_file() and not _OTHER_BACKENDS & set(path.relative_to(folder).parts)
    }
    if not any(path.match(pattern) for path in files for pattern in _WEIGHTS):
        raise EmbedderError(
            f"{folder}: no model weights in this folder. Give the folder of a sentence-transformers model."
        )
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(f"{path.relative_to(folder).as_posix()} {sha256_of(path)}\n".encode())
    return digest.hexdigest()


def ways_to_get(name: str, use: ModelUse = EMBEDDER) -> str:
    """Return the sentence that tells how to get a model."""
    return (
        f"Three ways to get a model: leave {use.option} out for {use.packaged}; "
        "give the path of a folder that holds one; "
        f'or, on a machine with a network, run "hf download {name}" and copy the folder that it prints.'
    )


def reason_of(error: Exception) -> str:
    """Return why a library could not load a model, in one line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _from_hub(name: str, use: ModelUse) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"{use.organisation}/{name}"
    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except Exception:  # Not in the cache: the hub is asked, since the user named this model.
        try:
            return Path(snapshot_download(repository, allow_patterns=list(_HUB_FILES)))
        except Exception as error:
            raise use.error(
                f"The model {name} can't be had ({type(error).__name__}). {ways_to_get(name, use)}"
            ) from None
