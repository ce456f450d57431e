"""Messages that are no question to doctors: greetings, thanks, questions about the chatbot, commands to it."""

import re
from typing import Literal

SmallTalk = Literal["greeting", "thanks", "goodbye", "about", "command", "doctor"]

_POLITE = (
    r"(?:\s+(?:there|you|all|again|so much|very much|a lot|doctor|doc|bot|everyone"
    r"|for (?:that|this|your help|the help|everything)))*"
)
_KINDS: dict[SmallTalk, str] = {
    "greeting": rf"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|day|afternoon|evening)){_POLITE}"
    r"(?:\W+how are you(?: doing| today)?)?|how are you(?: doing| today)?",
    "thanks": r"(?:ok(?:ay)?\W+|great\W+|perfect\W+|good\W+)?"
    rf"(?:many thanks|thanks|thank you|thx|ty|cheers|much appreciated){_POLITE}"
    r"|(?:that(?:'s| is| was) )?(?:very |really )?helpful|(?:ok|okay|great|perfect|cool|got it|i see)",
    "goodbye": rf"(?:bye|goodbye|bye bye|good night|see you|see ya|take care){_POLITE}",
    "about": r"(?:what|who) are you|what can you do(?: for me)?|how (?:do you|does this|does it) work|help(?: me)?"
    r"|what is this|what can i ask(?: you)?|what do you know|where do (?:the|these|your) answers come from"
    r"|are you (?:a )?(?:bot|robot|ai|chatgpt|human|person|machine|real)(?: or (?:a )?(?:bot|human|person))?"
    r"|do you (?:store|save|keep) (?:my )?(?:questions?|data|messages?)",
    "doctor": r"are you (?:a )?(?:real )?(?:doctor|physician|nurse)|can you (?:diagnose|treat|prescribe)\b.{0,40}"
    r"|(?:please )?(?:diagnose|prescribe)\b.{0,60}",
}
_PATTERNS = {kind: re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE) for kind, pattern in _KINDS.items()}
_COMMAND = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines?|above)\b"
    r"|\b(?:system|hidden|initial) prompt\b|\bdeveloper mode\b|\bjailbreak\b|\bDAN\b"
    r"|\b(?:you are now|from now on you are|pretend (?:to be|you are|that you)|act as (?:a|an|if|my)|roleplay)\b"
    r"|\brepeat (?:after me|the (?:words|text) above)\b|\b(?:write|tell) me a (?:poem|story|joke|song)\b"
    r"|\b(?:print|reveal|show)\b.{0,30}\b(?:instructions|prompt|configuration|source code)\b",
    re.IGNORECASE,
)


def small_talk(message: str) -> SmallTalk | None:
    """Return the kind of small talk that a message is as a whole, or None."""
    text = " ".join(message.replace("’", "'").split())
    if _COMMAND.search(text):
        return "command"
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(text)), None)


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
