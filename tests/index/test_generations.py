"""An index is put in place in one step, and a broken build changes nothing."""

from pathlib import Path

import pytest

from index.errors import IndexStateError
from index.storage.generations import NewGeneration, build_lock, current_generation, has_index


def publish(directory: Path, content: str, *, damaged: Path | None = None) -> None:
    with build_lock(directory), NewGeneration(directory) as new:
        (new.folder / "part").mkdir()
        (new.folder / "part" / "file").write_text(content, encoding="utf-8")
        new.publish(damaged=damaged)


def in_use(directory: Path) -> str:
    return (current_generation(directory) / "part" / "file").read_text(encoding="utf-8")


def generations(directory: Path) -> list[Path]:
    return list((directory / "generations").iterdir())


def test_the_last_complete_generation_is_in_use(tmp_path: Path):
    publish(tmp_path, "first")
    publish(tmp_path, "second")
    assert in_use(tmp_path) == "second"
    assert len(generations(tmp_path)) == 1


def test_a_build_that_breaks_leaves_the_one_before_in_use_and_nothing_behind(tmp_path: Path):
    publish(tmp_path, "first")
    with pytest.raises(RuntimeError), build_lock(tmp_path), NewGeneration(tmp_path) as new:
        (new.folder / "file").write_text("second", encoding="utf-8")
        raise RuntimeError
    assert in_use(tmp_path) == "first"
    assert len(generations(tmp_path)) == 1


def test_a_generation_that_is_not_published_is_gone(tmp_path: Path):
    publish(tmp_path, "first")
    with build_lock(tmp_path), NewGeneration(tmp_path):
        pass
    assert in_use(tmp_path) == "first"
    assert len(generations(tmp_path)) == 1


def test_what_a_killed_build_left_is_cleared_away_by_the_next(tmp_path: Path):
    publish(tmp_path, "first")
    (tmp_path / "generations" / "20200101T000000-dead.partial").mkdir()
    publish(tmp_path, "second")
    assert len(generations(tmp_path)) == 1


def test_a_damaged_generation_is_put_aside_whole_and_never_deleted(tmp_path: Path):
    publish(tmp_path, "first")
    damaged = current_generation(tmp_path)
    publish(tmp_path, "second", damaged=damaged)
    assert (tmp_path / "damaged" / damaged.name / "part" / "file").read_text(encoding="utf-8") == "first"
    assert in_use(tmp_path) == "second"


def test_a_second_build_at_the_same_time_is_told_who_is_building(tmp_path: Path):
    who = r"another build is going on here \(process \d+, since \d\d:\d\d:\d\d\)"
    with build_lock(tmp_path), pytest.raises(IndexStateError, match=who) as raised, build_lock(tmp_path):
        pass
    assert raised.value.state == "kept"
    with build_lock(tmp_path):
        pass


def test_where_there_is_no_index_it_is_said_to_be_missing(tmp_path: Path):
    assert not has_index(tmp_path)
    with pytest.raises(IndexStateError, match="there is no index here") as raised:
        current_generation(tmp_path)
    assert (raised.value.directory, raised.value.state) == (tmp_path, "missing")


@pytest.mark.parametrize("name", ["", "gone", "../elsewhere", "."])
def test_a_name_that_leads_nowhere_is_told_as_damage(tmp_path: Path, name: str):
    publish(tmp_path, "first")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "CURRENT").write_text(name, encoding="utf-8")
    with pytest.raises(IndexStateError, match="the index is damaged"):
        current_generation(tmp_path)
