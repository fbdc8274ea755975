"""The middleware around Streamlit's real pages and files, and the dictionary they get."""

import asyncio
import gzip
import hashlib
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit
import streamlit as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from kpi.store import open_store, version_path
from ui.danish import PATTERNS, TEXTS
from ui.middleware import MIDDLEWARE, ROUTES, SECURITY_HEADERS, safe_headers

REPOSITORY = Path(__file__).resolve().parents[2]
STREAMLIT = Path(streamlit.__file__).parent
STATIC_SCRIPT = next((STREAMLIT / "static" / "static" / "js").glob("index.*.js"))
PAGES = ["/", "/tema", "/tema/", "/index.html", "/rapport.2024"]
UPLOAD = "/_stcore/upload_file/session/file"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    chunks: list[bytes]

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(app: ASGIApp, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
    """What `app` answers; a header is written with `_` for `-`."""
    sent: list[Message] = []
    headers = {"host": "localhost:8501", **headers}
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8501),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    start, *bodies = sent
    received = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], received, [body.get("body", b"") for body in bodies])


def served(base: str = "", own: Sequence[BaseRoute] = (), bare: bool = False) -> Starlette:
    """Streamlit's pages and files as `st.App` puts them together; `bare` without ours."""
    routes = [*ROUTES, *own, *create_streamlit_static_assets_routes(base_url=base)]
    middleware = create_streamlit_middleware()
    return Starlette(routes=routes, middleware=middleware if bare else MIDDLEWARE + middleware)


