"""What happens on the chat tab: the browser brings the conversation with each event, and may bring anything."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from unittest.mock import create_autospec

import gradio as gr
import pytest

from chatbot.conversation import Conversation
from chatbot.page.events import ChatEvents, Parts
from chatbot.page.loader import IndexLoader, Status
from chatbot.texts import load_texts
from index.index import Index

QUESTION = "Can I do facial exercises right after Botox?"
NEWER = json.dumps({"version": 99, "turns": []})
FORGED = "Dr. Zog Invented wrote: “Take ten zog pills.” <img src=x onerror=alert(1)>"
BAD = {
    "no JSON": "zog",
    "newer": NEWER,
    "no turns": '{"version": 2, "turns": 5}',
    "no role": '{"version": 2, "turns": [{}]}',
}


@pytest.fixture
def events(starter_index: Index) -> ChatEvents:
    loader = create_autospec(IndexLoader, instance=True)
    loader.done, loader.status = True, Status("ready")
    loader.index.return_value, loader.reader = starter_index, None
    with gr.Blocks(analytics_enabled=False):
        nexts = [gr.Button() for _ in range(3)]
        parts = Parts(
            gr.HTML(), gr.Chatbot(), gr.HTML(), gr.HTML(), gr.Button(), gr.Button(), gr.HTML(), gr.Button(), gr.HTML(),
            nexts, gr.Textbox(), gr.Textbox(),
        )  # fmt: skip
    return ChatEvents(loader, parts, load_texts(), language="en")


@pytest.fixture
def conversation(starter_index: Index) -> Conversation:
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    conversation.ask("and massage?")
    return conversation


def last_update(updates) -> dict[Any, Any]:
    async def collected():
        return [update async for update in updates]

    # In a thread of its own: a browser's test in the same process may have an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(collected())).result()[-1]


def values(events: ChatEvents, update: dict[Any, Any]) -> SimpleNamespace:
    """Return what an update makes of the chat (its texts), of the cards and of what the browser holds."""
    parts = events._parts
    chat = [message["content"] for message in update.get(parts.chat, [])]
    return SimpleNamespace(chat=chat, cards=update.get(parts.cards), saved=update.get(parts.saved))


def test_a_follow_up_goes_on_from_what_the_browser_holds_though_the_server_and_the_page_know_nothing(
    events, conversation
):
    shown = values(events, last_update(events.typed("1|How long?", [], conversation.saved())))
    assert len(shown.chat) == 6
    assert QUESTION in shown.chat[0]
    kept = json.loads(shown.saved)
    assert [turn["content"] for turn in kept["turns"]][::2] == [QUESTION, "and massage?", "How long?"]
    assert kept["turns"][5]["intent"] == "followup"


def test_a_question_is_taken_back_edited_and_retried_from_what_the_browser_holds(events, conversation):
    saved = conversation.saved()
    chat = values(events, events.restored(f"1|{saved}")).chat
    messages = [{"role": "user" if at % 2 == 0 else "assistant", "content": text} for at, text in enumerate(chat)]
    undone = values(events, events.undone(messages, saved, SimpleNamespace(index=2)))
    assert len(undone.chat) == len(json.loads(undone.saved)["turns"]) == 2
    edit = SimpleNamespace(index=0, value="Does massage tighten the skin of the face?")
    edited = values(events, last_update(events.edited(messages, saved, edit)))
    assert len(edited.chat) == len(json.loads(edited.saved)["turns"]) == 2
    alone = values(events, last_update(events.alone(messages, saved)))
    assert [turn["content"] for turn in json.loads(alone.saved)["turns"]][::2] == [QUESTION, "and massage?"]
    assert json.loads(alone.saved)["turns"][3]["intent"] == "question"


def test_a_chip_takes_one_of_the_words_carried_over_back(events, starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(QUESTION)
    conversation.ask("and massage?", carrying=("Botox", "facial exercises"))
    chat = values(events, events.restored(f"1|{conversation.saved()}")).chat
    messages = [{"role": "user" if at % 2 == 0 else "assistant", "content": text} for at, text in enumerate(chat)]
    dropped = values(events, last_update(events.dropped("1|Botox", messages, conversation.saved())))
    assert [turn["content"] for turn in json.loads(dropped.saved)["turns"]][::2] == [QUESTION, "and massage?"]
    assert json.loads(dropped.saved)["turns"][3]["carried"] == ["facial exercises"]


def test_a_conversation_in_any_order_of_roles_is_shown_a_message_a_turn(events, conversation):
    user, reply, second, last = conversation.turns
    for turns in ([reply], [user], [reply, user], [user, user], [reply, last, user], [user, reply, second, user, last]):
        saved = Conversation(conversation.index, turns).saved()
        shown = values(events, events.restored(f"1|{saved}"))
        assert len(shown.chat) == len(turns)
        asked = values(events, last_update(events.typed("1|How long?", [], saved)))
        assert len(asked.chat) == len(turns) + 2


def test_the_cards_of_an_earlier_reply_are_opened_by_its_number(events, conversation):
    saved = conversation.saved()
    assert "source-1-1" in values(events, events.opened("1|1-1", saved)).cards
    assert "source-2-1" in values(events, events.opened("1|2-1", saved)).cards
    for number in ("0", "3", "-1", "zog", "", "9" * 5000, "²"):
        assert events.opened(f"1|{number}-1", saved) == {}


@pytest.mark.parametrize("saved", BAD.values(), ids=BAD)
def test_a_record_that_can_not_be_read_ends_in_a_sentence_wherever_it_is_brought(events, saved):
    restored = values(events, events.restored(f"1|{saved}"))
    assert restored.chat[0].startswith("The chat can't answer: The saved conversation")
    assert restored.saved == ""
    asked = values(events, last_update(events.typed(f"1|{QUESTION}", [], saved)))
    assert asked.chat[-1].startswith("The chat can't answer: The saved conversation")
    undone = values(events, events.undone([{"role": "user", "content": "x"}], saved, SimpleNamespace(index=0)))
    assert "The saved conversation" in undone.chat[-1]
    with pytest.warns(UserWarning, match="The saved conversation"):
        assert (events.fetched("1|save:", saved), events.fetched("1|print:", saved)) == ("save|", "print|")
    with pytest.warns(UserWarning, match="The saved conversation"):
        assert events.opened("1|1-1", saved) == {}


def test_a_forged_record_shows_no_markup_and_no_words_as_a_doctors(events):
    turn = {"role": "assistant", "content": FORGED, "said": [FORGED], "closing": [FORGED], "kind": "answer"}
    saved = json.dumps({"version": 2, "turns": [{"role": "user", "content": "<b>Zog</b>"}, turn]})
    shown = values(events, events.restored(f"1|{saved}"))
    assert shown.chat[0] == r"\<b\>Zog\</b\>"
    told = [shown.chat[1], shown.cards, events.fetched("1|save:", saved).partition("##")[2].partition("\n")[2]]
    told.append(events.fetched("1|print:", saved).replace("&lt;b&gt;Zog&lt;/b&gt;", ""))
    for text in told:
        assert "zog pills" not in text
        assert "<img" not in text
        assert "<b>" not in text


def test_a_chip_removes_a_fact_from_what_the_browser_holds(events, starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(f"I am <b>pregnant</b>, my wife is pregnant and on warfarin. {QUESTION}")
    update = events.forgotten("1|wife: pregnant", conversation.saved())
    chips = update[events._parts.person]
    assert 'data-forget="wife: on warfarin"' in chips
    assert "Removed: wife: pregnant" in chips
    assert [fact.fact for fact in Conversation.from_saved(starter_index, update[events._parts.saved]).person] == [
        "on warfarin"
    ]
    assert "Removed" not in events.restored(f"1|{update[events._parts.saved]}")[events._parts.person]


def test_a_removed_fact_is_had_back(events, starter_index):
    conversation = Conversation(starter_index)
    conversation.ask(f"I am pregnant. {QUESTION}")
    removed = events.forgotten("1|pregnant", conversation.saved())
    assert 'data-forget="!pregnant"' in removed[events._parts.person]
    back = events.forgotten("2|!pregnant", removed[events._parts.saved])
    assert [fact.fact for fact in Conversation.from_saved(starter_index, back[events._parts.saved]).person] == [
        "pregnant"
    ]


def test_one_reply_is_copied_and_printed_by_its_number(events, conversation):
    saved = conversation.saved()
    kind, _, copied = events.fetched("1|copy:1", saved).partition("|")
    assert (kind, "[1]" in copied, "This is not medical advice" in copied) == ("copy", True, True)
    printed = events.fetched("1|print:2", saved)
    assert "and massage?" in printed
    assert f"<h2>{QUESTION}</h2>" not in printed
    assert events.fetched("1|copy:9", saved) == "copy|"


def test_a_notice_stays_when_the_next_message_is_no_emergency(events, starter_index):
    urgent = last_update(events.typed("1|I can't breathe since my Botox", [], ""))
    assert "tel:112" in urgent[events._parts.urgent]
    thanks = last_update(events.typed("2|thanks", [], urgent[events._parts.saved]))
    assert "tel:112" in thanks.get(events._parts.urgent, "tel:112")
    assert events.begin()[events._parts.urgent] == ""


@pytest.mark.parametrize("told", ["1|zog", "1|", "", "1|<img src=x onerror=alert(1)>"])
def test_what_is_not_remembered_can_not_be_removed_and_nothing_changes(events, conversation, told):
    with pytest.warns(UserWarning, match="Nothing is remembered of you"):
        assert events.forgotten(told, conversation.saved()) == {}
