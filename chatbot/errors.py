"""The errors of the chatbot room, and how an error is told; `corpus.errors` shows the whole tree."""

import shlex

from corpus.errors import DoctorAnswersError
from index.errors import IndexStateError


class QuestionError(DoctorAnswersError):
    """A message that can't be taken: empty, or too long."""


def error_said(error: Exception) -> str:
    """Return an error's sentence; behind that of an index that can't be used the command that makes it."""
    said = str(error) or type(error).__name__
    if not isinstance(error, IndexStateError) or error.state == "kept":
        return said
    directory = "DIR" if error.directory is None else shlex.quote(str(error.directory))
    way_out = "Build one" if error.state == "missing" else "Build the index again"
    return f"{said} {way_out}: python -m chatbot build --corpus PATH --index {directory}"
