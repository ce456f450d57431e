"""What a browser gets of this page beside Gradio's own: style and script, and what makes it an app on a phone."""

import gzip
import hashlib
import json
import re
import uuid
from pathlib import Path

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.page.templates import render
from chatbot.texts import Texts

ASSETS = Path(__file__).with_name("assets")
STYLES = ("design", "layout", "reply", "sources", "panels", "pages")
SCRIPTS = ("base", "server", "asking", "sources", "keeping", "places", "start")
"""In the order in which they are joined: one script, whose files share what they name."""

_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)
_PREVIEW = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
"""What Gradio's page says of itself where a link to it is shown."""
_SIZES = (192, 512)


def style() -> str:
    """Return the page's style sheet, without its comments and indents."""
    return _joined([_COMMENTS.sub("", _read(f"{name}.css")) for name in STYLES])


def script() -> str:
    """Return the page's script, as one function that shares nothing with other scripts but `window.page`."""
    code = _joined([re.sub(r"^\s*//.*$", "", _read(f"{name}.js"), flags=re.MULTILINE) for name in SCRIPTS])
    return f"(() => {{\n{code}\n}})();"


def told_of_server(parts: object) -> str:
    """Return what this server tells of itself, as JSON: when it was started, and of what parts its pages are.

    An open page asks for it at `alive`: it knows then whether it talks to another server than the one it came from, and
    whether that one understands it.

    Args:
        parts: what calls what on the page, as Gradio tells it to the browser.
    """
    told = json.dumps(parts, sort_keys=True, default=str)
    return json.dumps({"started": str(uuid.uuid4()), "parts": _version(told + style() + script())})


def head(texts: Texts, server: str) -> str:
    """Return what stands in the head of the page: style, script, and what link previews and phones read.

    Args:
        server: what the server tells of itself.
    """
    title, description = escape(texts["page"]["title"]), escape(texts["app"]["description"])
    return (
        f'<meta name="server" content="{escape(server)}"><meta name="description" content="{description}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}"><meta property="og:type" content="website">'
        '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfbf9">'
        '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121618">'
        '<link rel="apple-touch-icon" href="icon-192.png">'
        f"<style>:root {{ --name: {_css_text(texts['page']['title'])}; "
        f"--whole-disclaimer: {_css_text(texts['disclaimer']['text'])}; }}</style>"
        f'<link rel="stylesheet" href="page.css?{_version(style())}">'
        f'<script src="page.js?{_version(script())}"></script>'
    )


def routes(texts: Texts, server: str) -> list[Route]:
    """Return the addresses of the manifest, the icons, the service worker, the page for when there is no server, and
    `alive`, where the server tells of itself.

    Where a stream broke off Gradio loads the page anew as soon as its `app_id` is told again, and a conversation that
    is kept nowhere would be lost. Here it isn't told: the page's script looks for the server itself.
    """
    manifest = {
        "name": texts["page"]["title"],
        "short_name": texts["page"]["title"],
        "description": texts["app"]["description"],
        "lang": texts["page"]["language"],
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbfbf9",
        "theme_color": "#0d6170",
        "icons": [
            {"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
            for size in _SIZES
        ],
    }
    offline = render("offline.html", app=texts["app"], title=texts["page"]["title"], lang=texts["page"]["language"])

    def told(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        if name == "manifest.json":
            return Response(json.dumps(manifest), media_type="application/manifest+json")
        if name == "alive":
            return Response(server, media_type="application/json", headers={"Cache-Control": "no-store"})
        if name == "app_id":
            return Response(status_code=204)
        if name == "offline.html":
            return HTMLResponse(offline)
        if name in joined:
            return _packed(*joined[name], request)
        return FileResponse(ASSETS / name, headers={"Cache-Control": "no-cache"})

    joined = {"page.css": (style(), "text/css"), "page.js": (script(), "text/javascript")}
    names = (
        "manifest.json",
        "offline.html",
        "sw.js",
        "alive",
        "gradio_api/app_id",
        *joined,
        *(f"icon-{size}.png" for size in _SIZES),
    )
    return [Route(f"/{name}", told) for name in names]


class HeadMiddleware:
    """Puts a head into the page as it is sent: Gradio's own `head` comes only once its script runs.

    What Gradio says of itself in link previews goes.
    """

    def __init__(self, app: ASGIApp, head: str) -> None:
        self._app = app
        self._head = head.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the page back with the head."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        begun: Message = {}
        body = bytearray()

        async def changed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            own, end, behind = bytes(body).partition(b"</head>")
            # Behind Gradio's own head: where both say something, this page has the last word.
            page = _PREVIEW.sub(b"", own) + self._head + end + behind if end else own
            headers = [(name, value) for name, value in begun["headers"] if name != b"content-length"]
            await send({**begun, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, changed)


def _version(text: str) -> str:
    """Return what an address ends with, so that a browser keeps a file for as long as it is the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _packed(text: str, media_type: str, request: Request) -> Response:
    headers = {"Cache-Control": "max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(text, media_type=media_type, headers=headers)
    packed = gzip.compress(text.encode(), mtime=0)
    return Response(packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})


def _css_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")


def _joined(texts: list[str]) -> str:
    return "\n".join(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
