"""Questions and answers that a page marks up with the vocabulary of schema.org, as JSON-LD or microdata.

https://schema.org/QAPage: a Question with an acceptedAnswer and suggestedAnswers, each with a text,
an author (Person or Physician) and upvotes. Both notations give the same nested objects first; one
function then makes threads of them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree, NodeType

from corpus.formats.fields import short
from corpus.records import MAX_STARS

Item = Mapping[str, Any]
"""A schema.org object: property to value, object, or list of them; its types under "@type"."""

_MAX_DEPTH = 40
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-zA-Z]+|#\d+);")
_CDATA = re.compile(r"^\s*(?:<!\[CDATA\[|<!--)|(?:\]\]>|-->)\s*$")
_LINK_TAGS = {"a": "href", "link": "href", "area": "href", "img": "src", "object": "data"}


def question_items(tree: HTMLTree, problems: list[str], *, microdata: bool = True) -> list[Item]:
    """Return every Question of a page that has an answer, out of its JSON-LD, else out of its microdata.

    Args:
        microdata: whether there may be any.
    """
    found = [item for item in _json_ld(tree, problems) if _has_answers(item)]
    if microdata and not found:
        found = [item for item in _microdata(tree) if _has_answers(item)]
    return found


def question_record(item: Item, *, url: str | None, source: str | None) -> dict[str, Any]:
    """Return a Question as the record of a thread, to be checked as any other.

    Args:
        url: the page's own address, if it tells one.
        source: what to name as the thread's source.
    """
    title, body = _plain(item.get("name")), _plain(item.get("text") or item.get("articleBody"))
    own = _address(item.get("url") or item.get("@id"), url) or url
    return {
        "title": title or body,
        "question": body if title and body and body != title else None,
        "url": own,
        "source": source,
        "asker": _asker(item.get("author") or item.get("creator")),
        "tags": _keywords(item.get("keywords") or item.get("about")),
        "answers": [_answer(answer, own) for answer in _answers(item)],
    }


def _json_ld(tree: HTMLTree, problems: list[str]) -> Iterator[Item]:
    scripts = tree.document.get_elements_by_tag_name("script") if tree.document is not None else []
    for script in scripts:
        if (script.getattr("type") or "").strip().lower() != "application/ld+json":
            continue
        text = _CDATA.sub("", str(script.text))
        try:
            yield from _questions_in(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError) as error:
            problems.append(f"a JSON-LD script of the page is no valid JSON ({short(error)}): not used")


def _questions_in(value: Any, depth: int) -> Iterator[Item]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _questions_in(entry, depth + 1)
    elif isinstance(value, dict):
        if _is(value, "Question"):
            yield value
            return
        for key in ("@graph", "mainEntity", "hasPart", "itemListElement", "item", "mainEntityOfPage"):
            if key in value:
                yield from _questions_in(value[key], depth + 1)


def _microdata(tree: HTMLTree) -> Iterator[Item]:
    """Give the outermost Questions. (A CSS selector would find what is nested deep many times over.)"""
    waiting: list[Any] = [tree.document] if tree.document is not None else []
    while waiting:
        node = waiting.pop()
        if node.type == NodeType.ELEMENT and "Question" in _types_of(node):
            yield _item(node, 0)
        else:
            waiting += list(node.child_nodes)[::-1]


def _item(node: Any, depth: int) -> dict[str, Any]:
    """Return the object that an element with itemscope stands for, its properties from below it."""
    item: dict[str, Any] = {"@type": sorted(_types_of(node))}
    if node.hasattr("itemid"):
        item["@id"] = node.getattr("itemid")
    waiting = list(node.child_nodes)[::-1]
    while waiting and depth < _MAX_DEPTH:
        child = waiting.pop()
        if child.type != NodeType.ELEMENT:
            continue
        names = (child.getattr("itemprop") or "").split()
        if names:
            value = _item(child, depth + 1) if child.hasattr("itemscope") else _value(child)
            for name in names:
                held = item.get(name)
                item[name] = value if held is None else [*held, value] if isinstance(held, list) else [held, value]
        if not child.hasattr("itemscope"):
            waiting += list(child.child_nodes)[::-1]
    return item


def _value(node: Any) -> str:
    if node.hasattr("content"):
        return str(node.getattr("content"))
    if node.tag in _LINK_TAGS and node.hasattr(_LINK_TAGS[node.tag]):
        return str(node.getattr(_LINK_TAGS[node.tag]))
    if node.tag == "time" and node.hasattr("datetime"):
        return str(node.getattr("datetime"))
    return str(node.html)


def _types_of(node: Any) -> set[str]:
    return {kind.rstrip("/").rsplit("/", 1)[-1] for kind in (node.getattr("itemtype") or "").split()}


def _is(item: Item, kind: str) -> bool:
    kinds = item.get("@type")
    return kind in (kinds if isinstance(kinds, list) else [kinds])


def _answers(item: Item) -> list[Item]:
    found = [entry for key in ("acceptedAnswer", "suggestedAnswer", "answer") for entry in _objects(item.get(key))]
    different: list[Item] = []
    for answer in found:
        if answer not in different:
            different.append(answer)
    return different


def _has_answers(item: Item) -> bool:
    return bool(_answers(item))


def _objects(value: Any) -> list[Item]:
    values = value if isinstance(value, list) else [value]
    return [entry if isinstance(entry, dict) else {"text": entry} for entry in values if entry]


def _answer(item: Item, page: str | None) -> dict[str, Any]:
    return {
        "title": _plain(item.get("name") or item.get("headline")),
        "text": _plain(item.get("text") or item.get("articleBody") or item.get("description")),
        "url": _address(item.get("url"), page),
        "author": _author(item.get("author") or item.get("creator")),
        "votes": _number(item.get("upvoteCount")),
        "date": _plain(item.get("dateCreated") or item.get("datePublished")),
    }


def _asker(value: Any) -> str | None:
    """Return the asker's name; a clinic or a doctor who asks and answers on one page is no asker."""
    people = value if isinstance(value, list) else [value]
    person = next((entry for entry in people if entry), None)
    if isinstance(person, dict) and person.get("@type") and not _is(person, "Person"):
        return None
    name = _author(person).get("name")
    return name if isinstance(name, str) else None


