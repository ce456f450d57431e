"""The command line: `python -m chatbot COMMAND`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from chatbot.commands import ask, build, chat, evaluate, info, read, search, serve
from chatbot.errors import error_said
from corpus.errors import DoctorAnswersError


class Command(Protocol):
    """What each module of `chatbot.commands` has."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Run the command and return its exit status."""


COMMANDS: dict[str, Command] = {
    "read": read,
    "build": build,
    "info": info,
    "search": search,
    "evaluate": evaluate,
    "ask": ask,
    "chat": chat,
    "serve": serve,
}

EXIT_PROBLEM = 1
INSTALLED_COMMAND = "doctors-answers"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a problem, 2 wrong usage."""
    arguments = make_parser().parse_args(words)
    try:
        return COMMANDS[arguments.command].run(arguments)
    except DoctorAnswersError as error:
        print(f"{arguments.command}: {error_said(error)}", file=sys.stderr)
        return EXIT_PROBLEM
    except BrokenPipeError:  # The reader of our output, such as `head`, has read enough.
        sys.stderr.close()
        return 0
    except OSError as error:  # A full disk, a folder that is closed to us: nothing that a traceback would explain.
        place = f"{error.filename}: " if error.filename else ""
        print(f"{arguments.command}: {place}{error.strerror or error}", file=sys.stderr)
        return EXIT_PROBLEM
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(prog=_program(), description="Answers of doctors, found and cited.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=command.HELP, description=f"{command.HELP[0].upper()}{command.HELP[1:]}."
        )
        command.add_arguments(subparser)
    return parser


def _program() -> str:
    """Return how the program was called: by the command that an installation brings, or from a clone."""
    name = Path(sys.argv[0]).stem
    return name if name == INSTALLED_COMMAND else "python -m chatbot"
