"""Serves the page, before the model is loaded.

Questions stay on this machine: Gradio's analytics, run history, monitoring and sharing are off, and
nothing on the page asks another host.
"""

import os
import socket
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from starlette.middleware import Middleware

from chatbot.page.layout import build_page
from chatbot.page.loader import IndexLoader
from chatbot.page.shell import ASSETS, HeadMiddleware, head, routes, told_of_server
from chatbot.people import people_in
from chatbot.texts import load_texts
from corpus.errors import DoctorAnswersError

_QUESTIONS_AT_ONCE = 8
_QUEUE_LENGTH = 200


def serve(
    directory: Path,
    *,
    host: str,
    port: int | None,
    language: str = "en",
    feedback: Path | None = None,
    country: str | None = None,
    reader: str | None = None,
) -> None:
    """Serve the page until the process is stopped; the index loads beside it.

    Args:
        directory: where the index is.
        port: the port to serve on; 0 for any free one, None for the first free one from 7860 on.
        language: that of the page's own texts.
        country: whose numbers are told in an emergency, an ISO code.
        feedback: the file to which thumbs up and down are added; None to ask for none.
        country: whose numbers an emergency is told with; None for the usual ones of the message's language.
        reader: the folder or the hub's name of a cross-encoder that judges answers; None for the packaged reader.

    Raises:
        DoctorAnswersError: the port is taken.
    """
    loader = IndexLoader(directory, reader)
    people = people_in(directory)  # the page is there before the index is open
    page = build_page(loader, language=language, people=people, feedback=feedback, country=country)
    texts = load_texts(language, people)
    server = told_of_server(page.get_config_file()["dependencies"])
    try:
        _, address, _ = page.queue(max_size=_QUEUE_LENGTH, default_concurrency_limit=_QUESTIONS_AT_ONCE).launch(
            server_name=host,
            server_port=_free_port(host) if port == 0 else port,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            app_kwargs={
                "routes": routes(texts, server),
                "middleware": [Middleware(HeadMiddleware, head=head(texts, server))],
            },
            favicon_path=ASSETS / "icon-192.png",
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            max_file_size="1kb",
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=gr.themes.Default(
                primary_hue="teal", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
            ),
        )
    except OSError as error:
        raise DoctorAnswersError(
            f"Can't serve on {host}, port {port or 'any'} ({error}). Try another --port."
        ) from None
    print(f"The chat is open at {address}", flush=True)
    loader.start()
    page.block_thread()


def _free_port(host: str) -> int:
    with socket.socket() as free:
        free.bind((host, 0))
        port: int = free.getsockname()[1]
        return port
