"""The chatbot's sentences, one TOML file a language."""

import tomllib
from functools import cache
from pathlib import Path

Texts = dict[str, dict[str, str]]
"""Section, then key, to a sentence; `{word}` in it is filled with `str.format`."""


@cache
def load_texts(language: str = "en") -> Texts:
    """Return the sentences of a language.

    Raises:
        FileNotFoundError: there is no file of this language.
    """
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
