"""How well answers are found: the field's measures, with how sure they are, and two settings compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

from chatbot.errors import QuestionError

MEASURES = {"nDCG@10": nDCG @ 10, "recall@10": R @ 10, "MRR@10": RR @ 10, "success@1": Success @ 1}
"""Each is 0 to 1. nDCG is that of Järvelin and Kekäläinen 2002 with the grades as gains, as in trec_eval."""

_RESAMPLES = 2000
_CONFIDENCE = 0.95
_SEED = 20

Run = Mapping[str, Sequence[str]]
"""For each query's id the ids of the answers found, best first."""
Qrels = Mapping[str, Mapping[str, int]]
"""For each query's id the grade of each judged answer; above 0 is relevant."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One setting scored on one set of queries.

    `per_query` has an array of shape (queries,) for each measure, in the order of `query_ids`;
    `query_ms` is the time of each query in milliseconds, from text to hits.
    """

    name: str
    query_ids: tuple[str, ...]
    per_query: Mapping[str, NDArray[np.float64]]
    query_ms: NDArray[np.float64]

    def mean(self, measure: str) -> float:
        """Return the mean of a measure over the queries."""
        return float(self.per_query[measure].mean())

    def interval(self, measure: str) -> tuple[float, float]:
        """Return the interval in which the mean lies with 95% confidence, by the bootstrap over queries."""
        return _interval(self.per_query[measure])


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one setting is than another on the same queries.

    `p` is how often a difference as large would come by chance, by the paired randomization test
    (Smucker, Allan and Carterette 2007, https://doi.org/10.1145/1321440.1321528).
    """

    mean: float
    interval: tuple[float, float]
    p: float


def score(name: str, run: Run, qrels: Qrels, query_ms: Sequence[float]) -> Scored:
    """Score a run. Queries without a relevant answer in `qrels` are left out.

    Args:
        name: what the setting is called.
        run: the answers found; a query that is not in it found nothing.
        query_ms: the time of each query of the run.

    Raises:
        QuestionError: no query has a relevant answer.
    """
    judged = {query: grades for query, grades in qrels.items() if any(grade > 0 for grade in grades.values())}
    if not judged:
        raise QuestionError("None of the judgements has a relevant answer: nothing can be scored.")
    # The measures order by score, so a place in the run is turned into one.
    scored = {query: {answer: -place for place, answer in enumerate(run.get(query, ()))} for query in judged}
    values = {measure: dict.fromkeys(judged, 0.0) for measure in MEASURES.values()}
    for result in ir_measures.iter_calc(list(MEASURES.values()), judged, scored):
        values[result.measure][result.query_id] = result.value
    return Scored(
        name=name,
        query_ids=tuple(judged),
        per_query={label: np.array([values[measure][q] for q in judged]) for label, measure in MEASURES.items()},
        query_ms=np.array(query_ms),
    )


def compare(one: Scored, other: Scored, measure: str) -> Difference:
    """Return how much better `one` is than `other`, query by query.

    Raises:
        QuestionError: the two were not scored on the same queries.
    """
    if one.query_ids != other.query_ids:
        raise QuestionError(f"{one.name} and {other.name} were scored on other queries: they can't be compared.")
    differences = one.per_query[measure] - other.per_query[measure]
    from scipy import stats

    test = stats.permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(_SEED),
    )
    return Difference(mean=float(differences.mean()), interval=_interval(differences), p=float(test.pvalue))


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgements: a line each, query id, 0, answer id, grade, parted by white space.

    Raises:
        QuestionError: the file can't be read, or a line of it is no judgement.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(
            f"{path}: can't be read ({getattr(error, 'strerror', None) or 'not UTF-8 text'})."
        ) from None
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        parts = line.split()
        if not parts:
            continue
        try:
            query, _, answer, grade = parts
            qrels.setdefault(query, {})[answer] = int(grade)
        except ValueError:
            raise QuestionError(f"{path}:{number}: not a judgement. Expected: query id, 0, answer id, grade.") from None
    return qrels


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    if len(values) < 2 or np.ptp(values) == 0:
        return float(values.mean()), float(values.mean())
    from scipy import stats

    found = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return float(found.low), float(found.high)
