"""Paths become streams, and nothing that a file claims leads out of them or past the limits."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from corpus import Report, Thread, read_paths
from corpus.formats.json_records import thread_to_record
from tests.conftest import invented_thread, threads_in


def line(name: str = "zog") -> bytes:
    return json.dumps(thread_to_record(invented_thread(name, f"Rest well after {name}."))).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def problems_in(*paths: Path) -> list[str]:
    """The problems, after a reading that gives no thread."""
    found = list(read_paths(paths))
    assert [record for record in found if isinstance(record, Thread)] == []
    return [str(record) for record in found]


def test_an_archive_is_read_by_the_names_in_it(tmp_path: Path):
    packed = gzip.compress(line("c"))
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(("b.json", line("b")), ("deep/a.json", line("a")), ("deep/c.jsonl.gz", packed)))
    threads = threads_in(path)
    assert [thread.id for thread in threads] == ["b", "a", "c"]
    assert str(threads[1].answers[0].place) == f"{path}!deep/a.json:1"


def test_the_name_of_a_packed_file_says_nothing_about_what_it_is(tmp_path: Path):
    (tmp_path / "export").write_bytes(gzip.compress(line()))
    (tmp_path / "also-an-export.txt").write_bytes(zipped(("x", line("x"))))
    assert [thread.id for thread in threads_in(tmp_path)] == ["x", "zog"]


@pytest.mark.parametrize("name", ["../outside.json", "/etc/outside.json", "a/../../outside.json", "..\\outside.json"])
def test_a_path_that_climbs_out_of_its_archive_is_refused(tmp_path: Path, name: str):
    path = tmp_path / "export.zip"
    path.write_bytes(zipped((name, line())))
    (problem,) = problems_in(path)
    assert problem.endswith("its path leads out of the archive: not read")


def test_an_archive_within_an_archive_is_told_and_left_closed(tmp_path: Path):
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(("inner.zip", zipped(("a.json", line())))))
    assert problems_in(path) == [f"{path}!inner.zip: an archive within an archive: not read. Unpack it first."]


BOMB = b'{"title": "' + b"zog " * 10_000_000


def test_a_bomb_stops_where_no_honest_file_goes_on(tmp_path: Path):
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(BOMB))
    (tmp_path / "bomb.zip").write_bytes(zipped(("bomb.jsonl", BOMB)))
    report = Report()
    list(read_paths([tmp_path], report=report))
    assert report.threads == 0
    ends = [str(problem).split(": ")[1] for problem in report.problems if "unpacks" in problem.message]
    assert ends == ["unpacks to more than 16 MiB, as no page or export does"] * 2


def test_what_came_before_a_break_is_kept(tmp_path: Path):
    lines = b"\n".join(line(f"zog-{number}-{os.urandom(40).hex()}") for number in range(200))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(lines)[:-2000])
    *threads, problem = read_paths([tmp_path])
    assert len(threads) > 50
    assert all(isinstance(thread, Thread) for thread in threads)
    assert "can't be read to its end" in str(problem)


@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing more", zipped(("a.json", line()))[:-30]])
def test_a_damaged_archive_is_told(tmp_path: Path, data: bytes):
    (tmp_path / "export.zip").write_bytes(data)
    (problem,) = problems_in(tmp_path)
    assert "a damaged archive: not read" in problem


def test_links_are_not_followed_so_a_loop_is_no_loop(tmp_path: Path):
    (tmp_path / "outside.json").write_bytes(line("outside"))
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "out.json").symlink_to(tmp_path / "outside.json")
    assert [problem.split(": ")[1] for problem in problems_in(folder)] == ["a link, not followed"] * 2


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert problems_in(tmp_path) == [f"{tmp_path / 'pipe'}: neither a file nor a folder: not read"]


def test_files_are_counted_by_format(tmp_path: Path):
    (tmp_path / "a.jsonl").write_bytes(line("a"))
    (tmp_path / "b.csv").write_text("question,answer\nMay I zog?,You may zog.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    report = Report()
    list(read_paths([tmp_path], report=report))
    assert dict(report.files) == {"JSON Lines": 1, "CSV": 1}
    assert (report.threads, report.answers, report.doctors, report.problem_count) == (2, 2, 1, 1)
