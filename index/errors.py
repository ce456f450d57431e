"""The errors of the index room; `corpus.errors` shows the whole tree."""

from pathlib import Path
from typing import Literal

from corpus.errors import DoctorAnswersError


class EmbedderError(DoctorAnswersError):
    """An embedder can't be had, or its weights are not the ones that are expected."""


class ReaderError(DoctorAnswersError):
    """A reader can't be had, or is of no use for the pages of an index."""


class IndexStateError(DoctorAnswersError):
    """An index is missing or unusable, or can't be built now. The sentence says what is wrong, and where.

    `state` says what helps: a "missing" index has to be built, one that is "unusable" (damaged, or made by another
    embedder or another version) to be built again. Where it is "kept", an index was not changed by a build that could
    not be done, and the sentence itself says what to do. `directory` is that of the index, as it was given, or None
    where its files do not lie in one.
    """

    def __init__(
        self,
        sentence: str,
        *,
        directory: Path | None = None,
        state: Literal["missing", "unusable", "kept"] = "unusable",
    ) -> None:
        super().__init__(sentence)
        self.directory = directory
        self.state = state
