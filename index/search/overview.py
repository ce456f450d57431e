"""What is in a corpus, for people who look through it: lists, counts and a map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Thread
from index.storage.layout import Layout
from index.storage.store import Store


@dataclass(frozen=True, slots=True)
class Point:
    """A thread's question on the map, `x` and `y` 0 to 1: what lies near is asked alike."""

    thread_id: str
    title: str
    topic: str | None
    x: float
    y: float


class Overview:
    """Looks through the files of one generation of an index."""

    def __init__(self, store: Store, layout: Layout, questions: NDArray[np.generic]) -> None:
        """Look through threads whose questions have the vectors `questions`, of shape (threads, dimensions)."""
        self._store = store
        self._layout = layout
        self._questions = questions
        self.answered = layout.answered

    def threads(
        self, allowed: NDArray[np.bool_] | None = None, *, first: int = 0, count: int = 20
    ) -> tuple[list[Thread], int]:
        """Return some of the threads that doctors answered, in the order of the corpus, and how many there are.

        Args:
            allowed: for each answer whether it counts; a thread is listed if any of its answers does.
        """
        numbers = (
            self.answered if allowed is None else np.unique(self._layout.thread_of_answer[np.flatnonzero(allowed)])
        )
        return [self._store.thread(int(number)) for number in numbers[first : first + count]], len(numbers)

    def topics(self) -> list[tuple[str, int]]:
        """Return each topic with how many answers are on it, most first: the threads' tags, or else specialties."""
        return self._store.topics() or self.specialties()

    def specialties(self) -> list[tuple[str, int]]:
        """Return each specialty with how many answers doctors of it gave, most first."""
        return self._store.specialties()

    def map(self, most: int) -> list[Point]:
        """Return up to `most` questions, spread over the corpus, on the plane in which they differ most.

        The plane is that of the first two principal components of their vectors.
        """
        at = np.linspace(0, len(self.answered) - 1, min(most, len(self.answered))).astype(int)
        numbers = self.answered[np.unique(at)]
        places = _plane(self._questions[numbers].astype(np.float32))
        threads = [self._store.thread(int(number)) for number in numbers]
        return [
            Point(thread.id, thread.title, thread.tags[0] if thread.tags else None, float(x), float(y))
            for thread, (x, y) in zip(threads, places, strict=True)
        ]


def _plane(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2]
    # The sign of an axis is arbitrary: its largest part is made positive, so that the map stays the same.
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    places = np.zeros((len(vectors), 2), dtype=np.float32)
    places[:, : len(axes)] = centred @ axes.T
    low, high = places.min(axis=0), places.max(axis=0)
    scaled: NDArray[np.float32] = (places - low) / np.where(high > low, high - low, 1)
    return scaled
