"""What the doctors of a page say to its question, in words: "To “Is it safe?”, 9 doctors: 5 yes, 2 no"."""

from collections.abc import Mapping
from typing import NamedTuple

from chatbot.answering.stances import PageStances
from chatbot.texts import Texts
from corpus import Answer, Stance


class StancePart(NamedTuple):
    """Doctors of a page with one stance: the words for it ("5 yes"), their answers, and how to ask for these."""

    stance: Stance
    text: str
    answers: tuple[Answer, ...]
    request: str | None


_REQUESTS: Mapping[Stance, str] = {"yes": "who said yes?", "no": "who said no?", "depends": "who says it depends?"}
"""Messages that `chatbot.understanding.stance_questions` understands; they are in its language."""


def stances_head(stances: PageStances, texts: Texts) -> str:
    """Return to which question how many doctors are counted: "To “Is it safe?”, 9 doctors:"."""
    return texts["stances"]["head"].format(question=stances.question, doctors=len(stances.doctors))


def stance_parts(stances: PageStances, texts: Texts) -> list[StancePart]:
    """Return the stances that any doctor of a page has, those who plainly say something first."""
    words = texts["stances"]
    return [
        StancePart(
            stance,
            words[f"{stance}_{'one' if number == 1 else 'many'}"].format(number=number),
            stances.saying(stance),
            _REQUESTS.get(stance),
        )
        for stance, number in stances.counts.items()
        if number
    ]
