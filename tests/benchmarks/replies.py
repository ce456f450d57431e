"""Replies beside labels by reading: `python -m tests.benchmarks.replies --index CORPUS=DIR ...`

`labels/fresh.jsonl` has questions of two writers who had seen only pages (203 of "n", 182 of "v1"), with what each
answer and page that was found is to them (2 answers it, 1 is useful, 0 neither), given by readers;
`labels/second_reader.jsonl` a third of the first by another reader.
Texts are named by ids and offsets. It prints, of the questions that some answer
answers: how many are answered, whether the first answer shown answers, and the share of all answers shown that do; of
the others how many are answered all the same; how well both are told apart, and answers ranked; of marked sentences
how many lie in what answers, and in what misleads; and how far the two readers agree.
"""

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score, roc_auc_score

from chatbot.answering.relevance import relevance
from chatbot.conversation import Conversation
from index.index import Index

LABELS = Path(__file__).parent / "labels"
ANSWERS = 2


def records(name: str) -> list[dict[str, Any]]:
    """Return the labels of a file."""
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines()]


def overlap(span: Sequence[int], others: Sequence[Sequence[int]]) -> bool:
    """Whether a span lies at least half in one of others."""
    return any(min(span[1], end) - max(span[0], start) >= (span[1] - span[0]) / 2 for start, end in others)


def share(values: Sequence[bool]) -> str:
    """Return the share of true values, and how many there are."""
    return f"{statistics.mean(values):.2f} of {len(values)}" if values else "none"


def judge(index: Index, labelled: Sequence[dict[str, Any]]) -> None:
    """Print what the replies over one index are."""
    found: dict[str, list[bool]] = defaultdict(list)
    seconds = []
    for record in labelled:
        began = time.perf_counter()
        reply = Conversation(index).ask(record["question"])
        seconds.append(time.perf_counter() - began)
        covered = ANSWERS in record["answers"].values()
        found["answered, of the covered" if covered else "answered, of the others"].append(reply.kind == "answer")
        found["notices"].append(reply.kind == "notice")
        if covered:
            found["nothing or a notice, of the covered"].append(reply.kind not in ("answer", "related"))
        known = [c for c in reply.citations if c.answer.id in record["answers"]]
        useful = [record["answers"][citation.answer.id] == ANSWERS for citation in known]
        if covered and useful:
            found["first answer answers, of the covered"].append(useful[0])
            found["answers shown that answer, of the covered"] += useful
        for citation in known:
            for mark in citation.highlights:
                found["marks in what answers"].append(
                    overlap(mark, record.get("answering", {}).get(citation.answer.id, []))
                )
                found["marks in what misleads"].append(
                    overlap(mark, record.get("misleading", {}).get(citation.answer.id, []))
                )
    for name in sorted(found):
        print(f"  {name:42} {share(found[name])}")
    print(f"  {'median time of a reply':42} {statistics.median(seconds) * 1000:.0f} ms")


def judge_ranking(index: Index, labelled: Sequence[dict[str, Any]]) -> None:
    """Print how well questions that are answered are told from others, and answers that answer from others."""
    covered, decided, closest, pairs = [], [], [], []
    for record in labelled:
        query = index.query(record["question"])
        hits = [hit for hit in index.search(query, 8) if hit.answer.id in record["answers"]]
        found = relevance(record["question"], query, hits, index)
        covered.append(ANSWERS in record["answers"].values())
        decided.append(found.decision)
        closest.append(index.closeness(query, hits) or -1.0)
        good = {hit.answer.id for hit in hits if record["answers"][hit.answer.id] == ANSWERS}
        scores = {hit.answer.id: hit.score for hit in hits}
        pairs += [
            (found.answers.get(one, 0.0) > found.answers.get(other, 0.0), scores[one] > scores[other])
            for one in good
            for other in scores.keys() - good
        ]
    print(f"  {'covered or not, area: relevance':42} {roc_auc_score(covered, decided):.2f}")
    print(f"  {'covered or not, area: closeness alone':42} {roc_auc_score(covered, closest):.2f}")
    for at, name in enumerate(("relevance", "score alone")):
        print(f"  {f'pairs in order: {name}':42} {share([pair[at] for pair in pairs])}")


def main() -> None:
    """Print the figures for each index."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", action="append", required=True, metavar="CORPUS=DIR")
    parser.add_argument("--writer", metavar="NAME", help="judge the questions of one writer only, by their ids")
    arguments = parser.parse_args()
    labelled = records("fresh.jsonl")
    chosen = [each for each in labelled if arguments.writer in (None, each["id"].partition("-")[0])]
    for corpus, _, directory in (given.partition("=") for given in arguments.index):
        print(corpus)
        index, mine = Index(directory), [record for record in chosen if record["corpus"] == corpus]
        judge(index, mine)
        judge_ranking(index, mine)
    first = {record["id"]: record for record in labelled}
    for name in ("answers", "pages"):
        pairs = [
            (first[record["id"]][name][key] == ANSWERS, label == ANSWERS)
            for record in records("second_reader.jsonl")
            for key, label in record[name].items()
            if key in first[record["id"]][name]
        ]
        kappa = cohen_kappa_score(*zip(*pairs, strict=True))
        print(f"two readers on {len(pairs)} {name}: Cohen's kappa {kappa:.2f}")


if __name__ == "__main__":
    main()
