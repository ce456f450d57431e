"""How likely each answer that was found answers the question."""

import numpy as np
import pytest

from chatbot.answering.relevance import READ, Relevance, relevance
from chatbot.conversation import Conversation
from index.index import Index
from index.models.reader import packaged_reader


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


class Favouring:
    """A reader to which one answer answers, and no other; all else is the packaged reader's judgement."""

    def __init__(self, answer_id: str) -> None:
        self.answer_id = answer_id

    def judge(self, question, pages, answers):
        odds = [8.0 if answer.answer.id == self.answer_id else -8.0 for answer in answers]
        return packaged_reader().judge(question, pages, answers)._replace(answers=np.array(odds))


def test_what_the_reader_that_is_given_judges_is_what_ranks(starter_index):
    question = "Can I do facial exercises right after Botox?"
    query = starter_index.query(question)
    hits = starter_index.search(query, 30)
    for hit in hits[:READ]:
        found = relevance(question, query, hits, starter_index, Favouring(hit.answer.id))
        assert max(found.answers, key=found.answers.__getitem__) == hit.answer.id
        cited = Conversation(starter_index, reader=Favouring(hit.answer.id)).fork(0).ask(question).citations
        assert hit.answer.id in [citation.answer.id for citation in cited]
