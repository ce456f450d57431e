"""Runs of words that belong together: "Tetralogy of Fallot", "glycogen storage disease type VI"."""

import re
from dataclasses import dataclass

_SMALL_WORDS = frozenset(
    "a an the of in on at for to with about and or but is are was were be been do does did can could should would will"
    " shall may might must how what why when where who which whom whose i you he she it we they me him her us them my"
    " your his its our their this that these those there have has had if not no so as by from than then too very just"
    " also tell me more any some many much get got".split()
)
_JOINING = frozenset(["of", "in", "of the", "in the", "de", "and", "with", "to", "on"])
_WORD = re.compile(r"\w[\w'’./-]*\w|\w")
_PARTING = re.compile(r"[,.;:?!()]")
_ASKS_WITH_A_VERB = re.compile(
    r"\W*(?:how|why|when|where|is|are|was|were|can|could|should|may|has|have|will|would)\b", re.IGNORECASE
)
_VERB = re.compile(r".+(?:ed|ing)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the text."""

    start: int
    end: int
    text: str


def phrases_of(text: str) -> list[list[Word]]:
    """Return the runs of words without small words and signs between them, but for joining ones."""
    phrases: list[list[Word]] = []
    before: Word | None = None
    for match in _WORD.finditer(text):
        word = Word(match.start(), match.end(), match.group())
        parted = before is None or _PARTING.search(text[before.end : word.start]) is not None
        small = word.text.lower() in _SMALL_WORDS
        if not small:
            follows = phrases and before is phrases[-1][-1] and not parted
            if follows:
                phrases[-1].append(word)
            else:
                phrases.append([word])
        before = word
    if phrases:
        _drop_verb(text, phrases)
    return _joined(text, phrases)


def _drop_verb(text: str, phrases: list[list[Word]]) -> None:
    """In "Is X inherited?" and "How is X treated?" the last word is no part of X."""
    last = phrases[-1]
    at_end = not text[last[-1].end :].strip(" ?.!")
    if len(last) > 1 and at_end and _ASKS_WITH_A_VERB.match(text) and _VERB.fullmatch(last[-1].text):
        last.pop()


def _joined(text: str, phrases: list[list[Word]]) -> list[list[Word]]:
    joined: list[list[Word]] = []
    for phrase in phrases:
        if joined and text[joined[-1][-1].end : phrase[0].start].strip().lower() in _JOINING:
            joined[-1] = joined[-1] + phrase
        else:
            joined.append(phrase)
    return joined
