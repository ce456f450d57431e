"""What a message costs by its length, step by step, and beside the encoding: `python -m tests.benchmarks.length`.

On the two seed pages where they are there (else the starter corpus), and on a corpus with ten thousand plainly
invented doctors, whose passages have vectors drawn at random: where they point makes no difference to the time.
Each time is the best of several runs; encoding includes that of the questions that are suggested. "ratio" is all but
urgency and encoding, beside a message of 100 characters.
"""

import argparse
import math
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import Any

from chatbot import conversation as conversation_module
from chatbot.conversation import Conversation
from chatbot.understanding.filters import extract_filters, removes_filters, unmatched_filter
from chatbot.understanding.message import short_message
from chatbot.understanding.query import search_query, understood_in
from chatbot.understanding.references import resolve_reference
from chatbot.understanding.small_talk import is_foreign, small_talk
from corpus import STARTER_CORPUS, Answer, Doctor, Thread
from index.build.build import build_index
from index.index import Index
from index.models.embedder import Embedder, load_embedder
from index.search.filters import Filters
from tests.benchmarks.speed import RandomVectors
from tests.conftest import SHARED, threads_in

LENGTHS = (20, 50, 100, 250, 500, 1000, 2000, 3500, 5000)
UNIT = 100
DOCTORS = 10_000
STEPS = ("small talk", "reference", "filters", "understanding", "spelling", "search", "rest")

_SYLLABLES = "zog fla bni kra plu mer tos vib wex dro".split()
_LETTER = (
    "Hello doctors, I had Botox in my forehead {n} days ago and then went back to my facial exercises on day {n}. "
    "Now the left brow feels hevier than the right, and the skin under my eyes sags a bit when I smile in the mirror. "
    "My neighbour florbinated hers with a {n} minute massage every evening and says that the muscle came back sooner. "
    "The clinic only told me to stay upright for four hours, someone in Toronto wrote that lying down is fine then. "
    "Should I stop the exercises number {n}, or is massage of the cheeks with a zogging roller still safe for me? "
)


