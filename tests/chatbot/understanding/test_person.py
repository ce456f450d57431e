"""What is found of the person in messages, against the labelled ones of `person.txt`, and what is remembered of it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.turns import Turn
from chatbot.understanding.person import of_those_asked_for, only_takes_back, remembered, remembered_along
from chatbot.understanding.person.facts import Fact, age_group, search_words, words_for
from chatbot.understanding.person.memory import MAX_FACTS
from chatbot.understanding.person.rules import statements_in
from tests.chatbot.understanding.test_bounds import HOSTILE
from tests.conftest import messages_in


def labelled() -> list[tuple[str, set[str]]]:
    """Return each message with the names of its facts."""
    lines = messages_in(Path(__file__).parent / "person.txt")
    pairs = (line.split(" => ") for line in lines)
    return [(message, set() if facts == "-" else set(facts.split("; "))) for message, facts in pairs]


def facts_after(*messages: str) -> set[str]:
    return {fact.fact for fact in remembered([Turn("user", message) for message in messages])}


@pytest.mark.parametrize(("message", "facts"), labelled())
def test_of_a_labelled_message_its_facts_are_found_and_nothing_else(message: str, facts: set[str]):
    assert facts_after(message) == facts


def test_there_are_enough_labelled_messages_of_both_kinds():
    have = [bool(facts) for _, facts in labelled()]
    assert min(have.count(True), have.count(False)) >= 75


PIECES = [
    *(word for message, _ in labelled() for word in message.split()),
    "“", "”", '"',
    "\n", "\n> ", "  ", "\t", "’", "\N{NO-BREAK SPACE}",
    "é", "e\N{COMBINING ACUTE ACCENT}", "ﬁ", "İ", "👩🏽", "5", ",", ".", "?",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_the_text_of_a_fact_is_exact_words_of_the_message(message: str):
    for statement in statements_in(message):
        start, end = statement.span
        assert statement.fact.text == message[start:end] != ""
    for fact in remembered([Turn("user", message)]):
        assert fact.text in message


@given(st.text(max_size=300))
def test_any_text_is_read(message: str):
    assert all(statement.fact.text in message for statement in statements_in(message))


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_message_states_nothing(message: str):
    assert remembered([Turn("user", message)]) == ()


def test_no_pattern_sees_a_long_run_of_white_space(monkeypatch: pytest.MonkeyPatch):
    """Tried from each of its characters, such a run took a square of its length."""
    seen = []
    monkeypatch.setattr("chatbot.understanding.person.rules.ages_in", lambda text: seen.append(text) or [])
    (statement,) = statements_in("I am" + " \n\t" * 1500 + "on warfarin" + " " * 500)
    assert not re.search(r"\s\s", seen[0])
    assert statement.fact.text == "I am" + " \n\t" * 1500 + "on warfarin"


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (["I'm 20 weeks pregnant", "I'm not pregnant anymore"], set()),
        (["I'm pregnant", "I gave birth last week"], set()),
        (["I'm on warfarin and aspirin", "I stopped warfarin on Monday"], {"on aspirin"}),
        (["I stopped warfarin", "Back again: I'm on warfarin"], {"on warfarin"}),
        (["I'm 30", "sorry, I'm 31 years old"], {"31 years old"}),
        (["My 5 week old has a rash", "I am 31"], {"5 weeks old", "31 years old"}),
        (["My son is 9 and I am 41 years old. Can he have braces?"], {"9 years old", "41 years old", "for my son"}),
        (["We are trying to conceive", "I'm pregnant!"], {"pregnant"}),
        (["I have lupus", "Is it safe to fly?", "How long?"], {"lupus"}),
        (["I have lupus", "please forget that I have lupus"], set()),
        (["I'm pregnant and on warfarin", "forget that I'm pregnant"], {"on warfarin"}),
        (["I'm pregnant", "forget about pregnant"], set()),
        (["I'm pregnant", "Does massage make you forget that I am old?"], {"pregnant"}),
    ],
)
def test_a_later_message_replaces_or_takes_back(messages: list[str], facts: set[str]):
    assert facts_after(*messages) == facts


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (["My son is 5 and I'm pregnant."], {"son: 5 years old", "for my son", "pregnant"}),
        (["My son is 5.", "He is allergic to nuts"], {"son: 5 years old", "for my son", "son: allergic to nuts"}),
        (["I'm asking for my mum, she's 80 and on warfarin"], {"for my mum", "mum: 80 years old", "mum: on warfarin"}),
        (
            ["My wife is 28. She takes prednisone.", "I'm on warfarin"],
            {"wife: 28 years old", "wife: on prednisone", "on warfarin"},
        ),
        (["She is pregnant"], {"somebody else: pregnant"}),
        (["My husband says I'm anemic"], {"anemic"}),
        (["My 7 month old has a rash"], {"baby: 7 months old"}),
        (["I'm pregnant and my sister is pregnant", "I'm not pregnant anymore"], {"sister: pregnant"}),
    ],
)
def test_each_fact_is_told_with_of_whom_it_is(messages: list[str], facts: set[str]):
    assert {fact.name for fact in remembered([Turn("user", message) for message in messages])} == facts


def test_what_others_have_does_not_count_where_one_asks_for_somebody_else_alone():
    facts = remembered([Turn("user", "I'm pregnant and my son is 5.")])
    assert {fact.name for fact in of_those_asked_for("Can he take it?", facts)} == {"son: 5 years old", "for my son"}
    assert of_those_asked_for("Can I give it to him?", facts) == facts
    assert of_those_asked_for("How long does it last?", facts) == facts


def test_what_a_doctor_or_the_chatbot_wrote_is_no_fact():
    assert (
        remembered([Turn("assistant", "I am pregnant"), Turn("user", "She wrote:\n> I am pregnant\nIs it so?")]) == ()
    )


def test_what_was_removed_stays_removed_until_it_is_said_again():
    turns = [
        Turn("user", "I'm pregnant"),
        Turn("assistant", "Zog.", forgotten=("pregnant",)),
        Turn("user", "How long?"),
    ]
    assert [[fact.fact for fact in facts] for facts in remembered_along(turns)] == [["pregnant"], [], []]
    assert [fact.fact for fact in remembered([*turns, Turn("user", "but i am pregnant")])] == ["pregnant"]


def test_only_the_latest_facts_are_remembered():
    messages = [f"I take zogoxetine{chr(97 + n)} 20 mg" for n in range(MAX_FACTS + 3)]
    assert len(facts_after(*messages)) == MAX_FACTS
    assert "on zogoxetinea" not in facts_after(*messages)


@pytest.mark.parametrize(
    ("message", "taken_back"),
    [
        ("I'm not pregnant anymore", {"pregnant"}),
        ("sorry, I am not pregnant", {"pregnant"}),
        ("forget that I'm pregnant", {"pregnant"}),
        ("Forget on warfarin", {"on warfarin"}),
        ("I'm not pregnant anymore, can I take accutane?", set()),
        ("I stopped warfarin and my gums bleed", set()),
        ("How long?", set()),
        ("forget it", set()),
    ],
)
def test_a_message_that_only_takes_back_is_told_from_a_question(message: str, taken_back: set[str]):
    facts = remembered([Turn("user", "I'm pregnant and on warfarin")])
    assert {fact.fact for fact in only_takes_back(message, facts)} == taken_back


@pytest.mark.parametrize(
    ("age", "group"),
    [("5 weeks", "baby"), ("23 months", "baby"), ("2 years", "child"), ("13 years", "teenager"), ("18 years", None)],
)
def test_an_age_puts_one_in_a_group(age: str, group: str | None):
    assert age_group(Fact("age", age, age)) == group


def test_what_a_question_has_already_is_not_searched_twice():
    facts = remembered([Turn("user", "I'm pregnant, on warfarin, and I had Botox five months ago")])
    assert search_words(facts, "How long?") == "pregnant warfarin botox"
    assert search_words(facts, "Is Botox bad for pregnant women?") == "warfarin"


@pytest.mark.parametrize(
    ("fact", "page", "speaks"),
    [
        (Fact("pregnant", "", "x"), "Avoid it in pregnancy.", True),
        (Fact("pregnant", "", "x"), "Avoid it in the sun.", False),
        (Fact("drug", "warfarin", "x"), "Those on blood thinners bruise.", True),
        (Fact("drug", "warfarin", "x"), "Warfarinoid zog.", False),
        (Fact("age", "5 weeks", "x"), "Newborns peel.", True),
    ],
)
def test_a_page_speaks_of_a_fact_by_its_word_or_another_one_for_it(fact: Fact, page: str, speaks: bool):
    found = words_for(fact)
    assert found is not None
    assert bool(found[1].search(page)) == speaks


@pytest.mark.parametrize("kind", ["condition", "procedure", "allergy"])
def test_a_page_need_not_speak_of_other_facts(kind):
    assert words_for(Fact(kind, "zog", "zog")) is None
