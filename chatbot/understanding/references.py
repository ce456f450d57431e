"""Reference resolution: which of the cited answers a message means ("the second one", "[3]", "what did Dr. Roe say?").

A message refers if all of it says what is wanted and whose answer is meant, with nothing left over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chatbot.understanding.doctors import Description, described_doctor, named_doctors
from chatbot.understanding.message import Message, Word, plain
from chatbot.understanding.reply_questions import ReplyQuestion, reply_question
from chatbot.understanding.stance_questions import StanceQuestion, stance_question
from corpus import Answer
from index.search.facets import Facets
from index.search.filters import is_of

Request = Literal[
    "whole",
    "who",
    "more by",
    "others",
    "by doctor",
    "pages",
    "missing",
    "agree",
    "question",
    "which doctor",
    "nothing",
    "unclear",
]

_THING = "(?:one|answer|doctor|doc|source|opinion|reply|quote|view|citation|reference|response)"
_ORDINALS = {
    **{word: at for at, word in enumerate("first second third fourth fifth".split())},
    **{word: at for at, word in enumerate("1st 2nd 3rd 4th 5th".split())},
    "last": -1,
}
_ORDINAL = re.compile(rf"(?:the |that )?({'|'.join(_ORDINALS)})(?: {_THING})?")
_NUMBERS = {word: number for number, word in enumerate("one two three four five".split(), start=1)}
_NUMBERED = re.compile(
    rf"(?:(?:the )?(?:number|no|nr|num|{_THING}) (?:number |no |nr )?)?(\d\d?)"
    rf"|(?:the )?(?:{_THING} )?number ({'|'.join(_NUMBERS)})"
)
_SINGULAR_MENTION = re.compile("(?:he|she|him|her|(?:the|this|that) (?:doctor|doc|surgeon|physician))")
_DOCTOR = "(?:one|doctor|doc|surgeon|dermatologist|physician|therapist)"
_ASKS_ABOUT = ("what about ", "how about ")
_OF_A_PLACE = re.compile(rf"(?:the )?{_DOCTOR} (?:in|from) (?P<after>.+)|the (?P<before>.+?)(?: {_DOCTOR})?")

ASK = (
    r"(?:(?:can|could|would|may) (?:you|i|we) (?:please )?|let me |i (?:just |only )?(?:want|would like|need) (?:to )?"
    r"|id like (?:to )?|please )"
)
SHOW = (
    rf"(?:{ASK}?(?:please |just |only )*"
    r"(?:show|see|read|give|open|expand|display|list|hear|tell|get|have|find)(?: (?:me|us))?)"
)
_SAY = (
    r"(?:say|says|said|write|writes|wrote|written|think|thinks|thought|mean|means|meant|recommends?|recommended"
    r"|advised?|advises|answer|answers|answered|suggests?|suggested|tell|told)"
)
_OF_THAT = r"(?: (?:(?:about|on|of|to|for) )?(?:it|that|this|me|us|exactly|so))*"
_ANSWER = r"(?:answers?|text|reply|replies|quotes?|posts?|opinions?|words?|views?|advice|thoughts?)"

_WHOLE = tuple(
    map(
        re.compile,
        (
            rf"(?:{SHOW} )?(?:(?:a bit |some )?more )?"
            rf"(?:(?:the )?(?:(?:whole|full|entire|complete|exact) )?{_ANSWER} )?(?:(?:the )?(?:all|rest|whole) )?"
            r"(?:(?:of|by|from|about|on|what) )*(?P<target>.+?)(?: (?:said|wrote))?"
            r"(?: (?:in full|completely|entirely|fully|whole|to the end))?",
            rf"(?:{SHOW} )?(?:the )?(?:whole|full|entire|complete) (?P<target>.+?)",
            r"(?:what|how) about (?P<target>.+)",
            rf"whats? (?:(?:did|does|do|has|was|is|were|would) )?(?P<target>.+?)(?: {_SAY})?{_OF_THAT}",
            rf"(?:{SHOW} |whats? (?:is |are |was )?)?(?P<target>.+?)(?: whole| full)? {_ANSWER}",
        ),
    )
)
_SAID_ABOUT = re.compile(
    rf"what (?:did|does|do|has|would) (?P<target>.+?) {_SAY} (?:about|on|regarding|of) (?P<about>.+)"
)
_MORE_BY = tuple(
    map(
        re.compile,
        (
            rf"what else (?:did|does|do|has|have|would) (?P<target>.+?) {_SAY}{_OF_THAT}",
            rf"(?:{SHOW} )?(?:(?:anything|something|everything|all|more|any other|any more|(?:the |all the )?other)"
            rf"(?: else)?(?: {_ANSWER})?) (?:by|from) (?P<target>.+)",
            rf"(?:{SHOW} )?(?:everything|all)(?: that)? (?P<target>.+?) (?:has )?{_SAY}",
            rf"what other {_ANSWER} (?:did|does|has) (?P<target>.+?) (?:have|give|given|{_SAY})",
            rf"(?:did|does|has) (?P<target>.+?) (?:have|give|given|{_SAY}) (?:anything|something|more)(?: else)?",
            rf"(?:did|does|has) (?P<target>.+?) (?:have|write|give|given) (?:any )?(?:other|more) {_ANSWER}",
        ),
    )
)
_PEOPLE = "(?:doctors?|docs?|people|person|experts?|authors?|surgeons?|physicians?|guys?|ones?)"
_THAT = r"(?:that|this|it|so|these|those|them)"
_WROTE = r"(?:said|says|say|wrote|writes|answered|posted|told|gave)"
_WHO = re.compile(
    rf"who {_WROTE}(?: me)? {_THAT}(?: answers?)?|who answered|says who|according to whom|whos (?:that|this|it)"
    rf"|(?:from|by) (?:whom|which {_PEOPLE}) (?:is|was|are|were) (?:that|this|it|these|those)|from whom"
    rf"|who {_WROTE} (?:these|those|the) (?:answers|opinions|quotes)"
    rf"|who (?:is|are|was|were) (?:they|these|those|that|this)(?: {_PEOPLE})?"
    rf"|who (?:are|were) the {_PEOPLE}|who (?:is|are|was|were) (?:the|these|those) {_PEOPLE} who {_WROTE}(?: {_THAT})?"
    rf"|(?:which|what) {_PEOPLE} (?:(?:{_WROTE}|is|are|was|were) (?:{_THAT}|they)|answered)"
    rf"|whose (?:{_ANSWER} )?(?:is|are|was|were) (?:that|this|it|these|those)(?: {_ANSWER})?"
    rf"|(?:whats? (?:are |is )?|{SHOW} )?(?:(?:their|the doctors?) names?"
    rf"|(?:the )?names of (?:the|these|those) {_PEOPLE})"
)
_WHO_IS = re.compile(rf"(?:who (?:is|was|{_WROTE})|whos|whats? (?:is |was )?(?:the )?name of) (?P<target>.+)")
_OTHER = (
    r"(?:(?:the |all |all the |any |some )?(?:others|other (?:doctors?|docs?|answers?|opinions?|views?|repl(?:y|ies)"
    r"|responses?|experts?|quotes?|sources?)|(?:remaining|additional|further) (?:doctors|answers|opinions|views))"
    r"|(?:any |some |even )?more (?:doctors|answers|opinions|views|replies|quotes)"
    r"|the rest(?: of (?:them|the answers|the doctors|these))?|rest of (?:them|the answers|the doctors)"
    r"|(?:every|any|some)(?:one|body) else)"
)
_OTHERS = re.compile(
    rf"(?:{SHOW} what |{SHOW} |what (?:(?:do|did|does) )?|what about |how about |(?:are|is) there |do you have )?"
    rf"{_OTHER}"
    rf"(?: (?:say|said|think|thought|wrote|write|answered))?(?: (?:(?:about|on) (?:it|this|that)(?: page)?"
    r"|on the (?:same )?page))?"
    rf"|(?:{SHOW} |load |got )?(?:some )?more(?: of (?:them|these|those))?|what else|anything else|go on|next|continue"
    rf"|(?:is|are) there (?:anything|any|something) (?:more|else)"
    rf"|{SHOW} all(?: of them)?|did (?:any(?:one|body) else|other doctors) (?:answer|write|say)(?: (?:any|some)thing)?"
    r"|(?:what|anything) else (?:did |do )?(?:they|the doctors|doctors) (?:say|said|write|wrote|think)"
)
_ALL_WHOLE = re.compile(rf"(?:{SHOW} )?(?:the )?(?:whole|full|entire|complete) {_ANSWER}")
_NO_EMERGENCY = (
    r"(?:(?:its|it is|this is|thats|that is|there is) (?:really |definitely )?(?:not|no)(?: really)?(?: an?)? emergency"
    r"|(?:im|i am) not having an emergency|i (?:have no|dont have an) emergency"
    r"|(?:it|this|that) isnt(?: really)?(?: an?)? emergency|not(?: an?)? emergency|no emergency)"
)
_FINE = r"(?:im|i am) (?:fine|ok|okay|safe|alright|all right|not in danger)"
_WROTE_THEY = r"what (?:the |other )?(?:doctors|they) (?:wrote|said|write|say|have written|have said)"
_PAGES = re.compile(
    rf"{_NO_EMERGENCY}(?: anyway)?|(?:(?:{_NO_EMERGENCY}|{_FINE}) )?(?:so |but |just |please |still |now )*{SHOW}"
    rf"(?: (?:(?:the |those |these |their |all |all the )?(?:(?:doctors )?answers|pages?|posts)(?: anyway)?"
    r"|(?:the |those )?results(?: anyway)"
    "|(?:the|those) results"
    rf"|{_WROTE_THEY}(?: anyway)?|(?:them |it )?anyway))"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a message refers to, and what is wanted of it.

    `targets` are places (from 0) among what was cited; "missing" is a number that nothing cited has,
    "agree" asks whether the doctors do, or who says what (`stances`), "question" asks `question` of what was cited,
    "which doctor" may mean any of `doctors`, "nothing" would refer, were there anything cited, and "unclear"
    asks something of all that was cited. `doctor` is one of
    the corpus who was not cited; `about` is the topic on which one doctor's word is wanted, in the words of the
    message.
    """

    request: Request
    targets: tuple[int, ...] = ()
    doctor: str | None = None
    about: str | None = None
    stances: StanceQuestion | None = None
    question: ReplyQuestion | None = None
    doctors: tuple[str, ...] = ()


