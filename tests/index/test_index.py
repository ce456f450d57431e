"""Searching an index, with the real model."""

from pathlib import Path

import numpy as np
import pytest

from corpus import Answer, Doctor, Thread
from index.build.build import build_index
from index.errors import IndexStateError
from index.index import Index
from index.search.filters import Filters
from index.search.fusion import Weights
from tests.conftest import invented_thread

THREADS = [
    invented_thread("running-after-a-zog-peel", "Do not run for two days. Sweat stings.", "Run when you like."),
    invented_thread("itching-after-a-zog-peel", "Itching is usual for a week. Cool the skin."),
    invented_thread("price-of-a-zog-peel", "It costs ten zogs."),
]
ITCHING = "How long does itching last after the peel?"


@pytest.fixture(scope="module")
def index(tmp_path_factory, embedder) -> Index:
    directory = tmp_path_factory.mktemp("index")
    build_index(THREADS, directory, embedder, corpus=["invented"])
    return Index(directory, embedder)


def build(directory: Path, embedder, *threads: Thread) -> Index:
    build_index(threads, directory, embedder, corpus=["invented"])
    return Index(directory, embedder)


def damage(directory: Path, name: str) -> None:
    (path,) = directory.glob(f"generations/*/{name}")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def test_a_question_finds_the_answer_to_it_first(index):
    hits = index.search("my skin itches since the peel, is that usual?")
    assert hits[0].answer.id == "itching-after-a-zog-peel-1"
    assert hits[0].thread == THREADS[1]
    assert all(-1 <= hit.score <= 1 for hit in hits)


def test_each_answer_is_found_once_and_as_many_as_asked_for(index):
    assert len({hit.answer.id for hit in index.search("zog peel", 10)}) == 4
    assert len(index.search("zog peel", 2)) == 2


def test_the_best_passage_of_a_long_answer_is_told(tmp_path, embedder):
    filler = "The weather in Zogtown was mild, and many people went to the fair to eat cake. " * 18
    text = f"{filler}Itching after a zog peel lasts a week. {filler}"
    (hit,) = build(tmp_path, embedder, invented_thread("news", text)).search(ITCHING)
    start, end = hit.passage
    assert "Itching after a zog peel" in text[start:end]
    assert end - start < len(text) / 2


def test_a_name_that_means_nothing_to_the_model_is_found_by_its_letters(tmp_path, embedder):
    threads = [
        invented_thread(f"peel-{n}", f"A {name} peel is fine for the skin and its tone. Wait for two days.")
        for n, name in enumerate(["Qorvex", "Zundil", "Xantrol", "Wyndro"])
    ]
    index = build(tmp_path, embedder, *threads)
    for n, name in enumerate(["Qorvex", "Zundil", "Xantrol", "Wyndro"]):
        assert index.search(f"is {name} any good")[0].thread.id == f"peel-{n}"


def test_an_answer_is_found_by_its_doctors_name(tmp_path, embedder):
    doctors = ["Zog Quillfeather", "Zig Bramblewick", "Zug Thistledown"]
    answers = tuple(
        Answer(f"a{n}", n, "Rest for two days.", author=Doctor(name, "MD")) for n, name in enumerate(doctors, start=1)
    )
    index = build(tmp_path, embedder, Thread("t", "After a peel", answers))
    for n, name in enumerate(doctors, start=1):
        assert index.search(f"what does Dr. {name.split()[1]} say")[0].answer.position == n


def test_misspelled_words_are_read_as_those_of_the_corpus(index):
    query = index.query("how long does itchng last, and may I rnu?")
    assert query.corrected == {"itchng": "itching"}
    assert query.text == "how long does itchng last, and may I rnu?"
    assert index.search("itchng")[0].answer.id == "itching-after-a-zog-peel-1"


