"""A running process follows the builds of its index."""

import time
from pathlib import Path

from index.build.build import build_index
from index.index import Index
from index.live import LiveIndex
from tests.conftest import invented_thread


def wait_for(condition, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_new_index_is_used_without_a_restart_and_the_old_one_stays_good(tmp_path: Path, embedder):
    build_index([invented_thread("zog", "Rest.")], tmp_path, embedder, corpus=["x"])
    live = LiveIndex(Index(tmp_path, embedder))
    old = live.current()
    build_index([invented_thread("zig", "Run.")], tmp_path, embedder, corpus=["x"])
    wait_for(lambda: live.current() is not old)
    assert [hit.thread.id for hit in live.current().search("run")] == ["zig"]
    assert [hit.thread.id for hit in old.search("rest")] == ["zog"]
    assert live.problem is None


def test_an_index_that_can_not_be_opened_leaves_the_old_one_in_use(tmp_path: Path, embedder):
    build_index([invented_thread("zog", "Rest.")], tmp_path, embedder, corpus=["x"])
    told: list[Exception] = []
    live = LiveIndex(Index(tmp_path, embedder), told.append)
    old = live.current()
    (tmp_path / "CURRENT").write_text("gone", encoding="utf-8")
    live.current()
    wait_for(lambda: live.problem is not None)
    assert "the index is damaged" in str(live.problem)
    for _ in range(3):
        assert live.current() is old
    assert told == [live.problem]
    build_index([invented_thread("zig", "Run.")], tmp_path, embedder, corpus=["x"])
    wait_for(lambda: live.current() is not old)
    assert live.problem is None
