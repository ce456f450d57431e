"""The chatbot's sentences, one TOML file a language."""

import tomllib
from functools import cache
from pathlib import Path

from corpus.errors import DoctorAnswersError

Texts = dict[str, dict[str, str]]
"""Section, then key, to a sentence; `{word}` in it is filled with `str.format`."""


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO codes of the languages there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


@cache
def load_texts(language: str = "en") -> Texts:
    """Return the sentences of a language.

    Raises:
        DoctorAnswersError: there are none of this language.
    """
    if language not in languages():
        known = ", ".join(languages())
        raise DoctorAnswersError(f"The chatbot does not speak the language {language!r}; it speaks: {known}.")
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
