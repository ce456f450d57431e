"""Embedders: the packaged model, folders, and how their vectors are made."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.text.sentences import sentence_spans
from index.errors import EmbedderError
from index.models.embedder import EmbedderSettings, load_embedder
from index.models.packaged_model import packaged_model_folder

TEXTS = ["Rest for two days. Then run. " * 10, "Rest.", "A zog peel itches. Cool the skin, and it will pass."]


def no_spans(texts: list[str]) -> list[list[tuple[int, int]]]:
    return [[] for _ in texts]


def test_vectors_are_of_unit_length_and_in_the_order_of_the_texts(embedder):
    vectors, _ = embedder.embed_passages(TEXTS, no_spans(TEXTS))
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors, embedder.embed_queries(TEXTS), atol=1e-5)


def test_vectors_are_those_of_sentence_transformers_itself(embedder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged_model_folder()), local_files_only=True)
    vectors, _ = embedder.embed_passages(TEXTS, no_spans(TEXTS))
    np.testing.assert_allclose(vectors, model.encode(TEXTS, normalize_embeddings=True), atol=1e-5)


def test_each_sentence_has_a_vector_that_knows_what_it_says(embedder):
    text = "Trains to Zogtown are late on Sundays. A zog peel makes the skin itch. Bread is baked in an oven."
    _, (sentences,) = embedder.embed_passages([text], [sentence_spans(text)])
    assert sentences.shape == (3, embedder.dimensions)
    questions = embedder.embed_queries(["When does the train come?", "Why is my skin itchy?", "How do I bake bread?"])
    assert (sentences @ questions.T).argmax(axis=0).tolist() == [0, 1, 2]


def test_the_mean_over_all_of_a_text_is_nearly_its_vector(embedder):
    text = TEXTS[2]
    (vector,), (sentences,) = embedder.embed_passages([text], [[(0, len(text))]])
    assert float(vector @ sentences[0]) > 0.9


def test_a_sentence_beyond_what_the_model_reads_has_zeros(embedder):
    text = "word " * 1000 + "Itching."
    _, (sentences,) = embedder.embed_passages([text], [[(0, 4), (5000, 5008)]])
    assert np.abs(sentences[0]).max() > 0
    assert not sentences[1].any()


def test_no_texts_give_no_vectors(embedder):
    vectors, sentences = embedder.embed_passages([], [])
    assert (vectors.shape, sentences) == ((0, embedder.dimensions), [])
    assert embedder.embed_queries([]).shape == (0, embedder.dimensions)
    assert embedder.count_tokens([]) == []


def test_a_model_from_a_folder_is_the_same_wherever_it_lies(embedder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(packaged_model_folder(), copy)
    again = load_embedder(EmbedderSettings(str(copy)))
    assert again.fingerprint == embedder.fingerprint
    np.testing.assert_allclose(again.embed_queries(TEXTS), embedder.embed_queries(TEXTS), atol=1e-6)


def test_prompts_that_are_given_are_put_before_queries_and_passages(embedder):
    prompted = load_embedder(EmbedderSettings(query_prompt="query: ", passage_prompt="passage: "))
    expected = embedder.embed_queries(["query: Rest.", "passage: Rest."])
    np.testing.assert_allclose(prompted.embed_queries(["Rest."])[0], expected[0], atol=1e-5)
    vectors, (sentences,) = prompted.embed_passages(["Rest."], [[(0, 5)]])
    np.testing.assert_allclose(vectors[0], expected[1], atol=1e-5)
    assert np.linalg.norm(sentences[0]) == pytest.approx(1, abs=1e-5)


def test_vectors_can_be_truncated_and_keep_unit_length(embedder):
    short = load_embedder(EmbedderSettings(truncate_dim=64))
    assert short.dimensions == 64
    whole = embedder.embed_queries(TEXTS)[:, :64]
    expected = whole / np.linalg.norm(whole, axis=1, keepdims=True)
    np.testing.assert_allclose(short.embed_queries(TEXTS), expected, atol=1e-5)
    vectors, sentences = short.embed_passages(TEXTS, [[(0, 5)] for _ in TEXTS])
    np.testing.assert_allclose(vectors, expected, atol=1e-5)
    assert {rows.shape for rows in sentences} == {(1, 64)}


def test_a_model_that_does_not_pool_by_mean_embeds_each_sentence_by_itself(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    transformer = SentenceTransformer(str(packaged_model_folder()), local_files_only=True)[0]
    first_token = Pooling(transformer.get_embedding_dimension(), pooling_mode="cls")
    SentenceTransformer(modules=[transformer, first_token, Normalize()]).save(str(tmp_path / "cls"))
    embedder = load_embedder(EmbedderSettings(str(tmp_path / "cls")))
    vectors, (sentences,) = embedder.embed_passages(["Rest. Run."], [[(0, 5), (6, 10)]])
    np.testing.assert_allclose(sentences, embedder.embed_queries(["Rest.", "Run."]), atol=1e-5)
    np.testing.assert_allclose(vectors, embedder.embed_queries(["Rest. Run."]), atol=1e-5)


def test_a_folder_with_something_else_is_told(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"zog")
    with pytest.raises(EmbedderError, match="not a model that sentence-transformers can load"):
        load_embedder(EmbedderSettings(str(tmp_path)))
