"""read PATH...: files and folders to threads as JSON Lines."""

import argparse

from chatbot.commands.common import (
    EXIT_PROBLEM,
    add_reading_arguments,
    column_map,
    print_json,
    reading_bar,
    tell,
    tell_json,
    tell_problem,
)
from corpus import Problem, Report, read_paths
from corpus.formats.json_records import thread_to_record

HELP = "read files or folders of any known format and write their threads as JSON Lines"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder with pages")
    add_reading_arguments(parser)
    parser.add_argument("--places", action="store_true", help="say of each answer in which file and line it was read")
    parser.add_argument("--report", action="store_true", help="tell at the end what was read, on stderr")
    parser.add_argument("--json", action="store_true", help="tell it as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    report = Report()
    with reading_bar() as read:
        for found in read_paths(arguments.paths, columns=column_map(arguments), report=report):
            if isinstance(found, Problem):
                if not arguments.report:
                    tell_problem(found)
            else:
                print_json(thread_to_record(found, places=arguments.places))
                read(len(found.answers))
    if arguments.report and arguments.json:
        tell_json(report.record())
    elif arguments.report:
        tell("\n".join(report.lines()))
    return EXIT_PROBLEM if arguments.strict and report.problem_count else 0
