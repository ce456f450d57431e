"""What a message asks, taken by itself or after those before it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np

from chatbot.turns import Turn
from chatbot.understanding.followups import ResolvedQuery, has_anaphor, query_expansion, question_types_of, resolve
from chatbot.understanding.followups.corrections import (
    Correction,
    correction_of,
    phrases_without,
    replaced,
    without_words,
)
from chatbot.understanding.followups.resolve import MAX_EARLIER, phrases_of
from chatbot.understanding.followups.yes_no import elliptical_question, yes_no_question
from chatbot.understanding.message import short_message
from chatbot.understanding.person.facts import Fact, search_words
from chatbot.understanding.person.rules import only_states_facts
from chatbot.understanding.small_talk import named_words
from corpus.text.tokens import stem, words_of
from corpus.text.word_frequency import frequency_rank
from index.index import Index
from index.records import Query

_PERSON_WEIGHT = 0.3
"""What the facts of the person count in a query, of 1."""
_NAMES_SOMETHING = 0.1
"""The rarity above which a word names something: "long", "soon" and "many" are below, "drink" and "bread" above."""

_GOES_ON = re.compile(
    r"\W*(?:(?:ok|okay|yes|no|well|so)\W+)*(?:and|but|or|also|then|besides|apart from|other than|instead of|without"
    r"|with|for|of|on|in|after|before|during|while|about|what about|how about|what if)\b",
    re.IGNORECASE,
)
"""How a message begins that goes on from the one before."""
_ASKS_WHETHER_ONE_MAY = re.compile(
    r"\W*(?:(?:and|but|so|ok|okay|then)\W+)*(?:can|could|may|should|must|will|would)\s+(?:i|we|he|she|they)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|will|would|does|can|could)\s+it\s+(?:be\s+)?(?:\w+\s+){0,2}(?:to|for|that|if|when|uti)\b"
    r"|\bit(?:'?s|\s+is)\s+(?:\w+\s+){0,2}(?:to|that)\b|\b(?:is|are)\s+there\b|\bit\s+\w+s\s+when\b"
    r"|\bthat\s+(?:i|we|he|she|they|it|is|are|can|has|have)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing said before ("is it safe to ...?"), and a "that" that joins two clauses."""
_INSTEAD = re.compile(r"\b(?:instead|rather)\b", re.IGNORECASE)
_SHORT = 8
"""Words of a message that may lean on the one before though it names something; fewer where only a pronoun says so."""
_SHORT_WITH_PRONOUN = 6
_SUBJECT = 10
"""Words from which a question that stands alone is what the next message leans on."""
_COMMON = 0.8
"""The rarity below which a word is none of medicine: "drive", "drink"; "mri" is above."""
_ANSWER_WORDS = 6
_ASKS = re.compile(
    r"\W*(?:what|which|who|how|when|where|why|is|are|can|could|do|does|should|will|would)\b", re.IGNORECASE
)

_SAME_KIND = 0.48
"""The cosine from which "I meant Y" puts Y in place of the word of the last question that is nearest to it.

Of 20 invented pairs it finds 7, replaces none wrongly, and leaves the last question whole in the others."""


def understood_in(message: str, before: Sequence[str], index: Index, *, alone: bool = False) -> ResolvedQuery:
    """Return what a message is searched with, after the questions before it or by itself.

    Args:
        before: the questions before it, oldest first.
        alone: take the message by itself, though it may seem to lean on those before it.
    """
    message = " ".join(message.split())
    if alone:
        return ResolvedQuery(message, before=tuple(before))
    earlier = _with_corrections(before[-MAX_EARLIER:], index)
    correction = _correction(message, earlier, index)
    if correction is not None:
        question = earlier[-1]
        phrases = [*_resolved(question, earlier[:-1]).carried, question]
        rest = [kept for phrase in phrases for kept in phrases_without(phrase, correction.wrong)]
        return ResolvedQuery(message, tuple(rest), tuple(before), asks=correction.right)
    if earlier and only_states_facts(message):
        question = earlier[-1].rstrip(" ?.!")
        return ResolvedQuery(message, (*_resolved(question, earlier[:-1]).carried, question), tuple(before))
    words = words_of(message)
    # "How do I bake bread?" leans on nothing, short as it is: the corpus knows none of its words. "How long?" does.
    names = any(frequency_rank(word) > _NAMES_SOMETHING for word in words)
    strange = names and index.vocabulary_overlap(words) == 0 and not has_anaphor(message)
    if strange and not _leans(message):
        return ResolvedQuery(message, before=tuple(before))
    return replace(_resolved(message, earlier), before=tuple(before))


