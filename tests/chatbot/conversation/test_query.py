"""What a message is searched with: words carried over, corrected spelling."""

import pytest

from chatbot.conversation import Conversation
from chatbot.errors import QuestionError
from chatbot.reply import reply_to_record
from chatbot.texts import load_texts
from chatbot.understanding.query import questions_of, understood_in
from corpus.text.tokens import words_of
from tests.chatbot.conversation import COVERED


def test_a_follow_up_is_answered_and_says_which_words_it_carried_over(conversation):
    conversation.ask(COVERED[0])
    reply = conversation.ask("and massage?")
    assert reply.query == "and massage facial exercises right after Botox?"
    assert (reply.intent, reply.carried, reply.understood) == (
        "followup",
        ("facial exercises right after Botox",),
        None,
    )
    assert "With: facial exercises right after Botox." in reply.text
    assert any("massag" in citation.answer.text.lower() for citation in reply.citations)


def test_a_follow_up_is_never_said_to_be_what_another_patient_asked_too(conversation):
    conversation.ask(COVERED[0])
    reply = conversation.ask("and massage?")
    assert reply.kind == "answer"
    assert not any(page.same_question for page in reply.pages)


def test_what_stands_alone_is_not_mixed_with_what_came_before(conversation):
    conversation.ask(COVERED[0])
    assert conversation.ask(COVERED[4]).query == COVERED[4]


def test_the_circumstances_of_a_question_hold_for_one_that_goes_on(conversation):
    conversation.ask("Is it safe to exercise my face while breastfeeding?")
    assert "while breastfeeding" in " ".join(conversation.understand("and massage?").carried)


@pytest.mark.parametrize(
    "message",
    [
        "How long?",
        "how soon?",
        "how often?",
        "when?",
        "and massage?",
        "why?",
        "is that safe for my eyelids too",
        "what about Dysport",
        "no, I meant before the injection",
    ],
)
def test_a_short_follow_up_of_a_covered_question_is_answered_too(conversation, message):
    conversation.ask("Can I do facial exercises right after Botox?")
    reply = conversation.ask(message)
    assert "Botox" in " ".join(reply.carried)
    assert reply.citations


def test_a_message_that_only_states_a_fact_asks_the_last_question_again(conversation):
    conversation.ask(COVERED[0])
    reply = conversation.ask("I am 63")
    assert reply.carried[-1] == COVERED[0].rstrip("?")
    assert reply.citations


@pytest.mark.parametrize("message", ["really?", "how many sessions", "what about fillers", "which kind"])
def test_what_names_nothing_or_goes_on_leans_on_the_question_before(conversation, message):
    conversation.ask(COVERED[0])
    assert conversation.understand(message).carried


def test_one_of_the_words_carried_over_can_be_taken_back(conversation):
    conversation.ask(COVERED[0])
    carried = conversation.ask("and massage?").carried
    with pytest.raises(QuestionError, match="not carried over"):
        conversation.ask_without("zog")
    reply = conversation.ask_without(carried[0])
    assert carried[0] not in reply.carried
    assert [turn.content for turn in conversation.turns if turn.role == "user"] == [COVERED[0], "and massage?"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Read as: exercises, botox."), ("de", "Gelesen als: exercises, botox.")]
)
def test_corrected_words_are_said_and_the_question_as_it_was_read_is_kept(starter_index, language, said):
    conversation = Conversation(starter_index, language=language)
    reply = conversation.ask("Can I do facial Exersizes right after botx?")
    assert said in reply.said
    assert said in reply.text
    assert (reply.intent, reply.query) == ("question", "Can I do facial Exersizes right after botx?")
    assert reply_to_record(reply)["understood"] == "Can I do facial exercises right after botox?"
    followed = conversation.ask("and massage?")
    assert followed.carried == ("facial exercises right after botox",)
    assert followed.said[0] == load_texts(language)["reply"]["with"].format(words="facial exercises right after botox")


