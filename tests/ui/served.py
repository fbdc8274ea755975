"""Streamlit's pages and files as `st.App` serves them, and what they answer."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Scope
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from ui.middleware import MIDDLEWARE, ROUTES

STREAMLIT = Path(streamlit.__file__).parent
STATIC_SCRIPT = next((STREAMLIT / "static" / "static" / "js").glob("index.*.js"))
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
