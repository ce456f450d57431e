"""Bytes to text, and text to what may stand in a record: one place for every format."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LINE_ENDS = re.compile("\r\n|[\r\u2028]")
_PARAGRAPH_END = "\u2029"
_SPACES = re.compile("[\u00a0\u2007\u202f]")
_WITHOUT_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")
# What could command a terminal (C0 and C1 controls), turn the order of letters round (bidi embeddings,
# overrides and isolates), or hide words from the reader (tag characters), and lone surrogates, which no
# file can hold. The marks that Arabic and Hebrew need (LRM, RLM, ALM, joiners) stay.
_DECEIVING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff]"
)
# Codes of Windows-1252 that somebody took for Unicode: "it\x92s" was "it’s".
_MISTAKEN = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_ANY = re.compile(f"[\r\u2028\u2029]|{_SPACES.pattern}|{_WITHOUT_WIDTH.pattern}|{_DECEIVING.pattern}")


def bom_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the beginning tells, or None."""
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)


def decode(data: bytes) -> str:
    """Decode a file's bytes: by its byte order mark, else UTF-8, else Windows-1252.

    Windows-1252 has Latin-1's letters at the same places, and gives a text for any bytes.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def tidy(text: str) -> tuple[str, int]:
    """Level line ends and spaces, and drop characters that can't be seen. Words stay as they are.

    Returns:
        The text, and how many characters were dropped that could deceive a reader or a terminal.
    """
    if (text.isascii() and text.isprintable()) or _ANY.search(text) is None:
        return text, 0
    text = _LINE_ENDS.sub("\n", text).replace(_PARAGRAPH_END, "\n\n")
    text = _WITHOUT_WIDTH.sub("", _SPACES.sub(" ", text.translate(_MISTAKEN)))
    return _DECEIVING.subn("", text)


def dropped_characters(count: int) -> str:
    """Return the sentence that tells of characters that `tidy` dropped."""
    what = "a character" if count == 1 else f"{count} characters"
    return f"{what} that can't be seen and could deceive (control characters, changes of writing direction): dropped"
