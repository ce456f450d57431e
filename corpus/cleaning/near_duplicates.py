"""The same text in several places: found among all answers of a corpus.

Exact copies have the same words, whatever their white space and quotation marks. Near copies share
nearly all runs of 16 characters, as where a clinic posts one text to fifty questions and changes the
greeting. How many they share is estimated by MinHash (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900)
with one permutation (Li, Owen and Zhang 2012, https://arxiv.org/abs/1208.1259): each run of characters has
one hash, the hashes fall into 64 bins, and of each bin the least is kept: 256 bytes an answer.
"""

import hashlib
from array import array

import numpy as np
from numpy.typing import NDArray

NEAR = 0.85
"""The share of common runs of characters (Jaccard) from which two texts are near copies."""
MIN_WORDS = 12
"""Shorter answers ("Yes, you can.") are copies only of the same doctor's same words: two doctors who
both say so are two views."""

_RUN = 16
"""Characters of a run, in UTF-8: a power of two, so that its hash is made in four steps."""
_SKETCH = 64
_BANDS = 16
"""Sketches that agree in one of 16 groups of 4 numbers are compared: at a share of 0.85 that misses
one pair in a million."""
_BATCH_BYTES = 1_000_000
_EMPTY = np.uint32(0xFFFFFFFF)
_ODD = tuple(np.uint32(odd) for odd in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))
"""Odd numbers with well-mixed bits, for multiplicative hashing."""
_ANOTHER = np.uint32(0x165667B1)


def said_hash(text: str, doctor: str | None) -> int:
    """Return a number that two answers share if one is an exact copy of the other.

    Args:
        text: the answer, normalised as `corpus.text.normalisation.normalised` does.
        doctor: its author's name.
    """
    said = text if len(text.split(" ", MIN_WORDS)) >= MIN_WORDS else f"{text}\x1f{doctor}"
    digest = hashlib.blake2b(said.encode("utf-8", errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class CopyFinder:
    """Collects answers one after the other, then tells which repeat an earlier one."""

    def __init__(self) -> None:
        self._sketches = array("I")
        self._said = array("Q")
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def add(self, text: str, doctor: str | None, said: int) -> None:
        """Add the next answer.

        Args:
            text: what it says, normalised.
            doctor: its author's name.
            said: its `said_hash`.
        """
        number = len(self._said)
        short = len(text.split(" ", MIN_WORDS)) < MIN_WORDS
        # Nobody knows whether two short answers without a name are one doctor's.
        self._said.append(said if doctor or not short else number)
        data = b"" if short else text.lower().encode("utf-8", errors="replace")
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes > _BATCH_BYTES:
            self._sketch_waiting()

    def originals(self) -> dict[int, int]:
        """Return the number of each answer that is a copy, with the number of the first that it copies."""
        self._sketch_waiting()
        original: dict[int, int] = {}
        for group in _groups(np.frombuffer(self._said, dtype=np.uint64)):
            original.update(dict.fromkeys(group[1:], group[0]))
        sketches = np.frombuffer(self._sketches, dtype=np.uint32).reshape(-1, _SKETCH)
        numbers = np.flatnonzero(sketches[:, 0] != _EMPTY)
        sketches = sketches[numbers]
        rows = _SKETCH // _BANDS
        near: dict[int, int] = {}
        for band in range(_BANDS):
            keys = np.ascontiguousarray(sketches[:, band * rows : (band + 1) * rows]).view(f"V{rows * 4}").ravel()
            for group in _groups(keys):
                _mark_near(group, sketches, near)
        for copy, first in near.items():
            original.setdefault(int(numbers[copy]), int(numbers[first]))
        return {number: _first(number, original) for number in original}

    def _sketch_waiting(self) -> None:
        self._sketches.frombytes(_sketches(self._waiting).tobytes())
        self._waiting, self._waiting_bytes = [], 0


def _sketches(texts: list[bytes]) -> NDArray[np.uint32]:
    """Return a sketch of each text (texts x 64); one without a run of characters is empty."""
    sketches = np.full((len(texts), _SKETCH), _EMPTY, dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    hashes = np.frombuffer(b"".join(texts), dtype=np.uint8).astype(np.uint32)
    if len(hashes) < _RUN:
        return sketches
    # The hash of two neighbours makes one of four characters, and so on.
    for step, odd in zip((1, 2, 4, 8), _ODD, strict=True):
        hashes = hashes[:-step] * odd + hashes[step:]
    hashes ^= hashes >> np.uint32(15)
    hashes *= _ODD[0]
    hashes ^= hashes >> np.uint32(13)
    hashes *= _ODD[1]
    # Runs that reach into the next text belong to none.
    ends = np.cumsum(lengths)
    whole = np.ones(len(hashes), dtype=bool)
    for back in range(1, _RUN):
        across = ends - back
        whole[across[(across >= 0) & (across < len(hashes))]] = False
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[: len(hashes)]
    hashes, owner = hashes[whole], owner[whole]
    np.minimum.at(sketches.ravel(), (hashes >> np.uint32(26)) + owner * _SKETCH, hashes)
    _fill_empty(sketches)
    return sketches


def _fill_empty(sketches: NDArray[np.uint32]) -> None:
    """Give each empty bin of a short text what its next full one has, made another (Shrivastava and Li 2014)."""
    rows = np.flatnonzero((sketches == _EMPTY).any(axis=1) & (sketches != _EMPTY).any(axis=1))
    part = sketches[rows]
    while (empty := part == _EMPTY).any():
        following, none_follows = np.roll(part, -1, axis=1), np.roll(empty, -1, axis=1)
        part = np.where(empty, np.where(none_follows, _EMPTY, following * _ANOTHER), part)
    sketches[rows] = part


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
