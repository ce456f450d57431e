"""Ids made from content: the same page always gives the same ids.

A thread's id depends on what names the page (its address, title and question), not on its
answers; an answer's id depends on its thread and on its own words. So when one answer of a
page changes, its id alone changes. White space and the style of quotation marks are normalised
first, because two captures of one page differ in them.
"""

import hashlib

from corpus.text.normalisation import normalised

ID_HEX_DIGITS = 16
"""64 bits: among a million answers, two share an id with a probability of about 3e-8."""


def thread_id(*, url: str | None, title: str, question: str | None) -> str:
    """Return the id of the thread with this address, title and question."""
    return _digest("t", url or "", normalised(title), normalised(question or ""))


def answer_id(*, thread: str, name: str | None, title: str | None, text: str) -> str:
    """Return the id of an answer in the thread with the id `thread`."""
    return _digest("a", thread, normalised(name or ""), normalised(title or ""), normalised(text))


def _digest(prefix: str, *parts: str) -> str:
    # The unit separator can't be typed by accident, so ("ab", "c") differs from ("a", "bc").
    joined = "\x1f".join(parts).encode("utf-8", errors="surrogatepass")
    return prefix + hashlib.sha256(joined).hexdigest()[:ID_HEX_DIGITS]
