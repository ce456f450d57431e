"""The two pages that the project began with, where they are at hand."""

from pathlib import Path

from corpus import STARTER_CORPUS, Doctor
from tests.conftest import threads_in


def test_the_page_without_author_lines_has_its_ten_answers(seeds: Path):
    (thread,) = threads_in(seeds / "000_7004baaaaa2fe740.txt")
    assert thread.title == "Facial Exercises After Botox"
    assert thread.question is not None
    assert thread.question.startswith("Hello! How soon after Botox")
    assert thread.question.endswith("Many thanks")
    assert thread.disclaimer is None
    assert len(thread.answers) == 10
    assert all(answer.title for answer in thread.answers)
    assert [answer.author for answer in thread.answers if answer.author] == [Doctor(name="Dr. Peter Aldea")]
    assert [len(answer.text.split("\n\n")) for answer in thread.answers] == [1, 4, 4, 1, 1, 1, 1, 4, 1, 3]
    assert thread.answers[2].text.endswith("Dr. Peter Aldea")
    assert thread.answers[9].text.startswith("Hi Ciccia,")
    assert thread.answers[9].text.endswith("Dr. P")


def test_the_page_with_author_lines_has_its_nine_answers_and_their_authors(seeds: Path):
    (thread,) = threads_in(seeds / "004_4042fc4423f3cb27.txt")
    assert thread.title == "Facial Massage/Exercises Post Botox?"
    assert thread.disclaimer is not None
    assert thread.disclaimer.startswith("These answers are for educational purposes")
    assert len(thread.answers) == 9
    authors = [answer.author for answer in thread.answers]
    assert authors == [
        Doctor(None, None, "Dermatologist", "Germantown", 5.0, 4),
        Doctor("Benjamin Barankin", "MD, FRCPC", "Dermatologic Surgeon", "Toronto", 4.9, 49),
        Doctor("Francis R. Palmer, III", "MD", "Facial Plastic Surgeon", "Beverly Hills", 4.6, 24),
        Doctor("Gregory Mesna", "MD, FACS", "Plastic Surgeon", "Minneapolis", 4.7, 18),
        Doctor("Sam Naficy", "MD, FACS", "Facial Plastic Surgeon", "Seattle", 4.7, 221),
        Doctor("Kenneth B. Hughes", "MD", "Plastic Surgeon", "Los Angeles", 4.9, 492),
        Doctor("Martie Gidon", "MD, FRCPC", "Dermatologist", "Toronto", 5.0, 22),
        Doctor("Steven Wallach", "MD", "Plastic Surgeon", "New York", 4.1, 28),
        Doctor("Stephen Prendiville", "MD", "Facial Plastic Surgeon", "Fort Myers", 4.8, 93),
    ]
    assert all("educational purposes" not in answer.text for answer in thread.answers)
    assert thread.answers[8].text.endswith("there should be no residual effects.")


def test_the_starter_corpus_sums_up_the_same_answers_by_the_same_doctors(seeds: Path):
    pages = {thread.title: thread for thread in threads_in(seeds)}
    starters = threads_in(STARTER_CORPUS)
    assert {thread.title for thread in starters} == set(pages)
    for starter in starters:
        page = pages[starter.title]
        assert [answer.title for answer in starter.answers] == [answer.title for answer in page.answers]
        assert [answer.author for answer in starter.answers] == [answer.author for answer in page.answers]
        assert all(answer.kind == "summary" for answer in starter.answers)
