"""Replies to questions about what the last reply quotes: who is rated best, who is a dermatologist, how old it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chatbot.rendering.sentences import number_text
from chatbot.reply import Citation
from chatbot.texts import Texts
from chatbot.understanding.reply_questions import Attribute, ReplyQuestion
from corpus import Answer, Doctor
from index.search.answerability import Thresholds
from index.search.filters import is_of

_UNITS: dict[str, str] = {"rating": "best_rating", "reviews": "most_reviews", "date": "newest", "length": "longest"}
_LEAST: dict[str, str] = {"rating": "worst_rating", "reviews": "fewest_reviews", "date": "oldest", "length": "shortest"}
_VALUES: dict[Attribute, Callable[[Answer], float | str | None]] = {
    "rating": lambda answer: answer.author.rating if answer.author else None,
    "reviews": lambda answer: answer.author.reviews if answer.author else None,
    "date": lambda answer: answer.date,
    "length": lambda answer: float(len(answer.text.split())),
    "specialty": lambda answer: (answer.author.specialty or answer.author.credentials) if answer.author else None,
    "place": lambda answer: answer.author.location if answer.author else None,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is replied: sentences, citations to show, and whether their doctors are listed in place of their quotes."""

    said: tuple[str, ...]
    citations: tuple[Citation, ...]
    lists_doctors: bool = True


def answer_reply_question(
    asked: ReplyQuestion, quoted: Sequence[Citation], thresholds: Thresholds, texts: Texts
) -> Told:
    """Return what a reply tells on a question about it, or that it does not.

    Args:
        quoted: the citations of the reply, of which `asked.targets` are asked about.
        thresholds: those of the index, by which a match is called close or good.
    """
    words = texts["reply"]
    targets = tuple(quoted[at] for at in asked.targets if at < len(quoted))
    if asked.wish == "sure":
        return Told((words["sure"], words[_match(targets, thresholds)]), targets)
    if asked.wish == "untold":
        return Told((words["untold"],), targets)
    if asked.wish == "which":
        return _which(asked.value, targets, texts)
    if asked.wish == "tell":
        return _told(asked.attribute, targets, texts)
    fitting = [one for one in targets if not asked.value or fits(one.answer.author, asked.value)]
    return _extreme(asked, fitting or targets, texts)


def fits(author: Doctor | None, value: str) -> bool:
    """Whether a doctor is of a specialty or at a place, as a filter would find it."""
    return author is not None and is_of(author, value)


def _which(value: str, targets: Sequence[Citation], texts: Texts) -> Told:
    words = texts["reply"]
    found = tuple(one for one in targets if fits(one.answer.author, value))
    if found:
        return Told((words["which"].format(wanted=value, number=len(found), total=len(targets)),), found)
    return Told((words["which_none"].format(wanted=value),), tuple(targets))


def _told(attribute: Attribute | None, targets: tuple[Citation, ...], texts: Texts) -> Told:
    words = texts["reply"]
    if attribute == "link":
        linked = any(one.answer.url or one.thread.url for one in targets)
        return Told((words["links" if linked else "no_links"],), targets, lists_doctors=False)
    values = [_VALUES[attribute](one.answer) for one in targets] if attribute else []
    known = sum(value is not None for value in values)
    if attribute == "date" and known:
        years = sorted(str(value)[:4] for value in values if value is not None)
        one = years[0] == years[-1]
        dated = (
            words["dated_one"].format(year=years[0]) if one else words["dated"].format(first=years[0], last=years[-1])
        )
        return Told((dated,), targets)
    return Told((words[f"told_{attribute}" if known else f"no_{attribute}"],), targets)


def _extreme(asked: ReplyQuestion, targets: Sequence[Citation], texts: Texts) -> Told:
    words, attribute = texts["reply"], asked.attribute or "rating"
    values = [(_VALUES[attribute](one.answer), one) for one in targets]
    known = [(value, one) for value, one in values if value is not None]
    if not known:
        return Told((words[f"no_{attribute}"],), tuple(targets))
    pick = max if asked.wish == "most" else min
    best = pick(value for value, _ in known)
    key = (_UNITS if asked.wish == "most" else _LEAST)[attribute]
    said = words[key].format(value=best if isinstance(best, str) else number_text(best))
    return Told((said,), tuple(one for value, one in known if value == best), lists_doctors=attribute != "length")


def _match(targets: Sequence[Citation], thresholds: Thresholds) -> str:
    """Return the text that tells how close the best of some citations comes to the question."""
    scores = [one.score for one in targets if 0 < one.score < 1]
    return f"sure_{thresholds.match(max(scores))}" if scores else "sure_unknown"
