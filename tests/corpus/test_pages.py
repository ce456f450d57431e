"""Every kind of page, beside the records that it must give, ids included.

`python -m tests.corpus.test_pages` writes the records anew: read them before they are committed.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import Problem, read_paths
from corpus.formats.json_records import thread_to_record

PAGES = Path(__file__).parent / "pages"
ENDING = ".records.json"


def pages() -> list[Path]:
    return sorted(page for page in PAGES.iterdir() if not page.name.endswith(ENDING))


def found_in(page: Path) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"threads": [], "problems": []}
    for thread_or_problem in read_paths([page.relative_to(PAGES)]):
        if isinstance(thread_or_problem, Problem):
            found["problems"].append(str(thread_or_problem))
        else:
            found["threads"].append(thread_to_record(thread_or_problem, places=True))
    return found


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_gives_its_records(page: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(PAGES)
    assert found_in(page) == json.loads(page.with_name(page.name + ENDING).read_text(encoding="utf-8"))


def test_no_page_is_without_records_and_no_records_without_a_page():
    assert {page.name + ENDING for page in pages()} == {path.name for path in PAGES.glob(f"*{ENDING}")}


if __name__ == "__main__":
    import os

    os.chdir(PAGES)
    for each in pages():
        text = json.dumps(found_in(each), ensure_ascii=False, indent=1)
        each.with_name(each.name + ENDING).write_text(text + "\n", encoding="utf-8")
