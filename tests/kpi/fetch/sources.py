"""An imitation of the three services on this machine, with faults on request.

It speaks as their documentation and answers say (StatBank's own messages, jobindsats' causes), and
remembers every request. Nothing here asks the world.
"""

import csv
import gzip
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from tests.conftest import DATA

TOKEN = "hemmelig-noegle-1234"  # noqa: S105
Fault = Callable[[], Response]
_Values = Mapping[str, str]


@dataclass
class Call:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Table:
    """A further table of StatBank: its variables, time last, and its figures by codes."""

    id: str
    variables: Sequence[dict[str, Any]]
    figures: Mapping[tuple[str, ...], str]


@dataclass
class Sources:
    """What the three services have, what they were asked, and the faults they answer with next.

    `bump` (area, ancestry, year to points) makes a figure another one, `figures` says what it is.
    `hidden` are such keys that StatBank answers `..` for.
    """

    address: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_path: str = ""
    updated: str = "2026-10-28T08:00:00"
    active: bool = True
    years: list[str] = field(default_factory=lambda: ["2019", "2020", "2021"])
    bump: dict[tuple[str, str, str], float] = field(default_factory=dict)
    figures: dict[tuple[str, str, str], str] = field(default_factory=dict)
    hidden: set[tuple[str, str, str]] = field(default_factory=set)
    extra_variable: dict[str, Any] | None = None
    absence: list[dict[str, str]] = field(default_factory=list)
    page_rows: int = 2
    file: bytes = b""
    table: "Table | None" = None

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [call.path for call in self.calls]


# As StatBank has them: the country, the regions and the municipalities.
_LEVELS = ("country", "region", "municipality")


