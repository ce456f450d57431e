"""Broken and hostile files: each ends in a line of the report, in bounded time and memory."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import Problem, Report, Thread, read_paths
from corpus.files.streams import File, open_files
from corpus.formats.documents import read_document
from tests.conftest import ROOT

GOOD = '{"title": "Zog", "answers": [{"text": "Rest well and drink zog tea."}]}\n'


def read(path: Path) -> tuple[list[Thread], list[str]]:
    found = list(read_paths([path]))
    threads = [record for record in found if isinstance(record, Thread)]
    return threads, [str(record) for record in found if isinstance(record, Problem)]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "the file is empty: nothing to read"),
        ("spaces.json", b" \n \n", "the file is empty: nothing to read"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "a binary file, not a page: not read"),
        ("cut.json", b'{"title": "Zog", "answers": [{"te', "not valid JSON"),
        ("deep.json", b'{"title": ' + b"[" * 200_000, "nested too deep"),
        ("deep-list.json", b"[" * 1000 + b"]" * 1000, "nested too deep"),
        ("long-number.json", b'{"title": 1' + b"0" * 10_000 + b"}", "a number in it is too long"),
        ("other.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "XML of an unknown kind"),
        ("cut.xml", b"<Document><QAPairs><QAPair><Question>Zog", "not valid XML"),
        ("note.txt", b"Buy milk.\n\nAnd bread.", "no answers found"),
        ("empty.html", b"<html></html>", "the file is empty"),
        ("other.csv", b"name,price\nzog,3\n", "no answers found"),
        ("broken.parquet", b"PAR1 and nothing more", "Parquet"),
    ],
)
def test_a_file_that_is_no_page_is_told_in_one_line(tmp_path: Path, name: str, data: bytes, message: str):
    (tmp_path / name).write_bytes(data)
    threads, problems = read(tmp_path)
    assert threads == []
    assert len(problems) == 1
    assert problems[0].startswith(str(tmp_path / name))
    assert message in problems[0]


ENTITY_BOMB = (
    "<!DOCTYPE z [<!ENTITY a 'zog'>"
    + "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL = '<!DOCTYPE z [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [ENTITY_BOMB, EXTERNAL])
def test_entities_in_xml_are_refused(tmp_path: Path, doctype: str):
    body = "<Document><QAPairs><QAPair><Question>Q</Question><Answer>&i;</Answer></QAPair></QAPairs></Document>"
    (tmp_path / "z.xml").write_text(f"<?xml version='1.0'?>{doctype}{body}", encoding="utf-8")
    threads, problems = read(tmp_path)
    assert threads == []
    assert [problem.split(": ")[1] for problem in problems] == [
        "XML that defines entities or a document type, or is none at all"
    ]


def test_nul_bytes_and_turned_writing_are_dropped_and_told(tmp_path: Path):
    text = "Is zog tea\x00 bitter?\n\nIs it?\n\n1 answer\n\nBitter\n\nIt is \u202egnp.exe bitter.\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (thread,), problems = read(tmp_path)
    assert (thread.title, thread.answers[0].text) == ("Is zog tea bitter?", "It is gnp.exe bitter.")
    assert "2 characters that can't be seen and could deceive" in problems[0]


def test_cells_that_begin_like_a_formula_are_text(tmp_path: Path):
    (tmp_path / "rows.csv").write_text('question,answer\nMay I?,"=HYPERLINK(""x"")"\n', encoding="utf-8")
    (thread,), problems = read(tmp_path)
    assert (thread.answers[0].text, problems) == ('=HYPERLINK("x")', [])


def test_scripts_of_a_page_are_no_words_of_anybody(tmp_path: Path):
    scripts = "<script>steal()</script><style>p{}</style><noscript>n</noscript><!-- c --><template>t</template>" * 50
    html = f"""<html><body>{scripts}<h1>Is zog tea bitter?</h1><p>Is it?</p><p>1 answer</p><p>Bitter tea</p>
    <p onclick="steal()">Only the <b>first</b> cup.<script>steal()</script></p><iframe src="https://e.example"></iframe>
    <p>Zog Invented, MD<br>4.0 out of 5 stars 3 reviews</p></body></html>"""
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    (thread,), _ = read(tmp_path)
    assert [answer.text for answer in thread.answers] == ["Only the first cup."]


@pytest.mark.parametrize(
    "tag", ["<div>", '<div itemscope itemtype="https://schema.org/Question" itemprop="mainEntity">']
)
def test_markup_nested_without_end_is_told(tmp_path: Path, tag: str):
    (tmp_path / "page.html").write_text(f"<html>{tag * 100_000}zog", encoding="utf-8")
    threads, problems = read(tmp_path)
    assert threads == []
    assert [problem.split(": ")[1] for problem in problems] == ["elements nested more than 2000 deep, as in no page"]


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from corpus import read_paths
for found in read_paths([sys.argv[1]]):
    print(found if not hasattr(found, "answers") else found.title)
"""