def answers_question_back(message: str) -> bool:
    """Whether a message may be what was asked back for: a few words that ask nothing of their own ("of botox")."""
    words = message.split()
    return 0 < len(words) <= _ANSWER_WORDS and "?" not in message and not _ASKS.match(message)


def search_query(resolved: ResolvedQuery, index: Index, person: Sequence[Fact] = ()) -> Query:
    """Return a message and what it carries over as a query to an index.

    Args:
        person: what is remembered of the person; it counts less than the question, which it would drown.
    """
    expansion = query_expansion(resolved.text)
    also = resolved.asks or resolved.message
    query = index.query(resolved.text, also=also, expansion=expansion)
    words = search_words(person, resolved.text)
    if not words:
        return query
    of_person = index.query(resolved.text, also=also, expansion=f"{expansion} {words}")
    vector = (1 - _PERSON_WEIGHT) * query.vector + _PERSON_WEIGHT * of_person.vector
    terms = dict.fromkeys(of_person.terms, _PERSON_WEIGHT) | dict(query.terms)
    return replace(query, vector=vector / np.linalg.norm(vector), terms=terms)


def questions_of(turns: Sequence[Turn]) -> list[str]:
    """Return what the user has asked in some turns; of a conversation from elsewhere all that they said.

    Words that the user took back from a follow-up are left out of the questions before it, until a question stands
    alone: so they are carried over again only where they are said again, or the subject has changed.
    """
    knows = any(turn.query is not None for turn in turns)

    def asks(reply: Turn | None) -> bool:
        if reply is not None and reply.intent is not None:
            return reply.intent in ("question", "followup")
        return reply is None or not knows or reply.query is not None

    asked: list[str] = []
    removed_along: list[tuple[int, list[str]]] = []
    for turn, reply in zip_longest(turns, turns[1:]):
        if turn.role != "user" or not asks(reply):
            continue
        if reply is not None and reply.removed:
            kept = {stem(word) for word in words_of(" ".join(reply.carried))}
            gone = [word for word in words_of(" ".join(reply.removed)) if stem(word) not in kept]
            removed_along.append((len(asked), gone))
        elif reply is not None and reply.intent == "question" and reply.query is not None:
            removed_along = []
        asked.append(turn.content)
    for before, removed in removed_along:
        asked[:before] = [without_words(question, " ".join(removed)) for question in asked[:before]]
    return asked


def _resolved(message: str, earlier: Sequence[str]) -> ResolvedQuery:
    """Return a message with what it carries over; from a follow-up before it that is what that names and carried."""
    before: ResolvedQuery | None = None
    for at, question in enumerate(earlier):
        if not only_states_facts(question):
            before = _resolved_after(question, earlier[:at], before)
    return _resolved_after(message, earlier, before)


