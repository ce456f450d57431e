"""Corrections: "no, I meant my knees" and "not my feet, my knees" put a word in place of one of the question before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.understanding.followups.resolve import phrases_of
from corpus.text.tokens import stem, words_of

_MAX_WORDS = 12
_MAX_CHARS = 120
_LEAD = re.compile(r"\W*(?:(?:no|nope|nah|sorry|oops|oh|wait|actually|well|ok|okay)\b[\s,.!;:–-]*)+", re.IGNORECASE)
_MEANT = re.compile(r"(?:i|we) (?:meant?|(?:was|were|am|are) (?:asking|talking) about)\b(?: to say)?\s*", re.IGNORECASE)
_NOT_FIRST = re.compile(r"not\s+(?:(?:my|the|your|a|an|for|in|on|about|with|after|before)\s+)*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,.;:–-]*(?:(?:but|rather|instead|i meant?|it'?s)\b[\s,]*)*", re.IGNORECASE)
_NOT_BEHIND = re.compile(r"[\s,;:–-]+(?:and )?not (?P<wrong>[^,;]+)$", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message puts (`right`) in place of words of the question before (`wrong`; "" where it does not say)."""

    right: str
    wrong: str = ""


def correction_of(message: str, question: str) -> Correction | None:
    """Return what a message corrects in the question before it, or None if it corrects nothing.

    "Not X, Y" and "Y, not X" do where X stands in the question; "I meant Y" always does.
    """
    body = message.strip().rstrip(" ?.!")
    if len(body) > _MAX_CHARS or len(body.split()) > _MAX_WORDS:
        return None
    lead = _LEAD.match(body)
    body = body[lead.end() :] if lead else body
    meant = _MEANT.match(body)
    body = body[meant.end() :] if meant else body
    known = {stem(word) for word in words_of(question)}
    first = _NOT_FIRST.match(body)
    if first:
        return _corrected_behind(body[first.end() :], known)
    behind = _NOT_BEHIND.search(body)
    if behind and _all_known(behind["wrong"], known) and words_of(body[: behind.start()]):
        return Correction(body[: behind.start()], behind["wrong"])
    return Correction(body) if meant and words_of(body) else None


def replaced(question: str, correction: Correction) -> str:
    """Return the question with the right words in place of the wrong ones."""
    wrong = {stem(word) for word in words_of(correction.wrong)}
    places = [word.span() for word in _WORD.finditer(question) if stem(word[0].lower()) in wrong]
    if not places:
        return question
    return f"{question[: places[0][0]]}{correction.right}{question[places[-1][1] :]}"


def phrases_without(question: str, wrong: str) -> list[str]:
    """Return the phrases of a question, without some words."""
    dropped = {stem(word) for word in words_of(wrong)}
    kept: list[str] = []
    for phrase in phrases_of(question):
        run: list[tuple[int, int]] = []
        for word in phrase:
            if {stem(plain) for plain in words_of(word.text)} & dropped:
                kept += _slice(question, run)
                run = []
            else:
                run.append((word.start, word.end))
        kept += _slice(question, run)
    return [phrase for phrase in kept if words_of(phrase)]


def without_words(question: str, words: str) -> str:
    """Return a question without some words, in whatever form they stand in it."""
    dropped = {stem(word) for word in words_of(words)}
    kept = _WORD.sub(lambda word: "" if stem(word[0].lower()) in dropped else word[0], question)
    return " ".join(kept.split())


def _corrected_behind(rest: str, known: set[str]) -> Correction | None:
    """Return the correction in "my feet my knees": what the question has, and what follows."""
    end = 0
    for word in _WORD.finditer(rest):
        if stem(word[0].lower()) not in known:
            break
        end = word.end()
    right = rest[end:]
    between = _BETWEEN.match(right)
    right = right[between.end() :] if between else right
    return Correction(right, rest[:end]) if end and words_of(right) else None


def _all_known(text: str, known: set[str]) -> bool:
    words = words_of(text)
    return bool(words) and all(stem(word) in known for word in words)


def _slice(text: str, run: Sequence[tuple[int, int]]) -> list[str]:
    return [text[run[0][0] : run[-1][1]]] if run else []
