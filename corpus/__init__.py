"""The corpus room: what a thread is, and how files become threads.

In come paths of files and folders; out go `Thread` records, and a `Problem` in words for
everything that could not be understood. Nothing here knows of vectors or of chat.

- `records`: the data (`Thread`, `Answer`, `Doctor`, `Problem`).
- `read`: files and folders of any known format to threads.
- `starter`: the folder of threads that is shipped with the project.
"""

from corpus.errors import CorpusError, DoctorAnswersError
from corpus.read import STARTER_CORPUS, read_paths
from corpus.records import Answer, Doctor, Problem, Thread

__all__ = [
    "STARTER_CORPUS",
    "Answer",
    "CorpusError",
    "Doctor",
    "DoctorAnswersError",
    "Problem",
    "Thread",
    "read_paths",
]
