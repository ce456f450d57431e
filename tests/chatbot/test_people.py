"""What those who answered are called."""

from dataclasses import replace

import pytest

from chatbot.conversation import Conversation
from chatbot.people import people_in, people_of
from corpus import Thread
from index.build.build import build_index
from index.index import Index
from tests.conftest import invented_thread

SLEEP = "To sleep through the night with florbin worries, write the worries down an hour before bed. It takes a week."


def by(thread: Thread, *specialties: str | None) -> Thread:
    """Return a thread whose answers are by people of these specialties."""
    return replace(
        thread,
        answers=tuple(
            replace(answer, author=replace(answer.author, credentials=None, specialty=specialty))
            for answer, specialty in zip(thread.answers, specialties, strict=True)
            if answer.author
        ),
    )


@pytest.fixture(scope="module")
def therapists(embedder, tmp_path_factory) -> Index:
    """An index of one page that two therapists and a dermatologist answered."""
    directory = tmp_path_factory.mktemp("therapists") / "index"
    thread = by(
        invented_thread("florbin-worries-at-night", SLEEP, f"I agree. {SLEEP}", "See somebody about the florbin."),
        "marriage and family therapist",
        "professional counselor",
        "dermatologist",
    )
    build_index([thread], directory, embedder, corpus=["x"])
    return Index(directory, embedder)


def test_they_are_therapists_where_most_are_and_doctors_otherwise(therapists: Index, starter_index: Index, tmp_path):
    for index, people in ((therapists, "therapists"), (starter_index, "doctors")):
        assert people_of(index) == people
        assert people_in(index.directory) == people
    assert people_in(tmp_path / "nowhere") == "doctors"


@pytest.mark.parametrize(
    "message", ["How do I sleep with florbin worries?", "How do I bake bread?", "hello", "who said that?", "any doctor"]
)
def test_a_conversation_calls_them_so(therapists: Index, message: str):
    conversation = Conversation(therapists)
    conversation.ask("How can I sleep through the night with florbin worries?")
    reply = conversation.ask(message)
    assert "octor" not in reply.text + reply.disclaimer
    assert "herapist" in reply.text + reply.disclaimer
    again = Conversation.from_saved(therapists, conversation.saved()).exchange(2)
    assert again
    assert again.reply
    assert (again.reply.said, again.reply.text) == (reply.said, reply.text)
