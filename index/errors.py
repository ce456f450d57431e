"""The errors of the index room; `corpus.errors` shows the whole tree."""

from corpus.errors import DoctorAnswersError


class EmbedderError(DoctorAnswersError):
    """An embedder can't be had, or its weights are not the ones that are expected."""


class IndexStateError(DoctorAnswersError):
    """An index is missing, damaged, or made by another embedder or a newer version."""
