"""Ages in a message: "my 5 week old", "24m", "I'm 63", "at 17", "in my 60s"."""

import re
from collections.abc import Iterator
from functools import cache

from chatbot.understanding.person.facts import Fact, Statement, anybody, names

_OLDEST_YEARS = 115
_UNIT = r"(?P<unit>years?|yrs?|y|months?|mos?|weeks?|wks?|days?)"
_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}
_OLD = rf"(?P<n>\d{{1,3}})[\s-]*{_UNIT}[\s/.-]*(?:old|olds|o)\b"
_NO_UNIT = (
    r"%|°|[-–/]|units?\b|mgs?\b|ml\b|ccs?\b|kgs?\b|kilos?\b|lbs?\b|pounds?\b|feet\b|foot\b|ft\b|in\b|inch|cms?\b|mm\b"
    r"|minutes?\b|mins?\b|hours?\b|hrs?\b|days?\b|weeks?\b|wks?\b|months?\b|mos?\b|[ap]\.?m\b|o'?clock|times\b|more\b"
    r"|percent|degrees|pregnant|out of|of them"
)
_YEARS = rf"(?P<n>\d{{1,3}})(?![\w%:/'\".-]*\d)(?:\s*(?:years?|yrs?)(?:\s+old)?\b|(?!\w)(?!\s*(?:{_NO_UNIT})))"
_IS_NOW = r"(?:\s+(?:only|just|now|about|almost|nearly|already|over|around))*"
_I_AM = rf"\bi(?:'?m|\s+am){_IS_NOW}\s+"


def ages_in(text: str) -> Iterator[Statement]:
    """Give each age that a message states, with its place; those of others than the user come last."""
    for about_others in (False, True):
        for pattern in _patterns()[about_others]:
            for match in pattern.finditer(text):
                statement = _statement(match)
                if statement is not None:
                    yield statement


def _statement(match: re.Match[str]) -> Statement | None:
    groups = match.groupdict()
    if groups.get("decade"):
        return Statement(Fact("decade", f"{groups['decade']}s", match.group()), match.span())
    number = int(groups["n"])
    unit = _UNITS[(groups.get("unit") or "year")[0].lower()]
    if unit == "year" and not 0 < number <= _OLDEST_YEARS:
        return None
    value = f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return Statement(Fact("age", value, match.group()), match.span())


@cache
def _patterns() -> dict[bool, list[re.Pattern[str]]]:
    """Return the patterns of the user's own age, and of the age of somebody else."""
    people = anybody()
    thing = rf"(?!\s+(?:\w+\s+)?(?:{names('things')})\b)"
    own = [
        rf"{_I_AM}(?:an?\s+)?{_OLD}{thing}",
        rf"{_I_AM}{_YEARS}",
        rf"\bas\s+an?\s+{_OLD}{thing}",
        rf"(?:^|[.!?;(\n]\s*){_OLD}(?=\s+(?:\w+\s+)?(?:male|female|man|woman|guy|girl|boy|lady|[mf]\b))",
        r"\b(?<!\d[.,])(?P<n>[1-8]\d)\s*/?\s*[mf]\b(?!\s+(?:of|long|away|tall)\b)",
        r"(?:^|[,.(\[]\s*|\bi'?m\s+)[mf]\s*/?\s*(?P<n>[1-8]\d)\b",
        rf"\bi(?:\s+have|'?ve)?\s+(?:just\s+|recently\s+)?turned\s+{_YEARS}",
        rf"\bat\s+(?:(?:the\s+)?age\s+(?:of\s+)?)?(?=[1-9]\d\b){_YEARS}",
        rf"\bmy\s+age\s+is\s+{_YEARS}",
        rf"(?:^|[.!?,;(\n]\s*)age\s*[:=-]?\s*{_YEARS}",
        r"\bin\s+my\s+(?:early\s+|mid[\s-]+|late\s+)?(?P<decade>[2-9]0)'?s\b",
    ]
    others = [
        rf"\b(?:my|our)\s+{_OLD}{thing}",
        *(rf"\b(?:my|our)\s+(?:{people})(?:'s|\s+is|,|,?\s+who\s+is){_IS_NOW}\s+{age}" for age in (_OLD, _YEARS)),
        *(rf"\b(?:s?he)(?:'s|\s+is){_IS_NOW}\s+{age}" for age in (_OLD, _YEARS)),
        rf"\b(?:his|her)\s+age\s+is\s+{_YEARS}",
    ]
    return {
        about: [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        for about, patterns in ((False, own), (True, others))
    }
