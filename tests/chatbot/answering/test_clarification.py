"""What a question back offers."""

import pytest

from chatbot.answering.clarification import alternatives_for, doctors_for, subject_of, subjects_for
from index.build.build import build_index
from index.index import Index
from tests.conftest import invented_thread


def test_it_may_be_each_of_the_things_that_a_question_names():
    assert alternatives_for("is it safe?", "botox or dysport?") == ("is botox safe?", "is dysport safe?")
    assert alternatives_for("is it safe?", "Does botox hurt?") == ()
    assert alternatives_for("which lasts longer?", "botox or dysport?") == ()


def test_she_may_be_each_of_the_doctors():
    names = ["Ada Zog", "Zig Invented"]
    assert doctors_for("what else did she write?", names) == (
        "what else did Ada Zog write?",
        "what else did Zig Invented write?",
    )
    assert doctors_for("What did Dr. Zog say?", ["Ada Zog", "Ida Zog"]) == (
        "What did Ada Zog say?",
        "What did Ida Zog say?",
    )


def test_what_names_nothing_may_be_about_what_the_corpus_has(starter_index: Index):
    assert 2 <= len(subjects_for("is it safe?", starter_index)) <= 3


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("my wife is really considering gastric sleeve surgery in mexico is it safe?", "gastric sleeve surgery"),
        (
            "i have swelling and numbness after mandible surgery. how long?",
            "swelling and numbness after mandible surgery",
        ),
        ("What are the treatments for Ulcerative Colitis ?", "Ulcerative Colitis"),
        ("can headache occur as a side effect of bp medicine?", "headache occur"),
        ("i take prilosec 20mgs (otc) and have taken this daily for over 10 yrs straight?", "prilosec 20mgs"),
        ("How do I get over my fears of dying?", "fears of dying"),
        ("What should I do?", None),
        ("Should I end it?", None),
    ],
)
def test_the_subject_of_a_title_is_a_few_of_its_words(title, subject):
    assert subject_of(title) == subject


def test_choices_are_short_distinct_and_in_the_words_of_the_pages(tmp_path, embedder):
    titles = [
        "i have been having a burning feeling in my left kneecap since i fell down the stairs of the zog tower in may",
        "i have been having a burning feeling in my left kneecap since i fell down the stairs of the zog tower in june",
        "my husband is really considering a zogplasty of the nose abroad and i would like to know whether it is safe?",
        "diagnosed with a thyroid nodule and elevated calcium levels what should i do next and whom should i see?",
        "is there anything that a person with chronic migraine can do about the nausea in the mornings before work?",
    ]
    threads = [invented_thread(f"page-{n}", f"{title} Wait two weeks.", title=title) for n, title in enumerate(titles)]
    build_index(threads, tmp_path, embedder, corpus=["x"])
    choices = subjects_for("is it safe?", Index(tmp_path, embedder))
    assert 2 <= len(choices) <= 3
    assert [choice for choice in choices if len(choice) > 45 or not any(choice in title for title in titles)] == []
    assert len({frozenset(choice.lower().split()) for choice in choices}) == len(choices)
