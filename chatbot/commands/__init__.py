"""The command line, one module a command.

Each module has `add_arguments(parser)` and `run(arguments) -> int`, the exit status. Data goes to
stdout, progress and problems to stderr. What takes long to import is imported in `run`.
"""
