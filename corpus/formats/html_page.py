"""Saved HTML pages: what schema.org marks up, else the main text, read as a captured page."""

from collections.abc import Iterator
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from corpus.files.limits import MAX_ELEMENTS, MAX_NESTING
from corpus.formats.captured.page import read_text_page
from corpus.formats.fields import without_markup
from corpus.formats.json_records import RecordError, read_record
from corpus.formats.schema_org import question_items, question_record
from corpus.records import Problem, Thread

_NOT_TEXT = ["button", "nav", "form", "[aria-hidden=true]"]


def read_html_page(html: str, *, file: str, source: str | None = None) -> Iterator[Thread | Problem]:
    """Read a saved page. Nothing in it is run, and nothing that it names is fetched."""
    if html.count("<") > MAX_ELEMENTS:
        yield Problem(file, f"more than {MAX_ELEMENTS} elements, too many for one page: not read")
        return
    tree = HTMLTree.parse(html)
    if _is_too_deep(tree):
        yield Problem(file, f"elements nested more than {MAX_NESTING} deep, as in no page: not read")
        return
    doubts: list[str] = []
    items = question_items(tree, doubts, microdata="itemtype" in html.lower())
    yield from (Problem(file, doubt, skipped=False) for doubt in doubts)
    url = _own_address(tree)
    if not items:
        text = extract_plain_text(tree, main_content=True, alt_texts=False, skip_elements=_NOT_TEXT)
        yield from read_text_page(without_markup(text)[0], file=file, source=source, url=url, has_lines=False)
        return
    for item in items:
        try:
            yield from read_record(question_record(item, url=url, source=source), file=file)
        except RecordError as error:
            yield Problem(file, str(error))


def _is_too_deep(tree: HTMLTree) -> bool:
    level: list[Any] = [tree.document] if tree.document is not None else []
    for _ in range(MAX_NESTING):
        level = [child for node in level for child in node.child_nodes]
        if not level:
            return False
    return True


def _own_address(tree: HTMLTree) -> str | None:
    """Return the address that the page gives as its own."""
    for selector, attribute in (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content")):
        node: Any = tree.document.query_selector(selector) if tree.document is not None else None
        address = node.getattr(attribute) if node is not None else None
        if address and address.startswith(("https://", "http://")):
            return str(address)
    return None
