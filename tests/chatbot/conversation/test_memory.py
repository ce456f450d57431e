"""What is remembered of the person over a conversation."""

import pytest

from chatbot.conversation import Conversation
from chatbot.errors import QuestionError
from chatbot.reply import reply_to_record
from index.build.build import build_index
from index.index import Index
from tests.chatbot.conversation import COVERED
from tests.conftest import invented_thread


@pytest.fixture(scope="module")
def acne_index(tmp_path_factory, embedder) -> Index:
    """Invented pages on acne, of which one speaks of pregnancy, among others on hair and sleep."""
    threads = [
        invented_thread(
            "acne-control",
            "Zogotretin alone can control your acne well, after four months at most.",
            "For acne of the chin Zogotretin works best of all.",
            title="Which pill controls acne of the chin?",
        ),
        invented_thread(
            "acne-in-pregnancy",
            "Never take Zogotretin while you are pregnant: ask for azelaic acid against your acne instead.",
            title="Acne while pregnant",
        ),
        invented_thread(
            "hair-loss", "Hair falls out after a fever and grows again.", title="Why does my hair fall out?"
        ),
        invented_thread("sleep", "Go to bed at the same time each evening.", title="How can I sleep better?"),
        invented_thread("nails", "Zog oil makes nails less brittle.", title="Why are my nails brittle?"),
    ]
    directory = tmp_path_factory.mktemp("acne") / "index"
    build_index(threads, directory, embedder, corpus=["x"])
    return Index(directory, embedder)


def test_what_was_said_once_of_the_person_holds_for_every_later_reply(acne_index):
    conversation = Conversation(acne_index)
    first = conversation.ask("I am 12 weeks pregnant and take zogoxetine 20 mg. Why does my hair fall out?")
    assert [fact.fact for fact in first.person] == ["pregnant", "on zogoxetine"]
    reply = conversation.ask("does zogotretin work for acne?")
    assert reply_to_record(reply)["person"] == [
        {"fact": "pregnant", "text": "I am 12 weeks pregnant"},
        {"fact": "on zogoxetine", "text": "and take zogoxetine"},
    ]
    assert "acne-in-pregnancy" in {page.thread.id for page in reply.pages}
    unknown = Conversation(acne_index).ask("does zogotretin work for acne?")
    assert unknown.pages[0].thread.id == "acne-control"
    assert "None of these pages speaks of pregnancy." not in reply.said
    assert reply.said[0] == "None of these pages speaks of zogoxetine."
    assert reply.text.endswith("About you: pregnant; on zogoxetine")
    other = conversation.ask("Which pill controls acne of the chin?")
    assert [page.thread.id for page in other.pages] == ["acne-control", "acne-in-pregnancy"]
    assert other.said[0] == "None of these pages speaks of zogoxetine."


def test_where_no_page_speaks_of_it_the_reply_says_so_first_and_every_way_of_asking_does(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask("i am pregnant")
    warning = "None of these pages speaks of pregnancy."
    for message in (COVERED[0], "the first one", "the others", "Can I donate blood after Botox?"):
        reply = conversation.ask(message)
        assert reply.pages, message
        assert reply.said[0] == warning, message
    assert conversation.ask("How do I bake bread?").said[0] != warning
    assert warning not in Conversation(starter_index).ask(COVERED[0]).said


def test_a_fact_is_removed_for_the_rest_of_the_conversation_and_after_it_is_restored(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask("I am pregnant and on warfarin. Can I do facial exercises right after Botox?")
    assert conversation.forget("Pregnant").text == "I am pregnant"
    again = Conversation.from_saved(starter_index, conversation.saved())
    for one in (conversation, again):
        assert [fact.fact for fact in one.person] == ["on warfarin"]
        assert [fact.fact for fact in one.ask("How long?").person] == ["on warfarin"]
    first = again.exchange(1)
    assert first is not None
    assert first.reply is not None
    assert [fact.fact for fact in first.reply.person] == ["pregnant", "on warfarin"]
    with pytest.raises(QuestionError, match="“pregnant” is not remembered of you. What is remembered: on warfarin."):
        conversation.forget("pregnant")
    with pytest.raises(QuestionError, match="Nothing is remembered"):
        Conversation(starter_index).forget("pregnant")


def test_a_fact_is_taken_back_in_words(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask("I am pregnant. " + COVERED[0])
    reply = conversation.ask("I'm not pregnant anymore")
    assert reply.kind == "fixed"
    assert reply.said == ("From now on this is not taken into account: pregnant.",)
    assert conversation.person == reply.person == ()


def test_a_reply_with_facts_is_restored_as_it_was(starter_index):
    conversation = Conversation(starter_index)
    replies = [conversation.ask(message) for message in ("i am pregnant", COVERED[0], "the second one")]
    restored = [exchange.reply for exchange in Conversation(starter_index, conversation.turns).exchanges()]
    assert [reply.text for reply in restored if reply] == [reply.text for reply in replies]
    assert [reply.person for reply in restored if reply] == [reply.person for reply in replies]


def test_facts_do_not_drown_the_question(starter_index):
    for question in COVERED:
        alone, later = Conversation(starter_index), Conversation(starter_index)
        later.ask("I am pregnant, I have lupus and I'm on warfarin and prednisone")
        expected, found = alone.ask(question), later.ask(question)
        assert found.pages[0].thread.id == expected.pages[0].thread.id
        assert found.kind == expected.kind


def test_no_fact_is_kept_outside_of_the_turns(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask("I am pregnant. " + COVERED[0])
    assert [fact.fact for fact in conversation.person] == ["pregnant"]
    assert Conversation(starter_index).ask("How long?").person == ()
    assert conversation.fork(0).person == ()


def test_the_facts_of_two_people_are_told_apart(conversation):
    reply = conversation.ask("I'm pregnant and my son is 5. Can I massage my face after Botox?")
    assert "About you: pregnant" in reply.text
    assert "About your son: 5 years old" in reply.text
    facts = {fact["fact"]: fact.get("whom") for fact in reply_to_record(reply)["person"]}
    assert (facts["pregnant"], facts["5 years old"]) == (None, "son")
    assert conversation.forget("5 years old").whom == "son"
