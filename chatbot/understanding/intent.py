"""What a message is taken for: the one place that decides, in one order.

A message is a question unless all of it is evidently something else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from chatbot.understanding.commands import is_command
from chatbot.understanding.filters import extract_filters, removes_filters, unmatched_filter
from chatbot.understanding.message import Message, is_wordless, short_message
from chatbot.understanding.references import Reference, resolve_reference
from chatbot.understanding.small_talk import SmallTalk, is_foreign, is_vague, small_talk
from corpus import Answer
from corpus.text.tokens import words_of
from index.search.facets import Facets
from index.search.filters import Filters

IntentName = Literal["question", "followup", "reference", "filter", "lift", "small_talk", "command", "vague", "foreign"]
"""`intent_of` says "question" for a follow-up too: which words it carries over is found when it is resolved."""

_KNOWN_IN_OWN_LANGUAGE = 0.5
"""A message of which the corpus knows at least this part of the words is in the corpus's language."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a message was taken for, with what was found in it.

    `filters` are those that hold from now on (filter, lift); for a filter that nobody in the corpus fits they
    are None and `unknown` is whom the message asks for. `small_talk` is the kind of it.
    """

    name: IntentName
    reference: Reference | None = None
    filters: Filters | None = None
    unknown: str | None = None
    small_talk: SmallTalk | None = None


QUESTION = Intent("question")


def intent_of(
    message: str,
    *,
    cited: Sequence[Answer] = (),
    facets: Facets,
    filters: Filters,
    has_history: bool,
    vocabulary_overlap: Callable[[Sequence[str]], float] = lambda words: 0.0,
) -> Intent:
    """Return what a message is taken for.

    Args:
        cited: the answers that the last reply with any cited, in the order of their numbers.
        facets: the specialties, places and doctors of the corpus.
        filters: those that hold.
        has_history: whether a question was asked before.
        vocabulary_overlap: gives the part of some words that stands in the corpus (`Index.vocabulary_overlap`).
    """
    if is_wordless(message):
        return Intent("small_talk", small_talk="wordless")
    short = short_message(message)
    found = None if short is None else _of_short(short, cited, facets, filters, has_history=has_history)
    if found is not None:
        return found
    foreign = is_foreign(message) and vocabulary_overlap(words_of(message)) < _KNOWN_IN_OWN_LANGUAGE
    return Intent("foreign") if foreign else QUESTION


def _of_short(
    message: Message, cited: Sequence[Answer], facets: Facets, filters: Filters, *, has_history: bool
) -> Intent | None:
    """Return what a message is that is short enough to be anything but a question, or None for a question."""
    if is_command(message):
        return Intent("command")
    refers = resolve_reference(message, cited, facets, has_history=has_history)
    if refers is not None:
        return Intent("reference", reference=refers)
    if removes_filters(message, facets):
        return Intent("lift", filters=Filters())
    restricted, unknown = extract_filters(message, filters, facets), unmatched_filter(message)
    if restricted is not None or unknown is not None:
        return Intent("filter", filters=restricted, unknown=None if restricted else unknown)
    talk = small_talk(message, has_history=has_history)
    if talk is not None:
        return Intent("small_talk", small_talk=talk)
    return Intent("vague") if not has_history and is_vague(message) else None