def resolve_reference(
    message: Message, cited: Sequence[Answer], facets: Facets, *, has_history: bool
) -> Reference | None:
    """Return what a message as a whole refers to, or None.

    Args:
        cited: the answers that the last reply with any cited, in the order of their numbers.
        facets: the doctors of the corpus.
        has_history: whether anything was said before.
    """
    text = message.text
    if not text:
        return None
    if has_history and (_PAGES.fullmatch(plain(message.words)) or _PAGES.fullmatch(text)):
        return Reference("pages")
    everything = tuple(range(len(cited)))
    of_all: tuple[tuple[re.Pattern[str], Request, tuple[int, ...]], ...] = (
        (_WHO, "who", everything),
        (_OTHERS, "others", ()),
        (_ALL_WHOLE, "whole", everything),
    )
    wished = next(
        (Reference(request, at) for pattern, request, at in of_all if cited and pattern.fullmatch(text)), None
    )
    if wished is not None:
        return wished
    if cited and (stances := stance_question(text)):
        return Reference("agree", stances=stances)
    resolver = MentionResolver(message.core, cited, facets)
    found = resolver.reference(text)
    if found is not None:
        return found
    asked = reply_question(message, cited, facets, resolver.named)
    return None if asked is None else Reference("question", asked.targets, question=asked)


