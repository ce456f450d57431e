"""What the first view takes out of a corpus: questions as a patient would ask them."""

import re

from corpus import Thread
from corpus.text.sentences import sentence_spans
from corpus.text.tokens import terms_of
from index.index import Index
from index.search.answerability import HITS

_LOOKED_AT = 60
_CHARS = range(18, 78)
_BEGINS = re.compile(
    r"(?:how|what|when|why|which|can|could|does|do|is|are|should|will|would|may|am|did|has|have)\b", re.IGNORECASE
)
_REPORTED = re.compile(
    r"(?:a|the) (?:patient|person|user) (?:asks|wants to know) ((?:how|when|what|which)\b[^?]*)\.", re.IGNORECASE
)
"""A question in the words of who made a summary of it: "A patient asks how soon this may be done."."""
_ASIDE = re.compile(r", for example [^,.]*,?")
_LEANS = re.compile(r"\b(?:it|this|that|these|those|they|them|he|she|him|her|there|then|so)\b", re.IGNORECASE)
"""What leans on what was said before it."""
_MAX_OVERLAP = 0.5
"""A question is left out if more of its terms than this part stand in one already taken."""


def questions_to_begin_with(index: Index, count: int) -> list[str]:
    """Return up to `count` questions spread over the corpus that it answers, in the words of those who asked them.

    A question is taken if it says by itself what it is about. Where a corpus has too few, titles fill up.
    """
    threads = index.sample_threads(_LOOKED_AT)
    taken: list[str] = []
    for text in [*filter(None, map(_question_of, threads)), *(_tidy(thread.title) for thread in threads)]:
        if len(taken) == count:
            break
        if len(text) in _CHARS and _differs(text, taken) and _is_answered(index, text):
            taken.append(text)
    return taken


def _question_of(thread: Thread) -> str | None:
    """Return the first sentence of a thread that asks something by itself, its title's or its question's."""
    title = set(terms_of(thread.title))
    for text in filter(None, (thread.title, thread.question)):
        for start, end in sentence_spans(text):
            sentence = _tidy(_REPORTED.sub(r"\1?", _ASIDE.sub("", text[start:end])))
            asks = sentence.endswith("?") and _BEGINS.match(sentence) and not _LEANS.search(sentence)
            if asks and len(sentence) in _CHARS and title & set(terms_of(sentence)):
                return sentence
    return None


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([?!.,])", r"\1", " ".join(text.split()))
    return re.sub(r"\bi\b", "I", text[:1].upper() + text[1:])


def _differs(text: str, taken: list[str]) -> bool:
    terms = set(terms_of(text))
    return bool(terms) and all(len(terms & set(terms_of(one))) <= _MAX_OVERLAP * len(terms) for one in taken)


def _is_answered(index: Index, text: str) -> bool:
    query = index.query(text)
    return index.answerability(query, index.search(query, HITS, diversify=False)) == "answers"
