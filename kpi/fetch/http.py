"""Asks a source over HTTPS, within limits of time and size, and again where that may help."""

import json
import logging
import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx2 as httpx

from kpi.fetch.failure import FetchError
from kpi.fetch.hosts import allowed_address
from kpi.fetch.schedule import LONGEST_PAUSE
from kpi.fetch.tokens import without_tokens
from kpi.ingest.table.raw import MOST_BYTES
from kpi.system.program import program_version

_LOG = logging.getLogger(__name__)
# These repeat every header and reason of an answer, and a source may put the key into either.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)
_RETRIED = frozenset((408, 429, 500, 502, 503, 504))
# What these packings hold is bounded by what is read of them; others may unpack without end.
_PACKINGS = frozenset(("", "identity", "gzip", "deflate"))
_SHOWN_CHARACTERS = 300
_BETWEEN_SECONDS = 0.25
# What the library raises for what a source or a connection does; not all are of one kind.
_FAULTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError)
_MAINTENANCE = (
    "Kilden svarer med en hjemmeside i stedet for tal, som den gør under vedligeholdelse."
)


@dataclass(frozen=True)
class Limits:
    """What one fetch may take; seconds, and bytes after unpacking."""

    connect_seconds: float = 5.0
    read_seconds: float = 30.0
    total_seconds: float = 300.0
    most_bytes: int = MOST_BYTES
    tries: int = 4
    most_wait_seconds: float = 8.0
    between_seconds: float = _BETWEEN_SECONDS


@dataclass(frozen=True)
class Question:
    """One request, as it is shown to a person: nothing in it is secret."""

    method: str
    address: str
    body: Mapping[str, Any] | None = None


