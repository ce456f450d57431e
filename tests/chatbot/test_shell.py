"""What a browser gets of the page beside Gradio's own: its weight, its head, and what makes it an app."""

import asyncio
import json
import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from chatbot.page.shell import ASSETS, HeadMiddleware, head, routes, script, style, told_of_server
from chatbot.texts import load_texts

TEXTS = load_texts()
SERVER = told_of_server([{"id": 1, "targets": [[2, "change"]]}])
GRADIO = """<html><head><meta property="og:title" content="Gradio" />
<meta
    name="twitter:creator"
    content="@Gradio"
/><script>1</script></head><body></body></html>"""


@pytest.fixture
def client() -> TestClient:
    async def page(_: Request) -> HTMLResponse:
        await asyncio.sleep(0)
        return HTMLResponse(GRADIO)

    middleware = [Middleware(HeadMiddleware, head=head(TEXTS, SERVER))]
    return TestClient(
        Starlette(routes=[*routes(TEXTS, SERVER), Route("/", page), Route("/other", page)], middleware=middleware)
    )


def test_style_script_and_icons_are_sent_in_at_most_60_kilobytes(client):
    sent = 0
    for address in ("page.css", "page.js", "sw.js", "manifest.json", "icon-192.png", "icon-512.png"):
        with client.stream("GET", f"/{address}", headers={"Accept-Encoding": "gzip"}) as answer:
            sent += sum(map(len, answer.iter_raw()))
    assert sent <= 60 * 1024


def test_style_and_script_are_kept_by_a_browser_until_they_change(client):
    for address in re.findall(r'(?:href|src)="(page\.\w+\?\w+)"', client.get("/").text):
        answer = client.get(f"/{address}")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text in (style(), script())
        plain = client.get(f"/{address}", headers={"Accept-Encoding": "identity"})
        assert plain.text == answer.text
        assert "content-encoding" not in plain.headers


def test_every_asset_is_sent():
    sent = style() + script()
    for file in ASSETS.glob("*.css"):
        (rule, *_) = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if "{" in line]
        assert rule in sent, file
    for file in ASSETS.glob("*.js"):
        if file.name != "sw.js":
            (line, *_) = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("function")]
            assert line in sent, file


def test_the_page_says_what_it_is_in_link_previews_and_not_what_it_is_made_with(client):
    sent = client.get("/").text
    assert '<meta property="og:title" content="Doctors&#39; answers">' in sent
    assert "Gradio" not in sent
    assert sent.endswith("</head><body></body></html>")
    assert client.get("/other").text == GRADIO


def test_a_page_can_tell_which_server_it_talks_to_and_whether_that_one_understands_it(client):
    sent = re.search(r'<meta name="server" content="([^"]+)">', client.get("/").text)
    assert sent
    assert json.loads(unescape(sent[1])) == client.get("/alive").json() == json.loads(SERVER)
    again = json.loads(told_of_server([{"id": 1, "targets": [[2, "change"]]}]))
    assert again["parts"] == json.loads(SERVER)["parts"]
    assert again["started"] != json.loads(SERVER)["started"]
    assert json.loads(told_of_server([{"id": 2}]))["parts"] != again["parts"]


def test_the_page_can_be_installed(client):
    manifest = client.get("/manifest.json").json()
    assert (manifest["name"], manifest["display"], manifest["start_url"]) == ("Doctors' answers", "standalone", "./")
    for icon in manifest["icons"]:
        answer = client.get(f"/{icon['src']}")
        assert answer.headers["content-type"] == "image/png"
        width = int.from_bytes(answer.content[16:20], "big")
        assert icon["sizes"] == f"{width}x{width}"
    assert "offline.html" in client.get("/sw.js").text
    assert "javascript" in client.get("/sw.js").headers["content-type"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_without_a_server_a_page_says_so_and_what_to_do_in_an_emergency(language):
    texts = load_texts(language)
    client = TestClient(Starlette(routes=[*routes(texts, SERVER)]))
    page = client.get("/offline.html").text
    assert texts["app"]["offline_title"] in page
    assert f'<html lang="{language}">' in page
    assert json.loads(client.get("/manifest.json").text)["lang"] == language
