"""An open index that follows its directory: when a build puts a new one in place, that one is used."""

import threading
from collections.abc import Callable

from index.errors import IndexStateError
from index.index import Index
from index.storage.generations import current_name


class LiveIndex:
    """Gives the index that is in use now. Safe to use from several threads at once.

    A new generation is opened in the background. Until it is open the one before answers, and who
    holds that one may finish with it. One that can't be opened is left alone until there is another.
    """

    def __init__(self, index: Index, on_problem: Callable[[Exception], None] = lambda error: None) -> None:
        """Follow the directory of an open index.

        Args:
            on_problem: called once for each new generation that can't be opened, in the thread that tried.
        """
        self._index = index
        self._on_problem = on_problem
        self._seen = index.generation
        self._opening = threading.Lock()
        self.problem: Exception | None = None
        """Why the newest generation can't be used, or None."""

    def current(self) -> Index:
        """Return the index to search now, and see whether there is a newer one."""
        name = current_name(self._index.directory)
        if name not in (None, self._seen) and self._opening.acquire(blocking=False):
            self._seen = name or self._seen
            threading.Thread(target=self._open_newest, name="index-opener", daemon=True).start()
        return self._index

    def _open_newest(self) -> None:
        try:
            self._index = _opened_again(self._index)
            self._seen, self.problem = self._index.generation, None
        except Exception as error:  # A thread has no caller: whatever happens is told.
            self._on_problem(error)  # told before it can be seen here: who sees it finds it told
            self.problem = error
        finally:
            self._opening.release()


def _opened_again(index: Index) -> Index:
    try:
        return Index(index.directory, index.embedder)
    except IndexStateError:  # It may have been made with another embedder: then that one is loaded.
        return Index(index.directory)