def test_the_first_five_are_five_doctors(tmp_path, embedder):
    text = "Itching after a zog peel lasts {} days. Cool the skin."
    often = [
        Thread(
            f"often-{n}", "Itching after a zog peel", (Answer(f"o{n}", 1, text.format(n), author=Doctor("Zog Often")),)
        )
        for n in range(6)
    ]
    others = invented_thread("skin-and-peels", *[f"Peels can itch. Ask me again on day {n}." for n in range(4)])
    index = build(tmp_path, embedder, *often, others)
    hits = index.search(ITCHING, 10)
    names = [hit.answer.author.name for hit in hits if hit.answer.author]
    assert len(set(names[:5])) == 5
    assert len(hits) == 10
    by_score = index.search(ITCHING, 10, diversify=False)
    assert {hit.answer.id for hit in by_score} == {hit.answer.id for hit in hits}
    scores = [hit.score for hit in by_score]
    assert scores == sorted(scores, reverse=True) != [hit.score for hit in hits]


def test_of_several_copies_of_a_text_the_best_is_found_alone(tmp_path, embedder):
    text = "Itching after a zog peel lasts two days. Cool the skin."
    first = invented_thread("zag-mask", text)
    copy = Answer("copy", 1, text, author=Doctor("Zog Copy"), copy_of="zag-mask-1")
    index = build(tmp_path, embedder, first, Thread("itching", "Itching after a zog peel", (copy,)))
    assert [hit.answer.id for hit in index.search(ITCHING)] == ["copy"]
    assert {hit.answer.id for hit in index.search(ITCHING, fold=False)} == {"copy", "zag-mask-1"}


def test_stars_and_reviews_never_change_the_order(tmp_path, embedder):
    def thread(ratings: list[float]) -> Thread:
        answers = tuple(
            Answer(
                f"a{n}",
                n,
                f"Itching lasts {n} days. Rest.",
                author=Doctor(f"Zog Invented{n}", rating=rating, reviews=n),
            )
            for n, rating in enumerate(ratings, start=1)
        )
        return Thread("t", "Itching after a zog peel", answers)

    orders = [
        [hit.answer.id for hit in build(tmp_path / name, embedder, thread(ratings)).search(ITCHING)]
        for name, ratings in (("up", [1.0, 3.0, 5.0]), ("down", [5.0, 3.0, 1.0]))
    ]
    assert orders[0] == orders[1]


def test_a_narrow_filter_still_fills_the_list(tmp_path, embedder):
    many = [invented_thread(f"itching-{n}", f"Itching after a peel lasts {n} days.") for n in range(150)]
    rare = Doctor("Zog Rare", specialty="Dermatologist", location="Zug")
    few = [
        Thread(f"few-{n}", f"Price list {n}", (Answer(f"few-{n}", 1, f"It costs {n} zogs.", author=rare),))
        for n in range(3)
    ]
    index = build(tmp_path, embedder, *many, *few)
    assert all(hit.answer.author != rare for hit in index.search(ITCHING, 10))
    hits = index.search(ITCHING, 10, Filters(specialty="dermatologist"))
    assert {hit.answer.id for hit in hits} == {"few-0", "few-1", "few-2"}
    assert index.search(ITCHING, 10, Filters(specialty="vet")) == []


def test_sentences_are_scored_in_their_order(tmp_path, embedder):
    text = "Cake is sweet. Itching after a peel lasts a week. Trains are late."
    index = build(tmp_path, embedder, invented_thread("news", text))
    query = index.query(ITCHING)
    scored = index.score_sentences(query, index.search(query)[0].answer)
    assert [text[start:end] for (start, end), _ in scored] == [f"{part}." for part in text.rstrip(".").split(". ")]
    assert max(scored, key=lambda item: item[1]) == scored[1]


def test_the_same_question_gives_the_same_hits(index):
    assert index.search(ITCHING) == index.search(ITCHING)


def test_weights_hold_for_one_search_only(index):
    usual = index.search(ITCHING)
    against = index.search(ITCHING, weights=Weights(passage=-1, whole=-1, words=0, question=-1))
    assert against[-1].answer.id == usual[0].answer.id
    assert index.search(ITCHING) == usual
    assert {hit.score for hit in index.search(ITCHING, weights=Weights(0, 0, 0, 0, 0))} == {0.0}


