"""Messages that are no question to doctors: greetings, thanks, questions about the chatbot, vague ones.

The phrases of each kind stand in `small_talk.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chatbot.understanding.message import Message, words_in
from chatbot.understanding.patterns import compile_phrases
from corpus.text.spelling import Vocabulary
from corpus.text.word_frequency import frequency_rank

SmallTalk = Literal[
    "greeting", "thanks", "goodbye", "about", "corpus", "trust", "data", "complaint", "doctor", "wordless"
]

_FILE = Path(__file__).with_name("small_talk.toml")
_LENGTHENED = re.compile(r"(\w)\1{2,}")
_UNLISTED = 1.0
_LAST_LATIN = 0x24F
_LANGUAGE_CHARS = 1000
"""Characters at the beginning of a message by which its language is identified."""


_THANKS_WORDS = 7
_FUNCTION_WORDS = frozenset(
    "a an the of in on at for to with about and or but is are was were be been do does did can could should will would"
    " may might must have has had i me my you your it its this that these those they them there here what which who how"
    " when where why whats any some if not no so as by from than then too very just also tell more much many long soon"
    " often far get got going thing things something anything need want know dont im ive after before during again"
    " besides apart instead other another else within back anymore"
    " really still ever all".split()
)
"""Words that name nothing."""
_THANKS_WORD = frozenset(["thanks", "hi", "hello", "ok", "please", "sorry"])
_ASKING = frozenset(
    "but and what how why can could is are does do did when where which should will would about".split()
)


def small_talk(message: Message, *, has_history: bool) -> SmallTalk | None:
    """Return the kind of small talk that a message is as a whole, or None.

    Args:
        has_history: whether a question was asked before.
    """
    text = _correct_typos(message)
    kinds = [*_kinds("kinds").items(), *(() if has_history else _kinds("first").items())]
    found = next((kind for kind, pattern in kinds if pattern.fullmatch(text)), None)
    if found is None and _thanks_only(message):
        return "thanks"
    return found or _of_words_only(message)


def _of_words_only(message: Message) -> SmallTalk | None:
    """Return the kind of small talk of which all words are that say anything: "haha nice", "you got that wrong"."""
    words = {word.plain for word in message.words}
    record = _read()
    for kind in ("goodbye", "thanks", "complaint", "about"):
        told = words & set(record["told"][kind])
        only = words <= _FUNCTION_WORDS | set(record["only"][kind]) | _THANKS_WORD
        # Who asks asks of the chatbot, and who complains does of it: "is that wrong?" may ask of anything.
        addressed = bool({"you", "your", "this"} & words) if kind in ("complaint", "about") else not message.asks
        if told and only and addressed and not (kind in ("thanks", "goodbye", "complaint") and _asks(message)):
            return kind
    return None


def learned_kind(message: str) -> SmallTalk:
    """Return the kind of a message that was learned to be small talk, by its words."""
    words = {word.plain for word in words_in(message)}
    told = _read()["told"]
    kinds: tuple[SmallTalk, ...] = ("data", "complaint", "goodbye", "thanks", "greeting")
    return next((kind for kind in kinds if words & {*told[kind]}), "about")


def _asks(message: Message) -> bool:
    return message.asks or message.words[0].plain in _ASKING


def _thanks_only(message: Message) -> bool:
    """Whether a message of a few words begins with thanks and goes on to ask nothing: "thanks for not laughing"."""
    words = [word.plain for word in message.words]
    thanked = words[:1] in (["thanks"], ["thx"], ["ty"]) or words[:2] in (["thank", "you"], ["thank", "u"])
    return thanked and len(words) <= _THANKS_WORDS and not message.asks and not _ASKING & set(words)


def is_vague(message: Message) -> bool:
    """Whether a message asks about something that it does not name: "Is this normal after my treatment?".

    So it does where each of its words is what may be asked of anything: "side effects".
    """
    return bool(message.words) and (not named_words(message) or _vague().fullmatch(_correct_typos(message)) is not None)


def named_words(message: Message) -> list[str]:
    """Return the words of a message that name something: none of grammar, and none of what may be asked of anything."""
    return [word.plain for word in message.words if word.plain not in _aspects() and word.plain not in _FUNCTION_WORDS]


def is_aspect(word: str) -> bool:
    """Whether a word in lower case says what may be asked of anything: "dose", "safe"."""
    return word in _aspects()


def is_foreign(message: str) -> bool:
    """Whether a message is written in another language than English, by its script and its small words."""
    message = message[:_LANGUAGE_CHARS]
    letters = [char for char in message if char.isalpha()]
    if sum(ord(char) > _LAST_LATIN for char in letters) * 2 > len(letters):
        return True
    words = re.findall(r"\w+", message.lower())
    return sum(word in _FOREIGN for word in words) >= 2 and not any(word in _ENGLISH for word in words)


_ENGLISH = frozenset(
    "the is are of and to my i it after can how what when does do for with you have has was be this".split()
)
_FOREIGN = frozenset(
    "der die das und ist nicht ich wie lange darf nach der dem ein eine meine kann wann was mein mit auf für"
    " el la los las que es por para una con después como cuánto puedo mi de le les des est une mon ma pour avec après"
    " combien puis je comment quand il lo gli che dopo quanto posso mio per o os uma meu minha depois quanto posso não"
    " het een niet ik hoe lang mag mijn voor met na".split()
)


def _correct_typos(message: Message) -> str:
    """Return the words of a message, those that are typos of words of small talk corrected."""
    words = (_LENGTHENED.sub(r"\1", word.plain) for word in message.words)
    known = _vocabulary()
    return " ".join(
        known.correction(word, answers=1) or word if word not in known and frequency_rank(word) >= _UNLISTED else word
        for word in words
    )


@cache
def _kinds(group: str) -> Mapping[SmallTalk, re.Pattern[str]]:
    record = _read()
    return {kind: _whole(phrases, record) for kind, phrases in record[group].items()}


@cache
def _vague() -> re.Pattern[str]:
    record = _read()
    return _whole(record["vague"]["phrases"], record)


@cache
def _aspects() -> frozenset[str]:
    return frozenset(_read()["vague"]["aspects"])


@cache
def _vocabulary() -> Vocabulary:
    record = _read()
    phrases = [*record["around"]["before"], *record["around"]["behind"]]
    phrases += [phrase for kind in ("greeting", "thanks", "goodbye") for phrase in record["kinds"][kind]]
    return Vocabulary(dict.fromkeys(re.findall(r"\w+", " ".join(phrases)), 1))


def _whole(phrases: list[str], record: Mapping[str, Any]) -> re.Pattern[str]:
    """Return a pattern that a message matches as a whole, with what may stand around a phrase."""
    around = {place: compile_phrases(words).pattern for place, words in record["around"].items()}
    core = compile_phrases(phrases, record["words"]).pattern
    return re.compile(rf"(?:(?:{around['before']}) )*(?:{core})(?: (?:{around['behind']}))*", re.IGNORECASE)


@cache
def _read() -> dict[str, Any]:
    """Return the phrases, without apostrophes as messages are compared."""
    record: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8").replace("'", ""))
    return record
