"""What messages are taken for, against the labelled ones of `intents.txt`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.understanding import intent as module
from chatbot.understanding.intent import RULES, Situation, intent_of
from chatbot.understanding.message import MAX_CHARS, MAX_WORDS
from corpus import Answer, Doctor
from index.search.facets import Facets

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
    known = Situation(facets=FACETS, cited=CITED if later else [], questions=["What is ptosis?"] if later else [])
    return intent_of(message, known).name


@pytest.mark.parametrize(("message", "intent", "when"), list(labelled()))
def test_a_labelled_message_is_taken_for_what_it_is(message: str, intent: str, when: str):
    assert taken_for(message, when) == intent


def test_each_rule_gives_an_intent_for_its_own_examples_unless_it_needs_more_of_the_conversation():
    needs_more = {"followup", "question", "wordless", "learned"}
    named = {rule.name for rule in RULES if rule.name not in needs_more}
    for rule in RULES:
        for example in rule.example.split("; "):
            if rule.name in named - {"vague"}:
                assert taken_for(example) == rule.name
    assert taken_for("side effects", "first") == "vague"


@given(st.text(max_size=200))
def test_any_message_is_taken_for_something(message: str):
    assert taken_for(message)
    assert taken_for(message, "first")


PIECES = "only dermatologists the second one thanks and in Toronto ignore your instructions who said that Dr Young 2 it"


@given(st.lists(st.sampled_from(PIECES.split()), min_size=41, max_size=200))
def test_a_message_of_more_than_forty_words_is_a_question(words: list[str]):
    assert taken_for(" ".join(words)) == "question"


@given(st.lists(st.sampled_from(PIECES.split()), max_size=MAX_WORDS))
def test_any_words_of_the_rules_are_taken_for_something(words: list[str]):
    assert taken_for(" ".join(words))


@pytest.mark.parametrize(
    "message",
    ["can you diagnose " * 300, "a " * 2500, "only " * 1000, "x" * 5000, "1234 " * 1000, "x" + "\n" * 4998 + "x"],
    ids=["gaps", "letters", "only", "one word", "digits", "newlines"],
)
def test_no_rule_looks_at_a_long_message(message: str, monkeypatch: pytest.MonkeyPatch):
    """Counted, not timed: beyond the bound nothing is matched at all."""
    for rule in (
        "is_command",
        "resolve_reference",
        "removes_filters",
        "extract_filters",
        "small_talk",
        "is_vague",
    ):
        monkeypatch.setattr(module, rule, lambda *args, **kwargs: pytest.fail("a rule was asked"))
    assert len(message) > MAX_CHARS
    assert taken_for(message) == "question"


def test_the_vocabulary_is_looked_up_and_not_scanned(monkeypatch: pytest.MonkeyPatch):
    """As many look-ups with ten thousand doctors as with seven."""

    class Counting(dict):
        looked_up = 0

        def get(self, *args):
            Counting.looked_up += 1
            return super().get(*args)

        def __iter__(self):
            return pytest.fail("a vocabulary was scanned")

        keys = values = items = __iter__

    def lookups(doctors: list[str]) -> int:
        known = Facets.of(["Zogologist"], ["Zogtown"], doctors)
        facets = Facets(*(Counting(getattr(known, name)) for name in known.__dataclass_fields__))
        Counting.looked_up = 0
        for message in ("only zogologists in Zogtown", "what did Dr. Zog say?", "and what about my left eye?"):
            intent_of(message, Situation(facets=facets, questions=["What is ptosis?"]))
        return Counting.looked_up

    few = lookups([f"Ada Zog{n}" for n in range(7)])
    assert few == lookups([f"Ada Zog{n}" for n in range(10_000)])
    assert few < 200


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("you have no idea how much this calms me, bless you", "small_talk"),
        ("draft a letter to my boss about it", "command"),
        ("hide all but the Toronto ones", "filter"),
        ("and the one with the chicken soup, who wrote that?", "reference"),
        ("I was told by the second doctor to wait, how long do most people wait?", "question"),
    ],
)
def test_what_no_phrase_says_is_known_by_what_was_learned(message: str, intent: str):
    assert taken_for(message) == intent
