"""The same text in several places: found among all answers of a corpus.

Exact copies have the same words, whatever their white space and quotation marks. Near copies share
nearly all runs of three words, as where a clinic posts one text to fifty questions and changes the
greeting. How many they share is estimated by MinHash (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900):
of each answer only a sketch of 64 numbers is kept, 256 bytes.
"""

import hashlib
import re
import zlib
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.ids import levelled

NEAR = 0.85
"""The share of common runs of three words (Jaccard) from which two texts are near copies."""
MIN_WORDS = 12
"""Shorter answers ("Yes, you can.") are copies only of the same doctor's same words: two doctors who
both say so are two views."""

_RUN = 3
_SKETCH = 64
_BANDS = 16
"""Sketches that agree in one of 16 groups of 4 numbers are compared: at a share of 0.85 that misses
one pair in a million."""

_WORD = re.compile(r"\w+")
_MULTIPLIERS = np.random.default_rng(1997).integers(1, 2**31, size=_SKETCH, dtype=np.uint64) * 2 + 1
_SHIFT = np.uint64(32)


class CopyFinder:
    """Collects answers one after the other, then tells which repeat an earlier one."""

    def __init__(self) -> None:
        self._sketches = array("I")
        self._digests = bytearray()
        self._count = 0

    def add(self, text: str, doctor: str | None) -> None:
        """Add the next answer, by its text and its doctor's name."""
        words = _WORD.findall(levelled(text).lower())
        short = len(words) < MIN_WORDS
        said = levelled(text) + (f"\x1f{doctor}\x1f{self._count if doctor is None else ''}" if short else "")
        self._digests += hashlib.blake2b(said.encode("utf-8", errors="surrogatepass"), digest_size=16).digest()
        sketch = np.arange(_SKETCH, dtype=np.uint32) * 0 + self._count if short else _sketch(words)
        self._sketches.frombytes(sketch.astype(np.uint32).tobytes())
        self._count += 1

    def originals(self) -> dict[int, int]:
        """Return the number of each answer that is a copy, with the number of the first that it copies."""
        original = {}
        digests = np.frombuffer(bytes(self._digests), dtype="V16")
        for group in _groups(digests):
            original.update(dict.fromkeys(group[1:], group[0]))
        sketches = np.frombuffer(self._sketches, dtype=np.uint32).reshape(-1, _SKETCH)
        rows = _SKETCH // _BANDS
        for band in range(_BANDS):
            keys = np.ascontiguousarray(sketches[:, band * rows : (band + 1) * rows]).view(f"V{rows * 4}").ravel()
            for group in _groups(keys):
                _mark_near(group, sketches, original)
        return {number: _first(number, original) for number in original}


def _sketch(words: Sequence[str]) -> NDArray[np.uint32]:
    hashes = np.fromiter((zlib.crc32(word.encode("utf-8", errors="replace")) for word in words), np.uint64, len(words))
    first, second, third = (np.uint64(odd) for odd in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D))
    runs = np.unique(hashes[:-2] * first + hashes[1:-1] * second + hashes[2:] * third)
    # One multiplication hashes a run 64 ways; the upper half of the product is well mixed.
    mixed = (runs[:, None] * _MULTIPLIERS[None, :]) >> _SHIFT
    least: NDArray[np.uint32] = mixed.min(axis=0).astype(np.uint32)
    return least


def _groups(keys: NDArray[np.generic]) -> list[list[int]]:
    """Return the places of equal keys, for each key that stands more than once."""
    if not len(keys):
        return []
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    ends = np.append(starts[1:], len(keys))
    return [order[start:end].tolist() for start, end in zip(starts, ends, strict=True) if end - start > 1]


def _mark_near(group: list[int], sketches: NDArray[np.uint32], original: dict[int, int]) -> None:
    firsts = [number for number in group if number not in original]
    while firsts:
        first, *others = firsts
        alike = (sketches[others] == sketches[first]).mean(axis=1) if others else np.empty(0)
        original.update({number: first for number, share in zip(others, alike, strict=True) if share >= NEAR})
        firsts = [number for number, share in zip(others, alike, strict=True) if share < NEAR]


def _first(number: int, original: dict[int, int]) -> int:
    while number in original:
        number = original[number]
    return number
