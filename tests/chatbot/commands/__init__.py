"""The command line, as a person or a program uses it."""

from chatbot import cli
from tests.conftest import invented_thread

THREADS = [
    invented_thread("running-after-a-zog-peel", "Do not run for two days. Sweat stings."),
    invented_thread("itching-after-a-zog-peel", "Itching is usual for a week. Cool the skin."),
]
QUESTION = "How long does itching last after a zog peel?"


def run(capsys, *words: object) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in words])
    printed = capsys.readouterr()
    return status, printed.out, printed.err