def test_nothing_is_said_of_spelling_where_no_word_was_corrected(conversation):
    reply = conversation.ask(COVERED[0])
    assert not any("Read as" in sentence for sentence in reply.said)
    assert reply.understood is None


def test_words_that_were_taken_back_do_not_come_back_with_the_next_message(conversation):
    conversation.ask(COVERED[0])
    (carried,) = conversation.ask("what about fillers").carried
    conversation.ask_without(carried)
    assert "Botox" in carried
    for message in ("how long?", "is it dangerous?", "really?"):
        assert "botox" not in conversation.understand(message).text.lower()
        assert conversation.understand(message).carried


def test_words_that_were_taken_back_are_carried_over_once_they_are_said_again(conversation):
    conversation.ask(COVERED[0])
    conversation.ask_without(conversation.ask("what about fillers").carried[0])
    conversation.ask("and Botox?")
    assert "Botox" in " ".join(conversation.understand("is it dangerous?").carried)


def test_what_was_taken_back_is_forgotten_once_a_question_stands_alone(conversation):
    conversation.ask(COVERED[0])
    conversation.ask_without(conversation.ask("what about fillers").carried[0])
    assert "Botox" not in questions_of(conversation.turns)[0]
    conversation.ask(COVERED[2])
    assert questions_of(conversation.turns)[0] == COVERED[0]


def test_each_of_several_words_that_were_taken_back_stays_away(conversation):
    conversation.ask("Are facial exercises better than massage after Botox?")
    carried = conversation.ask("for how many days").carried
    for words in carried:
        conversation.ask_without(words)
    assert conversation.turns[-1].removed == carried
    assert not set(words_of(" ".join(carried))) & set(words_of(questions_of(conversation.turns)[0]))


def test_taken_by_itself_a_message_leaves_behind_what_it_would_have_carried(starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(COVERED[0])
    conversation.ask("what about fillers", alone=True)
    restored = Conversation.from_saved(starter_index, conversation.saved())
    assert "botox" not in restored.understand("is it dangerous?").text.lower()


PATIENT = "I have had pain in my lower back going down the left leg since I lifted a heavy box"


@pytest.mark.parametrize(
    "message",
    [
        "exercises?",
        "what about sleeping position",
        "can i drive",
        "and home remedies?",
        "does it leave scars",
        "without pills",
    ],
)
def test_what_a_patient_goes_on_with_leans_on_the_question_before(starter_index, message):
    assert understood_in(message, [PATIENT], starter_index).carried


@pytest.mark.parametrize(
    "message", ["Is it safe to fly after an operation?", "Can I get botox?", "What is rosacea?", "Should I get an MRI?"]
)
def test_what_names_a_subject_of_its_own_leans_on_nothing(starter_index, message):
    assert understood_in(message, [PATIENT], starter_index).carried == ()


def test_a_follow_up_of_a_follow_up_is_of_both(starter_index):
    asked = ["I have acne on my back, what helps?", "accutane?"]
    carried = " ".join(understood_in("side effects", asked, starter_index).carried)
    assert "acne" in carried
    assert "accutane" in carried


def test_a_follow_up_leans_on_the_question_before_where_that_stands_alone(starter_index):
    asked = ["Can I do facial exercises right after Botox?", PATIENT]
    assert "Botox" not in " ".join(understood_in("what should i do?", asked, starter_index).carried)


def test_what_was_corrected_to_is_carried_over(starter_index):
    asked = ["what about fillers and massage of the face", "no, I meant botox"]
    assert "botox" in " ".join(understood_in("for how many hours", asked, starter_index).carried)


def test_instead_drops_what_the_follow_up_before_named(starter_index):
    asked = ["I have acne on my back, what helps?", "accutane?"]
    assert "accutane" not in understood_in("what about creams instead", asked, starter_index).carried
    assert "accutane" in understood_in("what about scars", asked, starter_index).carried
