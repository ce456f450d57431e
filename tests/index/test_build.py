"""Building: only what is new is embedded, and whatever happens the last good index stays in use."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import CorpusError, Problem, Thread
from index.build.build import Told, build_index, threads_in_index
from index.errors import EmbedderError, IndexStateError
from index.index import Index
from index.info import read_info
from index.models.embedder import EmbedderSettings
from index.storage.check import check_index
from index.storage.generations import current_generation
from tests.conftest import ROOT, invented_thread

CHUNK = 64
LEAST_MOMENTS = 50

THREADS = [invented_thread(f"peel-{n}", f"Rest for {n} days. Then run.", f"Run on day {n}.") for n in range(10)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """Chunks that a test fills quickly."""
    monkeypatch.setattr("index.build.embedding.CHUNK", CHUNK)


class Counting:
    """The real embedder, which counts what it embeds and can be made to fail."""

    def __init__(self, real, fail_after: int | None = None):
        self._real = real
        self.settings, self.fingerprint, self.dimensions = real.settings, real.fingerprint, real.dimensions
        self.unit_length, self.count_tokens = real.unit_length, real.count_tokens
        self.embedded: list[str] = []
        self._fail_after = fail_after

    def embed_passages(self, texts, spans):
        if self._fail_after is not None and len(self.embedded) >= self._fail_after:
            raise KeyboardInterrupt
        self.embedded += texts
        return self._real.embed_passages(texts, spans)

    def embed_queries(self, texts):
        return self._real.embed_queries(texts)


def build(threads, directory, embedder, told=None):
    return build_index(threads, directory, embedder, corpus=["invented"], told=told)


def found_by(directory: Path, embedder, question: str) -> list[tuple[str, float]]:
    return [(hit.answer.id, round(hit.score, 5)) for hit in Index(directory, embedder).search(question, 20)]


def test_what_was_built_is_told_and_found_sound(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    info = check_index(tmp_path)
    assert info == read_info(tmp_path)
    assert (info.threads, info.answers, info.doctors, info.passages, info.sentences) == (10, 20, 2, 20, 30)
    assert (info.corpus, info.embedder.name, info.approximate_recall) == (("invented",), "all-MiniLM-L6-v2", None)


def test_a_second_build_embeds_only_what_is_new(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    counting = Counting(embedder)
    changed = invented_thread("peel-3", "Rest for 3 days. Then run.", "Swim instead.")
    build([*THREADS[:3], changed, *THREADS[4:], invented_thread("new", "Go.")], tmp_path, counting)
    assert sorted(counting.embedded) == ["new\n\nGo.", "peel 3\n\nSwim instead."]
    check_index(tmp_path)


@pytest.mark.parametrize("name", ["zog#1", "zog?mode=rw", "zog%20zig", "file:zog", "zog & zig"])
def test_the_name_of_the_folder_may_hold_any_sign(tmp_path, embedder, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    directory = Path(name)  # as it is typed, from where one is
    build(THREADS, directory, embedder)
    counting = Counting(embedder)
    build([*THREADS, invented_thread("new", "Go.")], directory, counting)
    assert counting.embedded == ["new\n\nGo."]
    check_index(directory)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_index_that_was_brought_up_to_date_is_the_same_as_one_made_anew(tmp_path, embedder):
    changed = [*THREADS[5:], invented_thread("new", "Rest for 99 days."), *THREADS[:2]]
    build(THREADS, tmp_path / "updated", embedder)
    build(changed, tmp_path / "updated", embedder)
    build(changed, tmp_path / "anew", embedder)
    for question in ("may I run on day 3", "rest for 99 days", "new"):
        assert found_by(tmp_path / "updated", embedder, question) == found_by(tmp_path / "anew", embedder, question)


def test_the_answers_of_a_removed_file_are_gone(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    build(THREADS[:1], tmp_path, embedder)
    assert {hit.thread.id for hit in Index(tmp_path, embedder).search("rest", 50)} == {"peel-0"}


def test_an_unchanged_corpus_is_not_built_again_and_no_model_is_loaded(tmp_path, embedder, monkeypatch):
    build(THREADS, tmp_path, embedder)
    before = current_generation(tmp_path)

    def must_not_load(settings):
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("index.build.build.load_embedder", must_not_load)
    build(THREADS, tmp_path, EmbedderSettings())
    assert current_generation(tmp_path) == before


def test_a_stance_that_is_given_later_is_in_the_index_and_nothing_is_embedded_again(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    first, *others = THREADS
    given = replace(first, answers=tuple(replace(answer, stance="no") for answer in first.answers))
    counting = Counting(embedder)
    build([given, *others], tmp_path, counting)
    assert list(threads_in_index(tmp_path)) == [given, *others]
    assert counting.embedded == []


def test_the_same_text_is_embedded_once(tmp_path, embedder):
    counting = Counting(embedder)
    twice = invented_thread("a", "Rest.", "Rest.", "Run.")
    same_page = replace(twice, id="b", answers=tuple(replace(answer, id=f"b{answer.id}") for answer in twice.answers))
    build([twice, same_page], tmp_path, counting)
    assert sorted(counting.embedded) == ["a\n\nRest.", "a\n\nRun."]
    check_index(tmp_path)
    hits = Index(tmp_path, embedder).search("run", 10)
    assert len(hits) == 6
    assert len({round(hit.parts.passage, 4) for hit in hits}) == 2


def test_an_embedder_can_be_changed_from_the_texts_that_the_index_keeps(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    settings = EmbedderSettings(truncate_dim=128)
    build_index(threads_in_index(tmp_path), tmp_path, settings, corpus=["invented"])
    info = check_index(tmp_path)
    assert (info.dimensions, info.answers, info.embedder) == (128, 20, settings)
    assert Index(tmp_path).search("run on day 3")[0].thread.id == "peel-3"


def test_a_thread_that_is_there_twice_is_kept_once_and_told(tmp_path, embedder):
    told: list[Problem] = []
    manifest = build([THREADS[0], THREADS[0]], tmp_path, embedder, Told(problem=told.append))
    assert manifest.threads == 1
    assert "is there twice: kept once" in str(told[0])


def test_progress_goes_up_to_the_number_of_texts(tmp_path, embedder):
    told: list[tuple[int, int]] = []
    build(THREADS, tmp_path, embedder, Told(progress=lambda done, total: told.append((done, total))))
    assert told[0] == (0, 30)
    assert told[-1] == (30, 30)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_no_threads_leave_the_index_as_it_was(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    with pytest.raises(CorpusError, match="No answers were found in invented: the index was not changed"):
        build([], tmp_path, embedder)
    assert read_info(tmp_path).threads == 10


def test_vectors_that_are_no_numbers_leave_the_index_as_it_was(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    broken = Counting(embedder)
    broken.embed_passages = lambda texts, spans: (np.full((len(texts), 384), np.nan, np.float32), [])
    with pytest.raises(EmbedderError, match="not finite"):
        build([invented_thread("new", "Go.")], tmp_path, broken)
    assert read_info(tmp_path).threads == 10


def test_a_build_that_was_stopped_goes_on_where_it_was(tmp_path, embedder):
    many = [invented_thread(f"peel-{n}", f"Rest for {n} days.") for n in range(CHUNK + 30)]
    with pytest.raises(KeyboardInterrupt):
        build(many, tmp_path, Counting(embedder, fail_after=CHUNK))
    counting = Counting(embedder)
    build(many, tmp_path, counting)
    assert len(counting.embedded) == 30
    assert not (tmp_path / "unfinished").exists()
    check_index(tmp_path)


def test_a_damaged_chunk_of_a_stopped_build_is_told_put_aside_and_embedded_again(tmp_path, embedder):
    many = [invented_thread(f"peel-{n}", f"Rest for {n} days.") for n in range(CHUNK + 50)]
    with pytest.raises(KeyboardInterrupt):
        build(many, tmp_path, Counting(embedder, fail_after=CHUNK))
    for chunk in tmp_path.glob("unfinished/*/*.npz"):
        data = bytearray(chunk.read_bytes())
        data[len(data) // 2] ^= 0xFF
        chunk.write_bytes(bytes(data))
    told: list[str] = []
    counting = Counting(embedder)
    build(many, tmp_path, counting, Told(note=told.append))
    assert any("is damaged, its texts are embedded again" in sentence for sentence in told)
    assert len(counting.embedded) == CHUNK + 50
    check_index(tmp_path)


def files_of_an_index() -> list[str]:
    return [
        "manifest.json",
        "threads.sqlite",
        "answers.faiss",
        "passages.npy",
        "questions.npy",
        "sentences.npy",
        "lexical/data.csc.index.npy",
        "lexical/indices.csc.index.npy",
        "lexical/indptr.csc.index.npy",
        "lexical/params.index.json",
        "lexical/vocab.index.json",
        "lexical/words.json",
    ]


def test_the_list_of_files_is_complete(tmp_path, embedder):
    build(THREADS, tmp_path, embedder)
    folder = current_generation(tmp_path)
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == sorted(
        files_of_an_index()
    )


@pytest.mark.parametrize("name", files_of_an_index())
def test_flipped_bytes_are_found_put_aside_by_the_next_build_and_never_used(tmp_path, embedder, name):
    build(THREADS, tmp_path, embedder)
    folder = current_generation(tmp_path)
    data = bytearray((folder / name).read_bytes())
    for place in range(0, len(data), max(1, len(data) // 5)):
        data[place] ^= 0xFF
    (folder / name).write_bytes(bytes(data))
    for look in (read_info, check_index, lambda directory: Index(directory, embedder)):
        with pytest.raises(IndexStateError, match="damaged") as raised:
            look(tmp_path)
        assert (raised.value.directory, raised.value.state) == (tmp_path, "unusable")
    told: list[str] = []
    build(THREADS, tmp_path, embedder, Told(note=told.append))
    check_index(tmp_path)
    assert any(f"It is put aside in {tmp_path / 'damaged'}" in sentence for sentence in told)
    assert (tmp_path / "damaged" / folder.name / name).read_bytes() == bytes(data)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_build_that_is_killed_before_any_touch_of_a_file_leaves_the_last_good_index(tmp_path):
    command = [sys.executable, "-m", "tests.index.quick_builder", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builder:

        def ended(threads: int, moment: int = 0) -> int:
            assert builder.stdin is not None
            assert builder.stdout is not None
            print(threads, moment, file=builder.stdin, flush=True)
            return int(builder.stdout.readline())

        assert ended(10) == 0
        left = []
        while ended(130, moment=len(left) + 1) == -signal.SIGKILL:
            left.append(check_index(tmp_path).threads)
            assert len(list(threads_in_index(tmp_path))) == left[-1]
            if left[-1] == 130:  # It was killed after the new index was in place: begin again with the small one.
                assert ended(10) == 0
        assert check_index(tmp_path).threads == 130
        assert len(left) > LEAST_MOMENTS
        assert set(left) == {10, 130}
        assert ended(20) == 0
        assert builder.stdin is not None
        builder.stdin.close()
    assert check_index(tmp_path).threads == 20
    assert len(list((tmp_path / "generations").iterdir())) == 1


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of one and a half megabytes."""
    mount = tmp_path / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(mount)]
    if os.name == "nt" or shutil.which("mount") is None or subprocess.call(command, stderr=subprocess.DEVNULL):
        pytest.skip("a small file system can't be mounted here")
    yield mount
    subprocess.run(["umount", "--lazy", str(mount)], check=True)


def test_a_full_disk_ends_in_a_sentence_and_the_old_index(small_disk: Path, embedder):
    build(THREADS, small_disk, embedder)
    many: list[Thread] = [invented_thread(f"new-{n}", f"Rest for {n} days. " * 20) for n in range(600)]
    with pytest.raises(IndexStateError, match="the disk is full, so no new index was made. The one that was here is"):
        build(many, small_disk, embedder)
    assert check_index(small_disk).threads == 10
    assert Index(small_disk, embedder).search("run")
