"""Which answers of a page the asker wrote: thanks, and more about oneself, that no doctor would say.

A page may tell it: by the asker's own name, or a label ("Original poster:"). Otherwise the words do, of answers whose
author no page calls a doctor: a logistic regression on `AskerFeatures`. It was fitted on 6,315 answers of a forum where
doctors answer and askers write below, and 2,121 of therapists, of which 56 are the asker's by reading;
`python -m tests.benchmarks.askers` fits it again and prints its measures. A doctor's answer that is taken for the
asker's is lost, so the threshold lies where hardly any is.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.records import Answer, Doctor
from corpus.text.normalisation import normalised

_ASKER = r"(?:the )?(?:original|initial|thread|topic|question) ?(?:poster|questioner|asker|author|owner|starter)"
_ASKER_NAME = re.compile(rf"\(?(?:{_ASKER}|(?:the )?asker|questioner|o\.?p\.?)\)?(?: \(\w+(?: \w+)?\))?", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:(?i:(?:reply |answer |response |comment |posted )?(?:by |from )?(?:{_ASKER}|the asker|asker))|O\.?P\.?)"
    r"(?:[ \t]*\([^()\n]{1,40}\))?(?:[ \t]*:|[ \t]+[-–—][ \t]|[ \t]+(?:(?:says|said|wrote|replied|replies)\b:?|here\b))"
)
_ASKED_BY = re.compile(
    r"^[ \t]*(?:question|asked|question asked|posted) by:?[ \t]+(?P<name>[^\n]{1,60}?)[.,]?[ \t]*$", re.I | re.M
)
_NOBODY = frozenset("anonymous anon guest unknown user member admin moderator deleted none n/a patient".split())
"""Names that several people share."""
_TITLED = re.compile(
    r"^(?:dr|doctor|prof|professor)\b|\b(?:M\.?D|D\.?O|Ph\.?D|Psy\.?D|MBBS|MBChB|DDS|DMD|R\.?N|L[CMI]SW|LCSW|LMHC|"
    r"LPCC?|LMFT|NP|PA-C|FACS)\b|\b\w*(?:therapist|counsell?or|ologist|iatrist|surgeon|physician|nurse)s?\b",
    re.IGNORECASE,
)

_THANKS = r"(?:thank\s?(?:s|you|u)|thanx|thx|appreciate)\b"
_I = r"\b(?:i|im|i[’'](?:m|ve|d|ll))\b"
_STILL = (
    r"(?: (?:also|just|still|now|only|usually|currently|never|already|not|on|am|was|did|do|have|had|will|didn[’']?t"
    r"|don[’']?t|haven[’']?t))*"
)
_OPINION = (
    r"opinion|suggestion|advi[cs]e|question|practice|clients?|patients?|office|experience|recommendations?|guess|view"
    r"|colleagues?|friend|dear|thoughts|answer|understanding|best"
)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PATTERNS = {
    "thanks": _pattern(_THANKS),
    "polite": _pattern(
        rf"{_THANKS}(?:\W+(?:so|very|a|lot|much|again|dear))*\W+(?:(?:for|to)\W+)?(?:(?:the|your|you|this|such|all|an?)"
        r"\W+)*(?:\w+\W+)?(?:questions?|quer(?:y|ies)|posts?|posting|messages?|[ie]nquiry|asking|writing|contacting"
        r"|consult\w*|reaching|using|visiting|choosing|sharing|trust\w*|submitting|explaining|concerns?|details|courage"
        r"|being|bringing|providing|opening|coming|joining)\b"
    ),
    "for_answer": _pattern(
        rf"{_THANKS}[^.!?]{{0,40}}?\b(?:answer(?:s|ing|ed)?|repl(?:y|ies|ying)|respon(?:se|ses|ding)|advi[cs]e|help"
        r"|input|insights?|suggestions?|info|clarif\w+|dr|doc|doctors?)\b|thank you enough"
    ),
    "facts": _pattern(
        rf"\bi{_STILL} (?:have|had|was|took|take|get|got|feel|felt|eat|drink|tried|went|started|stopped|noticed|forgot"
        r"|did|do|keep|kept|plan|need|injured|taking|scheduled?)\b"
        r"|\b(?:i[’']?ve|im|i[’']m|i am|i will|i[’']?ll)\b(?! (?:sure|not (?:sure|a)|afraid|sorry|glad|happy|suspecting"
        r"|thinking|curious|going to|assuming|hoping|no doctor|an? (?:nurse|doctor|therapist|physician|counsel)))"
    ),
    "my": _pattern(rf"\b(?:my|mine|myself)\b(?! (?:{_OPINION})\b)"),
    "opines": _pattern(
        r"\b(?:i|i[’']d)(?: (?:would|will|do|also|really|strongly|am|highly|can|totally))* (?:recommend|suggest|think"
        r"|suspect|believe|hope|understand|agree|advi[sc]e|wish|see|guess|wonder|encourage|wouldn[’']t|go)\b"
        r"|\bin my opinion\b|\bsounds? like\b|\bwould\b"
    ),
    "you": _pattern(
        r"(?<!thank )(?<!thanks )\b(?:you|your|yours|yourself|u|ur|you[’'](?:re|ve|ll))\b"
        r"(?! (?:kind |prompt |quick )?(?:answer|repl|respon|advi[cs]e|help|input|insight|suggestion|time)\w*)"
    ),
    "advises": _pattern(
        r"\b(?:should(?! i\b)|recommend\w*|consult\w*|advis\w*|suggest|see (?:an?|your)|must|try to|may be|might be"
        r"|could be|indicat\w*|caused by|due to|get (?:an?|your)|make sure|avoid|treatment|usually|hope|dear|regards"
        r"|wish|(?:good|best of) luck|worry|please)\b"
    ),
    "examines": _pattern(
        r"\b(?:are|did|have|were|was|has|had|do) (?:you|u|he|she)\b|\bis (?:there|it|he|she|your)\b"
        r"|\bhow (?:old|long|much|many|high)\b|\bwhat (?:is|was|are|kinda|drugs)\b|\bany (?:history|fever|pain|other)\b"
        r"|\bplease (?:tell|send|reply|provide|share|check|describe|post|mention)\b|\bcan you (?:tell|describe)\b"
        r"|\bneed to see\b|\bdoes (?:it|he|she|your)\b"
    ),
    "asks_back": _pattern(
        r"\b(?:should|shall|can|could|do|would|will|am|may|must|does) i\b|^\W*(?:what|how) (?:about|could|does)\b"
        r"|\b(?:do you think|you are saying|you mentioned|when you say)\b"
    ),
    "goes_on": _pattern(
        r"^\W*(?:(?:hi|hello|hey|dear|ok|okay)\b\W*)?"
        r"(?:also|plus|and|but|not|yes|no|so|forgot|one more|original|my follow)\b"
    ),
    "refers": _pattern(
        r"\bforgot to (?:write|mention|say|add)\b|\bfollow[- ]?up (?:is|question)\b|\boriginal(?:ly)? post"
        r"|\bin (?:the|my) (?:op|original|initial|first)\b|\bowner of the thread\b|\boriginal questioner\b"
        r"|\b(?:as|like) i (?:said|mentioned|wrote)\b"
    ),
    "to_doctor": _pattern(
        r"^\W*(?:(?:hi|hello|hey|dear|good (?:day|morning|evening)|thanks?|thank\s?you|thanx|both|all|so much"
        r"|very much)\W+)*(?:dr\b|doc\b|doctors?\b)"
    ),
}
_CUES = (
    "thank",
    "thanx",
    "thx",
    "appreciate",
    "forgot",
    "follow-up ",
    "follow up ",
    "followup ",
    "original",
    "owner of",
    "like i ",
    "as i ",
    "in the op",
    "in the initial",
    "in the first",
    "in my ",
)
_CUES_BELOW_OTHERS = _pattern(
    r"\b(?:i|im|my|mine|myself|do you think|you (?:are saying|mentioned)|when you say)\b|^\W*(?:what|how)\b"
)
_GREETING_CHARS = 80
"""Where "Dear doctor" stands, if it does."""
_WORD = re.compile(r"\w+")
_MAX_COUNT = 3
"""Where a count is cut off."""
_MAX_CHARS = 1200
"""A longer answer is never the asker's by its words: those who add something are brief (of 56 the longest has 491)."""


