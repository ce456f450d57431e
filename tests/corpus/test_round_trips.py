"""Any thread, written in any format, is read back equal."""

import csv
import gzip
import html
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from corpus import Answer, Doctor, Thread, read_paths
from corpus.cleaning.markup import clean_markup
from corpus.cleaning.names import split_credentials
from corpus.formats.json_records import thread_to_record

SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z", "Cn", "Co"])
WORD = st.text(SIGNS, min_size=1, max_size=12).filter(lambda word: word.lower() not in ("nan", "null", "none"))
LINE = (
    st.lists(WORD, min_size=1, max_size=6)
    .map(" ".join)
    .filter(lambda line: clean_markup(f"A {line} z") == f"A {line} z")
)
"""Words in which no markup is: that is cleaned away."""
NAME = LINE.filter(lambda name: split_credentials(Doctor(f"Zog {name} 1")) == Doctor(f"Zog {name} 1"))
"""Names to which nothing is glued."""
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n\n".join)


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    """A thread with all that a table or a marked-up page can say, each doctor and text once."""
    texts = draw(st.lists(TEXT, min_size=1, max_size=4, unique_by=lambda text: tuple(text.split())))
    answers = tuple(
        Answer(
            id=f"a{number}",
            position=number,
            text=text,
            author=Doctor(
                name=f"Zog {draw(NAME)} {number}",
                specialty=draw(st.none() | LINE.map("Dermatologist of {}".format)),
                rating=draw(st.none() | st.floats(0, 5).map(lambda stars: round(stars, 1))),
                reviews=draw(st.none() | st.integers(0, 10**6)),
            ),
            votes=draw(st.none() | st.integers(-100, 10**6)),
            date=draw(st.none() | st.dates().map(str)),
        )
        for number, text in enumerate(texts, start=1)
    )
    return Thread(
        id="t" + draw(st.uuids()).hex,
        title="Title " + draw(LINE),
        question=draw(st.none() | TEXT.map("Question {}".format)),
        url=draw(st.none() | st.uuids().map("https://answers.example/{}".format)),
        answers=answers,
    )


def read_back(folder: Path, name: str, data: bytes) -> list[Thread]:
    path = folder / name
    path.write_bytes(data)
    found = list(read_paths([path]))
    path.unlink()
    assert [str(record) for record in found if not isinstance(record, Thread)] == []
    return [record for record in found if isinstance(record, Thread)]


def rows_of(thread: Thread) -> list[dict[str, object]]:
    shared = {"thread_id": thread.id, "title": thread.title, "question": thread.question, "url": thread.url}
    return [
        {
            **shared,
            "answer_id": answer.id,
            "answer": answer.text,
            "author": answer.author and answer.author.name,
            "specialty": answer.author and answer.author.specialty,
            "rating": answer.author and answer.author.rating,
            "reviews": answer.author and answer.author.reviews,
            "votes": answer.votes,
            "date": answer.date,
        }
        for answer in thread.answers
    ]


@given(thread=threads(), delimiter=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_tables(tmp_path_factory, thread, delimiter, encoding):
    stream = io.StringIO()
    rows = rows_of(thread)
    writer = csv.DictWriter(stream, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    data = stream.getvalue().encode(encoding)
    assert read_back(tmp_path_factory.getbasetemp(), "table", data) == [thread]


@given(threads())
def test_flat_json_lines(tmp_path_factory, thread):
    data = "\n".join(json.dumps(row) for row in rows_of(thread)).encode()
    assert read_back(tmp_path_factory.getbasetemp(), "rows", data) == [thread]


@given(threads())
def test_packed_threads(tmp_path_factory, thread):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("thread", gzip.compress(json.dumps(thread_to_record(thread)).encode()))
    assert read_back(tmp_path_factory.getbasetemp(), "export", buffer.getvalue()) == [thread]


def schema_of(thread: Thread) -> dict[str, object]:
    answers = [
        {
            "@type": "Answer",
            "text": answer.text,
            "upvoteCount": answer.votes,
            "dateCreated": answer.date,
            "author": answer.author
            and {
                "@type": "Physician",
                "name": answer.author.name,
                "medicalSpecialty": answer.author.specialty,
                "aggregateRating": {
                    "@type": "AggregateRating",
                    "ratingValue": answer.author.rating,
                    "reviewCount": answer.author.reviews,
                },
            },
        }
        for answer in thread.answers
    ]
    question = {"@type": "Question", "name": thread.title, "text": thread.question, "suggestedAnswer": answers}
    return {"@context": "https://schema.org", "@type": "QAPage", "url": thread.url, "mainEntity": question}


MARKUP = set("<&/")
"""What schema.org texts may carry as markup: a reader can't know whether "<b" was meant as a letter."""


def plain(thread: Thread) -> bool:
    return not MARKUP & set(json.dumps(thread_to_record(replace(thread, url=None)), ensure_ascii=False))


def without_ids(thread: Thread) -> Thread:
    answers = tuple(replace(answer, id="") for answer in thread.answers)
    return replace(thread, id="", url=None, source=None, answers=answers)


@given(threads().filter(plain))
def test_json_ld(tmp_path_factory, thread):
    script = json.dumps(schema_of(thread))
    page = f'<!doctype html><head><meta charset="utf-8"><script type="application/ld+json">{script}</script></head>'
    (found,) = read_back(tmp_path_factory.getbasetemp(), "page", page.encode())
    assert without_ids(found) == without_ids(thread)


def prop(name: str, value: object) -> str:
    return "" if value is None else f"<meta itemprop={quoteattr(name)} content={quoteattr(str(value))}>"


def microdata_of(answer: Answer) -> str:
    author = answer.author or Doctor()
    rating = prop("ratingValue", author.rating) + prop("reviewCount", author.reviews)
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in answer.text.split("\n\n"))
    return f"""<section itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer">
    <div itemprop="text">{paragraphs}</div>{prop("upvoteCount", answer.votes)}{prop("dateCreated", answer.date)}
    <div itemprop="author" itemscope itemtype="https://schema.org/Person">{prop("name", author.name)}
    {prop("medicalSpecialty", author.specialty)}
    <div itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating">{rating}</div></div></section>"""


@given(threads().filter(plain))
def test_microdata(tmp_path_factory, thread):
    answers = "".join(microdata_of(answer) for answer in thread.answers)
    page = f"""<html><div itemscope itemtype="https://schema.org/Question">{prop("name", thread.title)}
    {prop("text", thread.question)}{answers}</div></html>"""
    (found,) = read_back(tmp_path_factory.getbasetemp(), "page", page.encode())
    assert without_ids(found) == without_ids(thread)


@given(TEXT, TEXT, LINE)
def test_medquad(tmp_path_factory, question, answer, focus):
    pair = f"<QAPair><Question>{escape(question)}</Question><Answer>{escape(answer)}</Answer></QAPair>"
    url = "https://institute.example/zog"
    page = f'<?xml version="1.0" encoding="UTF-8"?><Document source="Zog" url="{url}"><Focus>{escape(focus)}</Focus>'
    data = f"{page}<QAPairs>{pair}</QAPairs></Document>".encode()
    (found,) = read_back(tmp_path_factory.getbasetemp(), "page", data)
    assert (found.title, found.tags, found.answers[0].text) == (question, (focus,), answer)
    assert found.answers[0].author == Doctor(name="Zog")