@dataclass
class Client:
    """Asks for one fetch: its time begins when the client is made.

    `questions` are the requests that were sent, in order. Raises FetchError.
    """

    limits: Limits = field(default_factory=Limits)
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    questions: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.limits.total_seconds
        self._asked_at = 0.0
        self._socket: socket.socket | None = None
        self._http = _library(self.transport)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
        self._forget_socket()

    def json(self, question: Question, token: str = "") -> Any:
        """The answer as JSON. Raises FetchError for what is none."""
        content = self.content(question, token)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise FetchError("Kilden svarer med noget, der ikke er JSON.") from error

    def content(self, question: Question, token: str = "") -> bytes:
        """The answer's bytes, unpacked. Raises FetchError where there is none, or a web page."""
        content = self._answer(question, token)
        if not content.strip():
            raise FetchError("Kilden svarer, men svaret er tomt.")
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            raise FetchError(_MAINTENANCE)
        return content

    def _answer(self, question: Question, token: str) -> bytes:
        url = allowed_address(question.address)
        self.questions.append(question)
        for attempt in range(1, self.limits.tries + 1):
            status, headers, content = 0, httpx.Headers(), b""
            self._keep_distance()
            try:
                status, headers, content = self._once(url, question, token)
            except _FAULTS as error:
                failure = FetchError(_unreachable(url, error))
                failure.__cause__ = error
            else:
                _LOG.info("%s %s: %d", question.method, question.address, status)
                if status == 200:
                    return content
                failure = _refused(status, headers, content, bool(token))
                if status not in _RETRIED:
                    raise failure
            wait = self._wait(attempt, headers)
            if attempt == self.limits.tries or wait >= self._left():
                failure.not_before = _asked_again(headers)
                raise failure
            self.sleep(wait)
        raise AssertionError("a source is asked at least once")

    def _once(
        self, url: httpx.URL, question: Question, token: str
    ) -> tuple[int, httpx.Headers, bytes]:
        left = self._left()
        limits = self.limits
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        timeout = httpx.Timeout(
            min(limits.read_seconds, left), connect=min(limits.connect_seconds, left)
        )
        with (
            self._ended_in_time(left),
            self._http.stream(
                question.method, url, json=question.body, headers=headers, timeout=timeout,
                extensions={"trace": self._remember_socket},
            ) as answer,
        ):  # fmt: skip
            if answer.headers.get("content-encoding", "").strip().casefold() not in _PACKINGS:
                raise FetchError("Kilden svarer pakket på en måde, der ikke blev bedt om.")
            content = b"".join(self._pieces(answer))
        # An answer without a length, cut when its time was up, looks complete.
        self._left()
        return answer.status_code, answer.headers, content

    def _pieces(self, answer: httpx.Response) -> Iterator[bytes]:
        # Without a size: a server that sends four bytes a second is noticed at each of them.
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > self.limits.most_bytes:
                most = self.limits.most_bytes // 1024**2
                raise FetchError(f"Svaret er større end {most} MB. Spørg om færre perioder.")
            self._left()
            yield piece

    def _left(self) -> float:
        """Seconds left of the fetch. Raises FetchError where there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError(
                f"Kilden blev ikke færdig med at svare på {self.limits.total_seconds:.0f} sekunder."
            )
        return left

    def _keep_distance(self) -> None:
        """Waits so that a source is asked at most four times a second."""
        since = time.monotonic() - self._asked_at
        if self._asked_at and since < self.limits.between_seconds:
            self.sleep(self.limits.between_seconds - since)
        self._asked_at = time.monotonic()

    def _wait(self, attempt: int, headers: httpx.Headers) -> float:
        """Seconds until the next attempt: as long as the source says, else twice as long each time.

        Some chance is in it, so that programs that failed together do not return together.
        """
        given = _retry_after(headers)
        if given is not None:
            return given
        return min(2.0 ** (attempt - 1), self.limits.most_wait_seconds) * random.uniform(0.5, 1)  # noqa: S311

    @contextmanager
    def _ended_in_time(self, seconds: float) -> Iterator[None]:
        """Cuts the connection when time is up: headers that drip are read within the library."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except _FAULTS:
            self._left()
            raise
        finally:
            timer.cancel()

    def _remember_socket(self, event: str, info: Mapping[str, Any]) -> None:
        # A second handle: with TLS, the library hands the first one over to another object.
        if event == "connection.connect_tcp.complete":
            self._forget_socket()
            self._socket = info["return_value"].get_extra_info("socket").dup()

    def _forget_socket(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _library(transport: httpx.BaseTransport | None) -> httpx.Client:
    """The library's client. Raises FetchError where the system's proxy is none that it knows.

    What is asked over http is on this machine: no proxy may see it, nor the key in its header.
    """
    try:
        return httpx.Client(
            transport=transport,
            follow_redirects=False,
            mounts={"http://": None},
            headers={
                "User-Agent": f"Spor/{program_version()}", "Accept-Encoding": "gzip, deflate",
            },
        )  # fmt: skip
    except (httpx.InvalidURL, ImportError, ValueError) as error:
        # The fault itself is not repeated: a proxy's address may have a password in it.
        raise FetchError(
            "Maskinens proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY) kan ikke bruges. Den skal stå som "
            "http://navn:port."
        ) from error


def _unreachable(url: httpx.URL, error: Exception) -> str:
    host = url.host
    if isinstance(error, httpx.TimeoutException):
        return f"{host} svarer ikke i tide."
    if isinstance(error, httpx.ConnectError) and "certificate" in str(error).casefold():
        return (
            f"{host} har et certifikat, som denne maskine ikke stoler på. Er der en proxy, der "
            "ser med i trafikken, så skal dens certifikat stå blandt maskinens."
        )
    if isinstance(error, httpx.ProxyError) or (
        isinstance(error, httpx.ConnectError) and _is_asked_through_proxy(url)
    ):
        return (
            f"{host} kan ikke nås gennem maskinens proxy (HTTPS_PROXY). Spørg den, der passer den."
        )
    return f"{host} kan ikke nås, eller forbindelsen blev afbrudt."


def _is_asked_through_proxy(url: httpx.URL) -> bool:
    """Whether the system's proxy is between: what cannot be connected to is the proxy, then."""
    known = getproxies()
    is_set = bool(known.get("https") or known.get("all"))
    return is_set and url.scheme == "https" and not proxy_bypass(url.host)


def _refused(status: int, headers: httpx.Headers, content: bytes, has_token: bool) -> FetchError:
    """What to say of an answer that is no content."""
    if 300 <= status < 400:
        place = headers.get("location", "et andet sted")[:_SHOWN_CHARACTERS]
        return FetchError(
            f"Kilden er flyttet til »{place}«. Der spørges kun, hvor definitionen siger; ret den, "
            "hvis det nye sted er rigtigt."
        )
    if status in {401, 403} and has_token:
        return FetchError(
            f"Kilden tager ikke imod nøglen (svar {status}). Sæt en, der gælder, i miljøet."
        )
    if status in {401, 403}:
        return FetchError(f"Kilden vil ikke svare uden en nøgle (svar {status}).")
    said = _words_of(content)
    return FetchError(f"Kilden svarer {status}{f': »{said}«' if said else ''}.")


def _words_of(content: bytes) -> str:
    """The source's own words for what went wrong; empty where it has none."""
    text = content[:10_000].decode("utf-8", errors="replace")
    try:
        answer = json.loads(text)
    except ValueError:
        words = "" if text.lstrip().startswith("<") else text
    else:
        given = answer if isinstance(answer, dict) else {}
        words = str(given.get("message") or given.get("cause") or "")
    shown = re.sub(r"\s+", " ", without_tokens(words)).strip(" .")
    return shown if len(shown) <= _SHOWN_CHARACTERS else f"{shown[:_SHOWN_CHARACTERS]} ..."


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds until a source wants to be asked again; None where it does not say."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _asked_again(headers: httpx.Headers) -> datetime | None:
    seconds = _retry_after(headers)
    if seconds is None:
        return None
    later = timedelta(seconds=min(seconds, LONGEST_PAUSE.total_seconds()))
    return (datetime.now(UTC) + later).replace(microsecond=0)
