"""What messages are taken for: `python -m tests.benchmarks.intents [--index DIR] [--labels FILE] [--wrong]`

`labels/intents.jsonl` has messages with what they are (`intent`, as the JSON of a reply has it; "followup" and
"question" count as one), and the user's messages `before` them. Each is asked in a conversation of its own over the
index; for each intent it prints the share of messages that were taken for it, and for all questions and all others
together. Somebody wrote them who had seen neither rules nor examples.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from chatbot.conversation import Conversation
from chatbot.startup import open_index
from index.index import Index

LABELS = Path(__file__).parent / "labels" / "intents.jsonl"
_QUESTIONS = ("question", "followup")


def taken_for(index: Index, message: str, before: list[str]) -> str:
    """Return what a message is taken for after others."""
    conversation = Conversation(index)
    for earlier in before:
        conversation.ask(earlier)
    return conversation.ask(message).intent


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="the index; that of the starter corpus if it is left out")
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--wrong", action="store_true", help="print each message that was taken for something else")
    arguments = parser.parse_args()
    index = open_index(arguments.index)
    right: dict[str, list[bool]] = defaultdict(list)
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for line in arguments.labels.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        label, found = record["intent"], taken_for(index, record["text"], record.get("before", []))
        asks = label in _QUESTIONS
        fits = found in _QUESTIONS if asks else found == label
        for name in (label, "questions and follow-ups" if asks else "the others"):
            right[name].append(fits)
            taken[name][found] += 1
        if arguments.wrong and not fits:
            print(f"{label} taken for {found}: {record['text']}")
    for name, fits_of in right.items():
        others = ", ".join(f"{found} {count}" for found, count in taken[name].most_common())
        print(f"{name:26} {sum(fits_of) / len(fits_of):.3f} of {len(fits_of):4}  ({others})")


if __name__ == "__main__":
    main()
