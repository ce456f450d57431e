"""The chatbot's sentences, one TOML file a language; and in `therapists/` what is said otherwise of therapists."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.errors import DoctorAnswersError

Texts = dict[str, dict[str, str]]
"""Section, then key, to a sentence; `{word}` in it is filled with `str.format`."""

People = Literal["doctors", "therapists"]
"""What those who answered are called."""


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO codes of the languages there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


@cache
def load_texts(language: str = "en", people: People = "doctors") -> Texts:
    """Return the sentences of a language.

    Raises:
        DoctorAnswersError: there are none of this language.
    """
    if language not in languages():
        known = ", ".join(languages())
        raise DoctorAnswersError(f"The chatbot does not speak the language {language!r}; it speaks: {known}.")
    texts = _read(f"{language}.toml")
    if people == "doctors":
        return texts
    otherwise = _read(f"{people}/{language}.toml")
    return {name: section | otherwise.get(name, {}) for name, section in texts.items()}


def _read(name: str) -> Texts:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