def test_fewer_than_one_hit_can_not_be_asked_for(index):
    for k in (0, -1):
        with pytest.raises(ValueError, match="at least 1 is needed"):
            index.search(ITCHING, k)


def test_an_index_is_opened_by_the_text_of_its_path_and_closed_at_the_end_of_a_block(tmp_path, embedder):
    build_index(THREADS, str(tmp_path / "index"), embedder, corpus=[Path("invented")])
    with Index(str(tmp_path / "index"), embedder) as index:
        assert index.search(ITCHING)
        assert index.manifest.corpus == ("invented",)
    with pytest.raises(IndexStateError, match="missing or damaged"):
        index.search(ITCHING)


def test_queries_with_other_vectors_and_terms_can_be_searched(index):
    running, itching = index.query("running"), index.query("itching")
    mixed = type(running)(text="x", vector=running.vector * 0.1 + itching.vector, terms=itching.terms)
    assert index.search(mixed)[0].thread.id == "itching-after-a-zog-peel"


def test_the_thresholds_lie_between_questions_off_the_topic_and_on_it(index):
    thresholds = index.manifest.thresholds
    assert thresholds.related < thresholds.answers
    assert thresholds.good_match < thresholds.close_match
    assert thresholds.match(index.search(THREADS[1].title)[0].score) == "close"
    assert thresholds.match(index.search("How do I reset my router?")[0].score) == "loose"
    for question, expected in (("How do I reset my router?", "nothing"), (ITCHING, "answers")):
        query = index.query(question)
        assert index.answerability(query, index.search(query)) == expected


@pytest.mark.parametrize("name", ["threads.sqlite", "answers.faiss", "passages.npy", "lexical/vocab.index.json"])
def test_a_damaged_file_is_refused_with_its_name_and_the_directory_of_the_index(tmp_path, embedder, name):
    build(tmp_path, embedder, *THREADS).close()
    damage(tmp_path, name)
    with pytest.raises(IndexStateError, match=rf"{name}: this file of the index is damaged") as raised:
        Index(tmp_path, embedder)
    assert (raised.value.directory, raised.value.state) == (tmp_path, "unusable")


@pytest.mark.parametrize(
    ("content", "message"), [('{"format": 2', "missing or damaged"), ('{"format": 999}', "format 999")]
)
def test_a_manifest_that_is_damaged_or_of_another_version_is_refused(tmp_path, embedder, content, message):
    build(tmp_path, embedder, *THREADS).close()
    (manifest,) = tmp_path.glob("generations/*/manifest.json")
    manifest.write_text(content, encoding="utf-8")
    with pytest.raises(IndexStateError, match=message):
        Index(tmp_path, embedder)


def test_an_index_made_with_another_embedder_is_refused(index, embedder):
    class Other:
        settings, fingerprint = embedder.settings, "0" * 64

    with pytest.raises(IndexStateError, match="made with another embedder"):
        Index(index.directory, Other())  # type: ignore[arg-type]


def test_a_model_that_compares_by_dot_product_keeps_its_lengths(tmp_path, embedder):
    class Dot:
        """The real embedder, its vectors stretched, as of a model that was trained for the dot product."""

        settings, fingerprint, dimensions = embedder.settings, "1" * 64, embedder.dimensions
        unit_length = False
        count_tokens = staticmethod(embedder.count_tokens)

        def embed_passages(self, texts, spans):
            vectors, sentences = embedder.embed_passages(texts, spans)
            return vectors * np.linspace(5, 9, len(vectors), dtype=np.float32)[:, None], sentences

        def embed_queries(self, texts):
            return embedder.embed_queries(texts) * 7

    dot = Dot()
    build_index(THREADS, tmp_path, dot, corpus=["x"])
    hits = Index(tmp_path, dot).search(ITCHING)
    assert hits[0].answer.id == "itching-after-a-zog-peel-1"
    assert all(-1 <= hit.score <= 1 for hit in hits)
