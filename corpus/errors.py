"""The errors that a person can meet.

DoctorAnswersError
├── CorpusError        a file or folder that can't be read as a corpus
├── EmbedderError      (index) a model that can't be had or is not the right one
├── ReaderError        (index) a model that can't be had to judge answers, or does not do it
├── IndexStateError    (index) an index that is missing, damaged or made with another model
└── QuestionError      (chatbot) a message that can't be taken

Each message is a sentence that says what is wrong, where, and what to do.
"""


class DoctorAnswersError(Exception):
    """The root of every error that is shown to a person without a traceback."""


class CorpusError(DoctorAnswersError):
    """A path that was given as a corpus can't be read at all."""
