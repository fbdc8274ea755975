"""Asking a source: within its limits, again where that helps, and never for a secret's price."""

import json
import logging
import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx2 as httpx
import pytest

from kpi.domain.errors import KpiError
from kpi.fetch.failure import FetchError
from kpi.fetch.hosts import allowed_address
from kpi.fetch.http import Client, Limits, Question
from kpi.fetch.tokens import content_holds_token, token
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.sources import TOKEN, Sources
from tests.tables import for_each


def _ask(sources: Sources, limits: Limits | None = None, slept: list[float] | None = None) -> bytes:
    waits = [] if slept is None else slept
    with Client(limits or Limits(), sleep=waits.append) as client:
        return client.content(Question("GET", f"{sources.address}/filer/tal.csv"))


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(sources: Sources, code: int) -> None:
    sources.file = b"a;b"
    sources.faults = [imitation.status(code)] * 3
    slept: list[float] = []
    assert _ask(sources, slept=slept) == b"a;b"
    waited = [wait for wait in slept if wait > 0.3]
    assert all(low <= wait <= 2 * low for wait, low in zip(waited, (0.5, 1, 2), strict=True))


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 422])
def test_what_will_not_pass_is_asked_once(sources: Sources, code: int) -> None:
    sources.faults = [imitation.status(code, body='{"message": "Tabel findes ikke"}')] * 4
    with pytest.raises(FetchError):
        _ask(sources)
    assert len(sources.calls) == 1


def test_a_source_says_when_in_seconds_or_as_a_date(sources: Sources) -> None:
    sources.file = b"a;b"
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    sources.faults = [
        imitation.status(429, {"Retry-After": "2"}), imitation.status(503, {"Retry-After": date}),
    ]  # fmt: skip
    slept: list[float] = []
    assert _ask(sources, slept=slept) == b"a;b"
    first, second = [wait for wait in slept if wait > 0.3]
    assert first == 2.0
    assert 1 < second <= 3


@pytest.mark.parametrize("given", ["600", "nonsense", "-5", "1e9", "²"])
def test_a_wait_past_the_time_of_a_fetch_is_not_slept(sources: Sources, given: str) -> None:
    sources.faults = [imitation.status(429, {"Retry-After": given})] * 4
    slept: list[float] = []
    with pytest.raises(FetchError) as failed:
        _ask(sources, Limits(total_seconds=20), slept)
    assert max(slept, default=0) <= 8
    assert (failed.value.not_before is not None) == (given == "600")


def test_a_body_that_drips_ends_with_the_fetch(sources: Sources) -> None:
    sources.faults = [imitation.dripping(0.1, 100)]
    began = time.monotonic()
    with pytest.raises(FetchError):
        _ask(sources, Limits(total_seconds=0.6, tries=1))
    assert time.monotonic() - began < 4


def test_headers_that_never_come_end_with_the_fetch(sources: Sources) -> None:
    sources.faults = [imitation.silent(3)]
    began = time.monotonic()
    with pytest.raises(FetchError):
        _ask(sources, Limits(total_seconds=0.5, tries=1))
    assert time.monotonic() - began < 2.9


@pytest.mark.parametrize("fault", [imitation.huge(3), imitation.bomb(3)])
def test_what_is_too_large_is_not_read_to_its_end(sources: Sources, fault: imitation.Fault) -> None:
    sources.faults = [fault]
    with pytest.raises(FetchError, match="større end 1 MB"):
        _ask(sources, Limits(most_bytes=1024**2))
    assert len(sources.calls) == 1


def test_one_byte_more_is_too_much(sources: Sources) -> None:
    sources.file = b"x" * 1000
    assert len(_ask(sources, Limits(most_bytes=1000))) == 1000
    with pytest.raises(FetchError):
        _ask(sources, Limits(most_bytes=999))


@pytest.mark.parametrize("packing", ["br", "zstd", "compress", "gzip, gzip"])
def test_a_packing_nobody_asked_for_is_refused(sources: Sources, packing: str) -> None:
    sources.faults = [imitation.content(b"abc", {"content-encoding": packing})]
    with pytest.raises(FetchError):
        _ask(sources, Limits(tries=1))


def test_a_redirection_is_reported_and_never_followed(sources: Sources) -> None:
    sources.faults = [imitation.moved(f"{sources.address}/elsewhere?key={TOKEN}")]
    with pytest.raises(FetchError, match="flyttet") as failed:
        _ask(sources)
    assert sources.paths() == ["/filer/tal.csv"]
    assert TOKEN not in failed.value.message


