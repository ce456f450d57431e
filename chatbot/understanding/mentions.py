"""What a message mentions that was learned to be a reference or a filter, whatever else it says.

The rules of `references` and `filters` read a message as a whole; where they find nothing, each run of its words is
looked up by itself: a number, a name, a specialty or a place.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import Any

from chatbot.understanding.doctors import named_doctors
from chatbot.understanding.filters import Step, Unknown, step_at, unknown_at
from chatbot.understanding.message import Word, plain, words_in
from chatbot.understanding.references import MentionResolver, Reference
from chatbot.understanding.reply_questions import Attribute, ReplyQuestion
from chatbot.understanding.stance_questions import StanceQuestion
from corpus import Answer, Stance
from index.search.facets import MAX_RUN, Facets
from index.search.filters import Filters

_MAX_WORDS = 40
_WHO = frozenset(
    "who whos whose name names called signed person people doctors qualified license licensed real".split()
)
_FURTHER = frozenset("more others other rest next else remaining another further left everyone".split())
_ALL_OF_IT = frozenset("whole full entire complete fully completely everything text rest end".split())
_AGREEING = frozenset(
    "agree agrees agreed disagree disagrees disagreed contradict contradicts consensus majority".split()
)
_STANCES: dict[Stance, frozenset[str]] = {
    "yes": frozenset(["yes", "favour", "favor", "pro"]),
    "no": frozenset(["no", "against", "opposed"]),
    "depends": frozenset(["depends"]),
}
_SURE = frozenset("sure certain confident reliable".split())
_TOLD: dict[Attribute, frozenset[str]] = {
    "date": frozenset("old recent newest oldest date dated year years when outdated".split()),
    "link": frozenset("link page original url website source sources".split()),
    "rating": frozenset("rating rated stars".split()),
    "reviews": frozenset(["reviews"]),
    "specialty": frozenset("specialist specialists specialty qualifications qualification credentials degree".split()),
    "place": frozenset("where based practice practise located country city".split()),
}
_EXCEPT = frozenset("no not without except excluding exclude out but besides never".split())


def reference_in(message: str, cited: Sequence[Answer], facets: Facets) -> Reference:
    """Return what a message that is a reference refers to: those it mentions, or what it wants of all that was cited.

    Args:
        cited: the answers that the last reply with any cited, in the order of their numbers.
    """
    if not cited:
        return Reference("nothing")
    words = words_in(message)[:_MAX_WORDS]
    said = frozenset(word.plain for word in words)
    targets = tuple(dict.fromkeys(_mentioned(words, MentionResolver(words, cited, facets))))
    agreeing = next((stance for stance, of_stance in _STANCES.items() if said & of_stance), None)
    if said & _AGREEING or (agreeing is not None and not targets):
        return Reference("agree", stances=StanceQuestion(agreeing, names=bool(said & _WHO)))
    if targets:
        return Reference("more by" if said & _FURTHER else "who" if said & _WHO else "whole", targets)
    names = [answer.author.name if answer.author else None for answer in cited]
    doctors = (named_doctors(words, start, end, facets, names) for start, end in _runs(words))
    named = next(filter(None, doctors), None)
    return Reference("by doctor", doctor=named[0]) if named else _of_all(said, tuple(range(len(cited))))


def _of_all(said: Set[str], everything: tuple[int, ...]) -> Reference:
    """Return what is wanted of all that was cited: how sure it is, how old, from where, more of it."""
    attribute = next((attribute for attribute, of_attribute in _TOLD.items() if said & of_attribute), None)
    if said & _SURE:
        return Reference("question", everything, question=ReplyQuestion("sure", targets=everything))
    if attribute is not None:
        return Reference("question", everything, question=ReplyQuestion("tell", attribute, everything))
    if said & _FURTHER:
        return Reference("others")
    return Reference("whole" if said & _ALL_OF_IT else "who" if said & _WHO else "unclear", everything)


def filters_in(message: str, current: Filters, facets: Facets) -> Filters | Unknown | None:
    """Return the filters that a message that is a filter mentions, whom the corpus has not, or None.

    None too where it leaves some out ("no surgeons"): there are no such filters.
    """
    words = words_in(message)[:_MAX_WORDS]
    if _EXCEPT & {word.plain for word in words}:
        return None
    values: dict[str, Any] = {}
    missing: Unknown | None = None
    at = 0
    while at < len(words):
        step: Step | None = step_at(words, at, facets)
        unknown = None if step else unknown_at(words, at, plain(words[at:]))
        if step is not None:
            values |= {name: value for name, value in step[1].items() if name not in values}
        elif unknown is not None:
            missing = missing or unknown[1]
        at += step[0] if step else unknown[0] if unknown else 1
    return replace(current, **values) if values else missing


def _mentioned(words: Sequence[Word], resolver: MentionResolver) -> Iterator[int]:
    """Give the places among those cited that runs of the words mean, the longest first at each word."""
    after = 0
    for start, end in _runs(words):
        run = [word.plain for word in words[start:end]]
        if start >= after and (found := resolver.named(start, end) or resolver.of_kind(run)):
            yield from found
            after = end


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        for length in range(min(MAX_RUN, len(words) - start), 0, -1):
            yield start, start + length
