"""The chatbot's sentences, one TOML file a language."""

import tomllib
from functools import cache
from pathlib import Path

Texts = dict[str, dict[str, str]]
"""Section, then key, to a sentence; `{word}` in it is filled with `str.format`."""


def languages() -> list[str]:
    """Return the languages there are."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))


@cache
def load_texts(language: str = "en") -> Texts:
    """Return the sentences of a language.

    Raises:
        FileNotFoundError: there is no file of this language.
    """
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
