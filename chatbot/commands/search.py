"""search --index DIR --queries FILE --run FILE: a TREC run of many queries."""

import argparse
from pathlib import Path

from chatbot.commands.common import (
    add_filter_arguments,
    add_index_argument,
    check_output,
    filters_of,
    positive_number,
    tell,
)
from chatbot.conversation import Conversation
from chatbot.evaluation.queries import EvaluationQuery, read_queries
from chatbot.startup import open_index

HELP = "search every query of a file and write a TREC run file of answer ids"
RUN_NAME = "doctor-answers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    parser.add_argument(
        "--queries", type=Path, required=True, metavar="FILE", help='JSON Lines, each with "id" and "text", or "turns"'
    )
    parser.add_argument("--run", type=Path, required=True, metavar="FILE", help="the TREC run file to write")
    parser.add_argument(
        "-k", type=positive_number, default=100, metavar="N", help="answers a query (default: %(default)s)"
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    check_output("--run", arguments.run)
    queries = read_queries(arguments.queries)
    filters = filters_of(arguments)
    index = open_index(arguments.index)

    def lines_of(query: EvaluationQuery) -> list[str]:
        asked = Conversation(index, query.history).query(query.message)
        # A judgement names one of several copies of a text: none may be missing. A run is in the order of its scores.
        hits = index.search(asked, arguments.k, filters, fold=False, diversify=False)
        return [
            f"{query.id} Q0 {hit.answer.id} {rank} {hit.score:.6f} {RUN_NAME}" for rank, hit in enumerate(hits, start=1)
        ]

    with arguments.run.open("w", encoding="utf-8") as stream:
        for query in queries:
            stream.writelines(line + "\n" for line in lines_of(query))
    tell(f"{arguments.run}: {len(queries)} queries, up to {arguments.k} answers each.")
    return 0
