"""What the asker wrote stays in its thread, and is never found or counted."""

from dataclasses import replace

import pytest

from chatbot.answering.suggestions import example_questions
from corpus import Answer, CorpusError, Doctor, Thread
from index.build.build import build_index
from index.index import Index
from index.search.filters import NO_FILTERS, Filters
from index.storage.check import check_index
from tests.conftest import invented_thread

FAN = Doctor("Zogfan Invented", specialty="Patient", location="Zug", rating=5.0)
THANKS = "Thank you! I glorbed my zog peel for itching and it helped me a lot."
ASKED = "Did you glorb the zog peel for itching?"


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder) -> Index:
    directory = tmp_path_factory.mktemp("by-asker")
    peel = invented_thread("itching-after-a-zog-peel", "Itching is usual for a week. Cool the skin.", tags=("peel",))
    thanks = Answer("thanks", 2, THANKS, title="Shall I glorb it?", author=FAN, by_asker=True)
    alone = Answer("alone", 1, THANKS + " Anyone?", author=FAN, by_asker=True)
    threads = [
        replace(peel, answers=(*peel.answers, thanks)),
        Thread("unanswered", "May I glorb a zog peel?", (alone,), tags=("glorbing",)),
        invented_thread("price-of-a-zog-peel", "It costs ten zogs.", tags=("price",)),
    ]
    build_index(threads, directory, embedder, corpus=["invented"])
    return Index(directory, embedder)


@pytest.mark.parametrize("filters", [None, Filters(doctor="Zog"), Filters(tag="glorb"), Filters(location="Zug")])
def test_it_is_never_found(index, filters):
    found = [hit.answer for hit in index.search(ASKED, 10, filters)]
    assert not any(answer.by_asker for answer in found)
    assert bool(found) == (filters in (None, Filters(doctor="Zog")))


def test_it_stays_in_its_thread(index):
    thread = index.thread("itching-after-a-zog-peel")
    assert thread is not None
    assert [answer.by_asker for answer in thread.answers] == [False, True]
    assert index.thread_of_answer("thanks") == thread
    assert index.thread("unanswered") is not None


def test_it_counts_for_no_doctor(index):
    assert index.answers_by("Zogfan Invented") == []
    assert index.values_of("name") == ("Zog Invented 1",)
    assert index.values_of("specialty") == index.values_of("location") == ()
    manifest = index.manifest
    assert (manifest.threads, manifest.answers, manifest.by_asker, manifest.doctors) == (3, 2, 2, 1)
    assert index.overview.topics() == [("peel", 1), ("price", 1)]
    assert index.overview.specialties() == []


def test_a_thread_without_a_doctors_answer_is_not_listed_and_no_example(index):
    threads, total = index.browse(NO_FILTERS)
    assert ([thread.id for thread in threads], total) == (["itching-after-a-zog-peel", "price-of-a-zog-peel"], 2)
    assert index.browse(Filters(tag="glorbing")) == ([], 0)
    assert [thread.id for thread in index.sample_threads(3)] == [thread.id for thread in threads]
    assert {point.thread_id for point in index.overview.map(10)} == {thread.id for thread in threads}
    assert example_questions(index, 9) == ["itching after a zog peel", "price of a zog peel"]


def test_its_words_are_not_the_corpuss(index):
    assert index.vocabulary_overlap(["glorbed"]) == 0
    assert index.vocabulary_overlap(["itching"]) == 1


def test_the_index_is_sound(index):
    assert check_index(index.directory) == index.manifest


def test_a_corpus_of_askers_only_makes_no_index(tmp_path, embedder):
    alone = Answer("alone", 1, THANKS, by_asker=True)
    with pytest.raises(CorpusError, match="No answers were found"):
        build_index([Thread("t", "Zog?", (alone,))], tmp_path, embedder, corpus=["invented"])
