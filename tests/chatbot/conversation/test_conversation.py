"""The turns of a conversation: kept, gone on from, taken back, from anywhere."""

from dataclasses import replace

import pytest

from chatbot.conversation import MAX_MESSAGE_CHARS, Conversation
from chatbot.errors import QuestionError
from chatbot.reply import reply_to_record
from chatbot.saved import turns_from_records
from chatbot.turns import ShownPage, Turn
from corpus.errors import DoctorAnswersError
from index.index import Index
from index.search.filters import Filters
from tests.chatbot.conversation import COVERED


def test_a_conversation_remembers_its_turns_and_can_be_gone_on_with(starter_index):
    first = Conversation(starter_index)
    reply = first.ask(COVERED[0])
    assert [(turn.role, turn.content) for turn in first.turns] == [("user", COVERED[0]), ("assistant", reply.text)]
    assert Conversation(starter_index, first.turns).turns == first.turns


def test_two_conversations_never_touch(starter_index):
    one, other = Conversation(starter_index), Conversation(starter_index)
    one.ask(COVERED[0])
    assert other.turns == ()


def test_the_same_conversation_gives_the_same_replies(starter_index):
    def replies():
        conversation = Conversation(starter_index)
        return [reply_to_record(conversation.ask(question)) for question in COVERED]

    assert replies() == replies()


@pytest.mark.parametrize("message", ["", "  \n\t "])
def test_an_empty_message_is_refused_and_not_remembered(conversation, message):
    with pytest.raises(QuestionError, match="Please write a question first"):
        conversation.ask(message)
    assert conversation.turns == ()


def test_an_endless_message_is_refused(conversation):
    with pytest.raises(QuestionError, match=f"{MAX_MESSAGE_CHARS} is the most"):
        conversation.ask("a" * (MAX_MESSAGE_CHARS + 1))


def test_a_saved_conversation_goes_on_as_if_it_had_never_stopped(starter_index):
    first = Conversation(starter_index)
    for message in (COVERED[1], "only dermatologists"):
        first.ask(message)
    again = Conversation.from_saved(starter_index, first.saved())
    assert again.turns == first.turns
    assert again.filters == first.filters
    for message in ("the first one", "how long?"):
        assert again.ask(message) == first.ask(message)


def test_a_fork_goes_on_from_an_earlier_message_and_leaves_the_first_alone(starter_index):
    first = Conversation(starter_index)
    first.ask(COVERED[0])
    first.ask("and massage?")
    turns = first.turns
    fork = first.fork(2)
    assert fork.ask("does it hurt?").carried
    assert fork.turns[:2] == turns[:2]
    assert first.turns == turns


def test_a_filter_of_one_conversation_is_none_of_another(starter_index):
    one, other = Conversation(starter_index), Conversation(starter_index)
    one.ask("only dermatologists")
    one.ask(COVERED[0])
    assert not other.filters.any()
    assert other.ask("the first one").citations == ()


def test_a_turn_that_is_none_is_told():
    with pytest.raises(QuestionError, match='turn 2: expected a turn with "role"'):
        turns_from_records([{"role": "user", "content": "x"}, {"role": "doctor"}])


def histories(index: Index) -> list[list[Turn]]:
    """Return histories in orders of roles that no conversation of ours has, with turns of every kind."""
    first = Conversation(index)
    for message in (COVERED[0], "only dermatologists", "I can't breathe since my Botox injection"):
        first.ask(message)
    user, reply, _, narrowed, urgent, notice = first.turns
    elsewhere = Turn("assistant", "Something from elsewhere.")
    orders = [
        [reply],
        [notice],
        [narrowed],
        [elsewhere],
        [user],
        [user, user],
        [reply, user],
        [reply, notice],
        [user, user, reply],
        [user, reply, reply],
        [elsewhere, user, notice, user],
        [user, notice, notice],
        [urgent, urgent],
        [Turn("user", "")],
        [Turn("user", "?"), Turn("assistant", "")],
        [replace(user, query="zog", cited=reply.cited), reply],
    ]
    forged = [
        replace(reply, cited=tuple(replace(c, answer_id="gone", start=-1) for c in reply.cited)),
        replace(reply, kind="related", cited=(), pages=(ShownPage("gone"),)),
        replace(reply, kind="notice", notice=None, urgent=None),
        replace(reply, query="", intent=None),
        replace(reply, filters=Filters(specialty="zog" * 1000, min_reviews=10**400)),
    ]
    return orders + [[user, turn] for turn in forged]


def test_a_history_in_any_order_of_roles_is_gone_on_from(starter_index):
    for history in histories(starter_index):
        for message in ("how long?", "the second one", "show me the pages"):
            conversation = Conversation(starter_index, history)
            assert conversation.ask(message).text
            assert len(conversation.turns) == len(history) + 2
        shown = [part for each in conversation.exchanges() for part in (each.message, each.reply) if part is not None]
        assert len(shown) == len(conversation.turns)


def test_the_last_question_is_taken_back_whatever_stands_behind_it(starter_index):
    user, reply = Turn("user", COVERED[0]), Turn("assistant", "Yes.")
    for history, left in (([user], 0), ([reply, user], 1), ([user, user], 1), ([user, reply, reply], 0)):
        conversation = Conversation(starter_index, history)
        assert conversation.undo() == COVERED[0]
        assert conversation.turns == tuple(history[:left])
    for history in ([], [reply]):
        with pytest.raises(QuestionError, match="There is no question to take back"):
            Conversation(starter_index, history).undo()


def test_filters_that_a_conversation_begins_with_hold_after_the_first_question_is_taken_back(starter_index):
    dermatologists = Filters(specialty="dermatologist")
    conversation = Conversation(starter_index, filters=dermatologists)
    conversation.ask(COVERED[1])
    assert conversation.ask("and exercises?").carried
    assert conversation.fork(2).filters == conversation.fork(0).filters == dermatologists
    assert conversation.fork(0).fork(0).ask(COVERED[1]).filters == dermatologists
    conversation.ask("any doctor")
    assert not conversation.filters.any()
    for _ in range(3):
        conversation.undo()
    assert (conversation.turns, conversation.filters) == ((), dermatologists)


def test_a_language_that_there_is_not_is_told_with_those_that_there_are(starter_index):
    for language in ("fr", "../en", ""):
        with pytest.raises(DoctorAnswersError, match="it speaks: de, en"):
            Conversation(starter_index, language=language)


def test_a_country_whose_numbers_are_not_known_is_told_at_once(starter_index):
    with pytest.raises(DoctorAnswersError, match="The emergency numbers of 'XX' are not known.*DE.*US"):
        Conversation(starter_index, country="XX")


def test_half_a_character_in_a_message_breaks_nothing(starter_index):
    conversation = Conversation(starter_index)
    assert conversation.ask(f"\ud83d {COVERED[0]}").citations
    assert Conversation.from_saved(starter_index, conversation.saved()).turns == conversation.turns
