"""Which doctor the words of a message name.

A doctor is meant by a title before the name ("Dr. Roe"), by the full name, or, if just cited, by a last name
that is written as one: with a capital letter, which is not there only because the message begins with it.
"""

from collections.abc import Sequence

from chatbot.understanding.message import Word
from corpus.text.word_frequency import frequency_rank
from index.search.facets import Facets, name_words

_TITLES = frozenset("dr drs doctor doc prof professor".split())
_UNLISTED = 1.0
"""The frequency rank of what is no common word."""


def named_doctors(
    words: Sequence[Word], start: int, end: int, facets: Facets, cited: Sequence[str | None] = ()
) -> tuple[str, ...]:
    """Return the doctors whom `words[start:end]`, as a whole, names: those who were cited, or else all of the name.

    Args:
        cited: the names of the doctors just cited.
    """
    run = words[start:end]
    titled = len(run) > 1 and run[0].plain in _TITLES
    name = tuple(word.plain for word in (run[1:] if titled else run))
    if not name:
        return ()
    just_cited = Facets.of(doctors=[doctor for doctor in cited if doctor])
    for known in (just_cited, facets):
        # "Dr. Young's answer" has come without its apostrophe.
        for form in dict.fromkeys([name, (*name[:-1], name[-1].removesuffix("s"))]):
            if found := _of_name(form, known, titled=titled):
                return found
    if len(name) == 1 and _is_written_as_a_name(words, start):
        return just_cited.surnames.get(name[0], ())
    return ()


def _of_name(name: tuple[str, ...], known: Facets, *, titled: bool) -> tuple[str, ...]:
    if len(name) > 1:
        return known.names.get(name_words(" ".join(name)), ())
    return (known.surnames.get(name[0]) or known.first_names.get(name[0], ())) if titled else ()


def _is_written_as_a_name(words: Sequence[Word], at: int) -> bool:
    written = words[at].written
    shouted = all(word.written.isupper() for word in words if word.written.isalpha())
    if not written[0].isupper() or (shouted and len(words) > 1):
        return False
    return at > 0 or frequency_rank(words[at].plain) >= _UNLISTED
