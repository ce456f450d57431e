"""BM25 over words, against the formula written out."""

import math
from pathlib import Path

import numpy as np
import pytest

from corpus.text.tokens import terms_of, weighted, words_of
from index.errors import IndexStateError
from index.search.lexical import LexicalIndex, LexicalWriter

ANSWERS = [
    "Dysport and Botox relax muscles.",
    "Exercise the face. Exercising helps, exercise again.",
    "Dr. Zog Invented says: rest.",
    "!!!",
]


def index_of(folder: Path, answers: list[str]) -> LexicalIndex:
    writer = LexicalWriter()
    for answer in answers:
        writer.add(answer)
    writer.write(folder)
    return LexicalIndex(folder, answers=len(answers))


def bm25(query: str, k1: float = 1.2, b: float = 0.75) -> list[float]:
    """Robertson and Zaragoza 2009, with Lucene's idf, each term of the query counted once."""
    texts = [terms_of(answer) for answer in ANSWERS]
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for terms in texts:
        score = 0.0
        for term in set(terms_of(query)):
            count, having = terms.count(term), sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
            score += idf * count / (count + k1 * (1 - b + b * len(terms) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["botox", "exercise exercises", "Dr Invented on exercising and botox", "nothing"])
def test_scores_are_those_of_the_formula(tmp_path: Path, query: str):
    scores = index_of(tmp_path, ANSWERS).scores(weighted(terms_of(query)))
    np.testing.assert_allclose(scores, bm25(query), rtol=1e-5)


def test_weights_scale_what_a_term_counts(tmp_path: Path):
    index = index_of(tmp_path, ANSWERS)
    one, other = index.scores({"botox": 1.0}), index.scores({"zog": 1.0})
    np.testing.assert_allclose(index.scores({"botox": 1.0, "zog": 0.5}), one + 0.5 * other, rtol=1e-6)


def test_rare_terms_weigh_more_and_unknown_ones_are_left_out(tmp_path: Path):
    index = index_of(tmp_path, ["botox rest", "botox run", "botox"])
    rarity = index.by_inverse_document_frequency(weighted(["botox", "rest", "zog"]))
    assert set(rarity) == {"botox", "rest"}
    assert rarity["rest"] > rarity["botox"] > 0


def test_forms_of_a_word_are_one_term_and_words_without_a_topic_are_none():
    assert terms_of("Exercising exercises") == terms_of("exercise exercise")
    assert words_of("What is the Botox of it?") == ["botox"]
    assert words_of("Zoë's C3 X-ray") == ["zoë", "c3", "ray"]


def test_a_corpus_without_words_can_be_searched(tmp_path: Path):
    assert index_of(tmp_path, ["!!!", "?"]).scores(weighted(["botox"])).tolist() == [0, 0]


def test_a_missing_or_damaged_index_is_told(tmp_path: Path):
    with pytest.raises(IndexStateError, match="missing or damaged"):
        LexicalIndex(tmp_path, answers=1)
    index_of(tmp_path, ANSWERS)
    (tmp_path / "lexical" / "data.csc.index.npy").write_bytes(b"zog")
    with pytest.raises(IndexStateError, match="missing or damaged"):
        LexicalIndex(tmp_path, answers=4)


@pytest.mark.parametrize(
    ("one", "other"), [("type 1", "type 2"), ("vitamin D", "vitamin-B"), ("Hepatitis C", "hepatitis B")]
)
def test_a_digit_or_letter_behind_a_word_tells_names_apart(one: str, other: str):
    assert set(terms_of(one)) != set(terms_of(other))
    assert set(terms_of(one)) & set(terms_of(other))


def test_apostrophes_and_sentences_make_no_such_names():
    assert terms_of("The patients' s, doctors' d") == ["patient", "doctor"]
    assert terms_of("It hurt. 2 weeks") == ["hurt", "week"]
