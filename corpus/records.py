"""The records of the corpus: threads, answers and doctors, and what could not be read."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["verbatim", "summary"]
Stance = Literal["yes", "no", "depends", "none"]
"""What an answer says to its page's yes-or-no question; "none" where it says nothing to it, or there is none."""

MAX_STARS = 5.0
"""The most stars that a rating can have."""


@dataclass(frozen=True, slots=True)
class Doctor:
    """The author of an answer, as far as the page tells. Absent facts are None.

    `rating` is in stars, 0 to 5; `reviews` is the number of reviews behind it, 0 or more.
    """

    name: str | None = None
    credentials: str | None = None
    specialty: str | None = None
    location: str | None = None
    rating: float | None = None
    reviews: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and a line of it counted from 1, or None for the file as a whole."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Return the place as a report shows it."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Source:
    """Another source of the same thing: what a thread says of its own in `source` and `url`."""

    source: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one doctor wrote in one thread, or its asker below the question.

    `position` counts from 1 in the order of the page. `kind` is "summary" where the text is
    somebody else's summary of what the doctor wrote, never the doctor's own words. `date` is in ISO
    8601, as exact as the page: "2015", "2015-03" or "2015-03-09". `copy_of` is the id of the answer
    whose text this one repeats, exactly or nearly. `by_asker` is whether the asker wrote it, to thank or
    to tell more: it stays in the thread and is no doctor's. `stance` is what the record says that the answer says to
    its page's question, given by somebody who read both; None where nobody did. `place` is where it was read, and
    does not make two answers differ.
    """

    id: str
    position: int
    text: str
    title: str | None = None
    url: str | None = None
    author: Doctor | None = None
    kind: Kind = "verbatim"
    votes: int | None = None
    date: str | None = None
    copy_of: str | None = None
    by_asker: bool = False
    stance: Stance | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Thread:
    """One page: a title, a patient's question or none, and the doctors' answers to it.

    `also_in` are further sources of the same page: other captures, or other sites that show it.
    """

    id: str
    title: str
    answers: tuple[Answer, ...]
    question: str | None = None
    url: str | None = None
    source: str | None = None
    tags: tuple[str, ...] = ()
    disclaimer: str | None = None
    also_in: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be understood, told as a sentence.

    `line` counts from 1; it is None where the problem is the file as a whole. `skipped` is whether
    something was left out for it: a fact, an answer, a thread or a file.
    """

    file: str
    message: str
    line: int | None = None
    skipped: bool = True

    def __str__(self) -> str:
        """Return the line that a report shows."""
        return f"{Place(self.file, self.line)}: {self.message}"
