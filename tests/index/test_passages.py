"""Answers are cut into passages that fit the embedder."""

from hypothesis import given
from hypothesis import strategies as st

from corpus import Answer, Thread
from index.passages import PASSAGE_TOKENS, answer_passages


def count_words(texts):
    return [len(text.split()) for text in texts]


def cut(text: str, *, thread_title: str = "Zog peels", title: str | None = None):
    answer = Answer(id="a", position=1, text=text, title=title)
    return answer_passages(Thread(id="t", title=thread_title, answers=(answer,)), answer, count_words)


def test_a_short_answer_is_one_passage_below_its_titles():
    (passage,) = cut("Rest. Then run.", title="Running")
    assert (passage.start, passage.end) == (0, 15)
    assert passage.embedded_text == "Zog peels\nRunning\n\nRest. Then run."


def test_an_answers_title_that_repeats_the_threads_is_not_embedded_twice():
    (passage,) = cut("Rest.", title="zog peels")
    assert passage.embedded_text == "Zog peels\n\nRest."


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20))
def test_passages_hold_whole_sentences_and_the_whole_text(lengths):
    text = " ".join("Rest " + "and rest " * (n - 1) + "now." for n in lengths)
    passages = cut(text)
    assert "".join(text[p.start : p.end] for p in passages).replace(" ", "") == text.replace(" ", "")
    assert all(text[p.start : p.end].endswith(".") for p in passages)
    for passage in passages:
        piece = text[passage.start : passage.end]
        assert len(piece.split()) <= PASSAGE_TOKENS or piece.count(".") == 1


def test_a_sentence_without_an_end_is_cut_and_nothing_is_lost():
    text = "rest " * 2000
    passages = cut(text)
    assert len(passages) > 5
    assert sum(p.end - p.start for p in passages) + len(passages) >= len(text.strip())
    assert max(p.end - p.start for p in passages) <= 800


def test_an_answer_of_white_space_has_no_passages():
    assert cut("  ") == []
