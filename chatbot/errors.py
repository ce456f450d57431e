"""The errors of the chatbot room; `corpus.errors` shows the whole tree."""

from corpus.errors import DoctorAnswersError


class QuestionError(DoctorAnswersError):
    """A message that can't be taken: empty, or too long."""
