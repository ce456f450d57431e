"""How many questions an index declines, for each place where the line could be drawn.

    python -m tests.benchmarks.silence --index DIR [--covered FILE] [--off-topic FILE] [--near FILE]

Each FILE has one question a line, or is JSON Lines with a `text` in each.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.index import Index

MESSAGES = Path(__file__).parents[1] / "chatbot" / "messages"
_STEPS = 8
_MOST = 150


def questions_in(path: Path) -> list[str]:
    """Return up to 150 questions of a file, spread evenly over it."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    texts = [json.loads(line)["text"] if path.suffix == ".jsonl" else line for line in lines]
    return texts[:: max(1, len(texts) // _MOST)][:_MOST]


def closeness_of(index: Index, questions: list[str]) -> NDArray[np.float64]:
    """Return how close the best hits come to each question."""
    queries = [index.query(question) for question in questions]
    return np.array([index.closeness(query, index.search(query, 30)) for query in queries])


def main() -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--covered", type=Path, default=MESSAGES / "covered_held_out.txt")
    parser.add_argument("--off-topic", type=Path, default=MESSAGES / "off_topic_held_out.txt")
    parser.add_argument("--near", type=Path, default=None)
    arguments = parser.parse_args()
    index = Index(arguments.index)
    files = {"off topic": arguments.off_topic, "near misses": arguments.near, "covered": arguments.covered}
    found = {name: closeness_of(index, questions_in(path)) for name, path in files.items() if path}
    line = index.manifest.abstain_below
    low, high = float(np.median(found["off topic"])), float(np.median(found["covered"]))
    print("declined below   " + "".join(f"{f'{name} ({len(values)})':>20}" for name, values in found.items()))
    for at in sorted([*np.linspace(low, high, _STEPS), line]):
        shares = "".join(f"{(values < at).mean():>20.3f}" for values in found.values())
        print(f"{at:8.3f}{'  <- line' if at == line else '':9}{shares}")


if __name__ == "__main__":
    main()
