"""Questions that can be answered with yes or no, and elliptical ones ("and massage?") that go on with one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.text.sentences import sentence_spans
from corpus.text.tokens import stem, terms_of, words_of

_DIRECT = re.compile(
    r"(?:^|[,:;]\s*(?:and|so|but)?\s*|\b(?:know|wonder(?:ing)?|ask(?:ing)?) (?:if|whether) )(?:so |and |but |please )?"
    r"(?:can|could|may|might|should|shall|must|is|are|does|do|did|will|would|has|have)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_INDIRECT = re.compile(
    r"\b(?:know|wonder(?:ing)?|ask(?:ing)?|sure|tell me) (?:if|whether) (?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_OPEN = re.compile(r"\b(?:how|what|when|where|which|who|why)\b|\bor (?:should|is|do|does|not)\b", re.IGNORECASE)
_CIRCUMSTANCES = re.compile(
    r"\b(?:right |immediately |directly |shortly |soon |\w+ (?:hours?|days?|weeks?|months?|years?) )?"
    r"(?:after|before|following|post|during|while|since|because|if|when|with my|for my)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"\W*(?:(?:and|or|but|so|also)\s+(?:(?:what|how)\s+about\s+)?|(?:what|how)\s+about\s+)"
    r"(?!(?:the|its|their|any)\b)(?P<rest>[\w'’-]+(?:\s+[\w'’-]+){0,5})\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class YesNoQuestion:
    """A question that can be answered with yes or no: what it asks about, and under which circumstances."""

    topic: str
    """The content words of what it asks about, without the circumstances; "" where it is elliptical."""
    circumstances: str
    """As they were written ("after Botox"). An elliptical question without its own has those of the question before,
    with what that one was about ("exercises after Botox")."""
    elliptical: bool = False
    """Whether it took its form from the question before ("and massage?")."""


def yes_no_question(message: str) -> YesNoQuestion | None:
    """Return what a message asks that can be answered with yes or no, or None if it asks otherwise or more."""
    sentences = [message[start:end] for start, end in sentence_spans(message)]
    found = [question for sentence in sentences if (question := _question(sentence)) is not None]
    open_ones = [sentence for sentence in sentences if sentence.rstrip().endswith("?") and not _question(sentence)]
    return found[0] if len(found) == 1 and not open_ones else None


def elliptical_question(message: str, before: Sequence[str]) -> YesNoQuestion | None:
    """Return the yes-or-no question that a message such as "and massage?" asks after those before it, or None.

    Args:
        before: the questions before it, oldest first.
    """
    match = _ELLIPSIS.fullmatch(message.strip())
    if not before or match is None or _OPEN.search(match.group("rest")):
        return None
    *earlier, last = before
    antecedent = yes_no_question(last) or elliptical_question(last, earlier)
    rest = match.group("rest")
    context = _CIRCUMSTANCES.search(rest)
    if antecedent is None or not _asks_about(rest[: context.start()] if context else rest):
        return None
    if context:
        return YesNoQuestion("", rest[context.start() :], elliptical=True)
    # A topic that an elliptical question took over stands in its circumstances already.
    return YesNoQuestion("", f"{antecedent.topic} {antecedent.circumstances}".strip(), elliptical=True)


def _question(sentence: str) -> YesNoQuestion | None:
    match = _DIRECT.search(sentence) or _INDIRECT.search(sentence)
    if match is None or _OPEN.search(sentence):
        return None
    rest = match.group("rest")
    context = _CIRCUMSTANCES.search(rest, 3) if len(rest) > 3 else None
    core = rest[: context.start()] if context else rest
    if not _asks_about(core) and not _asks_about(rest):
        return None
    topic = " ".join(word for word in words_of(core) if stem(word) not in _frame_words())
    return YesNoQuestion(topic, rest[context.start() :].strip(" ?.!") if context else "")


def _asks_about(text: str) -> bool:
    """Whether a text has any term that is no frame word."""
    return not frozenset(terms_of(text)) <= _frame_words()


@cache
def _frame_words() -> frozenset[str]:
    """Return the stems of words that belong to the form of such questions ("is it safe to"), not to their topic."""
    return frozenset(
        terms_of(
            "safe safely ok okay fine allowed good idea advisable wise recommended all right alright possible permitted"
            " worth worthwhile"
            " necessary needed need required avoid stop quit skip refrain dangerous bad harmful risky unsafe"
            " problem risk wrong hurt harm damage unhealthy give get take have do make use day week month hour year one"
            " two three four"
            " still start begin help work normal please know wonder long soon usual common"
        )
    )
