"""Streamlit's scripts and styles, packed: the first visit is a third of the bytes.

Streamlit sends its files as they are. Here each is packed once, by the first who asks or before
anyone does (`pack_ahead`), and stays in memory. `KPI_FAST=off` leaves all to Streamlit.
"""

import asyncio
import gzip
import hashlib
import importlib.util
import logging
import re
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import basic_plotly, typefaces
from ui.addresses import inside
from ui.fast import STATIC, is_fast

Coding = Literal["br", "gzip"]

# Brotli's files are a sixth smaller; its package has no build for every machine.
HAS_BROTLI = importlib.util.find_spec("brotli") is not None
_BROTLI_LEVEL, _GZIP_LEVEL = 9, 9  # one above costs ten times the time for a tenth of the bytes
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_ASKED = re.compile(r"static/(js|css)/([\w.$-]+\.(?:js|css))")
# Streamlit's names contain a hash of what is in them, but not of what we make of it.
_FOREVER = "public, max-age=31536000, immutable"
_IF_UNCHANGED = "no-cache"
_LOG = logging.getLogger("spor")


@dataclass(frozen=True)
class Packed:
    """A file as it is sent: its bytes, the mark a browser asks again by, how it may be kept."""

    body: bytes
    mark: str
    kept: str = _FOREVER


def packed_files(app: ASGIApp) -> ASGIApp:
    """`app` whose scripts and styles are packed for the browsers that can unpack them.

    Other files, parts of files and names that Streamlit does not have are left to `app`.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the packed file, and passes on the rest."""
        path = _asked(scope)
        headers = Headers(scope=scope) if path else Headers()
        coding = accepted(headers.get("accept-encoding", ""))
        if path is None or coding is None or "range" in headers or not path.is_file():
            await app(scope, receive, send)
            return
        try:
            packed = await _packed_now(path, coding)
        except OSError:  # Streamlit was taken away or exchanged while this process runs.
            _PACKED.pop((path, coding), None)
            await app(scope, receive, send)
            return
        if scope["query_string"].decode("latin-1") == typefaces.style_version():
            packed = replace(packed, kept=_FOREVER)  # The page has the address with the hash.
        response = _response(path, packed, coding, headers, with_body=scope["method"] == "GET")
        await response(scope, receive, send)

    return answer


def accepted(header: str) -> Coding | None:
    """The best coding that an `Accept-Encoding` allows; None where the file goes as it is."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    codings: tuple[Coding, ...] = ("br", "gzip") if HAS_BROTLI else ("gzip",)
    for coding in codings:
        if weights.get(coding, weights.get("*", 0)) > 0:
            return coding
    return None


async def pack_ahead(names: Iterable[str]) -> None:
    """Packs the files of these names (`js/index.….js`), one after the other, for all who come."""
    for name in names:
        if (path := STATIC / name).is_file():
            await _packed_now(path, "br" if HAS_BROTLI else "gzip")


def pack(body: bytes, coding: Coding) -> bytes:
    """The bytes in a coding; the same each time."""
    if coding == "gzip":
        return gzip.compress(body, _GZIP_LEVEL, mtime=0)
    import brotli

    return bytes(brotli.compress(body, quality=_BROTLI_LEVEL))


_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="packing")
# Of the files that Streamlit has, each at most once in a coding.
_PACKED: dict[tuple[Path, Coding], "Future[Packed]"] = {}


async def _packed_now(path: Path, coding: Coding) -> Packed:
    # One who leaves takes the packing from nobody else.
    return await asyncio.shield(asyncio.wrap_future(_packed(path, coding)))


def _packed(path: Path, coding: Coding) -> "Future[Packed]":
    key = (path, coding)
    if key not in _PACKED:
        # Two who ask at once wait for one packing: setdefault is a single step, and a task that
        # nobody keeps is taken back before it has begun.
        mine = _WORKER.submit(_work, path, coding)
        if _PACKED.setdefault(key, mine) is not mine:
            mine.cancel()
    return _PACKED[key]


def _work(path: Path, coding: Coding) -> Packed:
    body = path.read_bytes()
    kept = _FOREVER
    if typefaces.SHEET.fullmatch(path.name):
        body, kept = typefaces.style(body.decode()).encode(), _IF_UNCHANGED
    elif basic_plotly.NAME.fullmatch(path.name):
        if basic_plotly.is_known(body):
            body, kept = basic_plotly.basic(body), _IF_UNCHANGED
        else:
            _LOG.warning("%s is unknown to Spor and is sent whole (ui/basic_plotly.py)", path.name)
    return Packed(pack(body, coding), f'"{hashlib.sha256(body).hexdigest()[:16]}-{coding}"', kept)


def _asked(scope: Scope) -> Path | None:
    """The file of Streamlit's that is asked for; None for anything else."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or not is_fast():
        return None
    match = _ASKED.fullmatch(inside(scope))
    return STATIC / match[1] / match[2] if match else None


def _response(
    path: Path, packed: Packed, coding: Coding, headers: Headers, with_body: bool
) -> Response:
    sent = {
        "Content-Encoding": coding,
        "Vary": "Accept-Encoding",
        "Cache-Control": packed.kept,
        "ETag": packed.mark,
    }
    known = headers.get("if-none-match", "").replace("W/", "").split(",")
    if packed.mark in map(str.strip, known):
        return Response(status_code=304, headers=sent)
    sent |= {"Content-Type": _TYPES[path.suffix[1:]], "Content-Length": str(len(packed.body))}
    return Response(packed.body if with_body else b"", headers=sent)


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1
    try:
        return float(value)
    except ValueError:
        return 0