class AskerFeatures(NamedTuple):
    """What speaks for and against the asker as an answer's author: counts up to 3, truths as 0 or 1."""

    thanks: float
    """Thanks, but not for a question or for writing."""
    for_answer: float
    """Thanks for an answer, or to a doctor."""
    facts: float
    """Tells what "I" have, had, took, tried."""
    my: float
    """What is "mine": "my son", but not "my opinion"."""
    opines: float
    """Says "I recommend", "it sounds like"."""
    you: float
    """How many of ten words are "you" and "your"."""
    advises: float
    """Says "should", "caused by", "best of luck"."""
    examines: float
    """Asks "have you", "is there", "how old"."""
    asks_back: float
    """Asks "should I", "what about", "you mentioned"."""
    goes_on: float
    """It begins with "also", "plus", "no"."""
    refers: float
    """Says "I forgot to mention", "in my original post"."""
    to_doctor: float
    """It begins with "Thank you, doctor"."""
    words: float
    """The logarithm of the number of words."""
    first: float
    """It is the first answer of its page."""


WEIGHTS = AskerFeatures(
    thanks=0.05,
    for_answer=5.22,
    facts=1.59,
    my=0.97,
    opines=-0.50,
    you=-3.71,
    advises=-0.88,
    examines=-0.41,
    asks_back=3.22,
    goes_on=1.20,
    refers=2.25,
    to_doctor=2.67,
    words=-1.14,
    first=-1.42,
)
BIAS = 0.92
THRESHOLD = 1.0
"""The decision value above which an answer is the asker's. Measured: docs/corpus.md."""


