"""Which requests with files are taken in: by the setting, and by the room of a session."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from tests.ui.served import UPLOAD, ask, served
from ui.middleware import MIDDLEWARE
from ui.switches import uploads_are_open


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
    ("name", "text", "are_open"),
    [
        ("KPI_UPLOAD", "off", False),
        ("kpi_uploads", "off", False),
        ("KPI_UPLAODS", "nej", False),
        ("KPI_UPLOAD", "on", True),
        ("KPI_HOMES", "off", True),
        ("UPLOADS", "off", True),
    ],
)
def test_a_slip_in_the_name_of_the_setting_closes_too(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, are_open: bool
) -> None:
    monkeypatch.delenv("KPI_UPLOADS", raising=False)
    monkeypatch.setenv(name, text)
    assert uploads_are_open() == are_open


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
