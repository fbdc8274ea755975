"""Under which names Spor answers, and which pages may speak with it."""

import asyncio
import tomllib
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from ui.hosts import LOOPBACK, is_known_host, is_known_origin, known_hosts

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Streamlit's settings; a test writes its own."""
    written: dict[str, list[str]] = {"server.allowedHosts": [], "server.corsAllowedOrigins": []}
    monkeypatch.setattr("ui.hosts.st.get_option", written.__getitem__)
    return written


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("listed", "host", "known"),
    [
        ([], "localhost", True),
        ([], "localhost:8501", True),
        ([], "LocalHost.:9", True),
        ([], "127.0.0.1:8501", True),
        ([], "[::1]:8501", True),
        ([], "evil.example", False),
        ([], "localhost.evil.example", False),
        ([], "evil.example:8501", False),
        ([], "127.0.0.1.nip.io", False),
        ([], "10.0.0.7", False),
        ([], "0.0.0.0", False),  # noqa: S104
        ([], "", False),
        ([], "localhost@evil.example", False),
        ([], "evil.example#localhost", False),
        ([], "evil.example/localhost", False),
        ([], "localhost:8501:1", False),
        ([], "localhost:port", False),
        ([], " localhost", False),
        ([], "*", False),
        ([""], "localhost", True),  # an empty setting closes nothing and opens nothing
        ([""], "evil.example", False),
        (["spor.example.dk"], "spor.example.dk", True),
        (["spor.example.dk"], "SPOR.example.dk:443", True),
        (["Spor.Example.dk."], "spor.example.dk", True),
        (["spor.example.dk"], "localhost", False),
        (["spor.example.dk"], "www.spor.example.dk", False),
        (["spor.example.dk"], "sporxexample.dk", False),
        (["*.example.dk"], "spor.example.dk", True),
        (["*.example.dk"], "example.dk", False),
        (["*.example.dk"], "evilexample.dk", False),
        (["*"], "evil.example", True),
        (["*"], "", False),
        (["*"], "a b", False),
    ],
)
def test_hosts(options: dict[str, list[str]], listed: list[str], host: str, known: bool) -> None:
    options["server.allowedHosts"] = listed
    assert is_known_host(host) is known


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("listed", "origin", "host", "known"),
    [
        ([], "http://localhost:8501", "localhost:8501", True),
        ([], "http://127.0.0.1:8501", "127.0.0.1:8501", True),
        ([], "http://[::1]:8501", "[::1]:8501", True),
        ([], "http://localhost:8501", "127.0.0.1:8501", False),
        ([], "http://localhost:3000", "localhost:8501", False),  # another program of this machine
        ([], "http://evil.example", "localhost:8501", False),
        ([], "null", "localhost:8501", False),
        ([], "", "localhost:8501", False),
        ([], "file://", "localhost:8501", False),
        ([], "chrome-extension://localhost:8501", "localhost:8501", False),
        ([], "http://localhost", "localhost:80", True),
        ([], "https://localhost", "localhost:80", False),
        (["spor.example.dk"], "https://spor.example.dk", "spor.example.dk", True),
        (["spor.example.dk"], "https://spor.example.dk:8443", "spor.example.dk", True),
        (["spor.example.dk", "127.0.0.1"], "https://spor.example.dk", "127.0.0.1:8501", True),
        (["spor.example.dk", "127.0.0.1"], "http://127.0.0.1:3000", "127.0.0.1:8501", False),
        (["spor.example.dk"], "https://evil.example", "spor.example.dk", False),
        (["*"], "https://evil.example", "spor.example.dk", False),
        (["*"], "https://spor.example.dk", "spor.example.dk", True),
        (["*.example.dk"], "https://a.example.dk", "b.example.dk", True),
        (["*.example.dk"], "https://a.example.dk@evil.example", "b.example.dk", False),
    ],
)
def test_origins(
    options: dict[str, list[str]], listed: list[str], origin: str, host: str, known: bool
) -> None:
    options["server.allowedHosts"] = listed
    assert is_known_origin(origin, host) is known


def test_an_origin_may_be_listed_by_itself(options: dict[str, list[str]]) -> None:
    options["server.corsAllowedOrigins"] = ["https://portal.example.dk"]
    assert is_known_origin("https://portal.example.dk", "localhost:8501")
    assert not is_known_origin("https://portal.example.dk:444", "localhost:8501")


def asked(kind: str, *headers: tuple[bytes, bytes]) -> tuple[list[Scope], list[Message]]:
    """What reaches Streamlit, and what is answered."""
    seen, sent = list[Scope](), list[Message]()

    async def streamlit_app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    app: Any = known_hosts(streamlit_app)
    asyncio.run(app({"type": kind, "path": "/", "headers": list(headers)}, receive, send))
    return seen, sent


LOCAL = (b"host", b"localhost:8501")


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        [(b"host", b"evil.example")],
        [],
        [LOCAL, LOCAL],
        [LOCAL, (b"origin", b"http://evil.example")],
        [LOCAL, (b"origin", b"http://localhost:8501"), (b"origin", b"http://evil.example")],
        [(b"host", b"evil.example"), (b"x-forwarded-host", b"localhost")],
    ],
)
def test_strangers_are_refused(kind: str, headers: list[tuple[bytes, bytes]]) -> None:
    seen, sent = asked(kind, *headers)
    assert seen == []
    if kind == "websocket":
        assert sent == [{"type": "websocket.close", "code": 1008}]
        return
    start, body = sent
    assert start["status"] == 403
    assert "server.allowedHosts" in body["body"].decode()
    assert "docs/drift.md" in body["body"].decode()


def test_the_settings_from_the_start() -> None:
    written = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text("utf-8"))
    assert tuple(written["server"]["allowedHosts"]) == LOOPBACK
    # Else Streamlit asks for this machine's address when it listens on all of them.
    assert written["browser"]["serverAddress"] == "localhost"
    assert written["browser"]["gatherUsageStats"] is False


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_program_without_an_origin_is_let_in(kind: str) -> None:
    seen, sent = asked(kind, LOCAL)
    assert (len(seen), sent) == (1, [])


def test_streamlit_asks_nobody_for_this_machines_address(options: dict[str, list[str]]) -> None:
    """It does so of each page that is not its own, so a page of a proxy is given as its own."""
    options["server.allowedHosts"] = ["spor.example.dk", "localhost"]
    (scope,), _ = asked("websocket", LOCAL, (b"origin", b"https://spor.example.dk"), (b"x", b"y"))
    assert scope["headers"] == [LOCAL, (b"x", b"y"), (b"origin", b"http://localhost:8501")]


def test_what_is_neither_passes() -> None:
    seen, _ = asked("lifespan")
    assert len(seen) == 1


@pytest.mark.parametrize(
    "headers",
    [[(b"host", b"251248-4916.example.dk")], [LOCAL, (b"origin", b"http://251248-4916.example")]],
)
def test_a_refusal_repeats_no_cpr_number(headers: list[tuple[bytes, bytes]]) -> None:
    _, (_, body) = asked("http", *headers)
    assert "4916" not in body["body"].decode()
