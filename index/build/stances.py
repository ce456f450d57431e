"""What the answers of each page say to its question: read once, kept in the store, and taken over where it stands."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from corpus import Stance, Thread
from index.build.checkpoint import UNFINISHED
from index.build.embedding import Progress
from index.models.stances import ReadsStances, is_read, stance_answer_text, stance_question_text
from index.storage.store_writer import StoreWriter, hash_of

STANCES_AT_ONCE = 64
"""Threads that are read before what they say is kept."""

_FILE = "stances.jsonl"


def read_stances(
    store: StoreWriter, directory: Path, reader: ReadsStances, *, previous: Path | None, progress: Progress
) -> None:
    """Keep in an unfinished store what the answers say of each thread that `is_read` wants read.

    A thread that the same reader has read before, with the same texts, is not read again.

    Args:
        directory: the index's; what is read is kept there too, for the next build if this one is broken off.
        previous: the generation before, or None.
        progress: told how many of the threads that are to be read are read.
    """
    hashes = {number: _hash(thread, reader.fingerprint) for number, _, thread in store.threads() if is_read(thread)}
    unfinished = _Unfinished(directory)
    known = {**(store.stances_in(previous) if previous else {}), **unfinished.stances()}
    missing = [number for number, text_hash in hashes.items() if text_hash not in known]
    progress(0, len(missing))
    for start in range(0, len(missing), STANCES_AT_ONCE):
        numbers = missing[start : start + STANCES_AT_ONCE]
        read = reader.read([store.thread(number) for number in numbers])
        found = {hashes[number]: stances for number, stances in zip(numbers, read, strict=True)}
        unfinished.keep(found)
        known.update(found)
        progress(start + len(numbers), len(missing))
    for number, text_hash in hashes.items():
        store.add_stances(number, text_hash, known[text_hash])


class _Unfinished:
    """What a build that was broken off had read, in a file with one thread a line, beside the chunks of vectors."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / UNFINISHED / _FILE

    def keep(self, found: Mapping[bytes, Sequence[Stance]]) -> None:
        """Add some threads by their hashes."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps([text_hash.hex(), stances])}\n" for text_hash, stances in found.items())

    def stances(self) -> dict[bytes, list[Stance]]:
        """Return the threads that are there; a line that was not written to its end is left out."""
        found: dict[bytes, list[Stance]] = {}
        if not self._path.is_file():
            return found
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                text_hash, stances = json.loads(line)
                if set(stances) <= set(get_args(Stance)):
                    found[bytes.fromhex(text_hash)] = stances
            except (ValueError, TypeError):
                continue
        return found


def _hash(thread: Thread, fingerprint: str) -> bytes:
    """Return the hash of all that the reading of a thread depends on."""
    answers = [(answer.stance, answer.by_asker, stance_answer_text(answer)) for answer in thread.answers]
    return hash_of(json.dumps([fingerprint, stance_question_text(thread), answers]))
