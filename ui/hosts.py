"""Under which names Spor answers, and which pages may speak with it.

A page elsewhere can give its own name the address of this machine (DNS rebinding), and is then read
by the browser as if it were Spor's. So a name must be known, for pages and websockets alike.
"""

import re
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kpi.cpr.messages import without_personal_numbers

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:/?#@\[\]\s]+))(?::\d{1,5})?", re.IGNORECASE)
_PORTS = {"http": ":80", "https": ":443"}


def known_hosts(app: ASGIApp) -> ASGIApp:
    """`app` that answers 403 under a name, or to a page, that the settings do not list.

    The page that a websocket is opened by then reaches Streamlit as one of Spor's own: of another
    Streamlit would ask a server on the internet for this machine's address, to compare the two.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses unknown names and pages, and passes on the rest."""
        if scope["type"] not in {"http", "websocket"}:
            await app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        names, origins = headers.getlist("host"), headers.getlist("origin")
        host = names[0] if len(names) == 1 else ""
        refusal = _unknown_host(host)
        if not refusal and not all(is_known_origin(origin, host) for origin in origins):
            refusal = _unknown_origin(origins[0])
        if not refusal:
            if scope["type"] == "websocket" and origins:
                scope = _from_itself(scope, host)
            await app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    return answer


def is_known_host(host: str) -> bool:
    """Whether a Host header names one of `server.allowedHosts`; its port does not matter.

    "*.example.dk" there is every name below example.dk, "*" is every name.
    """
    name = _name(host)
    return any(pattern == "*" or _fits(name, pattern) for pattern in _patterns()) and bool(name)


def is_known_origin(origin: str, host: str) -> bool:
    """Whether a page of that origin may speak with Spor, which was asked under the name `host`.

    It is Spor's own page, one of `server.corsAllowedOrigins`, or has one of the listed names: a
    proxy may ask under another name or port than the browser. Of this machine's own names only the
    same port will do, as other programs may show pages there.
    """
    parts = urlsplit(origin)
    if parts.scheme not in _PORTS or not parts.netloc:
        return False
    if _with_port(parts.netloc, parts.scheme) == _with_port(host, parts.scheme):
        return True
    if origin in {allowed.strip() for allowed in st.get_option("server.corsAllowedOrigins")}:
        return True
    name = _name(parts.netloc)
    return (
        bool(name) and name not in LOOPBACK and any(_fits(name, pattern) for pattern in _patterns())
    )


def _patterns() -> list[str]:
    listed = [host.strip().lower().rstrip(".") for host in st.get_option("server.allowedHosts")]
    return [host for host in listed if host] or list(LOOPBACK)


def _fits(name: str, pattern: str) -> bool:
    return name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern


def _name(host: str) -> str:
    """The name in a Host header, without port and last dot; empty where there is none."""
    parts = _HOST.fullmatch(host)
    return (parts[1] or parts[2]).lower().rstrip(".") if parts else ""


def _with_port(host: str, scheme: str) -> str:
    return host.lower().removesuffix(_PORTS[scheme])


def _from_itself(scope: Scope, host: str) -> Scope:
    own = f"http://{host}".encode("latin-1")
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": [*headers, (b"origin", own)]}


def _unknown_host(host: str) -> str:
    """Why Spor does not answer under that name, and what to do; empty where it does."""
    if is_known_host(host):
        return ""
    return (
        f"Spor svarer ikke under navnet »{_shown(host)}«.\n"
        "Brug den adresse, du har fået oplyst. Er navnet rigtigt, skal den, der driver Spor, "
        "skrive det i indstillingen server.allowedHosts (se docs/drift.md)."
    )


def _unknown_origin(origin: str) -> str:
    return (
        f"En side på »{_shown(origin)}« må ikke tale med Spor.\n"
        "Åbn Spor på dets egen adresse. Er siden en af Spors egne, skal den, der driver Spor, "
        "skrive dens navn i indstillingen server.allowedHosts (se docs/drift.md)."
    )


def _shown(text: str) -> str:
    shown = "".join(char for char in text[:100] if char.isprintable())
    return without_personal_numbers(shown) or "(intet navn)"
