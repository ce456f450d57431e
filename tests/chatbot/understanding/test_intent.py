"""What messages are taken for, against the labelled ones of `intents.txt`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.understanding.intent import intent_of
from corpus import Answer, Doctor
from index.facets import Facets
from index.filters import Filters

YOUNG = Doctor("Otto Young", "MD", "Dermatologist", "Toronto")
HOPE = Doctor("Zelda Hope", None, "Facial Plastic Surgeon", "Beverly Hills")
PERSON = Doctor("Imaginary Person, Jr", None, "Dermatologic Surgeon", "Los Angeles")
BELL = Doctor("Dr. Zog Bell", None, "Plastic Surgeon", "New York")
CITED = [
    Answer(str(number), number, f"Answer {number}.", author=author)
    for number, author in enumerate([YOUNG, HOPE, PERSON, None, BELL], start=1)
]
FACETS = Facets.of(
    ["Dermatologist", "Facial Plastic Surgeon", "Dermatologic Surgeon", "Plastic Surgeon"],
    ["Toronto", "Beverly Hills", "Los Angeles", "New York", "San Diego, California"],
    ["Otto Young", "Zelda Hope", "Imaginary Person, Jr", "Dr. Zog Bell", "Ada May", "Mark Light", "Will Long"],
)


def labelled() -> Iterator[tuple[str, str, str]]:
    """Give each message with its intent and whether it comes first or later."""
    intent = when = ""
    for line in (Path(__file__).parent / "intents.txt").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"== (\w+), (\w+) ==", line):
            intent, when = heading.groups()
        elif line and not re.match("#( |$)", line):
            yield line, intent, when


def taken_for(message: str, when: str = "later") -> str:
    later = when == "later"
    return intent_of(
        message, cited=CITED if later else [], facets=FACETS, filters=Filters(), has_history=later
    ).name


@pytest.mark.parametrize(("message", "intent", "when"), list(labelled()))
def test_a_labelled_message_is_taken_for_what_it_is(message: str, intent: str, when: str):
    assert taken_for(message, when) == intent
