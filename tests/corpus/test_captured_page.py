"""Captured pages become threads by their layout."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.captured.lines import is_disclaimer
from corpus.formats.captured.page import read_text_page
from corpus.records import Answer, Doctor, Problem, Thread


def page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def read(text: str) -> tuple[Thread, list[str]]:
    found = list(read_text_page(text, file="page.txt"))
    threads = [record for record in found if isinstance(record, Thread)]
    assert len(threads) == 1, [str(record) for record in found]
    return threads[0], [str(record) for record in found if isinstance(record, Problem)]


def told(answer: Answer) -> tuple[str | None, str]:
    return answer.title, answer.text


TITLES_ONLY = page(
    "Zumba after a zog peel",
    "Hello! When may I dance again?",
    "Zumba after a zog peel",
    "Wait two days. Your skin needs them.",
    "Re: Zumba after a zog peel",
    "There is no need to wait.",
    "I have seen no harm in it.",
    "Dr. Zog Invented",
    "Dancing after peels...",
    "Dance when you like",
)


def test_without_author_lines_the_titles_part_the_answers():
    thread, problems = read(TITLES_ONLY)
    assert thread.title == "Zumba after a zog peel"
    assert thread.question == "Hello! When may I dance again?"
    assert [told(answer) for answer in thread.answers] == [
        ("Zumba after a zog peel", "Wait two days. Your skin needs them."),
        ("Re: Zumba after a zog peel", "There is no need to wait.\n\nI have seen no harm in it.\n\nDr. Zog Invented"),
        ("Dancing after peels...", "Dance when you like"),
    ]
    assert [answer.position for answer in thread.answers] == [1, 2, 3]
    assert problems == []


def test_a_signature_names_the_author_and_stays_in_the_text():
    thread, _ = read(TITLES_ONLY)
    assert [answer.author for answer in thread.answers] == [None, Doctor(name="Dr. Zog Invented"), None]


WITH_AUTHORS = page(
    "Is zog peel itching normal?",
    "It itches.\nIs that normal?",
    "I also slept badly.",
    "Doctor Answers 3",
    "Itching",
    "It is.",
    "Zug Invented Dermatologist\n5.0 out of 5 stars 4 reviews",
    "Zog Peels",
    "It is not.\n\nCome and see me",
    "Zog B. Invented, MD, FACS\nBeverly Zogs Facial Plastic Surgeon\n4.6 out of 5 stars 24 reviews",
    "I agree with the others.",
    "Zig Invented, RN",
    "These answers are for educational purposes and are no substitute for medical advice. Call 911 in an emergency.",
)


def test_author_lines_close_their_answer():
    thread, problems = read(WITH_AUTHORS)
    assert thread.question == "It itches.\nIs that normal?\n\nI also slept badly."
    assert [told(answer) for answer in thread.answers] == [
        ("Itching", "It is."),
        ("Zog Peels", "It is not.\n\nCome and see me"),
        (None, "I agree with the others."),
    ]
    assert problems == []


def test_each_author_has_what_the_page_says_and_nothing_else():
    thread, _ = read(WITH_AUTHORS)
    assert [answer.author for answer in thread.answers] == [
        Doctor(specialty="Dermatologist", location="Zug Invented", rating=5.0, reviews=4),
        Doctor(
            name="Zog B. Invented",
            credentials="MD, FACS",
            specialty="Facial Plastic Surgeon",
            location="Beverly Zogs",
            rating=4.6,
            reviews=24,
        ),
        Doctor(name="Zig Invented", credentials="RN"),
    ]


def test_the_sites_disclaimer_belongs_to_the_thread_and_to_no_answer():
    thread, _ = read(WITH_AUTHORS)
    assert thread.disclaimer is not None
    assert is_disclaimer(thread.disclaimer)
    assert all("911" not in answer.text for answer in thread.answers)


def test_author_lines_may_stand_before_the_text():
    thread, problems = read(
        page(
            "Is zog peel itching normal?",
            "It itches.",
            "2 answers",
            "Zog Invented, MD\nZug Dermatologist",
            "It is, for a day.",
            "Zig Invented, RN\n4.0 out of 5 stars 2 reviews",
            "It is not.",
            "Come and see us.",
        )
    )
    assert [(answer.author and answer.author.name, answer.text) for answer in thread.answers] == [
        ("Zog Invented", "It is, for a day."),
        ("Zig Invented", "It is not.\n\nCome and see us."),
    ]
    assert problems == []


def test_author_lines_may_stand_between_title_and_text():
    thread, _ = read(
        page(
            "Is zog peel itching normal?",
            "It itches.",
            "2 answers",
            "Yes it is",
            "Zog Invented, MD",
            "For a day.",
            "No it is not",
            "Zig Invented, RN",
            "Come and see us.",
        )
    )
    assert [(answer.author and answer.author.name, *told(answer)) for answer in thread.answers] == [
        ("Zog Invented", "Yes it is", "For a day."),
        ("Zig Invented", "No it is not", "Come and see us."),
    ]


def test_author_lines_may_touch_the_text_or_be_parted_by_blank_lines():
    thread, _ = read(
        page(
            "Is zog peel itching normal?",
            "It itches.",
            "2 answers",
            "It is, for a day.\nZog Invented, MD\nZug Dermatologist\n4.0 out of 5 stars 2 reviews",
            "It is not.",
            "Zig Invented, RN",
            "Zug Nurse Practitioner",
            "3.0 out of 5 stars 1 review",
        )
    )
    assert [answer.text for answer in thread.answers] == ["It is, for a day.", "It is not."]
    assert [answer.author for answer in thread.answers] == [
        Doctor("Zog Invented", "MD", "Dermatologist", "Zug", 4.0, 2),
        Doctor("Zig Invented", "RN", "Nurse Practitioner", "Zug", 3.0, 1),
    ]


def test_a_count_that_does_not_agree_is_told():
    thread, problems = read(WITH_AUTHORS.replace("Doctor Answers 3", "Doctor Answers 4"))
    assert len(thread.answers) == 3
    assert problems == ["page.txt: the page says that it has 4 answers, 3 were found"]


def test_more_than_five_stars_are_left_out_and_told():
    thread, problems = read(WITH_AUTHORS.replace("4.6 out of 5", "46 out of 5"))
    author = thread.answers[1].author
    assert author is not None
    assert (author.rating, author.reviews) == (None, 24)
    assert problems == ["page.txt:23: 46 stars of 5 can't be: the rating is left out"]


def test_prose_that_is_no_page_of_answers_is_told_and_not_guessed():
    found = list(read_text_page(page("Notes", "I went out.", "Later", "I came home."), file="notes.txt"))
    assert [str(record) for record in found] == [
        "notes.txt: no answers found: expected a title, a question and then answers with titles or author lines"
    ]


def test_an_empty_file_is_told():
    assert [str(record) for record in read_text_page(" \n\n", file="empty.txt")] == [
        "empty.txt: the file is empty: nothing to read"
    ]


def test_reading_again_gives_the_same_ids_and_one_changed_answer_changes_its_id_alone():
    first, _ = read(WITH_AUTHORS)
    again, _ = read(WITH_AUTHORS)
    changed, _ = read(WITH_AUTHORS.replace("Come and see me", "Come and see me soon"))
    assert again == first
    assert changed.id == first.id
    differs = [a.id != b.id for a, b in zip(first.answers, changed.answers, strict=True)]
    assert differs == [False, True, False]


WORDS = st.lists(st.sampled_from("zog peel itches when skin glows softly under lamps".split()), min_size=2, max_size=8)
SENTENCES = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=3).map("\n\n".join)
TITLES = WORDS.map(lambda words: " ".join(words).capitalize())
NAMES = st.tuples(st.sampled_from(["Zog", "Zig", "Zoë"]), st.sampled_from(["Invented", "Madeup-Zed", "O'Nobody"])).map(
    " ".join
)
AUTHORS = st.builds(
    Doctor,
    name=NAMES,
    credentials=st.sampled_from(["MD", "DO", "MD, FACS", "RN", "PA-C", "MBChB, FRCPC"]),
    specialty=st.sampled_from(["Dermatologist", "Facial Plastic Surgeon", "Nurse Practitioner"]),
    location=st.sampled_from(["Zug", "New Zogtown", "Port Zed"]),
    rating=st.integers(10, 50).map(lambda tenths: tenths / 10),
    reviews=st.integers(0, 5000),
)


@given(TITLES, TEXTS, st.lists(st.tuples(st.none() | TITLES, TEXTS, AUTHORS), min_size=1, max_size=6))
def test_a_page_that_is_written_from_any_thread_is_read_back_as_it(title, question, answers):
    blocks = [title, question, f"Doctor Answers {len(answers)}"]
    for answer_title, text, author in answers:
        practice = f"{author.location} {author.specialty}"
        stars = f"{author.rating:.1f} out of 5 stars {author.reviews} reviews"
        blocks += [*([answer_title] if answer_title else []), text]
        blocks.append(f"{author.name}, {author.credentials}\n{practice}\n{stars}")
    thread, problems = read(page(*blocks))
    assert (thread.title, thread.question) == (title, question)
    assert [(answer.title, answer.text, answer.author) for answer in thread.answers] == answers
    assert problems == []


@given(TITLES, SENTENCES, st.lists(st.tuples(TITLES, TEXTS), min_size=1, max_size=6))
def test_a_page_of_titled_answers_without_authors_is_read_back_as_it(title, question, answers):
    blocks = [block for answer in answers for block in answer]
    thread, _ = read(page(title + "?", question, *blocks))
    assert [told(answer) for answer in thread.answers] == answers


@given(st.text())
def test_any_text_gives_threads_or_problems_and_no_error(text):
    assert list(read_text_page(text, file="any.txt"))