def _areas() -> dict[str, str]:
    with (DATA / "area.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] in _LEVELS]
    return {row["code"]: row["name"] for row in rows if row["code"]}


AREAS = _areas()
WHOLES = frozenset(("000", "081", "082", "083", "084", "085"))
ANCESTRIES = {
    "00": "I alt", "10": "Personer med dansk oprindelse",
    "25": "Indvandrere fra ikke-vestlige lande", "35": "Efterkommere fra ikke-vestlige lande",
}  # fmt: skip
_ABOVE = {"00": 10.0, "10": 14.0, "25": 0.0, "35": 4.0}


def variable(code: str, text: str, values: _Values, is_time: bool = False) -> dict[str, Any]:
    """A variable as `tableinfo` describes it."""
    return {
        "id": code, "text": text, "elimination": not is_time and code != "BEREGNING",
        "time": is_time, "values": [{"id": id_, "text": name} for id_, name in values.items()],
    }  # fmt: skip


def _variables(sources: Sources) -> list[dict[str, Any]]:
    if sources.table:
        return list(sources.table.variables)
    variables = [
        variable("OMRÅDE", "område", AREAS),
        variable("HERKOMST", "herkomst", ANCESTRIES),
        variable("ALDER", "alder", {"16-64": "16-64 år"}),
        variable("KØN", "køn", {"TOT": "I alt", "M": "Mænd", "K": "Kvinder"}),
        variable("BEREGNING", "frekvens", {
            "BFK": "Beskæftigelsesfrekvens", "EFK": "Erhvervsfrekvens",
        }),
    ]  # fmt: skip
    if sources.extra_variable:
        variables.append(sources.extra_variable)
    return [*variables, variable("Tid", "tid", {year: year for year in sources.years}, True)]


def _error(code: str, message: str) -> Response:
    return JSONResponse({"errorTypeCode": code, "message": message}, 400)


def _figure(sources: Sources, area: str, ancestry: str, year: str) -> str:
    if (area, ancestry, year) in sources.hidden:
        return ".."
    if (area, ancestry, year) in sources.figures:
        return sources.figures[area, ancestry, year]
    value = 60 + _ABOVE[ancestry] + (int(year) - 2019) * 0.5
    value += sources.bump.get((area, ancestry, year), 0.0)
    return f"{value:.1f}".replace(".", ",")


def _chosen(wanted: Iterable[str], known: Sequence[str]) -> list[str] | None:
    """The values that StatBank's ways of writing them mean; None for one that is unknown."""
    values: list[str] = []
    for word in wanted:
        if word == "*":
            values += known
        elif word.startswith("(") and word.endswith(")"):
            values += known[-int(word[1:-1]) :]
        elif word.startswith(">="):
            values += [value for value in known if value >= word[2:]]
        elif word in known:
            values.append(word)
        else:
            return None
    return values


def _statbank_data(sources: Sources, asked: Mapping[str, Any]) -> Response:
    if asked.get("format") != "BULK" or "timeOrder" in asked:
        return _error("REQUEST-MISSING", "Format ikke angivet, eller ikke gyldigt.")
    wanted = {variable["code"].upper(): variable["values"] for variable in asked["variables"]}
    picked: list[tuple[str, list[str]]] = []
    for variable in _variables(sources):
        code = variable["id"]
        if code.upper() not in wanted:
            return _error("EXTRACT-NOTALLOWED", f"Der skal vælges værdier for variabel: {code}")
        values = _chosen(wanted[code.upper()], [value["id"] for value in variable["values"]])
        if values is None:
            return _error("EXTRACT-NOTFOUND", f"Kan ikke finde værdien: {wanted[code.upper()]}")
        picked.append((code, values))
    lines = [";".join([*(code.upper() for code, _ in picked), "INDHOLD"])]
    for cells in itertools.product(*(values for _, values in picked)):
        figure = (
            sources.table.figures.get(cells, "..")
            if sources.table
            else _figure(sources, cells[0], cells[1], cells[-1])
        )
        lines.append(";".join([*cells, figure]))
    content = ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
    return Response(content, media_type="text/csv", headers={"cache-control": "no-cache"})


async def _asked(sources: Sources, request: Request) -> Response | None:
    """Remembers the request; the fault it is answered with, if any."""
    body = await request.body()
    sources.calls.append(Call(request.method, request.url.path, dict(request.headers), body))
    if sources.faults and request.url.path.startswith(sources.fault_path):
        return sources.faults.pop(0)()
    return None


async def _asked_with_token(sources: Sources, request: Request) -> Response | None:
    """As `_asked`; a request without the key is refused."""
    if fault := await _asked(sources, request):
        return fault
    if request.headers.get("authorization") == f"Bearer {TOKEN}":
        return None
    return JSONResponse({"code": 401, "cause": "Invalid token", "request_id": "x"}, 401)


def _statbank_routes(sources: Sources) -> list[Route]:
    async def tableinfo(request: Request) -> Response:
        if fault := await _asked(sources, request):
            return fault
        table = json.loads(await request.body())["table"]
        if table != (sources.table.id if sources.table else "RAS200"):
            return _error("EXTRACT-NOTFOUND", f"Tabel findes ikke: {table}")
        return JSONResponse(
            {
                "id": table, "text": "Beskæftigelsesfrekvenser", "unit": "Pct.",
                "updated": sources.updated, "active": sources.active,
                "variables": _variables(sources),
            }
        )  # fmt: skip

    async def data(request: Request) -> Response:
        fault = await _asked(sources, request)
        return fault or _statbank_data(sources, json.loads(await request.body()))

    return [
        Route("/v1/tableinfo", tableinfo, methods=["POST"]),
        Route("/v1/data", data, methods=["POST"]),
    ]


def _jobindsats_routes(sources: Sources) -> list[Route]:
    async def table(request: Request) -> Response:
        if fault := await _asked_with_token(sources, request):
            return fault
        if request.path_params["table"] != "y60a02":
            return JSONResponse({"code": 404, "cause": "Unknown table", "request_id": "x"}, 404)
        return JSONResponse(_JOBINDSATS_TABLE)

    async def data(request: Request) -> Response:
        if fault := await _asked_with_token(sources, request):
            return fault
        if "period.M" not in request.query_params:
            cause = "Unknown period type"
            return JSONResponse({"code": 422, "cause": cause, "request_id": "x"}, 422)
        return JSONResponse(_JOBINDSATS_DATA)

    return [Route("/v3/table/{table}", table), Route("/v3/data/{table}", data)]


def _other_routes(sources: Sources) -> list[Route]:
    async def absence(request: Request) -> Response:
        if fault := await _asked_with_token(sources, request):
            return fault
        page, size = json.loads(await request.body())["side"], sources.page_rows
        return JSONResponse(sources.absence[(page - 1) * size : page * size])

    async def file(request: Request) -> Response:
        return await _asked(sources, request) or Response(sources.file)

    return [
        Route("/Api/v1/statistik", absence, methods=["POST"]),
        Route("/filer/{name}", file),
        Route("/elsewhere", lambda _: PlainTextResponse("a;b"), methods=["GET", "POST"]),
    ]


_JOBINDSATS_TABLE = {
    "table_id": "y60a02", "update_latest": "2026-10-26", "update_next": "2026-11-23",
    "mgroups": [{"mgroup_id": "mgrpa02_1_y60"}],
    "periods": [{"periodtype_id": "M", "values": [{"period_id": "2026M08"}]}],
    "hierarchies": [
        {"hierarchy_id": "_nykom", "levels": [
            {"level_id": "nykom", "values": [{"value_id": "/751/"}]},
        ]},
        {"hierarchy_id": "_oprinda", "levels": [
            {"level_id": "oprinda", "values": [{"value_id": "/"}, {"value_id": "/4/"}]},
        ]},
    ],
}  # fmt: skip
_JOBINDSATS_DATA = {
    "columns": ["Periode", "Område", "Herkomst", "Antal personer"],
    "rows": [
        ["2026M08", "Aarhus", "Herkomst i alt", 5120],
        ["2026M08", "Aarhus", "Indvandrere fra ikke-vestlige lande", 1893],
        ["2026M09", "Aarhus", "Herkomst i alt", 5098],
        ["2026M09", "Aarhus", "Indvandrere fra ikke-vestlige lande", None],
    ],
}


# --- faults ---------------------------------------------------------------------------------------


def status(code: int, headers: Mapping[str, str] | None = None, body: str = "nede") -> Fault:
    """An answer of another status."""
    return lambda: PlainTextResponse(body, code, headers=dict(headers or {}))


def web_page() -> Response:
    """What a service under maintenance answers, with 200."""
    return Response(b"<!doctype html><html><body>Vedligeholdelse</body></html>")


def moved(to: str) -> Fault:
    """A redirection."""
    return lambda: RedirectResponse(to, 307)


def content(body: bytes, headers: Mapping[str, str] | None = None) -> Fault:
    """Any bytes."""
    return lambda: Response(body, headers=dict(headers or {}), media_type="text/csv")


def huge(megabytes: int) -> Fault:
    """A body that never seems to end."""
    return lambda: StreamingResponse(b"x" * 1_000_000 for _ in range(megabytes))


def bomb(megabytes: int) -> Fault:
    """A small body that unpacks to a large one."""
    packed = gzip.compress(b"0" * (megabytes * 1_000_000), 1)
    return content(packed, {"content-encoding": "gzip"})


def dripping(seconds: float, pieces: int) -> Fault:
    """A body that comes a few bytes at a time."""

    def body() -> Iterator[bytes]:
        for _ in range(pieces):
            time.sleep(seconds)
            yield b"a;b\n"

    return lambda: StreamingResponse(body(), media_type="text/csv")


def silent(seconds: float) -> Fault:
    """Nothing at all for a while."""

    def wait() -> Response:
        time.sleep(seconds)
        return Response(b"a;b")

    return wait


def truncated() -> Response:
    """A body shorter than it says it is."""
    return Response(b"OMR\xc3\x85DE;INDHOLD\r\nAarhus;7", headers={"content-length": "5000"})


@contextmanager
def running_sources() -> Iterator[Sources]:
    """The imitation, served on a free port of this machine until the block ends."""
    sources = Sources()
    routes = [*_statbank_routes(sources), *_jobindsats_routes(sources), *_other_routes(sources)]
    config = uvicorn.Config(
        Starlette(routes=routes), host="127.0.0.1", port=0, log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < deadline, "the imitation did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        sources.address = f"http://127.0.0.1:{port}"
        yield sources
    finally:
        server.should_exit = True
        thread.join(10)
