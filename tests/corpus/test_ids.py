"""Ids are made from what names a thing."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import answer_id, thread_id


@given(st.text(), st.text(), st.text())
def test_the_same_page_has_the_same_id(url, title, question):
    first = thread_id(url=url, title=title, question=question)
    assert thread_id(url=url, title=title, question=question) == first
    assert first.isalnum()


def test_white_space_and_the_style_of_quotes_make_no_difference():
    plain = answer_id(thread="t", name=None, title="A", text='It\'s "fine" now.')
    styled = answer_id(thread="t", name=None, title="A", text="It’s “fine”\n  now.")
    assert styled == plain


def test_other_words_and_the_same_words_in_other_fields_make_a_difference():
    ids = {
        thread_id(url=None, title="ab", question="c"),
        thread_id(url=None, title="a", question="bc"),
        thread_id(url="a", title="b", question="c"),
        answer_id(thread="t", name="n", title="a", text="b"),
        answer_id(thread="t", name="n", title=None, text="ab"),
        answer_id(thread="u", name="n", title="a", text="b"),
    }
    assert len(ids) == 6
