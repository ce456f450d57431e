"""info --index DIR: what is in an index."""

import argparse
from dataclasses import asdict
from pathlib import Path

from chatbot.commands.common import add_index_argument, print_json, tell
from chatbot.startup import DEFAULT_INDEX, open_index
from index.info import read_info
from index.storage.check import check_index
from index.storage.generations import has_index
from index.storage.manifest import Manifest

HELP = "what is in the index: counts, model, sizes, when it was built, whether it is sound"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    parser.add_argument(
        "--check", action="store_true", help="look at every vector and every answer too, not only at sizes and hashes"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command. An index that is not sound is an error, told by its sentence."""
    directory: Path = arguments.index
    if directory == DEFAULT_INDEX and not has_index(directory):
        open_index(directory, on_build=lambda: tell("Building the index of the starter corpus...")).close()
    manifest = check_index(directory) if arguments.check else read_info(directory)
    if arguments.json:
        print_json({"index": str(directory), "sound": True, "bytes": _size(manifest), **asdict(manifest)})
    else:
        for name, value in _rows(manifest, directory, checked=arguments.check).items():
            print(f"{name + ':':16}{value}")
    return 0


def _rows(manifest: Manifest, directory: Path, *, checked: bool) -> dict[str, object]:
    m = manifest
    exact = m.approximate_recall is None
    return {
        "index": directory,
        "sound": "yes, every file, vector and answer" if checked else "yes, every file is as it was written",
        "built": m.built,
        "corpus": ", ".join(m.corpus),
        "threads": m.threads,
        "answers": m.answers,
        "doctors named": m.doctors,
        "passages": m.passages,
        "embedder": f"{m.embedder.name}, weights {m.embedder_fingerprint[:12]}, {m.dimensions} dimensions",
        "vectors": "exact" if exact else f"approximate, recall@10 {m.approximate_recall:.3f} against exact",
        "answers from": f"closeness {m.thresholds.answers:.3f}, related pages from {m.thresholds.related:.3f}",
        "size": f"{_size(m) / 2**20:.1f} MiB",
    }


def _size(manifest: Manifest) -> int:
    return sum(state.bytes for state in manifest.files.values())
