"""Texts without the differences that mean nothing: white space, quotation marks, case, accents."""

import unicodedata

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "´": "'", "`": "'"})


def normalised(text: str) -> str:
    """Return `text` without the differences that two captures of one page have."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(text.replace("`", "'").split())


def case_folded(text: str) -> str:
    """Return a text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
