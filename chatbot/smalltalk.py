"""Messages that are no question to doctors: greetings, thanks, questions about the chatbot, commands to it.

The phrases of each kind stand in `smalltalk.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chatbot.patterns import any_of

SmallTalk = Literal[
    "greeting", "thanks", "goodbye", "about", "corpus", "trust", "data", "complaint", "doctor", "wordless", "command"
]

_FILE = Path(__file__).with_name("smalltalk.toml")
_WORDLESS = re.compile(r"[\W_]+")
_COMMAND = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines?|above)\b"
    r"|^\W*(?:please )?(?:ignore|disregard|forget) "
    r"(?:everything|all (?:of )?(?:this|that|it)|(?:the|these|your) (?:pages|sources|corpus))\b"
    r"|\bjust (?:say|answer) (?:yes|no)\b|^\W*(?:please )?translate (?:this|that|it|your)\b"
    r"|\b(?:system|hidden|initial) prompt\b|\bdeveloper mode\b|\bjailbreak\b|\bDAN\b"
    r"|\b(?:you are now|from now on you are|pretend (?:to be|you are|that you)|act as (?:a|an|if|my)|roleplay)\b"
    r"|\brepeat (?:after me|the (?:words|text) above)\b|\b(?:write|tell|sing) (?:me )?a (?:poem|story|joke|song|rap)\b"
    r"|\b(?:print|reveal|show)\b.{0,30}\b(?:instructions|prompt|configuration|source code)\b",
    re.IGNORECASE,
)


def small_talk(message: str) -> SmallTalk | None:
    """Return the kind of small talk that a message is as a whole, or None."""
    text = " ".join(message.replace("’", "'").split())
    if _COMMAND.search(text):
        return "command"
    if _WORDLESS.fullmatch(text):
        return "wordless"
    return next((kind for kind, pattern in _kinds().items() if pattern.fullmatch(text)), None)


def is_vague(message: str) -> bool:
    """Whether a message asks about something that it does not name: "Is this normal after my treatment?"."""
    return _vague().fullmatch(" ".join(message.replace("’", "'").split())) is not None


def is_foreign(message: str) -> bool:
    """Whether a message is written in another language than English, by its script and its small words."""
    letters = [char for char in message if char.isalpha()]
    if sum(ord(char) > _LAST_LATIN for char in letters) * 2 > len(letters):
        return True
    words = re.findall(r"\w+", message.lower())
    return sum(word in _FOREIGN for word in words) >= 2 and not any(word in _ENGLISH for word in words)


_LAST_LATIN = 0x24F
_ENGLISH = frozenset(
    "the is are of and to my i it after can how what when does do for with you have has was be this".split()
)
_FOREIGN = frozenset(
    "der die das und ist nicht ich wie lange darf nach der dem ein eine meine kann wann was mein mit auf für"
    " el la los las que es por para una con después como cuánto puedo mi de le les des est une mon ma pour avec après"
    " combien puis je comment quand il lo gli che dopo quanto posso mio per o os uma meu minha depois quanto posso não"
    " het een niet ik hoe lang mag mijn voor met na".split()
)


@cache
def _kinds() -> Mapping[SmallTalk, re.Pattern[str]]:
    record = _read()
    return {kind: _whole(phrases, record) for kind, phrases in record["kinds"].items()}


@cache
def _vague() -> re.Pattern[str]:
    record = _read()
    return _whole(record["vague"]["phrases"], record)


def _whole(phrases: list[str], record: Mapping[str, Any]) -> re.Pattern[str]:
    """Return a pattern that a message matches as a whole, with any signs between what it is put together of."""
    around = {place: any_of(words).pattern for place, words in record["around"].items()}
    said = any_of(phrases, record["words"]).pattern
    return re.compile(rf"\W*(?:(?:{around['before']})\W+)*(?:{said})(?:\W+(?:{around['behind']}))*\W*", re.IGNORECASE)


def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
