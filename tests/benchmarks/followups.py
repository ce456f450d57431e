"""Ways of understanding a follow-up, scored side by side on one set of conversations.

python -m tests.benchmarks.followups --index DIR --queries FILE --qrels FILE
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from chatbot.conversation import Conversation
from chatbot.evaluation.measures import MEASURES, read_qrels, score
from chatbot.evaluation.queries import EvaluationQuery, read_queries
from index.index import Index
from index.records import Query

_K = 10
_PART_OF_THE_LAST = 0.6
"""How much of the vector of the message before is mixed in: what DESIGN.md found best on one set."""


def asked_before(query: EvaluationQuery) -> list[str]:
    """Return what the user asked before the message."""
    return [turn.content for turn in query.history if turn.role == "user"]


def mixed(index: Index, query: EvaluationQuery) -> Query:
    """Return the message with the vector of the one before mixed in."""
    alone = index.query(query.message)
    before = asked_before(query)
    if not before:
        return alone
    vector = alone.vector + _PART_OF_THE_LAST * index.query(before[-1]).vector
    return Query(alone.text, vector / np.linalg.norm(vector), alone.terms, alone.corrected)


def rewrites_in(path: Path) -> dict[str, str]:
    """Return people's rewrites by query id, where the file has them."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record["rewrite"] for record in records if record.get("rewrite")}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--qrels", type=Path, required=True)
    arguments = parser.parse_args()
    index = Index(arguments.index)
    queries = read_queries(arguments.queries)
    qrels = read_qrels(arguments.qrels)
    rewrites = rewrites_in(arguments.queries)
    ways: dict[str, Callable[[EvaluationQuery], Query]] = {
        "last message alone": lambda query: index.query(query.message),
        "messages joined": lambda query: index.query(" ".join([*asked_before(query), query.message])),
        f"last + {_PART_OF_THE_LAST} x the one before": lambda query: mixed(index, query),
        "ours": lambda query: Conversation(index, query.history).query(query.message),
    }
    if rewrites:
        ways["a person's rewrite"] = lambda query: index.query(rewrites.get(query.id, query.message))
    print(f"{'':30}" + "".join(f"{measure:>12}" for measure in MEASURES))
    for name, way in ways.items():
        found = {
            q.id: [hit.answer.id for hit in index.search(way(q), _K, fold=False, diversify=False)] for q in queries
        }
        scored = score(name, found, qrels, [0.0])
        print(f"{name:30}" + "".join(f"{scored.mean(measure):12.3f}" for measure in MEASURES), flush=True)


if __name__ == "__main__":
    main()
