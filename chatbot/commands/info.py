"""info --index DIR: what is in an index."""

import argparse
from dataclasses import asdict
from pathlib import Path

from chatbot.commands.common import add_index_argument, print_json
from index.info import read_info

HELP = "what is in the index: counts, model, sizes, when it was built, whether it is sound"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_index_argument(parser)
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command. An index that is not sound is an error, told by its sentence."""
    directory: Path = arguments.index
    manifest = read_info(directory)
    weights = manifest.embedder_fingerprint[:12]
    size = sum(state.bytes for state in manifest.files.values())
    if arguments.json:
        print_json({"index": str(directory), "sound": True, "bytes": size, **asdict(manifest)})
        return 0
    rows = {
        "index": directory,
        "sound": "yes, every file is as it was written",
        "built": manifest.built,
        "corpus": ", ".join(manifest.corpus),
        "threads": manifest.threads,
        "answers": manifest.answers,
        "doctors named": manifest.doctors,
        "passages": manifest.passages,
        "embedder": f"{manifest.embedder}, weights {weights}, {manifest.dimensions} dimensions",
        "abstains below": f"{manifest.abstain_below:.3f}",
        "size": f"{size / 2**20:.1f} MiB",
    }
    for name, value in rows.items():
        print(f"{name + ':':16}{value}")
    return 0
