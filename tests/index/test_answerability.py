"""How close hits come to a question: their cosine, less what they lack of its words."""

import pytest

from corpus import Answer, Doctor, Thread
from index.build.build import build_index
from index.index import Index
from index.search.answerability import HITS
from tests.conftest import invented_thread


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder) -> Index:
    directory = tmp_path_factory.mktemp("coverage")
    threads = [
        invented_thread("Itching after a Botox treatment", "Itching after Botox lasts a week. Cool the skin."),
        invented_thread("Swelling after a Botox treatment", "Swelling after Botox goes within two days."),
    ]
    build_index(threads, directory, embedder, corpus=["x"])
    return Index(directory, embedder)


def close(index: Index, question: str) -> tuple[float, float]:
    """Return how close the hits are, and their best cosine."""
    query = index.query(question)
    hits = index.search(query)
    closeness = index.closeness(query, hits)
    assert closeness is not None
    return closeness, max(hit.parts.passage for hit in hits)


def test_a_question_whose_words_a_hit_has_is_as_close_as_its_cosine(index):
    closeness, cosine = close(index, "How long does itching last after Botox?")
    assert closeness == pytest.approx(cosine, abs=0.02)


def test_a_question_about_something_else_of_the_same_treatment_is_further_off(index):
    closeness, cosine = close(index, "How much does Botox cost?")
    assert closeness < cosine - 0.1


def test_a_misspelt_word_counts_as_the_one_that_was_meant(index):
    closeness, cosine = close(index, "How long does itchng last after Botox?")
    assert closeness == pytest.approx(cosine, abs=0.02)


def test_in_a_long_story_missing_words_count_less(index):
    story = "My neighbour gave me a bicycle and a piano, and since Tuesday there is itching after Botox, how long?"
    closeness, cosine = close(index, story)
    assert cosine - 0.1 < closeness < cosine


def test_without_hits_nothing_is_close(index):
    assert index.closeness(index.query("Itching?"), []) is None
    assert index.answerability(index.query("Itching?"), []) == "nothing"


def test_the_hits_with_the_highest_scores_count_however_they_are_ordered(tmp_path, embedder):
    question = "How long does itching last after Botox?"
    text = "Itching after Botox lasts {} days. Cool the skin."
    often = [
        Thread(f"often-{n}", "Itching after Botox", (Answer(f"o{n}", 1, text.format(n), author=Doctor("Zog Often")),))
        for n in range(6)
    ]
    build_index([*often, invented_thread("cake", *["Cake is sweet."] * 9)], tmp_path, embedder, corpus=["x"])
    with Index(tmp_path, embedder) as index:
        query = index.query(question)
        spread, by_score = index.search(query, 30), index.search(query, HITS, diversify=False)
        assert {hit.thread.id for hit in by_score} <= {thread.id for thread in often}
        assert "cake" in {hit.thread.id for hit in spread[:HITS]}
        assert index.closeness(query, spread) == index.closeness(query, by_score)
        missing = "May I eat cake after Botox?"
        query = index.query(missing)
        assert index.closeness(query, index.search(query, 30)) == index.closeness(
            query, index.search(query, HITS, diversify=False)
        )
