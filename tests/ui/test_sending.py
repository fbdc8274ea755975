"""What the server sends leaves at once, whoever made the socket that it listens on."""

import asyncio
import socket
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_server import _bind_socket

from ui.starting import starting


async def sends_at_once(server_life: AbstractAsyncContextManager[None]) -> bool:
    """Whether a connection to a server on Streamlit's socket sends without waiting."""
    accepted: asyncio.Future[socket.socket] = asyncio.get_running_loop().create_future()

    class Served(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted.set_result(transport.get_extra_info("socket"))

    async with server_life:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Served, sock=_bind_socket("127.0.0.1", 0, 5))
        port = server.sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        taken = await asyncio.wait_for(accepted, 10)
        nodelay = taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        writer.close()
        server.close()
    return bool(nodelay)


@pytest.mark.usefixtures("home")
def test_a_connection_sends_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    app: Any = None
    assert asyncio.run(sends_at_once(starting(app)))


def test_without_that_it_would_wait() -> None:
    """Where Streamlit or asyncio sees to it, `ui/sending.py` can go."""
    assert not asyncio.run(sends_at_once(nullcontext()))
