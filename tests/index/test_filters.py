"""Filters choose answers by what their pages say."""

from pathlib import Path

import pytest

from corpus import Answer, Doctor, Thread
from corpus.text.normalisation import case_folded
from index.search.filters import Filters, allowed_answers
from index.storage.store import Store
from index.storage.store_writer import StoreWriter

ANSWERS = (
    Answer("a0", 1, "Rest.", author=Doctor("Zoë Invented", "MD", "Dermatologic Surgeon", "Zug", 4.8, 100)),
    Answer("a1", 2, "Rest.", author=Doctor("Zig Invented", "DO", "Plastic Surgeon", "New Zogtown", 4.1, 7)),
    Answer("a2", 3, "Rest.", kind="summary", url="https://zog.invalid/a2"),
    Answer("a3", 4, "Rest.", author=Doctor(name="Zug Other")),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    writer = StoreWriter(tmp_path)
    writer.add_thread(Thread("t0", "T", ANSWERS[:2], tags=("Zog peels", "skin"), source="zogsite"))
    writer.add_thread(Thread("t1", "U", ANSWERS[2:], url="https://zigsite.invalid/u"))
    writer.close()
    return Store(tmp_path)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), [0, 1, 2, 3]),
        (Filters(specialty="dermat"), [0]),
        (Filters(specialty="SURGEON"), [0, 1]),
        (Filters(location="zog"), [1]),
        (Filters(doctor="zoe"), [0]),
        (Filters(doctor="Invented"), [0, 1]),
        (Filters(min_rating=4.1), [0, 1]),
        (Filters(min_rating=4.5), [0]),
        (Filters(min_reviews=8), [0]),
        (Filters(tag="peel"), [0, 1]),
        (Filters(source="zogsite"), [0, 1]),
        (Filters(source="zigsite.invalid"), [2, 3]),
        (Filters(source="zog.invalid"), [2]),
        (Filters(verbatim_only=True), [0, 1, 3]),
        (Filters(specialty="surgeon", min_rating=4.5, location="zug"), [0]),
        (Filters(specialty="surgeon", location="nowhere"), []),
    ],
)
def test_only_answers_with_what_is_wanted_pass(store, filters, found):
    assert allowed_answers(store, filters).nonzero()[0].tolist() == found


def test_case_and_accents_make_no_difference():
    assert case_folded("Zoë STRAẞE") == case_folded("zoe strasse")


def test_no_filter_is_known_as_none():
    assert not Filters().any()
    assert Filters(min_rating=0.0).any()
