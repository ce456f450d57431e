"""Building and searching, with the real model."""

from pathlib import Path

import numpy as np
import pytest

from corpus import CorpusError, Problem
from index.build import build_index
from index.errors import EmbedderError, IndexStateError
from index.index import Index
from index.info import read_info
from tests.conftest import invented_thread

THREADS = [
    invented_thread("running-after-a-zog-peel", "Do not run for two days. Sweat stings.", "Run when you like."),
    invented_thread("itching-after-a-zog-peel", "Itching is usual for a week. Cool the skin."),
    invented_thread("price-of-a-zog-peel", "It costs ten zogs."),
]


class BrokenEmbedder:
    """The real embedder, but for vectors that are no numbers."""

    def __init__(self, real):
        self.name, self.fingerprint, self.dimensions = real.name, real.fingerprint, real.dimensions
        self.count_tokens, self.embed_query = real.count_tokens, real.embed_query

    def embed_passages(self, texts, progress=None):
        return np.full((len(texts), self.dimensions), np.nan, dtype=np.float32)


@pytest.fixture
def directory(tmp_path: Path, embedder) -> Path:
    build_index(THREADS, tmp_path / "index", embedder, corpus=["invented"])
    return tmp_path / "index"


def damage(directory: Path, name: str) -> None:
    (path,) = directory.glob(f"generations/*/{name}")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def test_a_question_finds_the_answer_to_it_first(directory, embedder):
    hits = Index(directory, embedder).search("my skin itches since the peel, is that usual?")
    assert hits[0].answer.id == "itching-after-a-zog-peel-1"
    assert hits[0].thread.id == "itching-after-a-zog-peel"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(-1 <= hit.score <= 1.0001 for hit in hits)


def test_each_answer_is_found_once_and_as_many_as_asked_for(directory, embedder):
    index = Index(directory, embedder)
    assert len({hit.answer.id for hit in index.search("zog peel", 10)}) == 4
    assert len(index.search("zog peel", 2)) == 2


def test_the_best_passage_of_a_long_answer_is_told(tmp_path, embedder):
    filler = "The weather in Zogtown was mild, and many people went to the fair to eat cake. " * 12
    text = f"{filler}Itching after a zog peel lasts a week. {filler}"
    build_index([invented_thread("news", text)], tmp_path, embedder, corpus=["invented"])
    (hit,) = Index(tmp_path, embedder).search("How long does itching last after the peel?")
    start, end = hit.passage
    assert "Itching after a zog peel" in text[start:end]
    assert end - start < len(text) / 2


def test_what_was_built_is_told(directory):
    info = read_info(directory)
    assert (info.threads, info.answers, info.doctors, info.passages) == (3, 4, 2, 4)
    assert info.corpus == ("invented",)
    assert info.embedder == "all-MiniLM-L6-v2"


def test_the_threshold_lies_between_questions_off_the_topic_and_on_it(directory, embedder):
    index = Index(directory, embedder)
    assert index.search("How do I reset my router?")[0].score < index.manifest.abstain_below
    assert index.search("How long does itching last after a zog peel?")[0].score > index.manifest.abstain_below


def test_sentences_are_scored_by_how_well_they_match(directory, embedder):
    text = "Cake is sweet. Itching lasts a week. Trains are late."
    scored = Index(directory, embedder).score_sentences("how long will it itch", text)
    best = max(scored, key=lambda item: item[1])
    assert text[best[0][0] : best[0][1]] == "Itching lasts a week."


def test_a_thread_that_is_there_twice_is_kept_once_and_told(tmp_path, embedder):
    told: list[Problem] = []
    manifest = build_index([THREADS[0], THREADS[0]], tmp_path, embedder, corpus=["x"], on_problem=told.append)
    assert manifest.threads == 1
    assert "is there twice: kept once" in str(told[0])


@pytest.mark.parametrize("name", ["threads.sqlite", "vectors.faiss"])
def test_a_damaged_file_is_refused_with_the_way_out(directory, embedder, name):
    damage(directory, name)
    with pytest.raises(IndexStateError, match=r"is damaged. Build the index again: python -m chatbot build"):
        Index(directory, embedder)
    with pytest.raises(IndexStateError, match="is damaged"):
        read_info(directory)


def test_a_damaged_manifest_is_refused(directory, embedder):
    (manifest,) = directory.glob("generations/*/manifest.json")
    manifest.write_text('{"format": 1', encoding="utf-8")
    with pytest.raises(IndexStateError, match="missing or damaged. Build the index again"):
        Index(directory, embedder)


def test_an_index_of_another_format_is_refused(directory, embedder):
    (manifest,) = directory.glob("generations/*/manifest.json")
    manifest.write_text('{"format": 999}', encoding="utf-8")
    with pytest.raises(IndexStateError, match="has format 999"):
        Index(directory, embedder)


def test_an_index_made_with_another_embedder_is_refused(directory, embedder):
    other = BrokenEmbedder(embedder)
    other.fingerprint = "0" * 64
    with pytest.raises(IndexStateError, match="made with another embedder"):
        Index(directory, other)


def test_a_build_that_fails_leaves_the_index_as_it_was(directory, embedder):
    with pytest.raises(EmbedderError, match="not finite"):
        build_index(THREADS[:1], directory, BrokenEmbedder(embedder), corpus=["x"])
    with pytest.raises(CorpusError, match="No answers were found in x: the index was not changed"):
        build_index([], directory, embedder, corpus=["x"])
    assert len(Index(directory, embedder).search("zog peel")) == 4
