"""What is in a corpus: lists, counts and a map."""

import numpy as np
import pytest

from corpus import Answer, Doctor, Thread
from index.build.build import build_index
from index.index import Index
from index.search.filters import NO_FILTERS, Filters
from tests.conftest import invented_thread


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder) -> Index:
    directory = tmp_path_factory.mktemp("overview")
    zogger = Doctor("Zog Invented", specialty="Zogger")
    threads = [
        invented_thread("itching-one", "Itching lasts.", "Cool it.", tags=("itching", "skin")),
        invented_thread("itching-two", "Itching goes.", tags=("itching",)),
        Thread("swelling", "Swelling after florbin", (Answer("s-1", 1, "Swelling goes.", author=zogger),)),
        invented_thread("flying", "Fly after a week."),
    ]
    build_index(threads, directory, embedder, corpus=["x"])
    return Index(directory, embedder)


def test_threads_are_listed_in_the_order_of_the_corpus_page_by_page(index):
    threads, total = index.browse(NO_FILTERS, first=1, count=2)
    assert [thread.id for thread in threads] == ["itching-two", "swelling"]
    assert total == 4


def test_a_thread_is_listed_if_any_of_its_answers_passes_the_filters(index):
    threads, total = index.browse(Filters(specialty="zogger"))
    assert ([thread.id for thread in threads], total) == (["swelling"], 1)
    assert index.browse(Filters(tag="itching"))[1] == 2
    assert index.browse(Filters(doctor="nobody")) == ([], 0)


def test_topics_are_counted_by_answers_most_first(index):
    assert index.overview.topics() == [("itching", 3), ("skin", 2)]
    assert index.overview.specialties() == [("Zogger", 1)]


def test_the_map_has_a_point_for_each_thread_and_is_the_same_each_time(index):
    points = index.overview.map(10)
    assert {point.thread_id for point in points} == {"itching-one", "itching-two", "swelling", "flying"}
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in points)
    assert points == index.overview.map(10)
    assert len(index.overview.map(2)) == 2


def test_what_is_asked_alike_lies_near_on_the_map(index):
    places = {point.thread_id: np.array([point.x, point.y]) for point in index.overview.map(10)}
    near = np.linalg.norm(places["itching-one"] - places["itching-two"])
    assert near < np.linalg.norm(places["itching-one"] - places["flying"])
