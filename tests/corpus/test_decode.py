"""Bytes of captures become text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decode import decode, tidy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_a_text_is_the_same_in_every_encoding(encoding):
    assert decode("Zoë’s «peel»".replace("’", "'").encode(encoding)) == "Zoë's «peel»"


@given(st.binary())
def test_any_bytes_give_a_text(data):
    assert isinstance(decode(data), str)


def test_line_ends_and_spaces_are_levelled_and_widthless_characters_dropped():
    assert tidy("a\r\nb\rc\u00a0d\u200be\ufefff") == "a\nb\nc def"
