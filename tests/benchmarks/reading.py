"""How fast pages are read, beside the plain cost of parsing the same bytes in the same run.

    python -m tests.benchmarks.reading [PATH...]

Without a path a corpus of the given size is made up first. The cost is the best of three runs.
"""

import argparse
import csv
import gzip
import io
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from resiliparse.parse.html import HTMLTree

from corpus import Thread, read_paths
from corpus.formats.json_records import thread_to_record
from tests.conftest import invented_thread

SYLLABLES = "zog zag zug peel wrap mask tea light drop swell itch rest week day cool warm skin lip eye safe".split()


def words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(SYLLABLES) + rng.choice(SYLLABLES) for _ in range(count)).capitalize() + "."


def made_up(threads: int) -> Iterator[Thread]:
    """Threads of three answers of about 70 words, as real ones have."""
    rng = random.Random(7)
    for number in range(threads):
        yield invented_thread(f"zog-{number}", *(words(rng, 70) for _ in range(3)), question=words(rng, 60))


def json_lines(threads: list[Thread]) -> str:
    return "".join(json.dumps(thread_to_record(thread)) + "\n" for thread in threads)


def table(threads: list[Thread]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["title", "question", "answer", "author"])
    for thread in threads:
        for answer in thread.answers:
            writer.writerow([thread.title, thread.question, answer.text, answer.author and answer.author.name])
    return stream.getvalue()


def text_page(thread: Thread) -> str:
    parts = [thread.title, thread.question or "", f"Doctor Answers {len(thread.answers)}"]
    for answer in thread.answers:
        parts += [answer.text, f"{answer.author.name if answer.author else ''}, MD\n4.5 out of 5 stars 9 reviews"]
    return "\n\n".join(parts)


def marked_up(thread: Thread) -> str:
    answers = [{"@type": "Answer", "text": answer.text} for answer in thread.answers]
    item = {"@type": "Question", "name": thread.title, "text": thread.question, "suggestedAnswer": answers}
    body = "".join(f"<div class=a><p>{escape(answer.text)}</p></div>" for answer in thread.answers)
    return f'<html><script type="application/ld+json">{json.dumps(item)}</script><body>{body}</body></html>'


def medquad(thread: Thread) -> str:
    pairs = "".join(
        f"<QAPair><Question>{thread.title} {n}</Question><Answer>{answer.text}</Answer></QAPair>"
        for n, answer in enumerate(thread.answers)
    )
    return f'<Document source="Zog" url="https://z.example/{thread.id}"><QAPairs>{pairs}</QAPairs></Document>'


def best_of_three(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def read_all(path: Path) -> int:
    return sum(len(found.answers) for found in read_paths([path]) if isinstance(found, Thread))


def tell(what: str, path: Path, plain: Callable[[], object] | None = None) -> None:
    answers = read_all(path)
    seconds = best_of_three(lambda: read_all(path))
    line = f"{what:<22}{answers:>8} answers {answers / seconds:>10.0f} answers/s"
    if plain is not None:
        line += f"{seconds / best_of_three(plain):>8.1f} times the plain parser"
    print(line, flush=True)


def compare_formats(folder: Path, threads: list[Thread]) -> None:
    lines, rows = json_lines(threads), table(threads)
    (folder / "threads.jsonl").write_text(lines, encoding="utf-8")
    tell("JSON Lines", folder / "threads.jsonl", lambda: [json.loads(line) for line in lines.splitlines()])
    with gzip.open(folder / "threads.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(lines)
    packed = (folder / "threads.jsonl.gz").read_bytes()
    tell(
        "JSON Lines, packed",
        folder / "threads.jsonl.gz",
        lambda: [json.loads(line) for line in gzip.decompress(packed).splitlines()],
    )
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    tell("CSV", folder / "rows.csv", lambda: list(csv.reader(io.StringIO(rows))))
    some = threads[: len(threads) // 5]
    for what, ending, write, parse in (
        ("text pages", "txt", text_page, str.splitlines),
        ("HTML with JSON-LD", "html", marked_up, HTMLTree.parse),
        ("MedQuAD XML", "xml", medquad, ElementTree.fromstring),
    ):
        pages = folder / ending
        pages.mkdir()
        for thread in some:
            (pages / f"{thread.id}.{ending}").write_text(write(thread), encoding="utf-8")
        files = sorted(pages.iterdir())
        tell(what, pages, lambda files=files, parse=parse: [parse(f.read_text(encoding="utf-8")) for f in files])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="real files to read as well")
    parser.add_argument("--threads", type=int, default=5000, help="threads to make up (default: %(default)s)")
    arguments = parser.parse_args()
    for path in arguments.paths:
        tell(path.name or str(path), path)
    with tempfile.TemporaryDirectory() as folder:
        compare_formats(Path(folder), list(made_up(arguments.threads)))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
