"""Answers are cut into passages that fit the embedder."""

from hypothesis import given
from hypothesis import strategies as st

from corpus import Answer, Thread
from index.build.passages import PASSAGE_TOKENS, Passage, cut_into_passages, question_text


def count_words(texts):
    return [len(text.split()) for text in texts]


def cut(text: str, *, thread_title: str = "Zog peels", title: str | None = None) -> list[Passage]:
    answer = Answer(id="a", position=1, text=text, title=title)
    (((passages),),) = cut_into_passages([Thread(id="t", title=thread_title, answers=(answer,))], count_words)
    return passages


def test_a_short_answer_is_one_passage_below_its_titles():
    (passage,) = cut("Rest. Then run.", title="Running")
    assert (passage.start, passage.end) == (0, 15)
    assert passage.embedded_text == "Zog peels\nRunning\n\nRest. Then run."
    assert passage.sentences == ((0, 5), (6, 15))


def test_an_answers_title_that_repeats_the_threads_is_not_embedded_twice():
    (passage,) = cut("Rest.", title="zog peels")
    assert passage.embedded_text == "Zog peels\n\nRest."


def test_the_question_is_embedded_below_its_title():
    assert question_text("Zog peels", "May I run?") == "Zog peels\n\nMay I run?"
    assert question_text("Zog peels", None) == "Zog peels"


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20))
def test_passages_hold_whole_sentences_and_the_whole_text(lengths):
    text = " ".join("Rest " + "and rest " * (n - 1) + "now." for n in lengths)
    passages = cut(text)
    assert "".join(text[p.start : p.end] for p in passages).replace(" ", "") == text.replace(" ", "")
    for passage in passages:
        piece = text[passage.start : passage.end]
        assert piece.endswith(".")
        assert len(piece.split()) <= PASSAGE_TOKENS or len(passage.sentences) == 1
        assert passage.embedded_text.endswith(piece)
        assert (passage.sentences[0][0], passage.sentences[-1][1]) == (passage.start, passage.end)


def test_a_sentence_without_an_end_is_cut_and_nothing_is_lost():
    text = ("rest " * 2000).strip()
    passages = cut(text)
    assert len(passages) > 5
    assert sum(p.end - p.start for p in passages) + len(passages) - 1 == len(text)
    assert max(p.end - p.start for p in passages) <= 800


def test_several_threads_are_cut_at_once_each_for_itself():
    threads = [
        Thread(
            id=f"t{n}", title="T", answers=tuple(Answer(id=f"{n}{m}", position=m, text=f"Rest {m}.") for m in range(n))
        )
        for n in range(1, 4)
    ]
    cut = cut_into_passages(threads, count_words)
    assert [[len(passages) for passages in answers] for answers in cut] == [[1], [1, 1], [1, 1, 1]]