@for_each(
    "address",
    [
        "http://api.statbank.dk/v1", "https://evil.example/v1", "https://api.statbank.dk.evil.example",
        "https://api.statbank.dk@evil.example/", "https://user:word@api.statbank.dk/v1",
        "https://evil.example\\@api.statbank.dk/", "ftp://api.statbank.dk/", "file:///etc/passwd",
        "//api.statbank.dk/v1", "https://", "https://[::1", "https://localhost/", "",
        "https://api.statbank.dk\u3002evil.example/", "http://127.0.0.1.evil.example/",
        "http://0x7f000001.evil.example", "https://169.254.169.254/latest", "http://10.0.0.1/",
    ],
)  # fmt: skip
def test_other_addresses_are_never_asked(address: str) -> None:
    with pytest.raises(KpiError):
        allowed_address(address)


def test_the_sources_a_gateway_and_further_hosts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_STATBANK_URL", "https://gateway.kommune.dk/dst")
    monkeypatch.setenv("KPI_FETCH_HOSTS", "data.kommune.dk, ec.europa.eu")
    for address in (
        "https://api.statbank.dk/v1", "https://API.statbank.dk/v1", "https://api.jobindsats.dk/v3",
        "https://api.uddannelsesstatistik.dk/Api/v1", "https://gateway.kommune.dk/dst/data",
        "https://data.kommune.dk/a.csv", "https://ec.europa.eu/x", "http://127.0.0.1:8000/v1",
        "http://localhost/v1", "http://[::1]:80/v1",
    ):  # fmt: skip
        allowed_address(address)
    monkeypatch.delenv("KPI_FETCH_HOSTS")
    with pytest.raises(KpiError, match="KPI_FETCH_HOSTS"):
        allowed_address("https://data.kommune.dk/a.csv")


def test_a_key_is_in_the_header_alone(sources: Sources, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = f'{{"cause": "Bad key {TOKEN}"}}'
    sources.faults = [imitation.status(401, {"x-key": TOKEN}, body)]
    with Client(Limits(tries=1), sleep=lambda _: None) as client:
        with pytest.raises(FetchError) as failed:
            client.content(Question("GET", f"{sources.address}/filer/x"), TOKEN)
        texts = [failed.value.message, repr(failed.value), repr(client), caplog.text]
    assert sources.calls[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert not [text for text in texts if TOKEN in text]


def test_a_source_is_asked_four_times_a_second_at_most() -> None:
    slept: list[float] = []
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=b"1"))
    with Client(transport=answer, sleep=slept.append) as client:
        for _ in range(3):
            client.content(Question("GET", "http://127.0.0.1/x"))
    assert [0 < wait <= 0.25 for wait in slept] == [True, True]


