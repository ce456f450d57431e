"""Text from pages and people, made safe to stand in Markdown as the plain text that it is."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>&$~|#{}])")
_AUTOLINKS = re.compile(r"(?<=https)://|(?<=http)://|(?<=ftp)://|(?<=mailto):|(?<=www)\.|@", re.IGNORECASE)
_ENTITIES = {":": "&#58;", ".": "&#46;", "@": "&#64;"}


def as_plain_markdown(text: str) -> str:
    """Return Markdown that shows `text` as it is, in one line: no markup, no link, no image.

    A bare address becomes a link in most renderers of Markdown, so its colon is written as an
    entity; a page can't make its readers click to anywhere that way.
    """
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AUTOLINKS.sub(lambda match: _ENTITIES[match[0][0]] + match[0][1:], escaped)
