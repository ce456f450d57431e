"""Emergencies get a notice, and nothing else does."""

from pathlib import Path

import pytest

from chatbot.urgent import POSSIBLE, SUICIDE, kind_by_rules, urgent_kind
from chatbot.urgent.learn import EXAMPLES, messages_in
from chatbot.urgent.classifier import parts_of
from chatbot.urgent.rules import load_rules

HELD_OUT = Path(__file__).parent / "messages"


def part_urgent(path: Path, *, every: int = 1) -> float:
    messages = messages_in(path)[::every]
    return sum(urgent_kind(message) is not None for message in messages) / len(messages)


def test_the_messages_that_the_rules_were_made_with():
    assert len(messages_in(EXAMPLES / "urgent.txt")) >= 150
    assert len(messages_in(EXAMPLES / "calm.txt")) >= 150
    assert part_urgent(EXAMPLES / "urgent.txt", every=10) >= 0.97
    assert part_urgent(EXAMPLES / "calm.txt", every=10) <= 0.03


def test_messages_that_were_held_out():
    assert part_urgent(HELD_OUT / "urgent_held_out.txt") >= 0.97
    assert part_urgent(HELD_OUT / "calm_held_out.txt") <= 0.03


def test_the_writer_may_speak_for_somebody_else():
    assert urgent_kind("my dad's face is drooping") == "stroke"


def test_thoughts_of_suicide_have_a_kind_of_their_own():
    assert urgent_kind("I want to kill myself") == SUICIDE


def test_what_no_rule_foresees_may_sound_like_an_emergency():
    message = "My chest feels like it is in a vice"
    assert kind_by_rules(message) is None
    assert urgent_kind(message) == POSSIBLE


@pytest.mark.parametrize(
    "message",
    ["can Botox cause trouble swallowing?", "no trouble breathing", "I had chest pain last year", "call 911"],
)
def test_questions_denials_the_past_and_footers_are_no_emergency(message):
    assert urgent_kind(message) is None


def test_every_sign_names_where_it_is_from():
    assert all(sign.source.startswith(("NHS, ", "FDA, ", "CDC, ")) for sign in load_rules().signs)


@pytest.mark.parametrize("message", ["", "?", "\n\n", "a" * 5000, "\u202e\u200f"])
def test_any_message_is_looked_at(message):
    urgent_kind(message)


def test_slips_of_the_finger_in_the_words_of_a_sign_are_read():
    assert urgent_kind("cant brethe after botox") == "breathing"


def test_the_last_of_very_many_sentences_is_looked_at_too():
    assert "last" in parts_of("Hm. " * 120 + "The last one.")[-1]


def test_one_sentence_of_a_long_message_is_enough():
    story = "I had filler at noon. The clinic was nice and the doctor took her time. The parking was easy to find too."
    assert urgent_kind(story) is None
    assert urgent_kind(f"{story} Now my left eye sees nothing but grey. The bill came by mail.") is not None