def limited_reading(path: Path) -> list[str]:
    """Read in a process that has at most 1 GiB of memory."""
    command = [sys.executable, "-c", LIMITED, str(path), str(2**30)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def long_line(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(GOOD + '{"title": "')
        for _ in range(200):
            stream.write("zog " * 262_144)
        stream.write('"}\n' + GOOD.replace("Zog", "After"))


def page_of_one_letter(path: Path) -> None:
    path.write_text("a" * 17 * 2**20, encoding="utf-8")


def brackets(path: Path) -> None:
    path.write_text("<p>" * 5 * 2**20, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (long_line, ["Zog", "After", "too long for a thread: left out"]),
        (page_of_one_letter, ["longer than 16 MiB"]),
        (brackets, ["more than 1000000 elements"]),
    ],
)
def test_a_huge_file_stays_within_a_gibibyte(tmp_path: Path, write: Callable[[Path], None], expected: list[str]):
    path = tmp_path / "huge.jsonl"
    write(path)
    lines = limited_reading(path)
    assert len(lines) == len(expected)
    assert all(part in line for part, line in zip(expected, lines, strict=True))


# -- any bytes at all -------------------------------------------------------------------------

HEADS = [
    b"",
    b"{",
    b"[",
    b'{"title": "t", "answers": [{"text": ',
    b"<html>",
    b"<!doctype html><script type=application/ld+json>",
    b'<div itemscope itemtype="https://schema.org/Question"><b itemprop="name">',
    b"<Document><QAPairs>",
    b"<?xml version='1.0'?><Document>",
    b"question,answer\n",
    b"title\tanswer\n",
    b"PAR1",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"Title?\n\n1 answer\n\nDr. Zog, MD\n4/5 (",
]


ANY_BYTES = st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))


@given(st.sampled_from(HEADS), ANY_BYTES)
@example(b"", b"\x00")
def test_any_bytes_give_threads_or_problems_and_no_error(tmp_path_factory, head, rest):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(head + rest)
    report = Report()
    for found in read_paths([path], report=report):
        assert isinstance(found, Thread | Problem)
        str(found).encode("utf-8")
    assert report.threads + report.problem_count >= 1


@given(st.data())
def test_a_good_page_with_flipped_bytes_gives_threads_or_problems(data):
    pages = sorted(path for path in (ROOT / "tests/corpus/pages").iterdir() if not path.name.endswith(".records.json"))
    page = data.draw(st.sampled_from(pages))
    raw = bytearray(page.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=8)):
        raw[place] = data.draw(st.integers(0, 255))
    file = File(page.name, io.BytesIO(bytes(raw)), len(raw))
    assert all(isinstance(found, Thread | Problem | str) for found in read_document(file, {}))


def test_a_file_that_goes_away_is_told(tmp_path: Path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    files = open_files([tmp_path])
    first = next(files)
    (tmp_path / "b.jsonl").unlink()
    second = next(files, None)
    assert isinstance(first, File)
    assert second is None or isinstance(second, Problem)