class MentionResolver:
    """Resolves mentions of answers and doctors in a message to what was cited, or to doctors of the corpus."""

    def __init__(self, words: Sequence[Word], cited: Sequence[Answer], facets: Facets) -> None:
        self._words = words
        self._cited = cited
        self._facets = facets
        authors = [answer.author for answer in cited]
        self._authors = authors
        self._names = [author.name if author else None for author in authors]
        self._kinds = [
            Facets.of(
                [author.specialty] if author and author.specialty else [],
                [author.location] if author and author.location else [],
                credentials=[author.credentials] if author and author.credentials else [],
            )
            for author in authors
        ]

    def reference(self, text: str) -> Reference | None:
        """Return what a whole message refers to, in plain words, or None."""
        for pattern in _MORE_BY:
            if match := pattern.fullmatch(text):
                if _SINGULAR_MENTION.fullmatch(match["target"]) and not self._is_by_one_doctor() and self._cited:
                    return self._any_of_the_cited()
                if found := self._resolved(match, "more by"):
                    return found
        if (match := _WHO_IS.fullmatch(text)) and (found := self._resolved(match, "who") or self._none_fits(match)):
            return found
        if (match := _SAID_ABOUT.fullmatch(text)) and not re.fullmatch(_THAT, match["about"]):
            return self._resolved(match, "whole", about=self._written(match.span("about"), text))
        matches = [match for pattern in _WHOLE if (match := pattern.fullmatch(text))]
        found = next((found for match in matches if (found := self._resolved(match, "whole"))), None)
        return found or next((none for match in matches if (none := self._none_fits(match))), None)

    def named(self, start: int, end: int) -> tuple[int, ...]:
        """Return the places of those cited that a run of the words means by number or by name, or none."""
        run = self._words[start:end]
        number = self._number(plain(run))
        if number is not None and (len(run) > 1 or run[0].plain in _ORDINALS or run[0].plain.isdigit()):
            return (number,)
        doctors = named_doctors(self._words, start, end, Facets(), self._names)
        return tuple(at for at, name in enumerate(self._names) if name in doctors)

    def _any_of_the_cited(self) -> Reference:
        """Return what "she" means where several were cited: any of those who have a name."""
        everything = tuple(range(len(self._cited)))
        names = tuple(dict.fromkeys(name for name in self._names if name))
        return Reference("which doctor", everything, doctors=names) if len(names) > 1 else Reference("who", everything)

    def _resolved(self, match: re.Match[str], request: Request, *, about: str | None = None) -> Reference | None:
        """Return a reference with the target of a match looked up, or None if it is none."""
        target = match["target"]
        described = self._described(match)
        both = described is not None and described.profession and described.place
        places = self._who_are_both(described) if described and both else self.places(target) if self._cited else ()
        if places or both:
            return Reference(request, places, about=about) if places else None
        if self._cited and self._written_number(target) is not None:
            return Reference("missing")
        start = len(match.string[: match.start("target")].split())
        doctors = named_doctors(self._words, start, start + len(target.split()), self._facets, self._names)
        if not doctors:
            return None
        targets = tuple(at for at, name in enumerate(self._names) if name in doctors)
        if targets and about is None:
            return Reference(request, targets)
        if not targets and len(doctors) > 1:
            return Reference("which doctor", doctors=doctors)
        return Reference("by doctor", targets, self._names[targets[0]] if targets else doctors[0], about)

    def _none_fits(self, match: re.Match[str]) -> Reference | None:
        """Return that none of those cited is whom "the psychologist" and "the one from Texas" mean, or None."""
        described = None if match.string.startswith(_ASKS_ABOUT) else self._described(match)
        if described is None or not self._cited:
            return None
        everything = tuple(range(len(self._cited)))
        value = ", ".join(word for word in (described.profession, described.place) if word)
        return Reference("question", everything, question=ReplyQuestion("which", targets=everything, value=value))

    def _described(self, match: re.Match[str]) -> Description | None:
        start = len(match.string[: match.start("target")].split())
        return described_doctor(self._words[start : start + len(match["target"].split())], self._facets)

    def _who_are_both(self, described: Description) -> tuple[int, ...]:
        """Return the places of those of a profession and from a place: "the dermatologist from Toronto"."""
        wanted = (described.profession, described.place)
        fitting = (author is not None and all(is_of(author, each) for each in wanted) for author in self._authors)
        return tuple(at for at, fits in enumerate(fitting) if fits)

    def places(self, target: str) -> tuple[int, ...]:
        """Return the places of those that a mention means by number, pronoun, specialty or place."""
        if _SINGULAR_MENTION.fullmatch(target) and self._is_by_one_doctor():
            return tuple(range(len(self._cited)))
        numbers = [self._number(part) for part in target.split(" and ")]
        if all(number is not None for number in numbers):
            return tuple(dict.fromkeys(number for number in numbers if number is not None))
        match = _OF_A_PLACE.fullmatch(target)
        if match is None:
            return ()
        words = (match["before"] or match["after"]).split()
        # "the dermatologist in Toronto" is found by its whole, "the Toronto dermatologist" without its last word.
        whole = target.removeprefix("the ").split()
        return tuple(
            at
            for at, kind in enumerate(self._kinds)
            if kind.place(words) or kind.specialty(words) or kind.specialty(whole)
        )

    def of_kind(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the places of those whose specialty or place some words are."""
        return tuple(at for at, kind in enumerate(self._kinds) if kind.place(words) or kind.specialty(words))

    def _number(self, text: str) -> int | None:
        """Return the place that a number or an ordinal means, or None if nothing cited has it."""
        place = self._written_number(text)
        return place if place is not None and 0 <= place < len(self._cited) else None

    def _written_number(self, text: str) -> int | None:
        if match := _ORDINAL.fullmatch(text):
            place = _ORDINALS[match[1]]
            return len(self._cited) - 1 if place < 0 else place
        if match := _NUMBERED.fullmatch(text):
            return (int(match[1]) if match[1] else _NUMBERS[match[2]]) - 1
        return None

    def _is_by_one_doctor(self) -> bool:
        """Whether a pronoun ("she") can only mean one doctor: all that is cited is by one."""
        return len(self._cited) == 1 or (len(set(self._names)) == 1 and None not in self._names)

    def _written(self, span: tuple[int, int], text: str) -> str:
        first = len(text[: span[0]].split())
        return " ".join(word.written for word in self._words[first : first + len(text[slice(*span)].split())])
