"""How likely each answer that was found answers the question."""

from chatbot.answering.relevance import ANSWERS_FROM, READ, relevance
from index.index import Index


def relevant(question: str, index: Index) -> dict[str, float]:
    query = index.query(question)
    return relevance(question, query, index.search(query, 30), index)


def test_as_many_hits_are_read_as_pay_for_their_time(starter_index):
    found = relevant("Can I do facial exercises right after Botox?", starter_index)
    assert len(found) == READ
    assert all(0 <= probability <= 1 for probability in found.values())


def test_what_the_pages_answer_is_told_from_what_they_only_come_near_to(starter_index):
    answered = relevant("Can I do facial exercises right after Botox?", starter_index)
    near = relevant("What does Botox cost in Chicago?", starter_index)
    assert max(answered.values()) >= ANSWERS_FROM > max(near.values())


def test_without_hits_there_is_nothing_to_judge(starter_index):
    assert relevance("anything", starter_index.query("anything"), [], starter_index) == {}
