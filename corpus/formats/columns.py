"""Which column of a table holds what: known names, or names that the user gives."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIELDS: Mapping[str, tuple[str, ...]] = {
    "question": ("question", "questiontext", "questionbody", "patientquestion", "query", "ask", "q", "body", "patient"),
    "title": ("title", "questiontitle", "subject", "threadtitle", "topictitle", "shortquestion"),
    "answer": ("answer", "answertext", "answerbody", "response", "reply", "doctoranswer", "text", "a", "doctor"),
    "answer_title": ("answertitle", "replytitle"),
    "url": ("url", "questionurl", "questionlink", "pageurl", "link", "permalink"),
    "answer_url": ("answerurl", "answerlink"),
    "thread_id": ("threadid", "questionid", "qid", "pageid"),
    "answer_id": ("answerid", "aid", "replyid"),
    "asker": (
        *("asker", "askername", "askedby", "questionauthor", "questionauthorname", "questioner", "questionername"),
        *("questionby", "questionuser", "questionusername", "threadauthor", "originalposter", "poster", "patientname"),
    ),
    "by_asker": ("byasker", "isasker", "isop", "fromasker", "isoriginalposter"),
    "name": ("name", "doctorname", "author", "authorname", "answeredby", "answerer", "therapistinfo", "physician"),
    "credentials": ("credentials", "degrees", "degree", "qualifications"),
    "specialty": ("specialty", "speciality", "specialization", "specialisation"),
    "location": ("location", "city", "place", "practicelocation"),
    "rating": ("rating", "stars", "averagerating"),
    "reviews": ("reviews", "reviewcount", "numberofreviews", "ratingscount"),
    "votes": ("votes", "upvotes", "likes", "helpful", "helpfulvotes"),
    "date": ("date", "answerdate", "answeredon", "dateanswered", "published"),
    "tags": ("tags", "topic", "topics", "category", "categories"),
    "source": ("source", "site", "website", "dataset"),
    "kind": ("kind",),
    "disclaimer": ("disclaimer",),
}
"""For each field the names of columns that it may have, in lower case and without anything but letters."""

ColumnMap = Mapping[str, str]
"""Field to the name of its column, as the user gave it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """For each field that a table has, the number of its column, from 0."""

    places: Mapping[str, int]


def columns_of(names: Sequence[str], given: ColumnMap) -> Columns | str:
    """Find the columns of a table of questions and answers.

    Args:
        names: the names of its columns.
        given: the columns that the user named, which go first.

    Returns:
        The columns, or a sentence that says what is missing.
    """
    places: dict[str, int] = {}
    for field, column in given.items():
        if column not in names:
            return f'there is no column "{column}" (given for {field}): the columns are {", ".join(names)}'
        places[field] = names.index(column)
    plain = [re.sub(r"[^a-z]", "", name.lower()) for name in names]
    for field, known in FIELDS.items():
        taken = set(places.values())
        free = [plain.index(name) for name in known if name in plain and plain.index(name) not in taken]
        if field not in places and free:
            places[field] = free[0]
    if "answer" not in places or not {"question", "title"} & places.keys():
        return f"no columns for a question and its answer among {', '.join(names)}: name them with --map"
    return Columns(places)


def parse_column_map(given: Sequence[str]) -> dict[str, str]:
    """Read `field=column` pairs, as the user gives them.

    Raises:
        ValueError: one of them is no such pair; the message says which.
    """
    found: dict[str, str] = {}
    for pair in given:
        field, sign, column = pair.partition("=")
        if not sign or field not in FIELDS or not column:
            raise ValueError(f"--map {pair}: expected FIELD=COLUMN, with one of {', '.join(FIELDS)}")
        found[field] = column
    return found
