"""MedQuAD's XML, as published at https://github.com/abachaa/MedQuAD (CC BY 4.0).

A document has a focus and pairs of a question and an answer; each pair is a thread. The answers of
three of its sources were taken out for their copyright: such pairs are counted and left out.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from corpus.formats.json_records import RecordError, read_record
from corpus.records import Problem, Thread


def read_medquad(data: bytes, *, file: str) -> Iterator[Thread | Problem]:
    """Read one document, or several below one root. Entities and DTDs are refused, nothing is fetched."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        line, _ = error.position
        yield Problem(file, f"not valid XML ({str(error).split(':')[0]}): not read", line)
        return
    except (DefusedXmlException, ValueError, LookupError) as error:
        why = "XML that defines entities or a document type, or is none at all"
        yield Problem(file, f"{why}: not read ({type(error).__name__})")
        return
    documents = [root] if root.tag == "Document" else list(root.iter("Document"))
    if not documents:
        yield Problem(file, "XML without a Document of MedQuAD: not read")
    for document in documents:
        yield from _document(document, file)


def _document(document: Element, file: str) -> Iterator[Thread | Problem]:
    focus = _text(document.find("Focus"))
    institution = document.get("source")
    author = {"name": institution} if institution else {}
    without = 0
    for pair in document.iter("QAPair"):
        question = pair.find("Question")
        answer = _text(pair.find("Answer"))
        if answer is None:
            without += 1
            continue
        kind = question.get("qtype") if question is not None else None
        record = {
            "title": _text(question),
            "url": document.get("url"),
            "source": "MedQuAD",
            "tags": [tag for tag in (focus, kind) if tag],
            "answers": [{"text": answer, "url": document.get("url"), "author": author}],
        }
        try:
            yield from read_record(record, file=file)
        except RecordError as error:
            yield Problem(file, str(error))
    if without:
        what = "a question has no answer" if without == 1 else f"{without} questions have no answer"
        yield Problem(file, f"{what} in this file: left out")


def _text(element: Element | None) -> str | None:
    text = "".join(element.itertext()).strip() if element is not None else ""
    return text or None
