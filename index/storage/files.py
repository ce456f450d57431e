"""Small helpers for files that must be whole: hashes, and writes that reach the disk."""

import hashlib
import os
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Make sure that a file's bytes are on the disk, not only in the system's memory."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's entries (new names, renames) are on the disk."""
    if os.name == "nt":  # Windows can't open a folder, and flushes its entries itself.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_text(path: Path, text: str) -> None:
    """Write a small text file in one step: a reader sees the old text or the new, never a part."""
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8")
    sync_file(aside)
    aside.replace(path)
    sync_folder(path.parent)
