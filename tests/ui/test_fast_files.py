"""Streamlit's scripts and styles as they are sent: packed, or its own where that cannot be."""

import ast
import asyncio
import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
import streamlit

from tests.tables import for_each
from tests.ui.served import STATIC_SCRIPT, ask, served
from ui import basic_plotly, fast_files
from ui.fast import STATIC
from ui.fast_files import accepted, pack_ahead
from ui.first_files import later_files, page_files
from ui.typefaces import style

SCRIPT = f"/static/js/{STATIC_SCRIPT.name}"
STYLE = f"/static/{next(name for name in page_files() if name.endswith('.css'))}"
REPOSITORY = Path(__file__).resolve().parents[2]
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick packing, of which nothing stays."""
    monkeypatch.setattr(fast_files, "_BROTLI_LEVEL", 0)
    monkeypatch.setattr(fast_files, "_GZIP_LEVEL", 1)
    monkeypatch.setattr(fast_files, "_PACKED", {})


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("coding", ["br", "gzip"])
@pytest.mark.parametrize(
    ("path", "made"), [(SCRIPT, bytes), (STYLE, lambda body: style(body.decode()).encode())]
)
def test_what_is_packed_is_the_file(path: str, made: Callable[[bytes], bytes], coding: str) -> None:
    app = served()
    packed, plain = ask(app, path, accept_encoding=coding), ask(app, path)
    assert packed.headers["content-encoding"] == coding
    assert plain.body == (STATIC.parent / path[1:]).read_bytes()
    assert UNPACK[coding](packed.body) == made(plain.body)
    assert packed.headers["content-length"] == str(len(packed.body))
    for name in ("content-type", "x-content-type-options", "content-security-policy"):
        assert packed.headers[name] == plain.headers[name]
    assert packed.headers["vary"] == "Accept-Encoding"
    assert "immutable" in packed.headers["cache-control"] or path == STYLE
    head = ask(app, path, "HEAD", accept_encoding=coding)
    assert (head.body, head.headers) == (b"", packed.headers)
    known = ask(app, path, accept_encoding=coding, if_none_match=f"W/{packed.headers['etag']}")
    assert (known.status, known.body) == (304, b"")


LIBRARY = next(path for path in (STATIC / "js").glob("PlotlyChart.*.js"))


def test_the_chart_library_is_one_that_was_looked_at() -> None:
    """A new Streamlit brings another one: it is looked at again as `ui/basic_plotly.py` says."""
    known = basic_plotly.KNOWN.get(hashlib.sha256(LIBRARY.read_bytes()).hexdigest())
    assert known == streamlit.__version__


@pytest.mark.usefixtures("small")
def test_of_the_chart_library_goes_what_draws_nothing_of_ours() -> None:
    path = f"/static/js/{LIBRARY.name}"
    answer = ask(served(), path, accept_encoding="gzip")
    cut, whole = gzip.decompress(answer.body).decode(), LIBRARY.read_text("utf-8")
    assert len(cut) < 0.25 * len(whole)
    assert [f'"{name}.js"' in cut for name in ("lib/bar", "lib/box")] == [True, False]
    for name in ("traces/scatter/index", "traces/bar/index"):
        assert f'"src/{name}.js"' in cut
    assert cut.endswith((REPOSITORY / "ui" / "chart_turns.js").read_text("utf-8"))
    assert ["sporDraw(e,_.current" in text for text in (cut, whole)] == [True, False]
    # What is cut may be another next time, under the same name.
    assert answer.headers["cache-control"] == "no-cache"


def test_an_unknown_chart_library_is_sent_whole(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(basic_plotly, "KNOWN", {})
    monkeypatch.setattr(fast_files, "pack", lambda body, coding: body)
    packed = fast_files._work(LIBRARY, "br")
    assert packed.body == LIBRARY.read_bytes()
    assert "immutable" in packed.kept
    assert LIBRARY.name in caplog.text


def test_charts_draw_nothing_else() -> None:
    """Every trace of a chart begins as a mapping with its type (`kpi/charts`)."""
    types = {
        ast.literal_eval(value)
        for path in (REPOSITORY / "kpi" / "charts").glob("*.py")
        for choice in _types(ast.parse(path.read_text("utf-8")))
        for value in ([choice.body, choice.orelse] if isinstance(choice, ast.IfExp) else [choice])
    }
    shapes, axes = {"line", "rect"}, {"linear", "log"}
    assert types - shapes - axes == {*basic_plotly.DRAWN}


def _types(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (
                value
                for key, value in pairs
                if isinstance(key, ast.Constant) and key.value == "type"
            )
        elif isinstance(node, ast.Call):
            yield from (each.value for each in node.keywords if each.arg == "type")


@pytest.mark.usefixtures("small")
def test_every_file_of_the_first_visit_is_packed() -> None:
    app = served()
    names = [*page_files(), *later_files()]
    assert len(names) == len({*names}) > 80
    assert any("PlotlyChart" in name for name in names)
    assert {
        name: ask(app, f"/static/{name}", "HEAD", accept_encoding="gzip, br").headers.get(
            "content-encoding"
        )
        for name in names
    } == dict.fromkeys(names, "br")


@for_each(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR;Q=1.0", "br"),
        ("gzip;q=0", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "gzip"),
        ("br;q=lidt", None),
        ("identity", None),
        ("", None),
    ],
)
def test_only_what_a_browser_can_unpack(header: str, coding: str | None) -> None:
    assert accepted(header) == coding


def test_without_brotli(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_files, "HAS_BROTLI", False)
    assert accepted("gzip, br") == "gzip"
    assert accepted("br") is None


@for_each(
    "path",
    [
        "/static/js/findesikke.js",
        "/static/js/..%2f..%2findex.html",
        "/static/js/../../index.html",
        "/static/js/..",
        "/static/js/",
        f"/tema/static/js/{STATIC_SCRIPT.name}",
        "/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2",
    ],
)
def test_other_addresses_are_streamlits(path: str) -> None:
    ours, theirs = (ask(served(bare=bare), path) for bare in (False, True))
    assert (ours.status, ours.headers.get("content-encoding")) in {
        (theirs.status, None),
        (307, None),
    }


@pytest.mark.parametrize("header", [{"range": "bytes=0-9"}, {}])
def test_streamlits_own_files(header: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a file is one of the file itself, and without KPI_FAST nothing is packed."""
    if not header:
        monkeypatch.setenv("KPI_FAST", "off")
    ours, theirs = (
        ask(served(bare=bare), SCRIPT, accept_encoding="br", **header) for bare in (False, True)
    )
    assert (ours.status, ours.body) == (theirs.status, theirs.body)
    assert "content-encoding" not in ours.headers


