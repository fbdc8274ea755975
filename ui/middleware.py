"""The middleware between the browser and Streamlit: Danish pages, guarded uploads, safe headers.

`MIDDLEWARE` and `ROUTES` are handed to `st.App`. What is not a page passes through unchanged; of
websockets, see `ui.websocket`.
"""

import gzip
import hashlib
import re
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kpi.domain.pages import FRONT_PAGE
from kpi.ingest.table.raw import MOST_BYTES, MOST_QUEUED_BYTES
from ui.addresses import inside
from ui.danish import browser_script
from ui.fast import is_fast
from ui.fast_files import packed_files
from ui.first_picture import first_picture
from ui.frames import framed_headers
from ui.glossary import glossary
from ui.health import health
from ui.hosts import known_hosts
from ui.switches import uploads_are_open
from ui.typefaces import files as typefaces
from ui.typefaces import with_typefaces
from ui.upload_memory import coming, keep_off_the_disk, waiting_bytes
from ui.websocket import needed_messages

SCRIPT = browser_script().encode()
# Relative, as Streamlit's own addresses are, so it works under any server.baseUrlPath.
SCRIPT_ADDRESS = f"./danish.js?v={hashlib.sha256(SCRIPT).hexdigest()[:16]}"
STYLE = Path(__file__).with_name("spor.css").read_bytes()
STYLE_ADDRESS = f"./spor.css?v={hashlib.sha256(STYLE).hexdigest()[:16]}"
# What a page looks like on paper; print.js turns it on.
PAPER = Path(__file__).with_name("papir.css").read_bytes()
PAPER_ADDRESS = f"./papir.css?v={hashlib.sha256(PAPER).hexdigest()[:16]}"

NOSCRIPT = """<noscript>
      <p>Spor kræver JavaScript. Slå det til i browseren, og genindlæs siden.</p>
    </noscript>"""

# Where a page's parts may come from. Streamlit writes its styles in the page and draws in blobs.
_SOURCES = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",  # not every browser counts a websocket as 'self'
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
]
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "; ".join(_SOURCES),
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# They would fetch a part of Streamlit's page, or "not modified" for an untranslated copy.
_PARTIAL = {b"if-none-match", b"if-modified-since", b"range", b"if-range"}


def danish_page(page: str, picture: str = "") -> str | None:
    """Streamlit's page in Danish, with the script that translates the rest; None for other HTML.

    `picture` is what is seen until Streamlit has drawn something (ui/first_picture.py).
    """
    if '<div id="root"></div>' not in page:
        return None
    page = page.replace('<html lang="en">', '<html lang="da">')
    # Deferred scripts run in order, so this one is there before Streamlit writes anything.
    script = f'<script defer src="{SCRIPT_ADDRESS}"></script>'
    style = (
        f'<link rel="stylesheet" href="{STYLE_ADDRESS}">\n    '
        f'<link rel="stylesheet" id="papir" media="not all" href="{PAPER_ADDRESS}">'
    )
    title = f"<title>Spor</title>\n    {script}\n    {style}"
    page = page.replace("<title>Streamlit</title>", title)
    if is_fast():
        page = with_typefaces(page)
    # A script within the page would have to be allowed by its hash; this one is for search engines.
    page = re.sub(r"<script>\s*window.prerenderReady = false\s*</script>", "", page)
    page = re.sub("<noscript>.*?</noscript>", NOSCRIPT, page, flags=re.DOTALL)
    return page.replace('<div id="root">', f'{picture}<div id="root">', 1)


def danish_pages(app: ASGIApp) -> ASGIApp:
    """`app` with every page of Streamlit's turned into `danish_page`, uncompressed."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Turns pages of HTML into Danish ones, and passes on the rest."""
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def send_danish(message: Message) -> None:
            """Keeps the page until its end, then sends it in Danish."""
            nonlocal start
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                picture = await first_picture(scope)
                response = _in_danish(start, bytes(body), scope, picture)
                await response(scope, receive, send)

        await app(_asking_for_all(scope), receive, send_danish)

    return answer


def guarded_uploads(app: ASGIApp) -> ASGIApp:
    """`app` that answers 403 to whoever sends a file while uploads are closed.

    A session whose files wait to be taken up by the page gets no more of them (413) than it may
    have in its queue: the browser sends all that were chosen before the page sees the first. Nor
    does anyone when all sessions together are at their limit. None of it is written to a disk.
    """
    keep_off_the_disk()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses what is sent while uploads are closed or there is no room for it."""
        is_upload = scope["type"] == "http" and "/_stcore/upload_file" in scope["path"]
        reads_only = scope.get("method") in {"GET", "HEAD", "OPTIONS"}
        if is_upload and not reads_only and not uploads_are_open():
            refusal = PlainTextResponse("Der kan ikke indlæses filer her.", status_code=403)
            await refusal(scope, receive, send)
        elif is_upload and scope.get("method") == "PUT":
            size = _size(scope)
            session = scope["path"].rpartition("/")[0].rpartition("/")[2]
            with coming(size) as has_room:
                if has_room and waiting_bytes(session) + size <= MOST_QUEUED_BYTES:
                    await app(scope, receive, send)
                    return
            refusal = PlainTextResponse("Der er ikke plads til flere filer.", status_code=413)
            await refusal(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


def _size(scope: Scope) -> int:
    """The bytes that are sent; where the request does not say, as many as a file may have."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else MOST_BYTES


