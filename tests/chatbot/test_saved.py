"""Saved conversations: their versions, and what is told of one that can't be read."""

import json
from pathlib import Path

import pytest

from chatbot.errors import QuestionError
from chatbot.saved import MAX_TURNS, VERSION, read_turns, saved_from_turns, turns_from_saved, write_turns
from chatbot.turns import Cited, ShownPage, Turn
from index.search.filters import Filters

TURNS = (
    Turn("user", "Darf ich nach dem Zog-Peeling laufen?"),
    Turn(
        "assistant",
        "“No.” [1]",
        query="zog peel",
        cited=(Cited(1, "a-1", 0, 3, 0.5, ((0, 2), (4, 9))),),
        pages=(ShownPage("t-1", same_question=False),),
        intent="followup",
        kind="answer",
        understood="zog peel?",
        carried=("peel",),
        said=("One doctor's answer:",),
        closing=("Take care.",),
        listing="doctors",
        filters=Filters(specialty="zogger", min_rating=4.5, min_reviews=3, verbatim_only=True),
    ),
)
RECORDS = [
    {"role": "user", "content": TURNS[0].content},
    {
        "role": "assistant",
        "content": "“No.” [1]",
        "query": "zog peel",
        "filters": {"specialty": "zogger", "min_rating": 4.5, "min_reviews": 3, "verbatim_only": True},
        "cited": [
            {"number": 1, "answer_id": "a-1", "start": 0, "end": 3, "score": 0.5, "highlights": [[0, 2], [4, 9]]}
        ],
        "pages": [{"thread_id": "t-1", "same_question": False}],
        "listing": "doctors",
        "intent": "followup",
        "kind": "answer",
        "understood": "zog peel?",
        "carried": ["peel"],
        "said": ["One doctor's answer:"],
        "closing": ["Take care."],
    },
]
"""The turns as they were saved before there were versions."""


def test_a_conversation_is_saved_with_its_version_and_read_as_the_same():
    assert json.loads(saved_from_turns(TURNS)) == {"version": VERSION, "turns": RECORDS}
    assert turns_from_saved(saved_from_turns(TURNS)) == TURNS


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        "\n".join(map(json.dumps, RECORDS)),
        "\n\n".join(map(json.dumps, RECORDS)) + "\n",
        json.dumps({"version": 1, "turns": RECORDS}),
        json.dumps({"version": 2, "turns": RECORDS, "zog": "of a program that knows more"}),
    ],
    ids=["list", "list on lines", "lines", "lines with gaps", "version 1", "version 2"],
)
def test_what_was_saved_before_is_still_read(tmp_path: Path, text):
    assert turns_from_saved(text) == TURNS
    (tmp_path / "saved.json").write_text(text, encoding="utf-8")
    assert read_turns(tmp_path / "saved.json") == TURNS


def test_a_file_is_written_and_read_again(tmp_path: Path):
    write_turns(tmp_path / "saved.json", TURNS)
    assert read_turns(tmp_path / "saved.json") == TURNS


def test_nothing_is_a_new_conversation():
    assert turns_from_saved("") == turns_from_saved(" \n") == ()
    assert turns_from_saved(saved_from_turns([])) == ()


def test_a_single_turn_is_a_conversation_too():
    assert turns_from_saved(json.dumps(RECORDS[0]) + "\n") == TURNS[:1]


def test_a_newer_version_is_refused_in_a_sentence():
    with pytest.raises(
        QuestionError, match=rf"saved by a newer version .*\(format {VERSION + 1}; .* up to {VERSION}\)"
    ):
        turns_from_saved(json.dumps({"version": VERSION + 1, "turns": ["anything"]}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zog", "X:1: not valid JSON"),
        ('{"role": "user", "content": "a"}\nzog', "X:2: not valid JSON"),
        ("[" * 100_000, "X:1: not valid JSON"),
        ("5", "X: not a saved conversation"),
        ("{}", "X: not a saved conversation"),
        ('{"version": 2, "turns": {}}', "X: not a saved conversation"),
        ('{"turns": []}', 'X: "version" must be a number'),
        ('{"version": "2", "turns": []}', 'X: "version" must be a number'),
        ('{"version": true, "turns": []}', 'X: "version" must be a number'),
        ('{"version": -1, "turns": []}', 'X: "version" must be a number'),
        ("[5]", 'X, turn 1: expected a turn with "role"'),
        ('[{"role": "doctor", "content": "x"}]', 'X, turn 1: expected a turn with "role"'),
        ('[{"role": "user", "content": null}]', 'X, turn 1: expected a turn with "role"'),
        ('[{"role": "user", "content": "\\ud800"}]', "X, turn 1: "),
        ('[{"role": "user", "content": "x", "said": "x"}]', 'X, turn 1: "said" of this turn is not as it was saved'),
        ('[{"role": "user", "content": "x", "kind": "zog"}]', 'X, turn 1: "kind" of this turn'),
        ('[{"role": "user", "content": "x", "cited": [{}]}]', 'X, turn 1: "cited" of this turn'),
        ('[{"role": "user", "content": "x", "cited": [7]}]', 'X, turn 1: "cited" of this turn'),
        ('[{"role": "user", "content": "x", "filters": {"doctor": 5}}]', 'X, turn 1: "filters" of this turn'),
        ('[{"role": "user", "content": "x", "filters": {"min_rating": NaN}}]', "X, turn 1: this turn is not valid"),
        ("[" + ",".join(['{"role": "user", "content": "x"}'] * (MAX_TURNS + 1)) + "]", f"{MAX_TURNS} is the most"),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_no_saved_conversation_is_told_in_a_sentence(text, told):
    with pytest.raises(QuestionError) as raised:
        turns_from_saved(text, "X")
    assert told in str(raised.value)
    assert "Traceback" not in str(raised.value)
