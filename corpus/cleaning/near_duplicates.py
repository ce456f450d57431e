"""Near-duplicate detection among all answers of a corpus, by shingles and MinHash.

Exact duplicates have the same words, whatever their white space and quotation marks. Near-duplicates share nearly
all shingles (16 bytes in a row of the text in lower case), as where a clinic posts one text to fifty questions and
changes the greeting. The Jaccard similarity of the sets of shingles is estimated by MinHash (Broder 1997,
https://doi.org/10.1109/SEQUEN.1997.666900) with one permutation (Li, Owen and Zhang 2012,
https://arxiv.org/abs/1208.1259): each shingle has one hash, the hashes fall into 64 bins, and the least of each bin
makes the signature: 64 numbers, 256 bytes an answer.
"""

import hashlib
from array import array

import numpy as np
from numpy.typing import NDArray

NEAR = 0.85
"""The Jaccard similarity from which two texts are near-duplicates."""
MIN_WORDS = 12
"""Shorter answers ("Yes, you can.") are duplicates only of the same words of the same doctor, by name: two doctors
who both say so are two views."""

_SHINGLE_BYTES = 16
"""A power of two, so that the hash of a shingle is made in four steps."""
_BINS = 64
_BANDS = 16
"""Signatures that agree in one of 16 bands of 4 numbers are compared: at a similarity of 0.85 that misses seven pairs
in a million."""
_BATCH_BYTES = 1_000_000
_EMPTY = np.uint32(0xFFFFFFFF)
_ODD = tuple(np.uint32(odd) for odd in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))
"""Odd numbers with well-mixed bits, for multiplicative hashing."""
_ANOTHER = np.uint32(0x165667B1)


def text_hash(text: str, doctor: str | None) -> int:
    """Return a hash of 64 bits of an answer's text, and of the doctor's name where the text is short (`MIN_WORDS`).

    Args:
        text: the answer, as `corpus.text.normalisation.normalised` gives it.
        doctor: its author's name.
    """
    hashed = text if len(text.split(" ", MIN_WORDS)) >= MIN_WORDS else f"{text}\x1f{doctor}"
    digest = hashlib.blake2b(hashed.encode("utf-8", errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class NearDuplicates:
    """Takes answers one after the other, then tells which repeat an earlier one."""

    def __init__(self) -> None:
        self._signatures = array("I")
        self._hashes = array("Q")
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def add(self, text: str, doctor: str | None, hashed: int) -> None:
        """Add the next answer.

        Args:
            text: the answer, as `corpus.text.normalisation.normalised` gives it.
            doctor: its author's name.
            hashed: its `text_hash`.
        """
        number = len(self._hashes)
        short = len(text.split(" ", MIN_WORDS)) < MIN_WORDS
        # Nobody knows whether two short answers without a name are one doctor's.
        self._hashes.append(hashed if doctor or not short else number)
        data = b"" if short else text.lower().encode("utf-8", errors="replace")
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes > _BATCH_BYTES:
            self._sign_waiting()

    def originals(self) -> dict[int, int]:
        """Return the number of each answer that repeats another (from 0, as added), with that of the first such one."""
        self._sign_waiting()
        original: dict[int, int] = {}
        for bucket in _buckets(np.frombuffer(self._hashes, dtype=np.uint64)):
            original.update(dict.fromkeys(bucket[1:], bucket[0]))
        signatures = np.frombuffer(self._signatures, dtype=np.uint32).reshape(-1, _BINS)
        numbers = np.flatnonzero(signatures[:, 0] != _EMPTY)
        signatures = signatures[numbers]
        rows = _BINS // _BANDS
        near: dict[int, int] = {}
        for band in range(_BANDS):
            keys = np.ascontiguousarray(signatures[:, band * rows : (band + 1) * rows]).view(f"V{rows * 4}").ravel()
            for bucket in _buckets(keys):
                _link_near(bucket, signatures, near)
        for copy, first in near.items():
            original.setdefault(int(numbers[copy]), int(numbers[first]))
        return {number: _first(number, original) for number in original}

    def _sign_waiting(self) -> None:
        self._signatures.frombytes(_signatures_of(self._waiting).tobytes())
        self._waiting, self._waiting_bytes = [], 0


def _signatures_of(texts: list[bytes]) -> NDArray[np.uint32]:
    """Return the signature of each text, of shape (texts, 64); that of one without a shingle is empty."""
    signatures = np.full((len(texts), _BINS), _EMPTY, dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    hashes = np.frombuffer(b"".join(texts), dtype=np.uint8).astype(np.uint32)
    if len(hashes) < _SHINGLE_BYTES:
        return signatures
    # The hash of two neighbours makes one of four characters, and so on.
    for step, odd in zip((1, 2, 4, 8), _ODD, strict=True):
        hashes = hashes[:-step] * odd + hashes[step:]
    hashes ^= hashes >> np.uint32(15)
    hashes *= _ODD[0]
    hashes ^= hashes >> np.uint32(13)
    hashes *= _ODD[1]
    # Shingles that reach into the next text belong to none.
    ends = np.cumsum(lengths)
    whole = np.ones(len(hashes), dtype=bool)
    for back in range(1, _SHINGLE_BYTES):
        across = ends - back
        whole[across[(across >= 0) & (across < len(hashes))]] = False
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[: len(hashes)]
    hashes, owner = hashes[whole], owner[whole]
    np.minimum.at(signatures.ravel(), (hashes >> np.uint32(26)) + owner * _BINS, hashes)
    _fill_empty(signatures)
    return signatures


def _fill_empty(signatures: NDArray[np.uint32]) -> None:
    """Give each empty bin of a short text what its next full one has, made another (Shrivastava and Li 2014)."""
    rows = np.flatnonzero((signatures == _EMPTY).any(axis=1) & (signatures != _EMPTY).any(axis=1))
    part = signatures[rows]
    while (empty := part == _EMPTY).any():
        following, none_follows = np.roll(part, -1, axis=1), np.roll(empty, -1, axis=1)
        part = np.where(empty, np.where(none_follows, _EMPTY, following * _ANOTHER), part)
    signatures[rows] = part


def _buckets(keys: NDArray[np.generic]) -> list[list[int]]:
    """Return the buckets of equal keys that hold more than one, as the places of their keys."""
    if not len(keys):
        return []
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    ends = np.append(starts[1:], len(keys))
    return [order[start:end].tolist() for start, end in zip(starts, ends, strict=True) if end - start > 1]


def _link_near(bucket: list[int], signatures: NDArray[np.uint32], original: dict[int, int]) -> None:
    """Link those in a bucket that are near-duplicates to the first of them, by their estimated similarity."""
    firsts = [number for number in bucket if number not in original]
    while firsts:
        first, *others = firsts
        similarities = (signatures[others] == signatures[first]).mean(axis=1) if others else np.empty(0)
        original.update(
            {number: first for number, similarity in zip(others, similarities, strict=True) if similarity >= NEAR}
        )
        firsts = [number for number, similarity in zip(others, similarities, strict=True) if similarity < NEAR]


def _first(number: int, original: dict[int, int]) -> int:
    while number in original:
        number = original[number]
    return number
