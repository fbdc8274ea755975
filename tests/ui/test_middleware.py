"""The middleware around Streamlit's real pages and files."""

import gzip
import hashlib
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from kpi.store import open_store, version_path
from tests.tables import for_each
from tests.ui.served import STATIC_SCRIPT, UPLOAD, ask, served
from ui.danish import PATTERNS, TEXTS
from ui.middleware import SECURITY_HEADERS, safe_headers

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = ["/", "/tema", "/tema/", "/index.html", "/rapport.2024"]


def mounted_below(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets Streamlit's setting of the path that the app is served below."""
    asked = st.get_option
    monkeypatch.setattr(
        "streamlit.get_option",
        lambda name: base if name == "server.baseUrlPath" else asked(name),
    )


# What of ours a page asks for: its place in the page, and what it is.
OWN_FILES = {
    "danish.js": (r'<script defer src="\./(danish\.js)\?v=([0-9a-f]{16})">', "text/javascript"),
    "spor.css": (r'<link rel="stylesheet" href="\./(spor\.css)\?v=([0-9a-f]{16})">', "text/css"),
    "papir.css": (
        r'<link rel="stylesheet" id="papir" media="not all" '
        r'href="\./(papir\.css)\?v=([0-9a-f]{16})">',
        "text/css",
    ),
}


def own_file(page: str, name: str) -> re.Match[str]:
    """Where the page asks for a file of ours: its name, and the hash of what is in it."""
    match = re.search(OWN_FILES[name][0], page)
    assert match, page
    return match


@for_each("path", PAGES)
@for_each("encoding", ["identity", "gzip", "gzip, br"])
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
        ("", "/overblik", "pr=2025-03-01", "./?pr=2025-03-01"),
        ("", "/a/overblik", "", "../"),
        ("kpi/spor", "/kpi/spor/overblik", "", "./"),
    ],
)
def test_a_page_in_a_folder_and_the_front_page_by_its_name_are_elsewhere(
    base: str, path: str, query: str, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted_below(base, monkeypatch)
    answer = ask(served(base), path, query=query)
    assert (answer.status, answer.headers["location"]) == (307, location)


def test_page_is_otherwise_as_streamlit_wrote_it() -> None:
    ours, theirs = ask(served(), "/tema").text, ask(served(bare=True), "/tema").text
    for part in ('src="./static/', 'href="./static/js', '<div id="root"></div>'):
        assert ours.count(part) == theirs.count(part) > 0
    # Two style sheets more, and three typefaces asked for in place of one; our script, and not the
    # one that stands within the page.
    assert ours.count("<link") == theirs.count("<link") + 2 - 1 + 3 > 1
    assert ours.count("<script") == theirs.count("<script") > 1
    assert ours.count("<script") == len(re.findall(r'<script [^>]*src="\./', ours))


@for_each("header", ["if_none_match", "if_modified_since", "range"])
@for_each("path", ["/", "/index.html", "/tema"])
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


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/tema", "GET", 200),
        (f"/static/js/{STATIC_SCRIPT.name}", "GET", 200),
        ("/danish.js", "GET", 200),
        ("/spor.css", "GET", 200),
        ("/papir.css", "GET", 200),
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


@for_each(
    "path",
    ["metrics", "agent/interact", "agent/mcp", "agent/openapi.json", "script-health-check"],
)
@for_each("method", ["GET", "POST"])
def test_addresses_that_no_page_uses_are_closed(path: str, method: str) -> None:
    answer = ask(served(), f"/_stcore/{path}", method)
    assert (answer.status, answer.text) == (404, "Adressen findes ikke i Spor.")


@pytest.mark.parametrize("path", ["/ordliste.json", "/spor/ordliste.json"])
def test_the_glossary_is_that_of_the_store(
    built_home: Path, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(built_home))
    words = dict(json.loads(ask(served(), path).text))
    assert words["NSK"] == "Negativ social kontrol"
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "none"))
    assert json.loads(ask(served(), path).text) == []


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


@for_each("base", ["/", "/kpi/spor/"])
@for_each(("name", "kind"), [(name, kind) for name, (_, kind) in OWN_FILES.items()])
def test_own_files_are_kept_for_good_under_the_hash_of_what_is_in_them(
    base: str, name: str, kind: str
) -> None:
    answer = ask(served(), base + name)
    assert answer.status == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    asked_for = own_file(ask(served(), "/tema").text, name)[2]
    assert asked_for == hashlib.sha256(answer.body).hexdigest()[:16]


@pytest.mark.every_case
@pytest.mark.parametrize("name", ["spor.css", "papir.css"])
def test_style(name: str) -> None:
    written = (REPOSITORY / "ui" / name).read_bytes()
    assert ask(served(), f"/{name}").body == written
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
