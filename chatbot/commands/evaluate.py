"""evaluate --index DIR --queries FILE --qrels FILE: how well answers are found."""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from chatbot.commands.common import check_output, print_json, progress_bar, tell
from chatbot.conversation import Conversation
from chatbot.errors import QuestionError
from chatbot.evaluation.measures import MEASURES, Scored, compare, read_qrels, score
from chatbot.evaluation.plots import check_plot, read_results, save_plot
from chatbot.evaluation.queries import EvaluationQuery, read_queries
from index.index import Index
from index.info import read_info
from index.search.fusion import Weights

HELP = "score how well answers are found: nDCG@10, recall@10, MRR@10, success@1, and the time a query"

_K = 10
_SURE = 0.05


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        action="append",
        required=True,
        help="the directory of an index; given again, the others are compared with the first",
    )
    parser.add_argument(
        "--queries", type=Path, required=True, metavar="FILE", help='JSON Lines, each with "id" and "text", or "turns"'
    )
    parser.add_argument(
        "--qrels",
        type=Path,
        required=True,
        metavar="FILE",
        help="judgements: query id, 0, answer id, grade",
    )
    parser.add_argument(
        "--weights",
        metavar="PART=NUMBER,...",
        action="append",
        default=[],
        help="also score with other weights of the parts (passage, whole, words, thread, question), "
        "for example words=0; given again, more of them",
    )
    parser.add_argument("--name", help="what to call the set (default: the folder of the queries)")
    parser.add_argument("--per-query", type=Path, metavar="FILE", help="write each query's scores as JSON Lines")
    parser.add_argument("--results", type=Path, metavar="FILE", help="add the scores to a JSON Lines file")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="save a picture of these scores, and of those in --results"
    )
    parser.add_argument("--json", action="store_true", help="print the scores as JSON, one setting a line")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    _check(arguments)
    earlier = read_results(arguments.results) if arguments.results and arguments.results.is_file() else []
    queries = read_queries(arguments.queries)
    qrels = read_qrels(arguments.qrels)
    settings = [Weights(), *map(_weights, arguments.weights)]
    scored = []
    for directory in arguments.index:
        with Index(directory) as index:
            for given, weights in zip(["", *arguments.weights], settings, strict=True):
                name = " ".join(filter(None, [str(directory) if len(arguments.index) > 1 or not given else "", given]))
                found, query_ms = _search_all(index, queries, weights)
                scored.append(score(name, found, qrels, query_ms))
    name = arguments.name or arguments.queries.resolve().parent.name
    results = [_result(name, one) for one in scored]
    if arguments.json:
        for result in results:
            print_json(result)
    else:
        print("\n".join(_table(scored)))
    _write(arguments, scored, results, earlier)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Look for every index and for a place for every output, before minutes of searching."""
    check_output("--per-query", arguments.per_query)
    check_output("--results", arguments.results)
    check_output("--plot", arguments.plot)
    if arguments.plot:
        check_plot(arguments.plot)
    for directory in arguments.index:
        read_info(directory)


def _search_all(
    index: Index, queries: Sequence[EvaluationQuery], weights: Weights
) -> tuple[dict[str, list[str]], list[float]]:
    found: dict[str, list[str]] = {}
    query_ms: list[float] = []
    with progress_bar("searching", "queries") as progress:
        for done, query in enumerate(queries, start=1):
            began = time.perf_counter()
            asked = Conversation(index, query.history).query(query.message)
            hits = index.search(asked, _K, weights=weights, fold=False, diversify=False)
            query_ms.append((time.perf_counter() - began) * 1000)
            found[query.id] = [hit.answer.id for hit in hits]
            progress(done, len(queries))
    return found, query_ms


def _weights(given: str) -> Weights:
    try:
        changes = dict(part.split("=") for part in given.split(","))
        return replace(Weights(), **{part.strip(): float(number) for part, number in changes.items()})
    except (ValueError, TypeError):
        parts = ", ".join(Weights.__dataclass_fields__)
        raise QuestionError(f"--weights {given}: expected PART=NUMBER,... with parts out of {parts}.") from None


def _result(set_name: str, scored: Scored) -> dict[str, Any]:
    result: dict[str, Any] = {"set": set_name, "setting": scored.name, "queries": len(scored.query_ids)}
    for measure in MEASURES:
        low, high = scored.interval(measure)
        result[measure] = {"mean": round(scored.mean(measure), 4), "low": round(low, 4), "high": round(high, 4)}
    return {**result, "query_ms": round(float(np.median(scored.query_ms)), 2)}


def _table(scored: Sequence[Scored]) -> list[str]:
    first, *others = scored
    width = max(len(one.name) for one in scored)
    head = f"{'':{width}}  queries" + "".join(f"  {measure:>20}" for measure in MEASURES) + "  ms a query"
    return [head, *(_row(one, width) for one in scored), *(_verdict(one, first, m) for one in others for m in MEASURES)]


def _row(scored: Scored, width: int) -> str:
    cells = []
    for measure in MEASURES:
        low, high = scored.interval(measure)
        cells.append(f"  {scored.mean(measure):.3f} [{low:.3f}-{high:.3f}]")
    return f"{scored.name:{width}}  {len(scored.query_ids):7}{''.join(cells)}  {np.median(scored.query_ms):10.1f}"


def _verdict(one: Scored, other: Scored, measure: str) -> str:
    difference = compare(one, other, measure)
    low, high = difference.interval
    verdict = "no sure difference" if difference.p > _SURE else "better" if difference.mean > 0 else "worse"
    numbers = f"{difference.mean:+.3f} [{low:+.3f} to {high:+.3f}], p = {difference.p:.3f}"
    return f"{one.name}: {measure} {numbers}: {verdict}"


def _write(
    arguments: argparse.Namespace,
    scored: Sequence[Scored],
    results: Sequence[dict[str, Any]],
    earlier: Sequence[dict[str, Any]],
) -> None:
    if arguments.per_query:
        with arguments.per_query.open("w", encoding="utf-8") as stream:
            for one in scored:
                for n, query in enumerate(one.query_ids):
                    values = {measure: float(one.per_query[measure][n]) for measure in MEASURES}
                    stream.write(json.dumps({"setting": one.name, "id": query, **values}, ensure_ascii=False) + "\n")
        tell(f"{arguments.per_query}: the scores of each query.")
    if arguments.results:
        results = [*earlier, *results]
        lines = [json.dumps(result, ensure_ascii=False) + "\n" for result in results]
        arguments.results.write_text("".join(lines), encoding="utf-8")
    if arguments.plot:
        save_plot(results, arguments.plot)
        tell(f"{arguments.plot}: the plot.")
