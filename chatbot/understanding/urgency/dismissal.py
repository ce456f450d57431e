"""What a person says to the notice of an emergency that is none: that there is no danger, or that help is there.

Nothing of this is looked at in a message with a sign of its own (`urgency_by_signs`), and what follows a "but" may be
one: such a message is checked as any other.
"""

import re

_MAX_WORDS = 25
_NOT = r"(?:not|no|nothing|never|isnt|arent|wasnt|dont|doesnt|didnt|wont|aint|nobody|none of (?:us|them))"
_DANGER = (
    r"(?:emergency|emergencies|urgent|danger|in crisis|suicidal|violent|violence|abusive|abuse"
    r"|(?:going|planning|trying|want|wants|wanting|thinking) (?:to|of|about) (?:hurt|harm|kill|die|end|hit)\w*"
    r"|(?:hurt|hurts|hurting|hit|hits|hitting|harm|harms|harming|threatens?|threatening|kill|kills|killing)"
    r" (?:me|us|him|her|myself|anyone|anybody))"
)
_DENIED = re.compile(
    rf"\b{_NOT}\b(?: \w+){{0,3}}? {_DANGER}\b|\bfalse alarm\b|\byou (?:misunderstood|got (?:me|it) wrong)\b"
)
_PERSON = r"(?:i|he|she|it|we|they|everything|all|(?:my|the) \w+)"
_BE = r"(?: ?(?:am|is|are|was)|(?<=i)m|s|re)"
_IS_WELL = re.compile(
    rf"\b{_PERSON}{_BE} (?:\w+ )?(?:fine|ok|okay|safe|alright|all right|better|stable|well)\b"
    r"|\b(?:fine|ok|okay|safe|alright|better) (?:now|again)\b"
)
_PLACE = r"(?:hospital|er|emergency (?:room|department)|a&e|ambulance|clinic|urgent care|doctors?|gp|surgery)"
_HELPER = (
    r"(?:doctors?|gp|nurse|paramedics?|ambulance|911|999|112|111|988|poison (?:control|cent(?:er|re))|hospital"
    r"|helpline|crisis line|pa?ediatrician|midwife|police)"
)
_HELP_IS_THERE = re.compile(
    r"\b(?:im|am|is|are|were|was|went|been|going|on (?:my|our|the) way) (?:\w+ )?(?:at|in|to|with) "
    rf"(?:(?:the|a|an|my) )?{_PLACE}\b"
    r"|\b(?:called|rang|phoned|(?:spoke|talked) (?:to|with)|saw|seen|seeing|checked by|asked|told) "
    rf"(?:(?:the|a|an|my|our|by) )*{_HELPER}\b"
    rf"|\b{_HELPER} (?:has |have )?(?:said|says|checked|looked|told|cleared|(?:is|are) (?:here|coming))\b"
)
_TAKEN_BACK = re.compile(r"\b(?:but|though|although|however|except|yet|unless|if|maybe|not sure)\b")
_NO_HELP = re.compile(r"\b(?:not?|no one|nobody|dont|doesnt|didnt|isnt|wont|cant|cannot|worse|still|never|waiting)\b")
"""Help that does not come, and what is not fine."""
_ASKS = re.compile(
    r"(?:^|[,.;!]\s*)\W*(?:(?:and|but|so|ok|okay|then|well|no|yes|thanks)\b\W*)*"
    r"(?:(?:for |since |in )?(?:what|whats|which|who|how|when|where|why)\b|any\b"
    r"|(?!did \w+ (?:again|too|anyway)\b)(?:am|is|are|can|could|do|does|did|should|will|would|has|have|may|might)"
    r"(?:nt)? (?:i|he|she|it|they|we|you|that|this|there|the|my|his|her|these|those)\b)"
)
_TELLS = re.compile(
    r"\b(?:i|im|ive|he|hes|she|shes|we|weve|they|it|its|my|his|her|again|more|now|too|still|tonight|today|yesterday)\b"
)


def denies_emergency(message: str, *, grave: bool) -> bool:
    """Whether a message says that there is no emergency: "she is not in danger", "we are at the hospital".

    Args:
        grave: whether the notice was of suicide or violence: then only what denies it counts, not that one is fine.
    """
    text = _plain(message)
    if len(text.split()) > _MAX_WORDS or _TAKEN_BACK.search(text):
        return False
    if _DENIED.search(text):
        return True
    if grave or _NO_HELP.search(text.removeprefix("no ").removeprefix("no, ")):
        return False
    return bool(_IS_WELL.search(text) or _HELP_IS_THERE.search(text))


def asks(message: str) -> bool:
    """Whether a message asks: "is that dangerous?", "and what about the kids"."""
    return "?" in message or _ASKS.search(_plain(message)) is not None


def tells(message: str) -> bool:
    """Whether a message tells what has happened, and asks nothing: "i took more", "and tonight too"."""
    return not asks(message) and _TELLS.search(_plain(message)) is not None


def _plain(message: str) -> str:
    """Return a message in lower case with one space between words, without apostrophes."""
    return " ".join(re.sub(r"['’‘]", "", message.lower()).split())
