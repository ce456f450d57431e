"""The command line: `python -m chatbot COMMAND`."""

import argparse
import sys
from collections.abc import Sequence

from chatbot.commands import ask, build, chat, info, read, search, serve
from corpus.errors import DoctorAnswersError

COMMANDS = {"read": read, "build": build, "info": info, "search": search, "ask": ask, "chat": chat, "serve": serve}

EXIT_PROBLEM = 1


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a problem, 2 wrong usage."""
    arguments = make_parser().parse_args(words)
    try:
        status: int = COMMANDS[arguments.command].run(arguments)
        return status
    except DoctorAnswersError as error:
        print(f"{arguments.command}: {error}", file=sys.stderr)
        return EXIT_PROBLEM
    except BrokenPipeError:  # The reader of our output, such as `head`, has read enough.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="python -m chatbot", description="Answers of doctors, found and cited.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.HELP, description=command.HELP.capitalize() + ".")
        command.add_arguments(subparser)
    return parser
