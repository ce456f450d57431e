"""The parts of a match become one score."""

import numpy as np

from index.search.fusion import Weights, fuse

THREADS = np.array([0, 0, 1])


def fused(passage, whole=(0, 0, 0), words=(0, 0, 0), question=(0, 0, 0), corpus_size=10_000, weights=None):
    parts = [np.array(part, dtype=np.float32) for part in (passage, whole, words, question)]
    return fuse(
        weights or Weights(),
        passage=parts[0],
        whole=parts[1],
        words=parts[2],
        question=parts[3],
        thread_of_answer=THREADS,
        corpus_size=corpus_size,
    )


def test_a_perfect_match_scores_one_and_none_scores_nothing():
    ones, zeros = (1, 1, 1), (0, 0, 0)
    np.testing.assert_allclose(fused(ones, ones, ones, ones), 1, atol=0.01)
    np.testing.assert_allclose(fused(zeros), 0)


def test_an_answer_is_lifted_by_the_others_of_its_thread():
    first, second, alone = fused((0.6, 0.6, 0.6))
    assert first == second == alone
    first, second, alone = fused((0.6, 0.9, 0.6))
    assert second > first > alone


def test_each_part_lifts_an_answer():
    passage = (0.6, 0.6, 0.6)
    for part in ("whole", "words", "question"):
        plain, lifted = fused(passage), fused(passage, **{part: (0, 0, 0.5)})
        assert lifted[2] > plain[2]
        assert lifted[0] == plain[0]


def test_words_count_little_in_a_corpus_of_few_answers():
    words = (0, 0, 1)
    few, many = fused((0.5, 0.5, 0.5), words=words, corpus_size=20), fused((0.5, 0.5, 0.5), words=words)
    assert few[2] - few[0] < (many[2] - many[0]) / 3


def test_a_part_without_weight_counts_nothing():
    plain, lifted = (fused((0.5, 0.5, 0.5), words=words, weights=Weights(words=0)) for words in ((0, 0, 0), (0, 0, 1)))
    assert plain.tolist() == lifted.tolist()
