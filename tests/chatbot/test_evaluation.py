"""Rankings made by hand, with scores that are known."""

import math

import numpy as np
import pytest

from chatbot.errors import QuestionError
from chatbot.evaluation.measures import compare, read_qrels, score

QRELS = {"q1": {"a": 1}, "q2": {"a": 1, "b": 1}, "q3": {"a": 2, "b": 1}, "none": {"a": 0}}


def scored(run, name="run"):
    return score(name, run, QRELS, [1.0])


def test_a_perfect_run_scores_one_everywhere():
    one = scored({"q1": ["a"], "q2": ["b", "a"], "q3": ["a", "b"]})
    assert {measure: one.mean(measure) for measure in one.per_query} == {
        "nDCG@10": 1.0,
        "recall@10": 1.0,
        "MRR@10": 1.0,
        "success@1": 1.0,
    }


def test_an_empty_run_scores_nothing():
    assert all(scored({}).mean(measure) == 0 for measure in ("nDCG@10", "recall@10", "MRR@10", "success@1"))


def test_scores_are_those_of_the_formulas():
    one = scored({"q1": ["x", "a"], "q2": ["a", "x", "y"], "q3": ["b", "a"]})
    assert one.query_ids == ("q1", "q2", "q3")
    first, second, third = one.per_query["nDCG@10"]
    assert first == pytest.approx(1 / math.log2(3))
    assert second == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert third == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert one.per_query["recall@10"].tolist() == [1, 0.5, 1]
    assert one.per_query["MRR@10"].tolist() == [0.5, 1, 1]
    assert one.per_query["success@1"].tolist() == [0, 1, 1]


def test_only_the_first_ten_count():
    late = ["x"] * 10
    assert scored({"q1": [f"x{n}" for n in range(len(late))] + ["a"]}).per_query["recall@10"][0] == 0


def test_the_interval_holds_the_mean_and_narrows_with_more_queries():
    rng = np.random.default_rng(1)

    def width(queries: int) -> float:
        qrels = {f"q{n}": {"a": 1} for n in range(queries)}
        run = {query: ["a"] if rng.random() < 0.5 else ["x", "a"] for query in qrels}
        one = score("run", run, qrels, [1.0])
        low, high = one.interval("nDCG@10")
        assert low <= one.mean("nDCG@10") <= high
        return high - low

    assert width(400) < width(25)


def test_a_difference_is_sure_only_where_it_is_large_or_often():
    qrels = {f"q{n}": {"a": 1} for n in range(60)}
    good = score("good", {query: ["a"] for query in qrels}, qrels, [1.0])
    bad = score("bad", {query: ["x", "a"] for query in qrels}, qrels, [1.0])
    mixed = score("mixed", {query: ["a"] if n % 30 else ["x", "a"] for n, query in enumerate(qrels)}, qrels, [1.0])
    sure = compare(good, bad, "success@1")
    assert sure.mean == 1
    assert sure.p < 0.01
    assert compare(good, mixed, "success@1").p > 0.05
    assert compare(good, good, "success@1").p == 1


def test_runs_on_other_queries_are_not_compared():
    other = score("other", {}, {"q9": {"a": 1}}, [1.0])
    with pytest.raises(QuestionError, match="they can't be compared"):
        compare(scored({}), other, "nDCG@10")


def test_judgements_are_read_and_what_is_none_is_told(tmp_path):
    path = tmp_path / "qrels"
    path.write_text("q1 0 a 1\n\nq1\t0\tb\t0\nq2 0 a 2\n", encoding="utf-8")
    assert read_qrels(path) == {"q1": {"a": 1, "b": 0}, "q2": {"a": 2}}
    path.write_text("q1 0 a 1\nq1 0 a\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="qrels:2: not a judgement"):
        read_qrels(path)
    with pytest.raises(QuestionError, match="can't be read"):
        read_qrels(tmp_path / "nowhere")


def test_judgements_without_a_relevant_answer_score_nothing():
    with pytest.raises(QuestionError, match="nothing can be scored"):
        score("run", {}, {"q": {"a": 0}}, [])
