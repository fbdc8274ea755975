"""What files hold of the server's memory: bounded over all sessions, and never on a disk."""

import asyncio
import gc
import tempfile
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from kpi.ingest.table.raw import MOST_BYTES, Upload
from ui import upload_memory
from ui.middleware import guarded_uploads

PATH = "/_stcore/upload_file/s/1"


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """Streamlit's list of files, and room for 1,000 bytes."""
    manager = MemoryUploadedFileManager("")
    monkeypatch.setattr("streamlit.runtime.exists", lambda: True)
    monkeypatch.setattr(
        "streamlit.runtime.get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager)
    )
    gc.collect()
    already = upload_memory.bytes_in_memory()
    monkeypatch.setattr(upload_memory, "MOST_HELD_BYTES", 1_000 + already)
    return manager


def add(manager: MemoryUploadedFileManager, session: str, size: int) -> None:
    manager.add_file(session, UploadedFileRec(f"{size}", "a.csv", "", b"x" * size))


def test_what_is_sent_queued_and_coming_is_counted_together(
    manager: MemoryUploadedFileManager,
) -> None:
    before = upload_memory.bytes_in_memory()
    add(manager, "one", 100)
    add(manager, "another", 200)
    queued = Upload("a.csv", b"y" * 300)
    upload_memory.note_queued(queued)
    with upload_memory.coming(350) as fits:
        assert fits
        assert upload_memory.bytes_in_memory() - before == 950
        assert upload_memory.has_room_for(50)
        assert not upload_memory.has_room_for(51)
        with upload_memory.coming(51) as second:
            assert not second
    assert upload_memory.bytes_in_memory() - before == 600
    assert upload_memory.waiting_bytes("one") == 100
    manager.remove_session_files("one")
    del queued
    gc.collect()
    assert upload_memory.bytes_in_memory() - before == 200


@pytest.mark.parametrize(("length", "status"), [("399", 200), ("401", 413), (None, 413)])
def test_a_file_that_there_is_no_room_for_is_not_taken(
    manager: MemoryUploadedFileManager, length: str | None, status: int
) -> None:
    add(manager, "another", 600)

    async def take(request: Request) -> Response:
        return PlainTextResponse("taget imod")

    app = guarded_uploads(Starlette(routes=[Route(PATH, take, methods=["PUT"])]))
    headers = [(b"content-length", length.encode())] if length else []
    assert _status(app, headers, b"") == status


def test_a_sent_file_never_reaches_a_disk(
    manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_memory, "MOST_HELD_BYTES", 10**9)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", refuse)
    content = bytes(range(256)) * 12_000  # three times what Starlette keeps in memory
    taken: list[bytes] = []

    async def take(request: Request) -> Response:
        form = await request.form()
        sent = form["file"]
        assert not isinstance(sent, str)
        taken.append(await sent.read())
        return PlainTextResponse("taget imod")

    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body += content + b"\r\n--x--\r\n"
    app = guarded_uploads(Starlette(routes=[Route(PATH, take, methods=["PUT"])]))
    headers = [
        (b"content-length", str(len(body)).encode()),
        (b"content-type", b"multipart/form-data; boundary=x"),
    ]
    assert _status(app, headers, body) == 200
    assert taken == [content]


def test_a_file_is_read_whole_or_in_parts() -> None:
    file = upload_memory.InMemoryFile(max_size=1)
    file.write(b"abcdef")
    file.seek(0)
    whole = file.read()
    assert whole == b"abcdef"
    assert file.read() == b""
    file.seek(2)
    assert (file.read(2), file.read()) == (b"cd", b"ef")
    file.seek(0)
    assert file.read(-1) is file.getvalue()  # no copy


def test_what_a_session_has_typed_and_not_entered_is_bounded() -> None:
    settings = tomllib.loads(
        (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    )
    assert settings["server"]["maxWidgetStateSize"] == 2
    assert settings["server"]["maxUploadSize"] * 1024**2 == MOST_BYTES


def _status(app: object, headers: list[tuple[bytes, bytes]], body: bytes) -> int:
    statuses: list[int] = []
    parts = [body[at : at + 65_536] for at in range(0, len(body), 65_536)] or [b""]

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http", "method": "PUT", "path": PATH, "headers": headers, "query_string": b"",
        "root_path": "",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))  # type: ignore[operator]
    return statuses[0]
