"""Questions about what the doctors of the last reply say: "do they agree?", "who is against?", "how many said no?"."""

import re
from dataclasses import dataclass

from corpus import Stance

_THEY = r"(?:they|these|those|them|the doctors|doctors|everybody|everyone)"
_WHO = (
    r"(?:(?:who|which (?:of (?:them|these|those)|doctors?|docs?|ones?|answers?))(?: (?:else|all))?"
    r"|how many(?: of (?:them|these|those)|(?: of the)? (?:doctors?|docs?|people|answers?))?"
    r"|(?:does|did|do|is|are) any(?:one|body| doctors?)?(?: of (?:them|these|those))?)"
)
_SAYS = r"(?:(?:plainly|clearly|actually|really) )?(?:say|says|said|answer|answers|answered|wrote|write|voted?)"
_IS = r"(?:is |are |was |were )?"
_IT = r"(?: (?:it|this|that))?"

_OF_STANCE: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    ("yes", re.compile(rf"{_WHO} (?:{_SAYS} (?:a )?(?:clear )?yes|{_IS}(?:for|in favou?r(?: of)?|pro){_IT})")),
    ("no", re.compile(rf"{_WHO} (?:{_SAYS} (?:a )?(?:clear )?no(?:t to)?|{_IS}(?:against|opposed(?: to)?){_IT})")),
    ("depends", re.compile(rf"{_WHO} {_SAYS} (?:that )?(?:(?:it|that) (?:all )?depends|maybe|perhaps)")),
)
_OF_ALL = re.compile(
    rf"(?:do|did|does|are) (?:all (?:of )?)?{_THEY}(?: all| both| really)*"
    r" (?:agree|disagree|differ|say (?:yes|no|so|the same))"
    rf"(?: with each other| on (?:this|that|it))?|(?:so )?(?:all of )?{_THEY}(?: all)? (?:agree|disagree)"
    r"|(?:who|which (?:of (?:them|these|those)|doctors?|ones?)) (?:says?|said|agrees?|disagrees?)(?: (?:otherwise|it))?"
    r"|how many(?: of them| doctors)? (?:say|said|agree|disagree|think)(?: (?:so|that|it|this|the same|what))?"
    r"|(?:is|are) (?:there )?(?:a |any )?(?:consensus|agreement|disagreement)(?: (?:on|about) (?:this|that|it))?"
    r"|(?:just )?(?:give me |whats |what is |what does )?(?:the )?majority(?: opinion| view| say| think)?"
)


@dataclass(frozen=True, slots=True)
class StanceQuestion:
    """Whose answers are asked for: those with one stance, or None for all; `names` whether only who they are."""

    stance: Stance | None = None
    names: bool = False


def stance_question(text: str) -> StanceQuestion | None:
    """Return what a whole message, in plain words, asks about what the doctors say, or None."""
    for stance, pattern in _OF_STANCE:
        if pattern.fullmatch(text):
            return StanceQuestion(stance, names=text.startswith(("who", "which")))
    return StanceQuestion() if _OF_ALL.fullmatch(text) else None
