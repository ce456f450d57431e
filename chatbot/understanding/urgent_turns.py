"""Emergencies over a conversation: which earlier messages a message is read with, and when a notice is dismissed."""

from collections.abc import Sequence

from chatbot.turns import Turn, exchanges_of
from chatbot.understanding.intent import IntentName
from chatbot.understanding.urgency import SUICIDE, VIOLENCE, Urgency, dismisses, tells, urgency_of

_WISHES: tuple[IntentName, ...] = ("reference", "filter", "lift", "small_talk", "command")
"""What is no news of the user: it is not read with what comes after it."""


def urgency_after(message: str, turns: Sequence[Turn]) -> Urgency | None:
    """Return the emergency that a message describes after some turns, or None.

    What got a notice already is not read with a question again ("is that dangerous?"), but with what tells more
    ("i took 20 more now"): that may make an emergency of what was said to be none.
    """
    found = urgency_of(message, _read_with(turns))
    told = [turns[at].content for at, reply in exchanges_of(turns) if at is not None and _is_notice(turns, reply)]
    return urgency_of(message, told) if found is None and told and tells(message) else found


def dismisses_notice(message: str, before: Turn | None) -> bool:
    """Whether a message says that the notice before it is of no emergency.

    Args:
        before: the turn before the message.
    """
    return before is not None and before.kind == "notice" and dismisses(message, before.urgent)


def _read_with(turns: Sequence[Turn]) -> list[str]:
    """Return the messages of some turns that a new one is read with, oldest first.

    These are none that got a notice, and none before a notice of which the user has said that it is of no emergency, or
    has asked for the pages instead. Of suicide and violence the messages before the notice stay.
    """
    said: list[str] = []
    before: Turn | None = None
    for at, reply_at in exchanges_of(turns):
        reply = turns[reply_at] if reply_at is not None else None
        wish = reply is not None and reply.intent in _WISHES
        if at is not None and not _is_notice(turns, reply_at):
            after_notice = before is not None and before.kind == "notice"
            if after_notice and before is not None and (wish or dismisses_notice(turns[at].content, before)):
                said = said if before.urgent in (SUICIDE, VIOLENCE) else []
            elif not wish:
                said.append(turns[at].content)
        before = reply
    return said


def _is_notice(turns: Sequence[Turn], at: int | None) -> bool:
    return at is not None and turns[at].kind == "notice"