def message_of(length: int) -> str:
    """Return a patient's letter of this many characters."""
    letter = "".join(_LETTER.format(n=number) for number in range(2, 2 + length // len(_LETTER) + 1))
    return letter[:length]


def names() -> Iterator[str]:
    """Give names that nobody has."""
    for parts in product(_SYLLABLES, repeat=4):
        yield f"{parts[0]}{parts[1]} {parts[2]}{parts[3]}".title()


def invented(doctors: int) -> Iterator[Thread]:
    """Give threads with five answers each, every one by another doctor."""
    authors = [
        Doctor(name, "MD", f"{_SYLLABLES[at % 10].title()}ologist", f"{_SYLLABLES[at % 7].title()}{at % 400}ville")
        for at, name in enumerate(islice(names(), doctors))
    ]
    for at in range(0, doctors, 5):
        answers = tuple(
            Answer(f"{at}-{n}", n, f"Wait {at % 90} days after the {author.name} peel, then massage it.", author=author)
            for n, author in enumerate(authors[at : at + 5], start=1)
        )
        yield Thread(id=str(at), title=f"May I massage after peel {at}?", answers=answers)


def best_ms(work: Callable[[], object], runs: int) -> float:
    """Return the shortest time of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


class Clock:
    """Adds up the time that wrapped functions take within one reply."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function whose time counts under a name."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[name] += time.perf_counter() - start

        return timed

    def reply(self, index: Index, message: str) -> dict[str, float]:
        """Return the milliseconds of one reply, and of urgency and encoding in it."""
        self.seconds.clear()
        self.wrapped("all", Conversation(index).ask)(message)
        return {name: seconds * 1000 for name, seconds in self.seconds.items()}


CLOCK = Clock()


def watch(embedder: Embedder) -> None:
    """Time each encoding, and what the conversation calls of `chatbot.understanding.urgency`."""
    embedder.embed_queries = CLOCK.wrapped("encoding", embedder.embed_queries)  # type: ignore[method-assign]
    for name, function in list(vars(conversation_module).items()):
        if callable(function) and getattr(function, "__module__", "").startswith("chatbot.understanding.urgency"):
            setattr(conversation_module, name, CLOCK.wrapped("urgency", function))


def steps_of(index: Index, message: str, runs: int) -> dict[str, float]:
    """Return the time of each step, of urgency, of the encoding and of all together."""
    cited = index.sample_threads(1)[0].answers[:5]
    facets = index.facets
    short = short_message(message)
    asked = understood_in(message, [], index)
    query = search_query(asked, index)
    hits = index.search(query, 30)

    def filters() -> None:
        if (read := short_message(message)) is not None:
            removes_filters(read, facets)
            extract_filters(read, Filters(), facets)
            unmatched_filter(read)

    work: dict[str, Callable[[], object]] = {
        "small talk": lambda: is_foreign(message) if short is None else small_talk(short, has_history=True),
        "reference": lambda: short and resolve_reference(short, cited, facets, has_history=True),
        "filters": filters,
        "understanding": lambda: understood_in(message, [message], index),
        "spelling": lambda: index._corrected(query.text),
        "search": lambda: (index.search(query, 30), index.answerability(query, hits)),
    }
    times = {name: best_ms(step, runs) for name, step in work.items()}
    replies = [CLOCK.reply(index, message) for _ in range(runs)]
    whole = min(replies, key=lambda reply: reply["all"] - reply["urgency"] - reply["encoding"])
    own = whole["all"] - whole["urgency"] - whole["encoding"]
    return {**whole, **times, "rest": max(0.0, own - sum(times.values()))}


def table(index: Index, runs: int) -> None:
    """Print the time of each step by length, with its share of all."""
    manifest = index.manifest
    print(f"{manifest.answers} answers, {manifest.doctors} doctors; milliseconds (share of all)")
    print(f"| characters | all | urgency | encoding | {' | '.join(STEPS)} | all but urgency, encoding | ratio |")
    print("|---" * (len(STEPS) + 6) + "|")
    Conversation(index).ask(message_of(UNIT))
    rows = {length: steps_of(index, message_of(length), runs) for length in LENGTHS}
    ours = {length: sum(times[step] for step in STEPS) for length, times in rows.items()}
    for length, times in rows.items():
        cells = [f"{times[step]:.1f} ({times[step] / times['all']:.0%})" for step in ("urgency", "encoding", *STEPS)]
        ratio = ours[length] / ours[UNIT]
        print(f"| {length} | {times['all']:.1f} | " + " | ".join(cells) + f" | {ours[length]:.1f} | {ratio:.2f} |")
    print(flush=True)


def opened(threads: list[Thread], builder: Embedder, embedder: Embedder, folder: Path) -> Index:
    """Build an index and open it."""
    build_index(threads, folder, builder, corpus=["benchmark"])
    index = Index(folder, embedder)
    # Every message is answered: whether there are quotes and suggestions must not hang on its length.
    thresholds = replace(index.manifest.thresholds, answers=-math.inf, related=-math.inf)
    index.manifest = replace(index.manifest, thresholds=thresholds)
    return index


def main() -> None:
    """Print a table for each corpus."""
    parser = argparse.ArgumentParser(description="The time of a reply by the length of the message")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the best counts (default: %(default)s)")
    parser.add_argument("--doctors", type=int, default=DOCTORS, help="invented doctors (default: %(default)s)")
    arguments = parser.parse_args()
    embedder = load_embedder()
    watch(embedder)
    seeds = SHARED / "seeds"
    small = threads_in(seeds if seeds.is_dir() else STARTER_CORPUS)
    with tempfile.TemporaryDirectory() as folder:
        table(opened(small, embedder, embedder, Path(folder) / "small"), arguments.runs)
        many = list(invented(arguments.doctors))
        table(opened(many, RandomVectors(embedder), embedder, Path(folder) / "many"), arguments.runs)


if __name__ == "__main__":
    main()
