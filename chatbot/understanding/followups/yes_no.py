"""Questions that can be answered with yes or no, and what they ask about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.text.sentences import sentence_spans
from corpus.text.tokens import stem, terms_of, words_of

_ASKS = re.compile(
    r"(?:^|[,:;]\s*(?:and|so|but)?\s*|\b(?:know|wonder(?:ing)?|ask(?:ing)?) (?:if|whether) )(?:so |and |but |please )?"
    r"(?P<head>can|could|may|might|should|shall|must|is|are|does|do|did|will|would|has|have)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_INDIRECT = re.compile(
    r"\b(?:know|wonder(?:ing)?|ask(?:ing)?|sure|tell me) (?:if|whether) (?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_OPEN = re.compile(r"\b(?:how|what|when|where|which|who|why)\b|\bor (?:should|is|do|does|not)\b", re.IGNORECASE)
_ASKER = re.compile(r"\W*(?:i|we|you|one|patients?|people)\b", re.IGNORECASE)
_HAPPENS = re.compile(
    r"\W*(?:i|we|you|one|patients?|people) (?:still |also )?(?:get|have|be|catch|develop|die|feel|become|got"
    r"|lose)\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"\b(?:safe(?:ly)?|ok(?:ay)?|fine|allowed|good idea|advisable|wise|recommended|all right|alright|permitted"
    r"|worth(?:while)?|necessary|needed|required)\b",
    re.IGNORECASE,
)
_SHUNS = re.compile(
    r"\b(?:avoid|stop|quit|skip|refrain|dangerous|bad|harmful|risky|unsafe|a problem|a risk|wrong|unhealthy"
    r"|stay away|stay out|give up)\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\bto \w+|\bif (?:i|we)\b", re.IGNORECASE)
_NEED = re.compile(r"\b(?:need(?:ed)?|require|necessary|required|have to)\b", re.IGNORECASE)
_LEAVE = frozenset(["can", "could", "may", "might", "should", "shall", "must", ""])
_CONTEXT = re.compile(
    r"\b(?:right |immediately |directly |shortly |soon |\w+ (?:hours?|days?|weeks?|months?|years?) )?"
    r"(?:after|before|following|post|during|while|since|because|if|when|with my|for my)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|or|but|so|also)\s+(?:(?:what|how)\s+about\s+)?|(?:what|how)\s+about\s+)"
    r"(?!(?:the|its|their|any)\b)(?P<rest>[\w'’-]+(?:\s+[\w'’-]+){0,5})\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class YesNoQuestion:
    """A question that can be answered with yes or no.

    `about` are the stems of what it asks about, without the circumstances ("after Botox"). `act` is whether
    it asks about doing something; `shuns` whether a yes means to leave that; `asks_need` whether it asks if
    that is needed. `goes_on` is whether it took its form from the question before ("and massage?"): a page on
    the earlier question may say yes to that one, so a view has to name what is asked about. `circumstances` are
    those words of the question that `about` is without, as they were written ("after Botox"); for one that goes on
    those of the question before, with what that one was about ("exercises after Botox").
    """

    about: frozenset[str]
    act: bool
    shuns: bool
    asks_need: bool
    goes_on: bool = False
    circumstances: str = ""
    said: str = ""
    """What it is about, in the words of the question."""


def yes_no_question(message: str) -> YesNoQuestion | None:
    """Return what a message asks that can be answered with yes or no, or None if it asks otherwise or more."""
    sentences = [message[start:end] for start, end in sentence_spans(message)]
    found = [question for sentence in sentences if (question := _question(sentence)) is not None]
    open_ones = [sentence for sentence in sentences if sentence.rstrip().endswith("?") and not _question(sentence)]
    return found[0] if len(found) == 1 and not open_ones else None


def question_going_on(message: str, before: Sequence[str]) -> YesNoQuestion | None:
    """Return the yes-or-no question that a message such as "and massage?" asks after those before it, or None.

    Args:
        before: the questions before it, oldest first.
    """
    match = _GOES_ON.fullmatch(message.strip())
    if not before or match is None or _OPEN.search(match.group("rest")):
        return None
    *earlier, last = before
    form = yes_no_question(last) or question_going_on(last, earlier)
    rest = match.group("rest")
    context = _CONTEXT.search(rest)
    about = frozenset(terms_of(rest[: context.start()] if context else rest)) - _frame_words()
    if form is None or not about:
        return None
    if context:
        return replace(form, about=about, goes_on=True, circumstances=rest[context.start() :])
    before_it = form.circumstances if form.goes_on else f"{form.said} {form.circumstances}".strip()
    return replace(form, about=about, goes_on=True, circumstances=before_it)


def _question(sentence: str) -> YesNoQuestion | None:
    match = _ASKS.search(sentence)
    head = match.group("head").lower() if match else ""
    match = match or _INDIRECT.search(sentence)
    if match is None or _OPEN.search(sentence):
        return None
    rest = match.group("rest")
    context = _CONTEXT.search(rest, 3) if len(rest) > 3 else None
    core = rest[: context.start()] if context else rest
    about = frozenset(terms_of(core)) - _frame_words()
    shuns = _SHUNS.search(core) is not None
    may_i = _ASKER.match(core) is not None and _HAPPENS.match(core) is None and head in _LEAVE
    needs = _NEED.search(core) is not None
    act = may_i or needs or _ALLOWED.search(core) is not None or (shuns and _TO_DO.search(core) is not None)
    about = about or frozenset(terms_of(rest)) - _frame_words()
    circumstances = rest[context.start() :].strip(" ?.!") if context else ""
    said = " ".join(word for word in words_of(core) if stem(word) not in _frame_words())
    return YesNoQuestion(about, act, shuns and act, needs, circumstances=circumstances, said=said) if about else None


@cache
def _frame_words() -> frozenset[str]:
    """Return the stems of words that ask for leave, not about something."""
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
