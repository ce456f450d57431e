"""The facts of the person that one message states or takes back.

A fact needs a statement about the user, or about somebody of theirs: "can pregnant women ...?" and "is it safe with
lupus?" are questions in general. What stands in quotation marks is somebody else's, and what follows "if", "could" or
"when" is not said to be so. Each pattern runs over the message once and looks a few words far.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from chatbot.understanding.person.ages import ages_in
from chatbot.understanding.person.facts import Fact, FactKind, Statement, anybody, names
from chatbot.understanding.person.whom import whom_of

_QUOTED = re.compile(r'"[^"\n]{2,}"|“[^”\n]{2,}”|«[^»\n]{2,}»|(?m:^[ \t]*>.*$)')
_PIECE = re.compile(r"\s+|\S+")
_NOT_SAID_TO_BE = re.compile(
    r"\b(?:if|whether|suppose|supposing|imagine|unless|in case|hypothetically|as though|afraid|scared|worried|fear"
    r"|wish|hope|hoping|ruled out|before|until)\b",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"\b(?:am|do|did|does|could|should|would|might|may|can|will|must|shall|to|when|once|never|not|n't|whenever"
    r"|(?:should|could|would)\s+(?:i|we|s?he|they)\s+have)\s+$",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(?:think|thinks|suspect|maybe|perhaps|know if|could be)\b", re.IGNORECASE)
_AROUND_A_FACT = re.compile(
    r"\b(?:btw|by\s+the\s+way|also|and|but|oh|well|ok|sorry|actually|i|im|i'm|am|now|old|years?|a|the)\b|[^\w\s]",
    re.IGNORECASE,
)
_CLAUSE_CHARS = 80
_CLAUSE_ENDS = re.compile(r"[.!?;\n](?=\s|$)")

_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s+few|a\s+couple\s+of)"
_TIMES = r"(?:hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_SPAN = rf"{_NUMBER}[\s-]+{_TIMES}(?:\s+and\s+\d+\s+days?)?"
_LATELY = r"(?:\s+(?:now|currently|already|still|also|just|only|both|about|almost|nearly|a|an|exclusively))*"


@cache
def _be() -> str:
    """Return a pattern of somebody and "am" or "is"."""
    return (
        rf"(?:\bi'?m|\bi\s+am|\bwe're|\bwe\s+are|\band\s+i\s+are|\bi'?ve\s+been|\bi\s+have\s+been|\bs?he(?:'s|\s+is)"
        rf"|\bmy\s+(?:{anybody()})(?:'s|\s+is))"
    )


@cache
def _subject() -> str:
    adverbs = r"(?:also|still|currently|now|only|already|really|normally|usually|do|does)"
    return rf"(?:\bi|\bwe|\bs?he|\bmy\s+(?:{anybody()}))(?:\s+{adverbs})*"


def statements_in(message: str, people: Sequence[str] = ()) -> tuple[Statement, ...]:
    """Return what a message states of the person and what it takes back, in order; the text of each is its words.

    Args:
        people: of whom there were facts before, the latest last: "she" may be one of them.
    """
    masked = _QUOTED.sub(lambda match: "_" * len(match.group()), message.replace("’", "'").replace("‘", "'"))
    text, places = _with_single_spaces(masked)
    found = [s for rule in (_maternity, ages_in, _drugs, _allergies, _procedures) for s in rule(text)]
    for_whom = list(_for_whom(text))
    found += [*for_whom, *_conditions(text, others=bool(for_whom or people))]
    kept = [one for one in found if not one.holds or _is_said_to_be(text, one)]
    of_whom = [replace(one, fact=replace(one.fact, whom=whom_of(one.fact, text, one.span, people))) for one in kept]
    exact = (_exact(one, message, places) for one in of_whom)
    # Of ages the last one counts, so those of others, which come last here, may not be put before one's own.
    return tuple(sorted(exact, key=lambda one: one.span if one.fact.kind not in ("age", "decade") else (0, 0)))


def only_states_facts(message: str) -> bool:
    """Whether a message says facts of the person and nothing else: "I am 23 btw"."""
    statements = [one for one in statements_in(message) if one.holds]
    left = message
    for one in sorted(statements, key=lambda one: one.span, reverse=True):
        left = left[: one.span[0]] + " " + left[one.span[1] :]
    return bool(statements) and "?" not in message and not _AROUND_A_FACT.sub("", left).strip()


def _with_single_spaces(text: str) -> tuple[str, list[int]]:
    """Return a text with one space, or one line break, for each run of white space, and where each character was.

    So no pattern has to try the parts of a long run.
    """
    pieces, places = [], []
    for match in _PIECE.finditer(text):
        if match.group().isspace():
            pieces.append("\n" if "\n" in match.group() else " ")
            places.append(match.start())
        else:
            pieces.append(match.group())
            places += range(*match.span())
    return "".join(pieces), places


def _exact(statement: Statement, message: str, places: list[int]) -> Statement:
    """Return a statement with its span in the message, and the words that stand there."""
    start, end = places[statement.span[0]], places[statement.span[1] - 1] + 1
    return replace(statement, fact=replace(statement.fact, text=message[start:end]), span=(start, end))


def _is_said_to_be(text: str, statement: Statement) -> bool:
    """Whether a statement is no hypothesis, no question and no fear, by the words before it in its clause."""
    start = statement.span[0]
    before = text[max(0, start - _CLAUSE_CHARS) : start]
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(before)]
    clause = before[ends[-1] :] if ends else before
    # "Can my epilepsy get worse?" says that there is one, "can I have epilepsy?" does not.
    asked = statement.fact.kind != "for_whom" and not text.lower().startswith("my ", start)
    if _NOT_SAID_TO_BE.search(clause) or (asked and _INVERTED.search(clause)):
        return False
    return not (statement.fact.kind == "condition" and _UNSURE.search(clause))


def _each(kind: FactKind, pattern: re.Pattern[str], text: str, *, holds: bool = True) -> Iterator[Statement]:
    for match in pattern.finditer(text):
        value = (match.groupdict().get("value") or "").strip()
        yield Statement(Fact(kind, " ".join(value.split()), match.group()), match.span(), holds)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _maternity(text: str) -> Iterator[Statement]:
    """Give what is said of pregnancy, breastfeeding and trying to conceive."""
    nursing = r"(?:breast[\s-]?feeding|nursing|bf|lactating)\b"
    baby = r"(?:baby|child|kid|twins|son|daughter|boy|girl|little\s+one)\b"
    trying = (
        rf"(?:ttc\b|trying\s+(?:to\s+(?:conceive|(?:get|become|fall)\s+pregnant|have\s+a\s+{baby})"
        rf"|for\s+(?:an?|another|our)\s+(?:\w+\s+)?{baby}))"
    )
    pregnant = (
        rf"{_be()}{_LATELY}(?:\s+{_SPAN})?\s+pregnant\b"
        rf"|\b{_SPAN}\s+(?:pregnant\b|along\b(?!\s+in\b))|\b(?:currently\s+pregnant|pregnant\s+here)\b"
        r"|\bas\s+a\s+pregnant\s+(?:woman|person|mother|mom|mum|lady)\b"
        r"|\bin\s+my\s+(?:first|second|third|last|1st|2nd|3rd)\s+trimester\b"
        rf"|{_be()}{_LATELY}\s+expecting\s+(?:(?:an?|my|our|the|another)\s+(?:\w+\s+)?)?{baby}"
    )
    ended = (
        rf"{_be()}\s+(?:not|no\s+longer)(?:\s+(?:yet|currently|even))?\s+pregnant\b"
        rf"|\b(?:i|she|we)\s+(?:just\s+)?(?:gave\s+birth|miscarried|had\s+(?:a\s+miscarriage|(?:my|our|the)\s+{baby}))"
    )
    yield from _each("pregnant", _compiled(pregnant), text)
    yield from _each("pregnant", _compiled(ended), text, holds=False)
    yield from _each(
        "breastfeeding",
        _compiled(
            rf"{_be()}{_LATELY}(?:\s+\w+\s+and)?\s+{nursing}|\bi\s+(?:still\s+)?(?:breast[\s-]?feed|nurse)\b"
            rf"|\b(?:still|currently)\s+{nursing}"
        ),
        text,
    )
    stopped = rf"\b(?:stopped|quit|finished|done\s+with)\s+{nursing}|{_be()}\s+(?:not|no\s+longer)\s+{nursing}"
    yield from _each("breastfeeding", _compiled(stopped), text, holds=False)
    yield from _each("conceiving", _compiled(rf"{_be()}{_LATELY}\s+{trying}"), text)
    yield from _each("conceiving", _compiled(rf"{_be()}\s+(?:not|no\s+longer)\s+{trying}"), text, holds=False)


def _drugs(text: str) -> Iterator[Statement]:
    """Give each drug that is taken, or no longer taken."""
    dose = r"\d+(?:[.,]\d+)?\s*(?:mg|mcg|iu|µg|g|ml|%)"
    unlisted = rf"(?!(?:about|around|over|only|just|than|daily|nearly|almost)\b)[a-z]{{4,20}}(?=\s+{dose})"
    name = rf"(?:(?:{names('drugs')})\b|[a-z]{{2,20}}(?:{names('drugs', 'endings')})\b|{unlisted})"
    some = rf"(?:(?:an?|the|my|some|daily|low[\s-]dose|oral|topical|generic|{dose}|of)\s+)*"
    and_ = rf"(?:\s+{dose})?(?:\s*(?:,|&|\+)\s*(?:and\s+)?|\s+(?:and|plus|with)\s+)"
    listed = rf"(?P<value>{some}{name}(?:{and_}{some}{name}){{0,8}})"
    takes = (
        rf"(?:{_subject()}\s+(?:takes?|uses?|started(?:\s+(?:taking|using|on))?|was\s+(?:given|prescribed|put\s+on)"
        rf"|has\s+been\s+(?:taking|using|on))|{_be()}{_LATELY}\s+(?:on|taking|using|prescribed)"
        r"|\bbeen\s+(?:on|taking|using)|\b(?:put|got)\s+me\s+on|\bprescribed\s+me"
        r"|\bmy\s+(?:current\s+|daily\s+|regular\s+)?(?:medications?|medicines?|meds)\s+(?:are|is|includes?)"
        r"|(?:^|[,;.!?(:]\s*|\band\s+)(?:i\s+)?(?:currently\s+|still\s+|also\s+)?(?:on|taking|using)|\band\s+(?:take|use))"
    )
    stopped = (
        r"\b(?:stopped|quit|came\s+off|come\s+off|went\s+off|off|no\s+longer\s+(?:on|take|taking|use|using)"
        r"|(?:don'?t|do\s+not|doesn'?t|not|never)\s+(?:on|take|taking|use|using)|used\s+to\s+(?:take|use|be\s+on)"
        r"|weaned\s+off)(?:\s+(?:taking|using))?"
    )
    for frame, holds in ((takes, True), (stopped, False)):
        for match in _compiled(rf"{frame}\s+{listed}").finditer(text):
            # Looked for in the whole text, for a dose may stand behind the last one.
            for drug in _compiled(name).finditer(text, match.start("value")):
                if drug.end() > match.end("value"):
                    break
                fact = Fact("drug", " ".join(drug.group().lower().split()), "")
                yield Statement(fact, (match.start() + _signs_at(match.group()), drug.end()), holds)


def _signs_at(text: str) -> int:
    """Return how many characters that are no part of a word stand at the beginning of a text."""
    return len(text) - len(text.lstrip(" \t\r\n,;.!?(:"))


def _allergies(text: str) -> Iterator[Statement]:
    what = r"(?P<value>(?!anything\b|any\b|nothing\b)\w[\w'-]*(?:\s+(?:dye|nuts|oil|eggs|ana?esthetics?))?)"
    is_allergic = rf"{_be()}{_LATELY}\s+(?:\w+ly\s+)?allergic\s+to\s+{what}"
    has_one = rf"{_subject()}\s+(?:have|has)\s+(?:an?\s+)?(?:\w+\s+)?allergy\s+to\s+{what}"
    for pattern in (is_allergic, has_one):
        for match in _compiled(pattern).finditer(text):
            yield Statement(Fact("allergy", match["value"].lower(), ""), match.span())


def _conditions(text: str, *, others: bool) -> Iterator[Statement]:
    """Give each condition that somebody has; of others than the user only where the user asks for one of them."""
    no_name = r"(?!(?:an?|the|my|this|that|any|some|no|with|of|is|and|or)\b)"
    named = rf"(?:{no_name}[\w']+\s+){{1,2}}(?:{names('conditions', 'endings')})\b"
    condition = rf"(?:{named}|(?:{names('conditions')})(?!\w))"
    how = r"(?:(?:an?|the|very|severe|mild|moderate|chronic|bad|early|really|previous|past|known|history\s+of)\s+)*"
    listed = rf"{how}(?P<value>{condition}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|plus)\s+){how}{condition}){{0,6}})"
    mine = r"(?:\bi|\bwe)(?:\s+(?:also|still|currently|now|already|do))*"
    somebody = _subject() if others else mine
    whose = "my|his|her" if others else "my"
    has = (
        rf"(?:{somebody}\s+(?:have|has|got|suffers?\s+(?:from|with)|(?:am|is)\s+suffering\s+(?:from|with)|lives?\s+with"
        r"|(?:was|am|is|were)\s+diagnosed\s+with)|\bi'?ve\s+(?:got|had|been\s+diagnosed\s+with)|\bi\s+have\s+had"
        rf"|\b(?:{whose}))"
    )
    for match in _compiled(rf"{has}\s+{listed}").finditer(text):
        for one in _compiled(condition).finditer(text, *match.span("value")):
            value = _compiled(r"^an?\s+").sub("", " ".join(one.group().split()))
            yield Statement(Fact("condition", value, ""), (match.start(), one.end()))
    adjectives = rf"(?P<value>{names('conditions', 'adjectives')})(?!\w)"
    yield from _each("condition", _compiled(rf"{_be()}{_LATELY}\s+{adjectives}"), text)
    yield from _each("condition", _compiled(rf"(?<!\w){adjectives}\s+here\b"), text)
    ended = rf"\b(?:i|we)\s+(?:don'?t|do\s+not|no\s+longer|never)\s+(?:have|had)\s+{listed}"
    for match in _compiled(ended).finditer(text):
        for one in _compiled(condition).finditer(text, *match.span("value")):
            fact = Fact("condition", " ".join(one.group().split()), "")
            yield Statement(fact, (match.start(), one.end()), holds=False)


def _procedures(text: str) -> Iterator[Statement]:
    """Give what was done, with when it was: without its time it is no fact that a doctor could use."""
    months = (
        "january|february|march|april|may|june|july|august|september|october|november|december"
        "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spring|summer|autumn|fall|winter"
    )
    weekdays = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    when = (
        rf"(?:{_SPAN}\s+(?:ago|back)|yesterday|last\s+(?:week|month|year|night|{months}|{weekdays})|on\s+(?:{weekdays})"
        rf"|(?:back\s+)?in\s+(?:(?:{months})(?:\s+\d{{4}})?|(?:19|20)\d\d)|this\s+(?:morning|week|month))\b"
    )
    what = rf"(?:[\w'-]+\s+){{0,3}}?(?:{names('procedures')})\b(?:\s+(?!in\b|on\b|last\b)[\w'-]+){{0,3}}?"
    whose = r"(?:(?:an?|the|my|his|her|our|some|more)\s+)?"
    yield from _each(
        "procedure", _compiled(rf"\b(?:had|got|did|underwent|received)\s+{whose}(?P<value>{what}\s+{when})"), text
    )
    yield from _each("procedure", _compiled(rf"\bmy\s+(?P<value>{what}\s+was\s+{when})"), text)
    after = rf"(?:\s+(?:from|of|after)\s+(?:(?:an?|the|my)\s+)?{what})?"
    post = rf"(?P<value>{_SPAN}\s+post[\s-]?op(?:erative)?{after})(?!\w)"
    yield from _each("procedure", _compiled(rf"\b{post}"), text)
    out = rf"(?P<value>{_SPAN}\s+(?:out\s+(?:from|of)|post|after)\s+(?:(?:an?|the|my)\s+)?{what})(?!\w)"
    yield from _each("procedure", _compiled(rf"{_be()}{_LATELY}\s+{out}"), text)
    since = rf"(?P<value>{_SPAN}\s+since\s+(?:i\s+had\s+|i\s+got\s+)?(?:(?:an?|the|my)\s+)?{what})(?!\w)"
    yield from _each("procedure", _compiled(rf"\b{since}"), text)


def _for_whom(text: str) -> Iterator[Statement]:
    """Give whom the user asks for: "asking for my mum", "can my son ...?", "my baby has ..."."""
    who = rf"(?P<value>{anybody()})(?![\w'])"
    aged = r"(?:\d{1,2}[\s-]*(?:year|month|week|day|yr|mo)s?[\s-]*old\s+)?"
    yield from _each("for_whom", _compiled(rf"\b(?:asking|ask|for|give|giving)\s+(?:for\s+)?my\s+{aged}{who}"), text)
    asks = r"(?:can|could|may|should|will|would|is|does|do|did|has|that|why)"
    yield from _each("for_whom", _compiled(rf"\b{asks}\s+my\s+{aged}{who}"), text)
    young = anybody("baby", "child", "teenager", "young")
    state = r"(?:is|has|keeps?|needs?|can't|cannot|won't|gets?|takes?|got|was\s+(?:prescribed|diagnosed))\b"
    asked = _compiled(r"\b(?:can|should|could|would|will|does|is|may)\s+(?:s?he|they)\b").search(text)
    told = anybody() if asked else young
    yield from _each("for_whom", _compiled(rf"\bmy\s+{aged}(?P<value>{told})\s+{state}"), text)
