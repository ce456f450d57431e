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
    Answer("a3", 4, "Rest.", author=Doctor("Zug Other", "MA, LMFT", None, "Toronto"), date="2015-03"),
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
        (Filters(tag="zog peel"), [0, 1]),
        (Filters(tag="peels skin"), []),
        (Filters(tag="SKIN"), [0, 1]),
        (Filters(tag='", "'), []),
        (Filters(source="zogsite"), [0, 1]),
        (Filters(source="zigsite.invalid"), [2, 3]),
        (Filters(source="zog.invalid"), [2]),
        (Filters(source="invalid/a2"), [2]),
        (Filters(location="town"), []),
        (Filters(location="new zog"), [1]),
        (Filters(specialty="matologic surgeon"), []),
        (Filters(specialty="surgeons"), [0, 1]),
        (Filters(specialty="surgeon", exact=True), []),
        (Filters(specialty="PLASTIC surgeon", exact=True), [1]),
        (Filters(tag="zog peels", exact=True), [0, 1]),
        (Filters(tag="zog", exact=True), []),
        (Filters(doctor="Zig Invented", min_reviews=8, exact=True), []),
        (Filters(doctor=""), []),
        (Filters(doctor="!"), []),
        (Filters(verbatim_only=True), [0, 1, 3]),
        (Filters(specialty="therapist"), [3]),
        (Filters(specialty="LMFT"), [3]),
        (Filters(specialty="physician"), [0, 1]),
        (Filters(location="canada"), [3]),
        (Filters(since="2015"), [3]),
        (Filters(since="2016"), []),
        (Filters(specialty="surgeon", min_rating=4.5, location="zug"), [0]),
        (Filters(specialty="surgeon", location="nowhere"), []),
    ],
)
def test_only_answers_with_what_is_wanted_pass(store, filters, found):
    assert allowed_answers(store, filters).nonzero()[0].tolist() == found


NAMES = ["Ann Lee", "Joann Leeds", "Ann Leeds", "Mary Ann Lee", "Lee Ann"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ann Lee", ["Ann Lee", "Mary Ann Lee"]),
        ("ann leed", ["Ann Leeds"]),
        ("lee", ["Ann Lee", "Mary Ann Lee", "Lee Ann"]),
        ("le", NAMES),
        ("ann", ["Ann Lee", "Ann Leeds", "Mary Ann Lee", "Lee Ann"]),
        ("eeds", []),
    ],
)
def test_beginnings_of_words_count_only_where_no_name_has_the_words_whole(tmp_path: Path, name, found):
    writer = StoreWriter(tmp_path)
    answers = tuple(Answer(f"a{n}", n, "Rest.", author=Doctor(name)) for n, name in enumerate(NAMES, start=1))
    writer.add_thread(Thread("t", "T", answers))
    writer.close()
    allowed = allowed_answers(Store(tmp_path), Filters(doctor=name))
    assert [NAMES[number] for number in allowed.nonzero()[0]] == found
    alone = allowed_answers(Store(tmp_path), Filters(doctor="ann lee", exact=True))
    assert [NAMES[number] for number in alone.nonzero()[0]] == ["Ann Lee"]


def test_case_and_accents_make_no_difference():
    assert case_folded("Zoë STRAẞE") == case_folded("zoe strasse")


def test_no_filter_is_known_as_none():
    assert not Filters().any()
    assert not Filters(exact=True).any()
    assert Filters(min_rating=0.0).any()
