"""Texts without the differences that mean nothing: white space, quotation marks, case, accents."""

import re
import unicodedata

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "´": "'", "`": "'"})
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_FOLDED = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "’": "'", "‘": "'", "`": "'", "´": "'"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""}
    | {digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
    | {digit: str(value) for value, digit in enumerate("०१२३४५६७८९")}
)
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0655\u0670\u093c\u200b-\u200f\u202a-\u202e]")
"""Accents, the vowel signs of Arabic, the dot below of Devanagari, and marks that can't be seen."""


def normalised(text: str) -> str:
    """Return `text` without the differences that two captures of one page have."""
    if not text.isascii():
        text = straight_quotes(unicodedata.normalize("NFKC", text))
    return " ".join(text.replace("`", "'").split())


def straight_quotes(text: str) -> str:
    """Return a text with straight quotation marks and apostrophes in place of typographic ones."""
    return text.translate(_QUOTES)


def without_apostrophes(text: str) -> str:
    """Return a text without apostrophes: "what's" and "whats" are one word."""
    return text.translate(_APOSTROPHES)


def case_folded(text: str) -> str:
    """Return a text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def character_folded(text: str) -> str:
    """Return a text in lower case and without accents, with one form for each letter and digit of many scripts.

    Beyond `case_folded` it folds letters that do not decompose ("ł", "ø"), the forms of Arabic letters, the digits of
    Arabic and Devanagari, and apostrophes; combining marks that tell words apart in Devanagari stay.
    """
    folded = unicodedata.normalize("NFD", text.casefold().translate(_FOLDED))
    return unicodedata.normalize("NFC", _MARKS.sub("", folded)).translate(_FOLDED)
