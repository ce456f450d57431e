"""Streams of bytes become lines of text."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.files.limits import MAX_LINE_BYTES
from corpus.files.lines import bounded_lines, text_of
from corpus.records import Problem


def lines_of(data: bytes) -> tuple[list[str], list[Problem]]:
    problems: list[Problem] = []
    return list(bounded_lines(text_of(io.BytesIO(data), head=data[:4]), "file", problems)), problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lines_are_the_same_in_every_encoding(encoding):
    assert lines_of("Zoë\nsaid: “no”\n".encode(encoding)) == (["Zoë\n", "said: “no”\n"], [])


def test_one_line_in_another_encoding_does_not_spoil_the_others():
    assert lines_of("Zoë\n".encode() + "Zoë\n".encode("latin-1"))[0] == ["Zoë\n", "Zoë\n"]


def test_a_line_without_end_is_left_out_and_told_with_its_number():
    lines, problems = lines_of(b"a\n" + b"z" * (MAX_LINE_BYTES + 10) + b"\nb\n")
    assert lines == ["a\n", "\n", "b\n"]
    assert [str(problem) for problem in problems] == [
        "file:2: a line of more than 8 MiB, too long for a thread: left out"
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))))
def test_joined_lines_are_the_text(parts):
    text = "\n".join(parts)
    lines, _ = lines_of(text.encode())
    assert "".join(lines) == text.removeprefix("\ufeff")
