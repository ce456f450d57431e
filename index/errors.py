"""The errors of the index room; `corpus.errors` shows the whole tree."""

from corpus.errors import DoctorAnswersError


class EmbedderError(DoctorAnswersError):
    """An embedder can't be had, or its weights are not the ones that are expected."""


class IndexStateError(DoctorAnswersError):
    """An index is missing, damaged, or made by another embedder or another version.

    `what` says what is wrong with it; the whole message also tells the way out.
    """

    def __init__(self, what: str, *, rebuild: str | None = None) -> None:
        """Say what is wrong, and that the command `rebuild` makes the index again."""
        self.what = what
        super().__init__(f"{what} Build the index again: {rebuild}" if rebuild else what)
