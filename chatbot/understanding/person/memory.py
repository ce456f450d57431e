"""What is remembered of the person after some turns."""

import re
from collections.abc import Sequence

from chatbot.turns import Turn
from chatbot.understanding.person.facts import Fact, FactKind
from chatbot.understanding.person.rules import statements_in
from chatbot.understanding.person.whom import people_in

MAX_FACTS = 12
"""The facts that are remembered, the latest ones: more would say nothing of the question."""

_ONE_OF: dict[FactKind, frozenset[FactKind]] = {
    "age": frozenset({"age", "decade"}),
    "decade": frozenset({"age", "decade"}),
    "for_whom": frozenset({"for_whom"}),
    "pregnant": frozenset({"pregnant", "conceiving"}),
    "conceiving": frozenset({"pregnant", "conceiving"}),
    "breastfeeding": frozenset({"breastfeeding"}),
}
"""Of these kinds a later statement replaces the earlier ones."""
_FORGET = re.compile(
    r"\s*(?:please\s+|pls\s+)?(?:forget|ignore|drop|remove)\s+(?:that|about|the\s+fact\s+that)?\s*", re.I
)
_AROUND = re.compile(
    r"\b(?:sorry|ok|oh|no|well|actually|please|any\s*more|now|and|but|i|a|the|for|my)\b|\W", re.IGNORECASE
)


def remembered(turns: Sequence[Turn]) -> tuple[Fact, ...]:
    """Return the facts of the person after some turns, the earliest first."""
    along = remembered_along(turns)
    return along[-1] if along else ()


def remembered_along(turns: Sequence[Turn]) -> list[tuple[Fact, ...]]:
    """Return the facts that are remembered after each turn, without those that were removed after it."""
    facts: dict[str, Fact] = {}
    along = []
    for turn in turns:
        if turn.role == "user":
            facts = _after(turn.content, facts)
        for name in turn.forgotten:
            facts.pop(name, None)
        along.append(tuple(facts.values()))
    return along


def only_takes_back(message: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that a message takes back if that is all it does: "I'm not pregnant anymore"; else none."""
    before = {fact.name: fact for fact in facts}
    people = _people(before)
    forget = _FORGET.match(message)
    if forget:
        rest = message[forget.end() :]
        named = {one.fact.name for one in statements_in(rest, people)} | {
            name for name, fact in before.items() if _plain(rest) in (_plain(name), _plain(fact.fact))
        }
        return tuple(fact for name, fact in before.items() if name in named)
    statements = statements_in(message, people)
    if not statements or any(one.holds for one in statements) or "?" in message:
        return ()
    left = message
    for one in sorted(statements, key=lambda one: one.span, reverse=True):
        left = left[: one.span[0]] + left[one.span[1] :]
    after = _after(message, before)
    return () if _plain(left) else tuple(fact for name, fact in before.items() if name not in after)


def _after(message: str, before: dict[str, Fact]) -> dict[str, Fact]:
    """Return the facts by their names after a message."""
    if _FORGET.match(message):
        gone = only_takes_back(message, tuple(before.values()))
        return {name: fact for name, fact in before.items() if fact not in gone}
    facts = dict(before)
    for statement in statements_in(message, _people(before)):
        new = statement.fact
        replaced = _ONE_OF.get(new.kind, frozenset())
        if statement.holds:
            facts = {
                name: fact
                for name, fact in facts.items()
                if (fact.kind not in replaced or fact.whom != new.whom) and name != new.name
            }
            facts[new.name] = new
        else:
            same = {name for name, fact in facts.items() if (fact.kind, fact.value) == (new.kind, new.value)}
            own = {name for name in same if facts[name].whom == new.whom} or same
            facts = {name: fact for name, fact in facts.items() if name not in own}
    return dict(list(facts.items())[-MAX_FACTS:])


def of_those_asked_for(message: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that matter for a message: all of them, or where it speaks of others only, those of these.

    "Can he take it?" asks nothing of a pregnant mother. "Can I give it to him?" may ask of both.
    """
    people, by_pronoun, of_user = people_in(message)
    known = {fact.whom for fact in facts if fact.whom}
    if of_user or not known or not (people & known or by_pronoun):
        return tuple(facts)
    return tuple(fact for fact in facts if fact.whom or fact.kind == "for_whom")


def _people(facts: dict[str, Fact]) -> list[str]:
    """Return of whom there are facts, and for whom the user asks, the latest last."""
    return [fact.value if fact.kind == "for_whom" else fact.whom for fact in facts.values() if _is_of_another(fact)]


def _is_of_another(fact: Fact) -> bool:
    return bool(fact.whom) or fact.kind == "for_whom"


def _plain(text: str) -> str:
    return _AROUND.sub("", text.lower())
