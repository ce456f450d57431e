"""Opens the index and the reader in the background, so that the page is there before the models are."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from chatbot.errors import error_said
from chatbot.startup import open_index, open_reader
from corpus.errors import DoctorAnswersError
from index.index import Index
from index.live import LiveIndex
from index.models.reader import Reader

State = Literal["loading", "building", "ready", "stale", "failed"]


@dataclass(frozen=True, slots=True)
class Status:
    """How far the opening has come, and the sentence of why it failed, or why a newer index (stale) can't be used."""

    state: State
    reason: str | None = None


class IndexLoader:
    """Opens one index, and the reader for it, in a thread of its own and tells how far it has come."""

    def __init__(self, directory: Path, reader: str | None = None) -> None:
        """Name what to open.

        Args:
            directory: where the index is.
            reader: a cross-encoder, as `open_reader` takes it; None for the packaged reader.
        """
        self._directory = directory
        self._reader_name = reader
        self._reader: Reader | None = None
        self._status = Status("loading")
        self._index: LiveIndex | None = None
        self._done = threading.Event()

    def start(self) -> None:
        """Begin to open the index, and return at once."""
        threading.Thread(target=self._open, name="index-loader", daemon=True).start()

    @property
    def status(self) -> Status:
        """How far the opening has come now."""
        problem = self._index.problem if self._index else None
        return Status("stale", error_said(problem)) if problem else self._status

    @property
    def done(self) -> bool:
        """Whether the index is open, or can't be opened."""
        return self._done.is_set()

    def index(self) -> Index:
        """Wait until the index is open, and return the one that is in use now.

        Raises:
            DoctorAnswersError: it can't be opened; the sentence says why.
        """
        self._done.wait()
        if self._index is None:
            raise DoctorAnswersError(self._status.reason or "")
        return self._index.current()

    @property
    def reader(self) -> Reader | None:
        """The reader that was asked for, once the index is open; None for the packaged reader."""
        return self._reader

    def _open(self) -> None:
        try:
            index = open_index(self._directory, on_build=lambda: self._tell(Status("building")))
            self._reader = open_reader(self._reader_name, index)
            self._index = LiveIndex(index, on_problem=_log_problem)
            self._tell(Status("ready"))
        except Exception as error:  # A thread has no caller: whatever happens must reach the page.
            self._tell(Status("failed", error_said(error)))
            if not isinstance(error, DoctorAnswersError):
                raise
        finally:
            self._done.set()

    def _tell(self, status: Status) -> None:
        self._status = status


def _log_problem(error: Exception) -> None:
    """Tell the operator, on stderr where logging was not set up otherwise."""
    logging.getLogger(__name__).error("The new index can't be used, the one before stays: %s", error_said(error))