def asker_features(text: str, *, first: bool) -> AskerFeatures:
    """Return the features of an answer.

    Args:
        first: whether it is the first answer of its page.
    """
    found = {name: len(pattern.findall(text)) for name, pattern in _PATTERNS.items()}
    words = max(1, len(_WORD.findall(text)))
    thanks = found["thanks"] > found["polite"]
    return AskerFeatures(
        thanks=thanks,
        for_answer=thanks and found["for_answer"] > 0,
        facts=min(_MAX_COUNT, found["facts"]),
        my=min(_MAX_COUNT, found["my"]),
        opines=min(_MAX_COUNT, found["opines"]),
        you=10 * found["you"] / words,
        advises=min(_MAX_COUNT, found["advises"]),
        examines=min(_MAX_COUNT, found["examines"]),
        asks_back=found["asks_back"] > 0,
        goes_on=found["goes_on"] > 0,
        refers=found["refers"] > 0,
        to_doctor=found["to_doctor"] > 0,
        words=math.log(words),
        first=first,
    )


def classified_as_asker(text: str, *, first: bool) -> bool:
    """Whether the words of an answer are the asker's: one of the cues is there, and the value is above `THRESHOLD`."""
    if len(text) > _MAX_CHARS or not _has_cue(text, first=first):
        return False
    features = asker_features(text, first=first)
    evidence: tuple[float, ...] = (features.for_answer, features.refers, features.to_doctor)
    if not first:  # Who tells more about oneself does so below a doctor's answer.
        evidence += (features.thanks, features.facts, features.my, features.asks_back)
    return any(evidence) and BIAS + sum(map(float.__mul__, map(float, WEIGHTS), map(float, features))) > THRESHOLD


def _has_cue(text: str, *, first: bool) -> bool:
    """Whether an answer may have any of the cues: most have none, and their features are not computed."""
    lowered = text.lower()
    if any(cue in lowered for cue in _CUES) or _PATTERNS["to_doctor"].match(text[:_GREETING_CHARS]):
        return True
    return not first and _CUES_BELOW_OTHERS.search(text) is not None


def is_asker_label(text: str) -> bool:
    """Whether a text begins by saying that the asker wrote it: "Original poster: thank you", "OP here"."""
    line = text.lstrip().split("\n", 1)[0]
    return _LABEL.match(line) is not None or is_asker_name(line)


def is_asker_name(name: str) -> bool:
    """Whether a name only says that this is the asker: "Original poster", "OP"."""
    return _ASKER_NAME.fullmatch(name.strip().rstrip(":")) is not None


def asker_named(question: str) -> str | None:
    """Return the asker's name, where a line of the question gives it: "Question by Zog", "Asked by: Zog"."""
    match = _ASKED_BY.search(question)
    return match["name"].strip() if match else None


def is_called_doctor(author: Doctor | None) -> bool:
    """Whether a page says of an author what it says of doctors only: a title, credentials, a specialty, stars."""
    if author is None:
        return False
    facts = (author.credentials, author.specialty, author.rating, author.reviews)
    return any(fact is not None for fact in facts) or _TITLED.search(author.name or "") is not None


def mark_asker(answers: Sequence[Answer], asker: str | None, *, given: Sequence[bool | None]) -> tuple[Answer, ...]:
    """Return the answers of a page, the asker's own marked.

    Args:
        asker: the asker's name, where the page tells it.
        given: for each answer what its record says already, which is taken; None where it says nothing.
    """
    marks = [
        known if known is not None else _is_by_asker(answer, asker)
        for answer, known in zip(answers, given, strict=True)
    ]
    # Whoever thanks the doctors in one answer wrote the others under that name too.
    names = {_name(answer) for answer, mark in zip(answers, marks, strict=True) if mark} - {None, *_NOBODY}
    return tuple(
        replace(
            answer, by_asker=mark or (known is None and not is_called_doctor(answer.author) and _name(answer) in names)
        )
        for answer, mark, known in zip(answers, marks, given, strict=True)
    )


def _name(answer: Answer) -> str | None:
    return normalised(answer.author.name).casefold() if answer.author and answer.author.name else None


def _is_by_asker(answer: Answer, asker: str | None) -> bool:
    name = _name(answer)
    if answer.kind == "summary":
        return False
    if is_asker_label(answer.text) or (name is not None and is_asker_name(name)):
        return True
    if is_called_doctor(answer.author):
        return False
    if name and asker and name not in _NOBODY and name == normalised(asker).casefold():
        return True
    return classified_as_asker(answer.text, first=answer.position == 1)
