"""The corpus room: what a thread is, and how files become threads.

In come paths of files and folders; out go `Thread` records, and a `Problem` in words for
everything that could not be understood. Nothing here knows of vectors or of chat.

- `records`: the data (`Thread`, `Answer`, `Doctor`, `Problem`).
- `read`: the door, `read_paths`; `report`: what was read and what was not.
- `files`: from paths to text; `formats`: one reader a format; `cleaning`: what is mended and found in any.
- `text`: tokens, sentences, normalisation, word frequencies and spelling, for every floor.
- `starter`: the folder of threads that is shipped with the project.
"""

from corpus.errors import CorpusError, DoctorAnswersError
from corpus.read import STARTER_CORPUS, read_paths
from corpus.records import Answer, Doctor, Place, Problem, Source, Stance, Thread
from corpus.report import Report

__all__ = [
    "STARTER_CORPUS",
    "Answer",
    "CorpusError",
    "Doctor",
    "DoctorAnswersError",
    "Place",
    "Problem",
    "Report",
    "Source",
    "Stance",
    "Thread",
    "read_paths",
]
