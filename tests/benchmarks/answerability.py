"""How many questions get answers, related pages or nothing, for each place where the thresholds could lie.

    python -m tests.benchmarks.answerability --index DIR --questions FILE

FILE is JSON Lines with a `text` and a `label` (covered, near_miss, off_topic) in each. Without one, the messages of
the tests are asked, which suit the starter corpus.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.understanding.followups import query_expansion
from index.index import Index
from index.search.answerability import HITS
from tests.conftest import messages_in

MESSAGES = Path(__file__).parents[1] / "chatbot" / "messages"
_FILES = {"covered": "covered", "near_miss": "near_misses", "off_topic": "off_topic"}
_STEPS = 13


def questions_in(path: Path | None) -> dict[str, list[str]]:
    """Return the questions by their labels."""
    if path is not None:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {label: [r["text"] for r in records if r["label"] == label] for label in _FILES}
    return {label: messages_in(MESSAGES / f"{name}_held_out.txt") for label, name in _FILES.items()}


def closeness_of(index: Index, questions: list[str]) -> NDArray[np.float64]:
    """Return how close the best hits come to each question."""
    queries = [index.query(question, expansion=query_expansion(question)) for question in questions]
    found = (index.closeness(query, index.search(query, HITS, diversify=False)) for query in queries)
    return np.array([closeness for closeness in found if closeness is not None])


def main() -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, default=None)
    arguments = parser.parse_args()
    index = Index(arguments.index)
    found = {label: closeness_of(index, texts) for label, texts in questions_in(arguments.questions).items()}
    thresholds = index.manifest.thresholds
    low, high = float(np.median(found["off_topic"])), float(np.median(found["covered"]))
    print("closeness at least     " + "".join(f"{f'{label} ({len(values)})':>18}" for label, values in found.items()))
    for at in sorted([*np.linspace(low, high, _STEPS), thresholds.related, thresholds.answers]):
        name = {thresholds.related: "  <- related", thresholds.answers: "  <- answers"}.get(at, "")
        print(f"{at:8.3f}{name:15}" + "".join(f"{(values >= at).mean():>18.3f}" for values in found.values()))


if __name__ == "__main__":
    main()
