"""What the doctors of one page say to its yes-or-no question, counted: one page, all its doctors, each once.

The records bring the stances, given by somebody who read the answers: no model reads them (docs/reader.md, "Views").
Nothing is added up across pages, and the page's own question always stands beside the count, which is true by itself.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import get_args

from chatbot.answering.snippets import excerpt
from corpus import Answer, Stance, Thread
from corpus.text.normalisation import case_folded, without_apostrophes
from corpus.text.sentences import sentence_spans
from index.search.diversification import doctor_key

LEAST_DOCTORS = 3
"""A reply tells by itself what so many doctors of a page say, or more; asked for it, it also tells of two."""
LEAST_PLAIN = 2
"""Of whom so many say yes, no or that it depends. Asked for it, one is enough."""

_TITLE_CHARS = 120
_QUESTION_CHARS = 240
_YES_NO_FORM = re.compile(
    r"(?:(?:so|and|but|or|also|please|hi|hello|doctors?|if (?:so|not|yes|no))\b\W*)*"
    r"(?:can|could|may|might|should|shall|must|is|are|am|was|were|does|do|did|will|would|has|have|had)(?:n['’]?t)?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_TURNING = frozenset(
    "not no never without cant cannot couldnt shouldnt dont doesnt didnt isnt arent wasnt wont wouldnt mustnt havent"
    " hasnt avoid stop quit skip refrain against bad worse dangerous danger unsafe harmful harm harms risky risk risks"
    " wrong unhealthy damage damages hurt hurts painful abnormal unnecessary forbidden prohibited".split()
)
"""Words that turn what a "yes" means: a question with an odd number of them asks the other way round."""


@dataclass(frozen=True, slots=True)
class PageStances:
    """What the doctors of a page say to its question, each doctor with one answer, in the order of the page."""

    question: str
    doctors: tuple[tuple[Answer, Stance], ...]

    def saying(self, stance: Stance) -> tuple[Answer, ...]:
        """Return the answers of the doctors with a stance."""
        return tuple(answer for answer, own in self.doctors if own == stance)

    def of(self, answer_id: str) -> Stance | None:
        """Return the stance of the answer with this id, or None if it is not counted."""
        return next((stance for answer, stance in self.doctors if answer.id == answer_id), None)

    @property
    def counts(self) -> dict[Stance, int]:
        """How many doctors have each stance, "none" last."""
        return {stance: len(self.saying(stance)) for stance in get_args(Stance)}

    @property
    def plain(self) -> int:
        """How many doctors say yes, no or that it depends."""
        return len(self.doctors) - len(self.saying("none"))


def page_stances(thread: Thread) -> PageStances | None:
    """Return what the doctors of a page say to its question, or None where that can't be told.

    It can't where a doctor's answer brings no stance ("none" is one), where there is one doctor only, where nobody
    plainly says anything to the question, or where one doctor says two things. A text that stands twice counts once.
    """
    by_doctor: dict[Hashable, list[tuple[Answer, Stance]]] = {}
    for answer in thread.answers:
        if answer.by_asker:
            continue
        if answer.stance is None:
            return None
        key = doctor_key(answer.author) or " ".join(answer.text.split())
        by_doctor.setdefault(key, []).append((answer, answer.stance))
    doctors = []
    for own in by_doctor.values():
        plain = [(answer, stance) for answer, stance in own if stance != "none"]
        if len({stance for _, stance in plain}) > 1:
            return None
        doctors.append((plain or own)[0])
    found = PageStances(page_question(thread), tuple(doctors))
    return found if len(doctors) > 1 and found.plain else None


def told_stances(question: str, thread: Thread) -> PageStances | None:
    """Return what is told unasked below a question that a page asks too, or None for nothing.

    Where the page asks it the other way round ("is it safe?", "is it dangerous?") a count would be misread; who asks in
    the words of its title cannot mean the other way.
    """
    found = page_stances(thread)
    if found is None or len(found.doctors) < LEAST_DOCTORS or found.plain < LEAST_PLAIN:
        return None
    if case_folded(" ".join(question.split())) == case_folded(" ".join(thread.title.split())):
        return found
    asked = _yes_no_sentences(question) or _sentences(question) or [question]
    return found if _is_turned(asked[-1]) == _is_turned(found.question) else None


def page_question(thread: Thread) -> str:
    """Return the yes-or-no question of a page in its own words: its title, or with it what was asked below."""
    title = " ".join(thread.title.split())
    if _YES_NO_FORM.match(title) and len(title) <= _QUESTION_CHARS:
        return title
    asked = _yes_no_sentences(thread.question or "") or _yes_no_sentences(title)
    if not asked:
        return excerpt(title, _QUESTION_CHARS)
    behind = "" if title[-1:] in ".?!:" else ":"
    return excerpt(f"{excerpt(title, _TITLE_CHARS)}{behind} {asked[-1]}", 2 * _QUESTION_CHARS)


def _yes_no_sentences(text: str) -> list[str]:
    """Return the sentences of a text that have the form of a question of yes or no, in one line each."""
    return [sentence for sentence in _sentences(text) if _YES_NO_FORM.match(sentence)]


def _sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]


def _is_turned(question: str) -> bool:
    words = _WORD.findall(case_folded(without_apostrophes(question)))
    return sum(word in _TURNING for word in words) % 2 == 1