def mounted_below(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets Streamlit's setting of the path that the app is served below."""
    asked = st.get_option
    monkeypatch.setattr(
        "ui.middleware.st.get_option",
        lambda name: base if name == "server.baseUrlPath" else asked(name),
    )


# What of ours a page asks for: its place in the page, and what it is.
OWN_FILES = {
    "danish.js": (r'<script defer src="\./(danish\.js)\?v=([0-9a-f]{16})">', "text/javascript"),
    "spor.css": (r'<link rel="stylesheet" href="\./(spor\.css)\?v=([0-9a-f]{16})">', "text/css"),
}


def own_file(page: str, name: str) -> re.Match[str]:
    """Where the page asks for a file of ours: its name, and the hash of what is in it."""
    match = re.search(OWN_FILES[name][0], page)
    assert match, page
    return match


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "gzip, br"])
def test_every_page_is_danish(path: str, encoding: str) -> None:
    answer = ask(served(), path, accept_encoding=encoding)
    if answer.status == 301:  # Streamlit takes the last slash off.
        answer = ask(served(), answer.headers["location"], accept_encoding=encoding)
    assert answer.status == 200
    assert '<html lang="da">' in answer.text
    assert "<title>Spor</title>" in answer.text
    assert "Slå det til i browseren" in answer.text
    assert "enable JavaScript" not in answer.text
    for name in OWN_FILES:
        assert own_file(answer.text, name).start() < answer.text.index('type="module"')
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("base", "path", "query", "location"),
    [
        ("", "/tema/findesikke", "", "../findesikke"),
        ("", "/a/b/tema", "omraade=aarhus", "../../tema?omraade=aarhus"),
        ("", "/a/kød og fisk", "", "../k%C3%B8d%20og%20fisk"),
        ("", "/a/javascript:alert(1)", "", "../javascript%3Aalert%281%29"),
        ("kpi/spor", "/kpi/spor/tema/findesikke", "", "../findesikke"),
    ],
)
def test_a_page_in_a_folder_is_one_level_down(
    base: str, path: str, query: str, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted_below(base, monkeypatch)
    answer = ask(served(base), path, query=query)
    assert (answer.status, answer.headers["location"]) == (307, location)


def test_page_is_otherwise_as_streamlit_wrote_it() -> None:
    ours, theirs = ask(served(), "/tema").text, ask(served(bare=True), "/tema").text
    for part in ('src="./static/', 'href="./static/', '<div id="root"></div>'):
        assert ours.count(part) == theirs.count(part) > 0
    # One style sheet more; our script, and not the one that stands within the page.
    assert ours.count("<link") == theirs.count("<link") + 1 > 1
    assert ours.count("<script") == theirs.count("<script") > 1
    assert ours.count("<script") == len(re.findall(r'<script [^>]*src="\./', ours))


@pytest.mark.parametrize("header", ["if_none_match", "if_modified_since", "range"])
@pytest.mark.parametrize("path", ["/", "/index.html", "/tema"])
def test_a_copy_from_before_is_not_kept(path: str, header: str) -> None:
    untranslated = ask(served(bare=True), "/")
    value = {
        "if_none_match": untranslated.headers["etag"],
        "if_modified_since": untranslated.headers["last-modified"],
        "range": "bytes=0-99",
    }[header]
    answer = ask(served(), path, **{header: value})
    assert answer.status == 200
    assert "<title>Spor</title>" in answer.text
    # Without these the browser cannot ask whether its copy still holds.
    assert not {"etag", "last-modified", "accept-ranges"} & set(answer.headers)


@pytest.mark.parametrize("path", ["/", "/tema"])
def test_head_of_a_page(path: str) -> None:
    answer = ask(served(), path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    # Better no length than that of the page before it was translated.
    assert not {"content-length", "etag", "last-modified"} & set(answer.headers)


@pytest.mark.parametrize("path", ["/kpi/spor/", "/kpi/spor/tema"])
def test_base_path(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted_below("/kpi/spor/", monkeypatch)
    app = served(base="kpi/spor")
    page = ask(app, path)
    assert "<title>Spor</title>" in page.text
    for name, (_, kind) in OWN_FILES.items():
        file = ask(app, path.rpartition("/")[0] + "/" + own_file(page.text, name)[1])
        assert file.headers["content-type"].startswith(kind)


def test_files_are_untouched() -> None:
    path = f"/static/js/{STATIC_SCRIPT.name}"
    ours, theirs = ask(served(), path), ask(served(bare=True), path)
    assert ours.body == theirs.body == STATIC_SCRIPT.read_bytes()
    assert ours.headers == theirs.headers | {k.lower(): v for k, v in SECURITY_HEADERS.items()}
    assert ask(served(), path, if_none_match=ours.headers["etag"]).status == 304
    assert ask(served(), path, range="bytes=0-9").body == STATIC_SCRIPT.read_bytes()[:10]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_other_html_is_untouched(encoding: str) -> None:
    report = '<html lang="en"><title>Streamlit</title>' + "<p>Rapport</p>" * 100

    async def show(request: Request) -> Response:
        return HTMLResponse(report, headers={"etag": '"1"'})

    app = served(own=[Route("/rapport.html", show)])
    answer = ask(app, "/rapport.html", accept_encoding=encoding)
    body = gzip.decompress(answer.body) if encoding == "gzip" else answer.body
    assert body.decode() == report
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["etag"] == '"1"'


def test_streams_are_passed_on_piece_by_piece() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"en"
        yield b"to"

    async def show(request: Request) -> Response:
        return StreamingResponse(pieces(), media_type="text/event-stream")

    answer = ask(served(own=[Route("/strøm", show)]), "/strøm")
    assert [chunk for chunk in answer.chunks if chunk] == [b"en", b"to"]


def test_a_websocket_is_no_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its path may say so: what counts is that it is no HTTP request."""
    monkeypatch.setenv("KPI_UPLOADS", "off")
    messages: list[Message] = [{"type": "websocket.accept"}, {"type": "websocket.close"}]
    sent: list[Message] = []
    seen: list[Scope] = []

    async def streamlit_app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        for message in messages:
            await send(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    app: Any = streamlit_app
    for cls, args, kwargs in reversed(MIDDLEWARE):
        app = cls(app, *args, **kwargs)
    scope: Scope = {"type": "websocket", "path": UPLOAD, "headers": [(b"host", b"localhost")]}
    asyncio.run(app(scope, receive, send))
    assert seen == [scope]
    assert sent == messages


@pytest.mark.parametrize(
    ("method", "setting", "status"),
    [
        ("PUT", None, 200),
        ("DELETE", None, 200),
        ("PUT", "on", 200),
        ("PUT", "", 200),
        ("PUT", "off", 403),
        ("POST", "off", 403),
        ("DELETE", "off", 403),
        ("PATCH", "off", 403),
        ("PUT", "OFF", 403),
        ("PUT", "of", 403),  # a slip closes
        ("OPTIONS", "off", 200),  # the browser asks before it sends
        ("GET", "off", 200),
    ],
)
@pytest.mark.parametrize("base", ["", "/kpi/spor"])
def test_uploads(
    method: str, setting: str | None, status: int, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if setting is None:
        monkeypatch.delenv("KPI_UPLOADS", raising=False)
    else:
        monkeypatch.setenv("KPI_UPLOADS", setting)

    async def take(request: Request) -> Response:
        return PlainTextResponse("taget imod")

    methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
    app = served(own=[Route(base + UPLOAD, take, methods=methods)])
    answer = ask(app, base + UPLOAD, method)
    assert answer.status == status
    expected = "Der kan ikke indlæses filer her." if status == 403 else "taget imod"
    assert answer.text == expected


@pytest.mark.parametrize(
    ("waiting", "sent", "status"),
    [
        ({}, 100, 200),
        ({"s": [400]}, 100, 200),
        ({"s": [400]}, 101, 413),
        ({"s": [300, 150]}, 60, 413),
        ({"another": [500]}, 100, 200),
    ],
)
def test_a_session_sends_no_more_files_than_it_may_hold(
    waiting: dict[str, list[int]], sent: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = MemoryUploadedFileManager("")
    for session, sizes in waiting.items():
        for number, size in enumerate(sizes):
            manager.add_file(session, UploadedFileRec(f"{number}", "a.csv", "", b"x" * size))
    monkeypatch.setattr("ui.middleware.MOST_QUEUED_BYTES", 500)
    monkeypatch.setattr("streamlit.runtime.exists", lambda: True)
    monkeypatch.setattr(
        "streamlit.runtime.get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager)
    )

    async def take(request: Request) -> Response:
        return PlainTextResponse("taget imod")

    app = served(own=[Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT"])])
    answer = ask(app, "/_stcore/upload_file/s/new", "PUT", content_length=str(sent))
    assert answer.status == status


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/tema", "GET", 200),
        (f"/static/js/{STATIC_SCRIPT.name}", "GET", 200),
        ("/danish.js", "GET", 200),
        ("/spor.css", "GET", 200),
        ("/_stcore/health", "GET", 404),  # only Streamlit itself has it, and it is not running
        (UPLOAD, "PUT", 403),
        ("//andetsteds", "GET", 400),
    ],
)
def test_every_answer_has_the_security_headers(
    path: str, method: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_UPLOADS", "off")
    answer = ask(served(), path, method)
    assert answer.status == status
    assert (
        SECURITY_HEADERS.items()
        <= {name: answer.headers[name.lower()] for name in SECURITY_HEADERS}.items()
    )


def test_scripts_come_from_spor_alone() -> None:
    policy = ask(served(), "/").headers["content-security-policy"].split("; ")
    assert {"script-src 'self'", "object-src 'none'", "base-uri 'self'"} <= {*policy}
    # The page itself has no script in it that this would keep from running.
    assert re.findall(r"<script(?![^>]* src=)", ask(served(), "/").text) == []


@pytest.mark.parametrize("base", ["", "/kpi/spor"])
@pytest.mark.parametrize(
    ("path", "kept"),
    [("/media/a1b2.csv", "no-store"), ("/static/media/a.woff2", "public"), ("/media", "public")],
)
def test_what_was_downloaded_is_kept_nowhere(
    base: str, path: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted_below(base, monkeypatch)
    cached = PlainTextResponse("1;2", headers={"Cache-Control": "public"})
    assert ask(safe_headers(cached), base + path).headers["cache-control"] == kept


@pytest.mark.parametrize(
    "path",
    ["metrics", "agent/interact", "agent/mcp", "agent/openapi.json", "script-health-check"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_addresses_that_no_page_uses_are_closed(path: str, method: str) -> None:
    answer = ask(served(), f"/_stcore/{path}", method)
    assert (answer.status, answer.text) == (404, "Adressen findes ikke i Spor.")


@pytest.mark.parametrize("path", ["/healthz", "/spor/healthz"])
def test_health_of_a_store_that_opens(home: Path, path: str) -> None:
    answer = ask(served(), path)
    assert (answer.status, json.loads(answer.text)) == (200, {"status": "ok", "version": "000001"})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("content", [b"", b"hej", b"x" * 20_000])
def test_health_of_a_store_that_is_overwritten_while_pages_read_it(
    home: Path, content: bytes
) -> None:
    reading = open_store(home)
    version_path(home, reading.version).write_bytes(content)
    answer = ask(served(), "/healthz")
    assert (answer.status, json.loads(answer.text)["title"]) == (503, "Tallene kan ikke læses")


def test_health_of_a_store_that_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "væk"))
    answer = ask(served(), "/healthz")
    health = json.loads(answer.text)
    assert (answer.status, health["status"]) == (503, "error")
    assert answer.headers["content-type"] == "application/json"
    assert "python -m kpi init" in health["message"]
    assert str(tmp_path) not in answer.text
    assert list(tmp_path.iterdir()) == []


def test_a_stricter_header_is_kept() -> None:
    strict = PlainTextResponse("", headers={"Content-Security-Policy": "default-src 'none'"})
    answer = ask(safe_headers(strict), "/")
    assert answer.headers["content-security-policy"] == "default-src 'none'"


@pytest.mark.parametrize("base", ["/", "/kpi/spor/"])
@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, (_, kind) in OWN_FILES.items()])
def test_own_files_are_kept_for_good_under_the_hash_of_what_is_in_them(
    base: str, name: str, kind: str
) -> None:
    answer = ask(served(), base + name)
    assert answer.status == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    asked_for = own_file(ask(served(), "/tema").text, name)[2]
    assert asked_for == hashlib.sha256(answer.body).hexdigest()[:16]


def test_style() -> None:
    written = (REPOSITORY / "ui" / "spor.css").read_bytes()
    assert ask(served(), "/spor.css").body == written
    # Braces and parentheses that do not pair would silence every rule after them.
    text = re.sub(r"/\*.*?\*/", "", written.decode(), flags=re.DOTALL)
    assert "/*" not in text
    for opening, closing in ("{}", "()", "[]"):
        assert text.count(opening) == text.count(closing) > 0


def test_script() -> None:
    answer = ask(served(), "/danish.js")
    assert "new MutationObserver" in answer.text
    for name, words in (("TEXTS", TEXTS), ("PATTERNS", PATTERNS)):
        written = answer.text.partition(f"const {name} = ")[2]
        assert json.JSONDecoder().raw_decode(written)[0] == words


def danish(text: str) -> str:
    """`text` as danish.js would write it; the patterns mean the same to Python and JavaScript."""
    if text in TEXTS:
        return TEXTS[text]
    for english, replacement in PATTERNS.items():
        if re.fullmatch(english, text, re.DOTALL):
            template = re.sub(r"\$(\d)", r"\\g<\1>", replacement)
            return danish(re.sub(english, template, text, flags=re.DOTALL))
    return text


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Select 3 matches", "Vælg 3 fund"),
        ("Remove Aarhus", "Fjern Aarhus"),
        ("Add: Aarhus", "Tilføj: Aarhus"),
        (
            "You can only select up to 5 options. Remove an option first.",
            "Du kan højst vælge 5. Fjern først en.",
        ),
        (
            "You can only select up to 1 option. Remove an option first.",
            "Du kan højst vælge 1. Fjern først en.",
        ),
        ("1 option available.", "1 at vælge imellem."),
        ("Page 2", "Side 2"),
        ("View 3 more", "Vis 3 flere"),
        ("3 more", "3 flere"),
        ("1 result", "1 fund"),
        ("2 of 40 results", "2 af 40 fund"),
        ("trending_up icon", "ikon"),
        ("Help for Område", "Hjælp til Område"),
        ("Fullscreen: Andel i job", "Fuld skærm: Andel i job"),
        ("200MB per file", "200 MB pr. fil"),
        ("File must be 200.0MB or smaller.", "Filen må højst fylde 200 MB."),
        ("File must be 1.5GB or smaller.", "Filen må højst fylde 1,5 GB."),
        (
            "AxiosError: Request failed with status code 413",
            "Der er ikke plads til flere filer nu",
        ),
        ("141.0B", "141 byte"),
        ("1.2KB", "1,2 KB"),
        ("text/csv files are not allowed.", "Filer af typen text/csv kan ikke bruges."),
        ("Press Ctrl+Enter to apply", "Tryk Ctrl+Enter for at bruge"),
        # Two patterns after each other
        ("year, Periode start date", "år, Periode, første dag"),
        ("05 – May", "05 – maj"),
        ("Selected Date: May 01, 2024", "Valgt dato: 1. maj 2024"),
        (
            "Error: Date set outside allowed range. Please select a date between 2014/05/31"
            " and 2024/12/31.",
            "Fejl: Vælg en dato fra 2014/05/31 til 2024/12/31.",
        ),
        (
            "You have requested page /tem, but no corresponding file was found in the app's pages/"
            " directory. Running the app's main page.",
            "Siden /tem findes ikke. Du ser forsiden i stedet.",
        ),
        (
            "Cannot connect to Streamlit (HTTP status: 403).\n\nIf you are trying to access",
            "Serveren afviser forbindelsen.",
        ),
        # What is Danish stays as it is
        ("Fjern Aarhus", "Fjern Aarhus"),
        ("Område, valgt", "Område, valgt"),
        ("En mark", "En mark"),
    ],
)
def test_patterns(english: str, expected: str) -> None:
    assert danish(english) == expected


def test_texts() -> None:
    faults = [
        english
        for english, translation in TEXTS.items()
        if english != english.strip()
        or not translation.strip()
        or translation == english
        # Else the script would go on changing it.
        or danish(translation) != translation
    ]
    assert faults == []


def test_every_text_is_one_of_streamlits() -> None:
    # Fails when a new Streamlit has changed a text: translate what it says now.
    files = [*STREAMLIT.glob("static/static/js/*.js"), *STREAMLIT.glob("elements/**/*.py")]
    written = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert [english for english in TEXTS if english not in written] == []
