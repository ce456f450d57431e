"""Which pages and answers a reply shows."""

from chatbot.answering.selection import MAX_ANSWERS, MAX_PAGES, choose_pages
from corpus import Thread
from index.records import Hit, Parts
from tests.conftest import invented_thread

EXPLAINS = (
    "Itching after a zog peel usually lasts a week, because the skin renews itself, and most patients need nothing."
)
VERDICT = "you are not pregnant. your tests are normal nothing to worry about"


def hits(*pages: tuple[Thread, tuple[float, ...]]) -> list[Hit]:
    found = [
        Hit(thread, answer, 0, score, (0, 1), Parts(passage=score, whole=score, question=score, words=0.0))
        for thread, scores in pages
        for answer, score in zip(thread.answers, scores, strict=True)
    ]
    return sorted(found, key=lambda hit: -hit.score)


def chosen(found: list[Hit], same: frozenset[str] = frozenset(), relevance: dict[str, float] | None = None):
    relevance = {hit.answer.id: hit.score for hit in found} if relevance is None else relevance
    pages = choose_pages(found, relevance, {hit.thread.id: hit.thread.id in same for hit in found})
    return [(page.thread.id, [hit.answer.id for hit in page.hits]) for page in pages]


def texts(count: int) -> list[str]:
    return [f"{EXPLAINS} Number {n}." for n in range(count)]


def test_answers_stand_by_page_best_page_first():
    one, two = invented_thread("one", *texts(2)), invented_thread("two", *[f"Two: {text}" for text in texts(2)])
    assert chosen(hits((one, (0.8, 0.78)), (two, (0.82, 0.79)))) == [
        ("two", ["two-1", "two-2"]),
        ("one", ["one-1", "one-2"]),
    ]


def test_only_as_many_as_answer_are_shown():
    thread = invented_thread("one", *texts(4))
    assert chosen(hits((thread, (0.9, 0.88, 0.4, 0.3)))) == [("one", ["one-1", "one-2"])]


def test_a_second_answer_is_shown_though_it_is_a_little_further_off():
    thread = invented_thread("one", *texts(3))
    assert chosen(hits((thread, (0.9, 0.5, 0.49)))) == [("one", ["one-1", "one-2"])]


def test_the_answer_that_is_most_likely_to_answer_comes_first():
    thread = invented_thread("one", *texts(2))
    found = hits((thread, (0.8, 0.79)))
    assert chosen(found, relevance={"one-1": 0.3, "one-2": 0.4})[0][1][0] == "one-2"


def test_an_answer_that_speaks_of_the_person_is_shown_though_it_is_further_off():
    one, two = invented_thread("one", *texts(2)), invented_thread("two", f"In pregnancy: {EXPLAINS}")
    found = hits((one, (0.8, 0.7)), (two, (0.6,)))
    relevance = {hit.answer.id: hit.score**3 for hit in found}
    same = {"one": False, "two": False}
    assert [page.thread.id for page in choose_pages(found, relevance, same)] == ["one"]
    assert [page.thread.id for page in choose_pages(found, relevance, same, {"two-1"})] == ["one", "two"]


def test_an_answer_that_was_not_read_is_not_shown():
    thread = invented_thread("one", *texts(2))
    assert chosen(hits((thread, (0.8, 0.79))), relevance={"one-2": 0.4}) == [("one", ["one-2"])]


def test_there_are_at_most_so_many_pages_and_answers():
    pages = [(invented_thread(f"page-{n}", *[f"{n} {text}" for text in texts(3)]), (0.8, 0.8, 0.8)) for n in range(6)]
    shown = chosen(hits(*pages))
    assert len(shown) <= MAX_PAGES
    assert sum(len(answers) for _, answers in shown) == MAX_ANSWERS


def test_no_text_is_shown_twice():
    one, two = invented_thread("one", EXPLAINS), invented_thread("two", EXPLAINS)
    assert len(chosen(hits((one, (0.8,)), (two, (0.8,))))) == 1


def test_a_verdict_on_another_patient_is_left_out_unless_the_page_asks_the_same(embedder):
    thread = invented_thread("one", VERDICT, EXPLAINS)
    found = hits((thread, (0.9, 0.89)))
    assert chosen(found) == [("one", ["one-2"])]
    assert chosen(found, frozenset(["one"])) == [("one", ["one-1", "one-2"])]


def test_where_all_are_verdicts_there_is_no_page(embedder):
    assert chosen(hits((invented_thread("one", VERDICT), (0.9,)))) == []


def test_nothing_gives_nothing():
    assert choose_pages([], {}, {}) == []
