"""Messages that nobody who built this had written: `python -m tests.benchmarks.first_sight [--seeds DIR]`

`labels/emergencies.jsonl` has 360 messages by each of four writers in English (an id begins with the writer; the
thresholds were chosen with those of f1 in view) and 52 in each of ten other languages, `labels/seed_questions.jsonl`
questions about the seed pages by others; none had seen rules or examples. It prints which part of each label gets the
notice of an emergency, and with the index of the seed pages which part of the questions gets answers, related pages,
nothing or a notice. The figures were at first sight when the sets were new; who changes rules or weights with them in
view needs new ones.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from chatbot.conversation import Conversation
from chatbot.understanding.urgency import urgency_of
from index.index import Index

LABELS = Path(__file__).parent / "labels"


def records(name: str) -> list[dict[str, Any]]:
    """Return the messages of a file."""
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines()]


def writer(record: dict[str, Any]) -> str:
    """Return who wrote a message: the beginning of its id."""
    return str(record["id"]).partition("-")[0]


def emergencies() -> None:
    """Print which part of the messages gets a notice, by language and label, alone and after others."""
    told: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for record in records("emergencies.jsonl"):
        flagged = urgency_of(record["text"], record["before"]) is not None
        english = record["language"] == "en"
        names = [record["language"]] if english else [record["language"], "ten languages"]
        if english:
            names += ["en, after others" if record["before"] else "en, alone", f"en, {writer(record)}"]
        for name in names:
            told[name, record["label"]].append(flagged)
    for (name, label), flags in sorted(told.items()):
        print(f"{name:18} {label:14} {sum(flags) / len(flags):.3f} of {len(flags)}")


def silence(index: Index) -> None:
    """Print what kind of reply the questions about the seed pages get."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records("seed_questions.jsonl"):
        kinds[f"{writer(record)}, {record['label']}"][Conversation(index).ask(record["text"]).kind] += 1
    for label, counts in sorted(kinds.items()):
        total = counts.total()
        shares = ", ".join(f"{kind} {count / total:.2f}" for kind, count in counts.most_common())
        print(f"{label} ({total}): {shares}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, metavar="DIR", help="the index of the seed pages")
    arguments = parser.parse_args()
    emergencies()
    if arguments.seeds:
        silence(Index(arguments.seeds))


if __name__ == "__main__":
    main()
