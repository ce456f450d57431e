"""What a single line of a page is."""

import pytest

from corpus.formats.captured.lines import (
    NameLine,
    RatingLine,
    SpecialtyLine,
    answer_count,
    is_disclaimer,
    name_line,
    rating_line,
    specialty_line,
)


@pytest.mark.parametrize(
    ("line", "name", "credentials"),
    [
        ("Zog Q. Invented, MD", "Zog Q. Invented", "MD"),
        ("Zog Invented, MD, FACS", "Zog Invented", "MD, FACS"),
        ("Zog R. Invented, III, MD", "Zog R. Invented, III", "MD"),
        ("Zog Invented Jr., DO", "Zog Invented Jr.", "DO"),
        ("Zog Invented, MD, FRCPC", "Zog Invented", "MD, FRCPC"),
        ("Zog Invented, PA-C", "Zog Invented", "PA-C"),
        ("Zog Invented, M.D.", "Zog Invented", "M.D."),
        ("Zog Invented, PhD", "Zog Invented", "PhD"),
        ("Zog Invented MD", "Zog Invented", "MD"),
        ("Dr. Zog Invented", "Dr. Zog Invented", None),
        ("Answer by Zog Invented, RN", "Zog Invented", "RN"),
        ("Answered by: Dr. Zog Invented", "Dr. Zog Invented", None),
        ("By Zog van der Invented, MD", "Zog van der Invented", "MD"),
        ("Zoë O'Invented-Smith, MBChB", "Zoë O'Invented-Smith", "MBChB"),
    ],
)
def test_a_line_with_a_title_credentials_or_a_byline_is_certainly_a_name(line, name, credentials):
    found = name_line(line)
    assert found is not None
    assert (found.name, found.credentials, found.certain) == (name, credentials, True)


def test_two_capitalised_words_alone_may_be_a_name_or_a_title():
    assert name_line("Botox Effects") == NameLine(name="Botox Effects", credentials=None, certain=False)


@pytest.mark.parametrize(
    "line",
    [
        "Facial exercises after botox",
        "I saw Dr. Invented, MD, and he said that it was fine.",
        "Yes",
        "Ask a doctor",
        "",
        "Exercise 5 months after Botox",
    ],
)
def test_a_sentence_or_a_lower_case_title_is_no_name(line):
    assert name_line(line) is None


@pytest.mark.parametrize(
    ("line", "specialty", "location"),
    [
        ("Toronto Dermatologist", "Dermatologist", "Toronto"),
        ("Beverly Hills Facial Plastic Surgeon", "Facial Plastic Surgeon", "Beverly Hills"),
        ("Toronto Dermatologic Surgeon", "Dermatologic Surgeon", "Toronto"),
        ("Fort Myers Facial Plastic Surgeon", "Facial Plastic Surgeon", "Fort Myers"),
        ("Dermatologist in Invented Springs, ON", "Dermatologist", "Invented Springs, ON"),
        ("Plastic Surgeon, New Invented, NY", "Plastic Surgeon", "New Invented, NY"),
        ("Family Physician", "Family Physician", None),
        ("Board Certified Dermatologist", "Board Certified Dermatologist", None),
        ("St. Invented Nurse Practitioner", None, None),
    ],
)
def test_a_practice_line_is_parted_into_specialty_and_place(line, specialty, location):
    expected = SpecialtyLine(specialty=specialty, location=location) if specialty else None
    assert specialty_line(line) == expected


@pytest.mark.parametrize(
    "line", ["See a Dermatologist", "Talk to your surgeon", "Facial exercises after botox", "", "I am a Dermatologist"]
)
def test_a_sentence_about_a_specialist_is_no_practice_line(line):
    assert specialty_line(line) is None


@pytest.mark.parametrize(
    ("line", "rating", "reviews"),
    [
        ("5.0 out of 5 stars 4 reviews", 5.0, 4),
        ("4.9 out of 5 stars 492 reviews", 4.9, 492),
        ("4.9/5 (49)", 4.9, 49),
        ("4.9 / 5 (1,049 reviews)", 4.9, 1049),
        ("4.5 stars", 4.5, None),
        ("4.5 out of 5", 4.5, None),
        ("Rating: 4.7 (18 reviews)", 4.7, 18),
        ("4.7 (18)", 4.7, 18),
        ("★★★★☆ 12 reviews", 4.0, 12),
        ("12 reviews", None, 12),
        ("(1 review)", None, 1),
        ("No reviews yet", None, None),
    ],
)
def test_a_rating_line_gives_stars_and_reviews(line, rating, reviews):
    assert rating_line(line) == RatingLine(rating=rating, reviews=reviews)


@pytest.mark.parametrize("line", ["I had 5 treatments", "5 months", "5", "2004", "Botox and massage", ""])
def test_a_line_with_numbers_is_not_always_a_rating(line):
    assert rating_line(line) is None


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Doctor Answers 9", 9),
        ("9 Doctor Answers", 9),
        ("9 answers", 9),
        ("Answers (12)", 12),
        ("1 answer", 1),
        ("Doctors' answers: 3", 3),
        ("I read 9 answers", None),
        ("Answers", None),
    ],
)
def test_the_line_that_counts_the_answers_gives_their_number(line, count):
    assert answer_count(line) == count


def test_a_disclaimer_is_told_by_two_of_its_usual_phrases():
    assert is_disclaimer("For informational purposes only; this is no substitute for professional medical advice.")
    assert not is_disclaimer("This is no substitute for sleep.")
    assert not is_disclaimer("In a medical emergency go to the hospital, and wait until you are seen.")