@for_each(
    "error",
    [
        httpx.ConnectError("refused"), httpx.ReadTimeout("late"), httpx.ConnectTimeout("late"),
        httpx.RemoteProtocolError("broken"), httpx.ConnectError("certificate verify failed"),
        httpx.ReadError("reset"), httpx.ProxyError("407"), httpx.DecodingError("gzip"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_reached_is_tried_four_times(error: httpx.HTTPError) -> None:
    asked: list[httpx.Request] = []

    def fail(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise error

    with (
        Client(transport=httpx.MockTransport(fail), sleep=lambda _: None) as client,
        pytest.raises(FetchError, match=r"^Tallene kan ikke hentes: 127\.0\.0\.1 "),
    ):
        client.content(Question("GET", "http://127.0.0.1/x"))
    assert len(asked) == 4


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:1", "ftp://proxy", "http://[::1", "http://anna:hemmelig@[::1"]
)
def test_a_proxy_that_cannot_be_used_is_a_source_that_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(FetchError, match="HTTPS_PROXY") as failed, Client():
        pass
    assert "hemmelig" not in failed.value.message


@pytest.mark.parametrize(
    ("setting", "exempt", "named"),
    [("HTTPS_PROXY", "", True), ("ALL_PROXY", "", True), ("HTTPS_PROXY", "api.statbank.dk", False)],
)
def test_a_proxy_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, exempt: str, named: bool
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(setting, "http://anna:hemmelig@127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", exempt)

    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with (
        Client(Limits(tries=1), httpx.MockTransport(fail)) as client,
        pytest.raises(FetchError) as failed,
    ):
        client.content(Question("GET", "https://api.statbank.dk/x"))
    assert ("HTTPS_PROXY" in failed.value.message) is named
    assert "hemmelig" not in failed.value.message


def test_no_proxy_sees_what_is_asked_on_this_machine(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources.file = b"a;b"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert _ask(sources, Limits(tries=1)) == b"a;b"


class _Dripping:
    """A server that answers one request some bytes at a time, and never ends; TLS if asked for."""

    def __init__(self, head: bytes, drip: bytes, is_secure: bool) -> None:
        self.head, self.drip, self.is_secure = head, drip, is_secure
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def __enter__(self) -> "_Dripping":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listening.close()
        self.thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            connection, _ = self.listening.accept()
            if self.is_secure:
                context = _without_certificate(ssl.PROTOCOL_TLS_SERVER)
                connection = context.wrap_socket(connection, server_side=True)
            with connection:
                connection.recv(10_000)
                connection.sendall(self.head)
                for _ in range(12):
                    connection.sendall(self.drip)
                    time.sleep(0.1)


def _without_certificate(protocol: int) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AECDH:@SECLEVEL=0")
    return context


@pytest.mark.parametrize(
    ("head", "drip", "is_secure"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", False),
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", True),
        # Without a length the end of the connection is the end of the answer, cut or not.
        (b"HTTP/1.0 200 OK\r\n\r\na;b\r\n", b"", False),
        (b"HTTP/1.0 200 OK\r\n\r\na;b\r\n", b"", True),
    ],
)  # fmt: skip
def test_what_has_no_end_is_cut_when_its_time_is_up_and_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, head: bytes, drip: bytes, is_secure: bool
) -> None:
    transport = httpx.HTTPTransport(verify=_without_certificate(ssl.PROTOCOL_TLS_CLIENT))
    monkeypatch.setenv("KPI_FETCH_HOSTS", "127.0.0.1")
    began = time.monotonic()
    with _Dripping(head, drip, is_secure) as server:
        scheme = "https" if is_secure else "http"
        with (
            Client(Limits(total_seconds=0.5, tries=1), transport) as client,
            pytest.raises(FetchError, match="ikke færdig"),
        ):
            client.content(Question("GET", f"{scheme}://127.0.0.1:{server.port}/x"))
        assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "words",
    ["Ukendt borger 251248-4916", "2512484916", f"Bad key {TOKEN}", "a\x1b[31mb\x07", "\ud800"],
)
def test_what_a_source_says_is_fit_to_be_kept(sources: Sources, words: str) -> None:
    sources.faults = [imitation.status(400, body=json.dumps({"message": words}))]
    with pytest.raises(FetchError) as failed:
        _ask(sources)
    said = failed.value.message
    assert said.isprintable()
    assert said.encode()
    assert not [secret for secret in ("4916", TOKEN) if secret in said]


@pytest.mark.parametrize(("token", "named"), [(TOKEN, "tager ikke imod"), ("", "uden en nøgle")])
def test_a_key_that_is_missing_is_not_one_that_is_refused(
    sources: Sources, token: str, named: str
) -> None:
    sources.faults = [imitation.status(401)]
    with Client() as client, pytest.raises(FetchError, match=named):
        client.content(Question("GET", f"{sources.address}/filer/x"), token)


@pytest.mark.parametrize("mark", ["", "\ufeff"])  # as Notepad writes a file
def test_a_key_of_a_file_is_no_less_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mark: str
) -> None:
    key = "hemmelig/nok+1="
    (tmp_path / "key").write_text(f"{mark}{key}\r\n", encoding="utf-8")
    monkeypatch.setenv("KPI_TOKEN_DATA_FILE", str(tmp_path / "key"))
    assert token("data") == key
    for written in (key, "hemmelig%2Fnok%2B1%3D", "hemmelig%2fnok%2b1%3d", "hemmelig/nok%2B1%3D"):
        assert FetchError(f"Flyttet til »https://a/?k={written}«").message == (
            "Flyttet til »https://a/?k=***«"
        )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be"):
        assert content_holds_token(f"a;{key}".encode(encoding))
        assert not content_holds_token("a;hemmelig/nok".encode(encoding))


def test_a_key_whose_name_ends_as_a_files_is_no_less_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KPI_TOKEN_DATA_FILE", "hemmelig-nok")
    assert FetchError("Bad key hemmelig-nok").message == "Bad key ***"
