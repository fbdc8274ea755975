"""What the browser's page says to the server and hears from it, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import create_connection
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

SECONDS = 60


@contextmanager
def connected(address: str, **headers: str) -> Iterator[ClientConnection]:
    """A websocket to the server, as a page of the server itself opens it, or with other headers."""
    server = urlsplit(address)
    stream = f"ws://{headers.get('Host', server.netloc)}/_stcore/stream"
    origin = {"Origin": headers.get("Origin", address)}
    socket = create_connection((server.hostname or "", server.port or 0))
    with connect(stream, sock=socket, additional_headers=origin, max_size=None) as opened:
        yield opened


def run(opened: ClientConnection, page: str, query: str = "") -> list[bytes]:
    """Runs a page at `/page?query` and returns all that the server sends until it has ended."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    opened.send(asked.SerializeToString())
    received: list[bytes] = []
    while True:
        received.append(bytes(opened.recv(timeout=SECONDS, decode=False)))
        message = ForwardMsg.FromString(received[-1])
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                continue
            return received
