"""How rare a word is in English, by its place in the vocabulary of the packaged model.

WordPiece vocabularies of BERT's family list whole words by how often they are used. The file is read
whatever embedder an index has: what is learned of follow-ups stands on it.
"""

import json
import math
from collections.abc import Mapping
from functools import cache

from index.packaged_model import packaged_model_folder

_FIRST_WORD = 1996
"""The number of "the", the most frequent word."""
_SIZE = 30_522


def rarity(word: str) -> float:
    """Return how rare a word in lower case is, 0 for the most frequent to 1 for one that is not listed."""
    number = _vocabulary().get(word)
    if number is None:
        return 1.0
    return min(1.0, max(0.0, math.log((number + 1) / _FIRST_WORD) / math.log(_SIZE / _FIRST_WORD)))


@cache
def _vocabulary() -> Mapping[str, int]:
    tokenizer = json.loads((packaged_model_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: Mapping[str, int] = tokenizer["model"]["vocab"]
    return vocabulary
