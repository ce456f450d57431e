"""How likely each answer that was found answers the question."""

import pytest

from chatbot.answering.relevance import READ, Relevance, relevance
from index.index import Index


def relevant(question: str, index: Index) -> Relevance:
    query = index.query(question)
    return relevance(question, query, index.search(query, 30), index)


def test_as_many_hits_are_read_as_pay_for_their_time(starter_index):
    found = relevant("Can I do facial exercises right after Botox?", starter_index)
    assert len(found.answers) == READ
    assert all(0 <= probability <= 1 for probability in found.answers.values())


@pytest.mark.parametrize(
    ("question", "answerability"),
    [
        ("Can I do facial exercises right after Botox?", "answers"),
        ("Can I have Botox while breastfeeding?", "related"),
        ("Who won the football match last night?", "nothing"),
    ],
)
def test_what_the_pages_answer_is_told_from_what_they_come_near_to_and_from_all_else(
    starter_index, question, answerability
):
    assert relevant(question, starter_index).answerability == answerability


def test_what_is_far_off_is_not_read(starter_index):
    assert relevant("Who won the football match last night?", starter_index).answers == {}


def test_without_hits_there_is_nothing(starter_index):
    assert relevance("anything", starter_index.query("anything"), [], starter_index) == Relevance("nothing", {})