def test_many_who_ask_at_once_wait_for_one_packing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile the server answers others: nothing is packed where requests are answered."""
    worked = []

    def slowly(body: bytes, coding: str) -> bytes:
        worked.append(threading.current_thread().name)
        time.sleep(0.2)
        return body[:10]

    monkeypatch.setattr(fast_files, "_PACKED", {})
    monkeypatch.setattr(fast_files, "pack", slowly)

    async def twenty() -> float:
        futures = [fast_files._packed(STATIC_SCRIPT, "br") for _ in range(20)]
        asked = asyncio.gather(*map(asyncio.wrap_future, futures))
        waited = 0.0
        while not asked.done():
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            waited = max(waited, time.perf_counter() - began)
        assert len({packed.body for packed in await asked}) == 1
        return waited

    assert asyncio.run(twenty()) < 0.15
    assert len(worked) == 1
    assert worked[0].startswith("packing")


def test_who_leaves_takes_it_from_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def held(body: bytes, coding: str) -> bytes:
        begun.set()
        go_on.wait(5)
        return body[:10]

    monkeypatch.setattr(fast_files, "_PACKED", {})
    monkeypatch.setattr(fast_files, "pack", held)

    async def two() -> fast_files.Packed:
        before = fast_files._packed(STATIC / page_files()[-1], "br")
        leaves, stays = (
            asyncio.create_task(fast_files._packed_now(STATIC_SCRIPT, "br")) for _ in range(2)
        )
        await asyncio.to_thread(begun.wait, 5)
        leaves.cancel()
        go_on.set()
        await asyncio.wrap_future(before)
        return await stays

    assert len(asyncio.run(two()).body) == 10


def test_files_that_went_are_left_to_streamlit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_files, "_PACKED", {})
    monkeypatch.setattr(fast_files, "_work", lambda path, *_: path.with_name("væk").read_bytes())
    assert ask(served(), SCRIPT, "HEAD", accept_encoding="br").status == 200
    assert not fast_files._PACKED


@pytest.mark.usefixtures("small")
def test_packed_ahead() -> None:
    asyncio.run(pack_ahead(["js/findesikke.js", STYLE.removeprefix("/static/")]))
    assert [path.name for path, *_ in fast_files._PACKED] == [STYLE.rpartition("/")[2]]
