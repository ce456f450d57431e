"""Runs the command line: `python -m chatbot COMMAND`."""

import sys

from chatbot.cli import main

sys.exit(main())
