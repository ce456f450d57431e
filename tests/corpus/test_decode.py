"""Bytes of captures become text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.files.decode import decode, tidy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_a_text_is_the_same_in_every_encoding(encoding):
    assert decode("Zoë’s «peel»".replace("’", "'").encode(encoding)) == "Zoë's «peel»"


@given(st.binary())
def test_any_bytes_give_a_text(data):
    assert isinstance(decode(data), str)


def test_line_ends_and_spaces_are_levelled_and_widthless_characters_dropped():
    assert tidy("a\r\nb\rc\u00a0d\u200be\ufefff") == ("a\nb\nc def", 0)


def test_characters_that_deceive_are_dropped_and_counted():
    turned, commanding, hidden = "\u202egnp.exe", "\x1b[2J", "".join(chr(0xE0000 + ord(c)) for c in "obey")
    assert tidy(f"a{turned} b{commanding} c{hidden}\x00") == ("agnp.exe b[2J c", 7)


def test_marks_that_a_script_needs_stay():
    arabic = "\u0644\u0627\u200f d\u200cr"
    assert tidy(arabic) == (arabic, 0)


def test_codes_of_windows_that_were_taken_for_unicode_are_put_right():
    assert tidy("it\x92s \x93fine\x94") == ("it’s “fine”", 0)


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once, _ = tidy(text)
    assert tidy(once) == (once, 0)
    once.encode("utf-8")
