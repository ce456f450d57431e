"""Markup that stayed in a text, cleaned away: Word's styles, comments, tags, entities.

Only what can be nothing else is taken: "{a < b}", "<3" and "AT&T" are text. It is done again until nothing
is left, so that what is cleaned once is clean.
"""

import html
import re

_SUSPECT = ("<", "&", "{", "Normal ", "Normal\n", "Normal\t")

_COMMENT = re.compile(
    r"<!--(?:(?!<!--).)*?-->"  # also "<!--[if gte mso 9]> ... <![endif]-->"
    r"|<!\[(?:if|endif|CDATA)\b[^\]<>]{0,80}\]\s*(?:--)?>|<!\[CDATA\[|<!doctype\b[^<>]{0,200}>"
    r"|<\?(?:xml|php)\b[^<>]{0,200}>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(r"<(style|script|xml)\b[^<>]{0,300}>(?:(?!<\1\b).)*?</\1\s*>", re.IGNORECASE | re.DOTALL)

_ATTRIBUTE = r"[\s/]+[a-zA-Z_:@][\w:.\-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))"
_ELEMENTS = (
    "a abbr acronym address area article aside audio b base big blockquote body button canvas caption center cite code "
    "col colgroup dd del details dfn dir div dl dt em embed fieldset figcaption figure font footer form frame frameset "
    "h1 h2 h3 h4 h5 h6 head header hgroup html i iframe img input ins kbd label legend li link main map mark menu meta "
    "nav noscript object ol optgroup option p param picture pre q s samp script section select small source span "
    "strike strong style sub summary sup svg table tbody td textarea tfoot th thead time title tr tt u ul var video wbr"
).split()
_ENDS_LINE = frozenset("p div li tr ul ol table blockquote h1 h2 h3 h4 h5 h6 section article dd dt".split())
_TAG = re.compile(
    rf"</?(?P<name>(?:{'|'.join(sorted(_ELEMENTS, key=len, reverse=True))}|br|hr|[a-z]{{1,4}}\d?:[a-z]+"
    rf"|(?:positive|negative|neutral)_smiley))(?:{_ATTRIBUTE})*(?:\s+(?:nowrap|checked|disabled|noshade))*\s*/?>",
    re.IGNORECASE,
)

_BRACES = re.compile(r"\{[^{}]*\}")
_DECLARATIONS = re.compile(r"\s*(?:[a-z][\w\-]*\s*:\s*[^;{}:]{1,200}(?:;\s*|$))+", re.IGNORECASE)
_SELECTOR = re.compile(
    r"(?:@[\w\-]+|(?:[a-z]\w*)?\.(?:Mso|Word|Email|Section)\w*|a:\w+|l\d+(?::level\d+)?|(?:Word)?Section\d+)[,:]?"
    r"|/\*|\*/|Style|Definitions|,",
    re.IGNORECASE,
)
_IN_COMMENT = re.compile(r"/\* style(?: definitions)?$", re.IGNORECASE)
_LOOKED_BACK = 300
_MAX_SELECTORS = 12

_LANGUAGE = r"(?:[A-Z]{2}-[A-Z]{2,4}|X-NONE|MicrosoftInternetExplorer4|[A-Z]{2}(?=\s+X-NONE))"
_WORD_SETTINGS = re.compile(
    r"(?:\b(?:\d{3,4}x\d{3,4}|\d{1,3}\.\d{2})\s+)?(?:\bClean\s+)*\bNormal\s+0\s+(?:[\d.,]+\s+(?:pt\s+)?){0,4}"
    rf"(?:(?:false|true)\b\s*){{2,}}(?:{_LANGUAGE}(?!\S)\s*){{0,4}}"
)

_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});")
_MOST_ROUNDS = 50
"""Markup within markup is undone so often: more of it is no honest page."""


def clean_markup(text: str) -> str:
    """Return a text without markup; one that has none is returned as it is."""
    for _ in range(_MOST_ROUNDS):
        if not any(sign in text for sign in _SUSPECT):
            break
        once = _clean_once(text)
        if once == text:
            break
        text = once
    return text


def _clean_once(text: str) -> str:
    text = _ENTITY.sub(_character, text)
    if "<" in text:
        text = _BLOCK.sub(_gap, _COMMENT.sub(_gap, text)) if "</" in text or "<!" in text or "<?" in text else text
        text = _TAG.sub(_instead, text)
    if "{" in text:
        text = _without_styles(text)
    if "Normal" in text and ("false" in text or "true" in text):
        text = _WORD_SETTINGS.sub(_gap, text)
    return text


def _character(match: re.Match[str]) -> str:
    entity = f"&{match[1]};"
    found = html.unescape(entity)
    if found == entity or "\ufffd" in found or (len(found) == 1 and ord(found) < ord(" ") and found not in "\t\n"):
        return match[0] if found == entity else ""
    return " " if found == "\u00a0" else found


def _gap(match: re.Match[str]) -> str:
    """Return what stands in place of a block: as many line ends as it had, else a space where it parted words."""
    lines = match[0].count("\n")
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "\n" * lines or (" " if before.strip() and after.strip() else "")


def _instead(match: re.Match[str]) -> str:
    name = match["name"].lower()
    lines = "\n" * match[0].count("\n")
    if name in ("br", "hr"):
        return lines or "\n"
    if name in _ENDS_LINE:
        around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
        return lines or ("\n" if all(char and char != "\n" for char in around) else "")
    return _gap(match) if name in ("td", "th") or name.endswith("_smiley") else lines


def _without_styles(text: str) -> str:
    """Take out blocks of Word's style sheets, with the selectors before them."""
    parts: list[str] = []
    at = 0
    for match in _BRACES.finditer(text):
        body = match[0][1:-1]
        before = text[at : match.start()]
        kept = _before_selectors(before)
        is_word = "mso-" in body or (len(kept) < len(before) and _DECLARATIONS.fullmatch(body) is not None)
        if is_word:
            lines = before[len(kept) :].count("\n") + match[0].count("\n")
            parts.append(kept + ("\n" * lines or " "))
            at = match.end()
    if not parts:
        return text
    left = "".join(parts)
    rest = text[at:]
    return (left.rstrip(" ") if rest[:1].isspace() else left) + rest if left.strip(" ") else rest.lstrip(" ")


def _before_selectors(text: str) -> str:
    """Return a text without the selectors of a style sheet at its end."""
    end = len(text)
    for _ in range(_MAX_SELECTORS):
        stripped = text[:end].rstrip()
        start = max(stripped.rfind(" "), stripped.rfind("\n"), stripped.rfind("\t"), end - _LOOKED_BACK, -1) + 1
        word = stripped[start:]
        if not word or _SELECTOR.fullmatch(word) is None:
            break
        if word.casefold() in ("style", "definitions") and not stripped.casefold().endswith(
            ("/* style", "style definitions")
        ):
            break
        end = start
    return text[:end]