def _author(value: Any) -> dict[str, Any]:
    people = value if isinstance(value, list) else [value]
    person = next((entry for entry in people if entry), None)
    if isinstance(person, str):
        return {"name": _plain(person)}
    if not isinstance(person, dict):
        return {}
    titles = [_plain(person.get(key)) for key in ("honorificSuffix", "hasCredential")]
    facts = {
        "name": _plain(person.get("name")) or _joined(person.get("givenName"), person.get("familyName")),
        "credentials": next((title for title in titles if title), None),
        "specialty": _named(person.get("medicalSpecialty")) or _plain(person.get("jobTitle")),
        "location": _location(person.get("address") or person.get("workLocation")),
        **_rating(person.get("aggregateRating")),
    }
    return {key: fact for key, fact in facts.items() if fact is not None}


def _rating(value: Any) -> dict[str, Any]:
    """Return stars and reviews; a rating on another scale than five stars is left out."""
    rating = value[0] if isinstance(value, list) and value else value
    if not isinstance(rating, dict):
        return {}
    best = _number(rating.get("bestRating"))
    stars = _number(rating.get("ratingValue")) if best in (None, MAX_STARS) else None
    counts = [_number(rating.get(key)) for key in ("reviewCount", "ratingCount")]
    return {"rating": stars, "reviews": next((count for count in counts if count is not None), None)}


def _location(value: Any) -> str | None:
    place = value[0] if isinstance(value, list) and value else value
    if isinstance(place, dict):
        if "address" in place:
            return _location(place["address"])
        return _joined(place.get("addressLocality"), place.get("addressRegion"), between=", ")
    return _plain(place)


def _named(value: Any) -> str | None:
    entry = value[0] if isinstance(value, list) and value else value
    name = _plain(entry.get("name")) if isinstance(entry, dict) else _plain(entry)
    return name.rstrip("/").rsplit("/", 1)[-1] if name else None


def _keywords(value: Any) -> list[str]:
    entries = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
    names = [_named(entry) for entry in entries]
    return [name for name in names if name]


def _address(value: Any, page: str | None) -> str | None:
    text = value if isinstance(value, str) and value else None
    if text is None or (text.startswith("#") and page is None):
        return None
    try:
        return urljoin(page or "", text)
    except ValueError:
        return None


def _plain(value: Any) -> str | None:
    """Return a text without the markup that it may carry, its paragraphs kept."""
    entry = value[0] if isinstance(value, list) and value else value
    if isinstance(entry, dict):
        entry = entry.get("@value") or entry.get("name")
    if not isinstance(entry, str | int | float) or isinstance(entry, bool):
        return None
    text = str(entry)
    if _MARKUP.search(text):
        # Line breaks in marked-up text are only how it was written down.
        text = str(extract_plain_text(text, alt_texts=False))
    return text.strip() or None


def _joined(*values: Any, between: str = " ") -> str | None:
    parts: Sequence[str | None] = [_plain(value) for value in values]
    return between.join(part for part in parts if part) or None


def _number(value: Any) -> float | int | str | None:
    text = _plain(value)
    if text is None:
        return None
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