def _resolved_after(message: str, earlier: Sequence[str], before: ResolvedQuery | None) -> ResolvedQuery:
    own = yes_no_question(message) or question_types_of(message)
    going_on = None if own else elliptical_question(message, earlier)
    circumstances = going_on.circumstances if going_on else ""
    leans = _leans(message)
    resolved = resolve(message, earlier, circumstances=circumstances, depends=leans)
    if leans and before is not None and not before.carried and len(earlier) > 1:
        # The question before stood alone: it is what is spoken of, and what was asked before it need not be.
        last = {stem(word) for word in words_of(before.message)}
        if len(before.message.split()) >= _SUBJECT and not any(
            last & {stem(word) for word in words_of(phrase)} for phrase in resolved.carried
        ):
            resolved = resolve(message, earlier[-1:], circumstances=circumstances, depends=True)
    named = tuple(phrase for phrase in resolved.carried if not leans or _names_something(phrase))
    goes_on = leans and before is not None and before.carried and not _INSTEAD.search(message)
    focus = _focus(before) if goes_on and before is not None else ""
    if focus and before is not None and not circumstances:
        named = tuple(dict.fromkeys([*before.carried[:1], focus]))
    return replace(resolved, carried=named or resolved.carried)


def _focus(before: ResolvedQuery) -> str:
    """Return the phrase of a follow-up that names most, which the next is about: "facials" of "what about facials"."""
    named = []
    for phrase in phrases_of(before.message):
        at = [n for n, word in enumerate(phrase) if _names_something(word.text)]
        if at:
            named.append(before.message[phrase[at[0]].start : phrase[at[-1]].end])
    return max((phrase for phrase in named if _rarity(phrase) > _NAMES_SOMETHING), key=_rarity, default="")


def _rarity(phrase: str) -> float:
    return max(map(frequency_rank, words_of(phrase)), default=0.0)


def _names_something(phrase: str) -> bool:
    """Whether a phrase has a word that is none of grammar, no number, and none of what may be asked of anything."""
    short = short_message(phrase)
    return short is None or any(not word.isdigit() for word in named_words(short))


def _leans(message: str) -> bool:
    """Whether a message can't be meant by itself.

    It names nothing; or one thing where it goes on or points back, or two after "and" or "what about", or with a
    pronoun in a few words; or asks whether one may do a common thing ("can i drive?"); or is a word or two with a
    question mark.
    """
    short = short_message(message)
    if short is None:
        return False
    named = named_words(short)
    anaphor = has_anaphor(message)
    goes_on = _GOES_ON.match(message) is not None
    words = len(short.words)
    return (
        not named
        or ((goes_on or anaphor or "the same" in short.text) and len(named) == 1)
        or (goes_on and len(named) == 2 and words <= _SHORT)
        or (anaphor and words <= _SHORT_WITH_PRONOUN and len(named) == 2 and _EXPLETIVE.search(message) is None)
        or (len(named) == 1 and words <= _SHORT and _may_one(message, named[0]))
        or (short.asks and len(short.core) <= 2)
    )


def _may_one(message: str, named: str) -> bool:
    return _ASKS_WHETHER_ONE_MAY.match(message) is not None and frequency_rank(named) < _COMMON


def _correction(message: str, earlier: Sequence[str], index: Index) -> Correction | None:
    """Return what a message corrects in the last question; the wrong word is found by its meaning if it is not said."""
    correction = correction_of(message, earlier[-1]) if earlier else None
    if correction is None or correction.wrong:
        return correction
    short = short_message(earlier[-1])
    named = named_words(short) if short else []
    if len(named) == 1:  # "what about dysport" - "no, I meant fillers"
        return replace(correction, wrong=named[0])
    words = words_of(earlier[-1])
    right, *vectors = index.embedder.embed_queries([correction.right, *words])
    nearest = max(
        ((float(right @ vector), word) for vector, word in zip(vectors, words, strict=True)), default=(0.0, "")
    )
    return replace(correction, wrong=nearest[1]) if nearest[0] >= _SAME_KIND else correction


def _with_corrections(before: Sequence[str], index: Index) -> list[str]:
    """Return the questions before a message, each that was corrected with the right words in it."""
    questions: list[str] = []
    for question in before:
        correction = _correction(question, questions, index)
        if correction is not None and correction.wrong:
            questions[-1] = replaced(questions[-1], correction)
        elif correction is not None:
            questions.append(correction.right)
        else:
            questions.append(question)
    return questions
