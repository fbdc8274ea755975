"""What the server sends leaves at once, and does not wait until what it sent before has arrived.

Streamlit binds its socket without naming TCP as its protocol, and asyncio lets send at once
(TCP_NODELAY) only where it is named. So of the many small messages of a page all but the first
waited until the other machine had confirmed the first. That is put off by 40 ms on Linux and up to
200 on Windows, at every press.
"""

import asyncio
import socket
from typing import Any

_OF_TCP = (socket.AF_INET, socket.AF_INET6)


def send_at_once() -> None:
    """Has what the running event loop serves from now on send at once.

    The connections that a socket accepts have its options.
    """
    loop = asyncio.get_running_loop()
    create = loop.create_server

    async def create_server(
        *arguments: Any, sock: socket.socket | None = None, **options: Any
    ) -> asyncio.Server:
        """As the loop's own."""
        if sock is not None and sock.family in _OF_TCP:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await create(*arguments, sock=sock, **options)

    loop.create_server = create_server  # type: ignore[method-assign]