# Streamlit's own, for programs: what each cache takes, and pages without a browser.
_CLOSED = ("_stcore/metrics", "_stcore/agent/", "_stcore/script-health-check")


def own_addresses(app: ASGIApp) -> ASGIApp:
    """`app` that answers 404 to addresses of Streamlit's that no page of ours uses."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses addresses that no page of ours uses, and passes on the rest."""
        if scope["type"] == "http" and inside(scope).startswith(_CLOSED):
            refusal = PlainTextResponse("Adressen findes ikke i Spor.", status_code=404)
            await refusal(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


def safe_headers(app: ASGIApp) -> ASGIApp:
    """`app` with SECURITY_HEADERS on every answer that does not set them itself.

    Figures that were downloaded (and pictures of them) stay in no cache on the way.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Puts the headers on whatever is answered."""

        async def send_safe(message: Message) -> None:
            """Sends the message; headers that it starts with get the missing ones."""
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                query = scope["query_string"]
                framed = framed_headers(inside(scope), query, SECURITY_HEADERS)
                for name, value in framed.items():
                    headers.setdefault(name, value)
                if inside(scope).startswith("media/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await app(scope, receive, send_safe)

    return answer


# The address changes with the contents.
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


async def _danish_script(request: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript", headers=_FOREVER)


async def _style(request: Request) -> Response:
    return Response(STYLE, media_type="text/css", headers=_FOREVER)


async def _paper(request: Request) -> Response:
    return Response(PAPER, media_type="text/css", headers=_FOREVER)


async def _typeface(request: Request) -> Response:
    content = typefaces().get(request.path_params["name"])
    if content is None:
        return PlainTextResponse("Skriften findes ikke.", status_code=404)
    return Response(content, media_type="font/woff2", headers=_FOREVER)


def _asking_for_all(scope: Scope) -> Scope:
    last = scope["path"].rpartition("/")[2]
    if "." in last and not last.endswith(".html"):
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name not in _PARTIAL]
    return {**scope, "headers": headers}


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


def _in_danish(start: Message, body: bytes, scope: Scope, picture: str) -> Response:
    """What to answer instead of the HTML that starts like this; itself where it is not a page."""
    response = Response(body, start["status"])
    response.raw_headers = list(start["headers"])
    headers = response.headers
    is_packed = bool(body) and headers.get("content-encoding") == "gzip"
    html = (gzip.decompress(body) if is_packed else body).decode(errors="replace")
    page = danish_page(html, picture)
    if page is None and scope["method"] != "HEAD":
        return response
    if page is not None and (elsewhere := _elsewhere(scope)):
        return RedirectResponse(elsewhere)
    for name in ("content-encoding", "content-length", "etag", "last-modified", "accept-ranges"):
        del headers[name]
    if page is not None:
        response.body = page.encode()
        headers["content-length"] = str(len(response.body))
    if page is not None and picture:
        headers["cache-control"] = "no-store"
    return response


def _elsewhere(scope: Scope) -> str | None:
    """Where a page is that was asked for elsewhere: in a folder, or the front page by its name.

    Streamlit has no pages in folders and finds none of its files from there: the screen stays
    empty. One level down it can say that there is no such page. Its first page has no name.
    """
    folders, _, name = inside(scope).rpartition("/")
    if not folders and name != FRONT_PAGE:
        return None
    query = scope["query_string"].decode("latin-1")
    up = "../" * (folders.count("/") + 1) if folders else "./"
    return up + ("" if name == FRONT_PAGE else quote(name)) + (f"?{query}" if query else "")


MIDDLEWARE: list[Middleware] = [
    Middleware(safe_headers),
    Middleware(known_hosts),
    Middleware(packed_files),
    Middleware(own_addresses),
    Middleware(guarded_uploads),
    Middleware(danish_pages),
    Middleware(needed_messages),
]
# Matches at any depth, because the address in the page is relative.
ROUTES: list[BaseRoute] = [
    Route("/{folder:path}danish.js", _danish_script),
    Route("/{folder:path}spor.css", _style),
    Route("/{folder:path}papir.css", _paper),
    Route("/{folder:path}ordliste.json", glossary),
    Route("/{folder:path}skrift/{name}", _typeface),
    Route("/healthz", health),
    Route("/{folder:path}/healthz", health),
]
