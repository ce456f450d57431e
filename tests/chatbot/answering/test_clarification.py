"""What a question back offers."""

from chatbot.answering.clarification import alternatives_for, doctors_for, subjects_for
from index.index import Index


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
