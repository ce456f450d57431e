"""The reader: what pages and answers are to a question; and that it can be taught."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import sentence_spans
from index.models import low_rank
from index.models.learning.low_rank import Example, LowRankLearner, save_mean
from index.models.reader import AnswerToRead, PackagedReader, answer_text, excerpt, packaged_reader, question_text
from tests.conftest import invented_thread

PAGE = invented_thread(
    "Can I run after a knee injection?",
    "Yes, you can run two days after the injection, as long as the knee is not swollen.",
    "The clinic is open from Monday to Friday, and parking is free.",
)
OTHER = invented_thread("How do I clean contact lenses?", "Rinse them with fresh solution each evening.")


def read(thread, at=0):
    answer = thread.answers[at]
    return AnswerToRead(thread, answer, [(span, 0.5) for span in sentence_spans(answer.text)])


def test_an_answer_that_answers_is_told_from_others():
    answers = [read(PAGE), read(PAGE, 1), read(OTHER)]
    judged = packaged_reader().judge("how soon may i go jogging after a shot in my knee", [PAGE, OTHER], answers)
    assert judged.answers[0] > max(judged.answers[1:])
    assert judged.same_question[0] > judged.same_question[1]


def test_nothing_to_judge_is_no_error():
    judged = packaged_reader().judge("anything", [], [])
    assert (len(judged.same_question), len(judged.answers)) == (0, 0)


def test_pages_and_answers_are_judged_each_by_itself():
    reader, question = packaged_reader(), "can i run after an injection"
    together = reader.judge(question, [PAGE, OTHER], [read(PAGE), read(OTHER)])
    alone = reader.judge(question, [OTHER], [read(PAGE)])
    np.testing.assert_allclose(together.same_question[1], alone.same_question[0], atol=0.1)
    np.testing.assert_allclose(together.answers[0], alone.answers[0], atol=0.1)


@given(st.text(max_size=3000))
def test_a_long_letter_is_read_by_its_beginning_and_its_end(letter: str):
    text = question_text(letter)
    assert len(text) <= 430
    assert len(" ".join(letter.split())) > 420 or text == " ".join(letter.split())


@given(st.lists(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=300), max_size=12), st.data())
def test_an_excerpt_is_whole_sentences_in_a_row_with_the_best_one(sentences, data):
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += f"{sentence}. "
    scores = data.draw(st.lists(st.floats(0, 1), min_size=len(spans), max_size=len(spans)))
    found = excerpt(text, list(zip(spans, scores, strict=True)))
    assert list(found) == [span for span in spans if found[0] <= span <= found[-1]]
    if spans and len(text) > 480:
        assert spans[max(range(len(spans)), key=lambda at: scores[at])] in found
        assert len(found) == 1 or found[-1][1] - found[0][0] <= 480
    else:
        assert list(found) == spans


@given(st.lists(st.text(max_size=200), max_size=8), st.lists(st.floats(0, 1), min_size=8, max_size=8))
def test_each_sentence_that_is_read_is_known_by_its_place_in_the_answer(sentences, scores):
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    thread = invented_thread("Can I run?", text or " ")
    read_text = answer_text(AnswerToRead(thread, thread.answers[0], list(zip(spans, scores, strict=False))))
    for (start, end), (first, last) in read_text.sentences:
        assert read_text.text[start:end] == " ".join(thread.answers[0].text[first:last].split())


def test_sentences_that_answer_are_told_from_others():
    text = "Thank you for asking about your knee. You can run two days after the injection. Our clinic has parking."
    thread = invented_thread("Can I run after a knee injection?", text)
    (judged,) = packaged_reader().judge("how soon can i jog after a shot in my knee", [], [read(thread)]).sentences
    answering = max(judged, key=lambda span: judged[span].answers)
    assert text[slice(*answering)] == "You can run two days after the injection."


def test_adapters_are_learned_and_read_back(tmp_path):
    pairs = [
        Example(f"does {name} hurt", f"{name} {'hurts a lot' if yes else 'costs ten'}", 1, float(yes))
        for name in ("zog", "glim", "vark", "mip", "dorf", "plim", "quib", "snat")
        for yes in (False, True)
    ]
    learner = LowRankLearner(2, max_tokens=32, seed=1)
    learner.learn(pairs * 4, epochs=4, learning_rate=3e-3)
    save_mean([learner.changes()], tmp_path / "adapters.npz")
    model = low_rank.AdaptedModel(tmp_path / "adapters.npz", max_tokens=32, truncation="only_second")
    yes, no = model.values([("does trop hurt", "trop hurts a lot"), ("does trop hurt", "trop costs ten")])[:, 1]
    assert yes > no


def test_a_reader_without_its_file_is_an_error(tmp_path):
    with pytest.raises(OSError, match=r"gone\.npz"):
        PackagedReader(tmp_path / "gone.npz")
