"""Text from pages and people, made safe to stand in Markdown as the plain text that it is."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>&$~|#{}])")
_AUTOLINKS = re.compile(r"(?<=https)://|(?<=http)://|(?<=ftp)://|(?<=mailto):|(?<=www)\.|@", re.IGNORECASE)
_WRITTEN = re.compile(r"\\([\\`*_\[\]<>&$~|#{}])|&#(58|46|64);|\*\*")
_FOREIGN = re.compile(
    r"(\\[\\`*_\[\]<>&$~|#{}]|&#(?:58|46|64);|\*\*|\[\d+\](?![(\[:]))"
    rf"|{_SPECIAL.pattern}|({_AUTOLINKS.pattern})",
    re.IGNORECASE,
)
"""What a reply is made of, kept as it is; what is special beside that; and bare addresses."""
_ENTITIES = {":": "&#58;", ".": "&#46;", "@": "&#64;"}


def as_plain_markdown(text: str) -> str:
    """Return Markdown that shows `text` as it is, in one line: no markup, no link, no image.

    A bare address becomes a link in most renderers of Markdown, so its colon is written as an
    entity; a page can't make its readers click to anywhere that way.
    """
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AUTOLINKS.sub(lambda match: _ENTITIES[match[0][0]] + match[0][1:], escaped)


def harmless(markdown: str) -> str:
    """Return a reply's Markdown with everything escaped that `as_plain_markdown` would have escaped.

    Bold and the marks of citations stay. A reply of this program comes back as it was; one that somebody
    tampered with becomes plain text.
    """
    return _FOREIGN.sub(_escaped, markdown)


def _escaped(match: re.Match[str]) -> str:
    own, special, autolink = match.groups()
    if own is not None:
        return own
    return f"\\{special}" if special else _ENTITIES[autolink[0]] + autolink[1:]


def as_text(markdown: str) -> str:
    """Return a reply's Markdown as plain text: what `as_plain_markdown` wrote as it was, and nothing in bold."""
    return _WRITTEN.sub(lambda match: match[1] or (chr(int(match[2])) if match[2] else ""), markdown)
