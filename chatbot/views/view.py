"""What a doctor's words say to a yes-or-no question: yes, no, that there is no need, or nothing clear.

The phrases of `phrases.toml` are looked for clause by clause. A clause counts if it speaks of what was
asked, or leans on it ("It is fine"). Where the clauses contradict each other nothing is clear: a wrong
count of views is worse than none. What the phrases are worth stands in docs/conversation.md.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from chatbot.views.question import YesNoQuestion
from index.lexical import terms_of
from index.sentences import sentence_spans

View = Literal["yes", "no need", "no"]
VIEWS: tuple[View, ...] = get_args(View)

_PHRASES = Path(__file__).with_name("phrases.toml")
_NOT = r"(?:\bnot|n't|n’t|\bnever)"
_YES = re.compile(
    r"\W*(?:(?:hi|hello|dear \w+)\W+)?(?:(?:the )?(?:short )?answer is |in short[,:] |oh )?"
    r"(?:yes|yeah|yep|absolutely|certainly|definitely|of course|sure(?:ly)?|by all means"
    r"|without (?:a )?doubt)\b(?! not?\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\W*(?:(?:hi|hello|dear \w+)\W+)?(?:(?:the )?(?:short )?answer is |in short[,:] |unfortunately[,:]? |oh )?"
    r"(?:no(?=\s*[,.;:!—–-]|\s*$)"
    r"|nope|(?:absolutely|certainly|definitely|of course) not?\b|not really|not at all)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"\s*[;:]\s*|,?\s+\b(?:but|however|although|though|whereas|yet)\b,?\s+|,\s+(?:and|so)\s+(?:so\s+)?(?:please\s+)?"
    r"|,\s+while\s+|\s+and (?=not\b)|,\s+(?=not\b)",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\W*(?:it|this|that|these|those|they|the two|there|i would|i['’]d|i prefer|please|do|don|never|avoid|wait|just)\b",
    re.IGNORECASE,
)


def view_of(question: YesNoQuestion, quote: str, answer: str = "", page: str | None = None) -> View | None:
    """Return what a quoted text says to a question, or None where that is not clear.

    Args:
        answer: the whole answer that is quoted. Where it clearly says otherwise, the quote's view is not clear.
        page: what the page asks; None where that is the question. "Yes, it is safe" answers the page: it is no
            view unless the quote or the page names what the question is about.
    """
    if page is not None and not _is_about(question, f"{quote} {page}"):
        return None
    view = _view_of(question, quote)
    whole = _view_of(question, answer) if view and answer != quote else None
    return view if whole in (None, view) else None


def _view_of(question: YesNoQuestion, quote: str) -> View | None:
    if question.goes_on and not question.about & set(terms_of(quote)):
        return None
    sentences = [quote[start:end] for start, end in sentence_spans(quote)]
    outright = _outright(sentences[0]) if sentences else None
    if not question.act:  # Whether something is so is said in too many ways; only an outright answer is clear.
        return outright
    said = [
        (_is_about(question, clause), view)
        for sentence in sentences
        for clause in _clauses(sentence)
        if (view := _clause_view(question, clause))
    ]
    views = {view for about, view in said if about} or {view for _, view in said if not question.goes_on}
    if outright and views <= {outright, "no need"}:
        return outright
    return views.pop() if len(views) == 1 and not outright else None


def _outright(sentence: str) -> View | None:
    if _NO.match(sentence):
        return "no"
    return "yes" if _YES.match(sentence) else None


def _clauses(sentence: str) -> Iterator[str]:
    """Yield the main clauses of a sentence that tells the writer's own view."""
    said = _phrases("sentence")
    if sentence.rstrip().endswith("?") or said["of_others"].search(sentence) or said["hedged"].search(sentence):
        return
    condition = said["condition_first"].match(sentence.lstrip())
    if condition and "," in sentence:
        sentence = sentence[sentence.index(",") + 1 :]
    for clause in _CLAUSES.split(sentence):
        subordinate = said["subordinate"].search(clause)
        main = clause[: subordinate.start()] if subordinate else clause
        if main.strip():
            yield main.strip()


def _is_about(question: YesNoQuestion, clause: str) -> bool:
    return len(question.about & set(terms_of(clause))) >= max(1, len(question.about) / 3)


def _clause_view(question: YesNoQuestion, clause: str) -> View | None:
    if not _is_about(question, clause) and not _LEANS.match(clause):
        return None
    leaning = next((name for name, phrases in _phrases("leaning").items() if phrases.search(clause)), None)
    if leaning is None:
        return None
    if leaning == "needless":
        return "no" if question.asks_need or question.shuns else "no need"
    return "no" if (leaning == "against") != question.shuns else "yes"


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_PHRASES.read_text(encoding="utf-8"))


@cache
def _phrases(part: str) -> dict[str, re.Pattern[str]]:
    return {name: _compiled(lines) for name, lines in _read()[part].items() if isinstance(lines, list)}


def _compiled(lines: list[str]) -> re.Pattern[str]:
    # "n't" follows a letter without a boundary, so a phrase that begins with NOT brings its own.
    bounded = [
        rf"(?:{line.replace('NOT', _NOT)})\b" if line.startswith("NOT") else rf"\b(?:{line.replace('NOT', _NOT)})(?!\w)"
        for line in lines
    ]
    return re.compile("|".join(bounded), re.IGNORECASE)
