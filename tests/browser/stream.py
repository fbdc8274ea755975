"""What the browser's page says to the server and hears from it, without a browser."""

from collections.abc import Iterable, Iterator, Mapping
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
    return _answer(opened, asked)


def press(
    opened: ClientConnection,
    shown: Iterable[bytes],
    button: str,
    query: str = "",
    typed: Mapping[str, str] | None = None,
) -> list[bytes]:
    """Presses a button of what was received; `typed` are words in text areas, by their labels.

    Returns what the server sends until the run has ended, and the page's after it where it asks
    for one.
    """
    asked = BackMsg()
    asked.rerun_script.query_string = query
    states = asked.rerun_script.widget_states.widgets
    for message in map(ForwardMsg.FromString, shown):
        delta, element = message.delta, message.delta.new_element
        if message.WhichOneof("type") == "navigation":
            asked.rerun_script.page_script_hash = message.navigation.page_script_hash
        if element.text_area.label in (typed or {}) and element.text_area.id:
            states.add(id=element.text_area.id, string_value=(typed or {})[element.text_area.label])
        if element.button.label == button:
            states.add(id=element.button.id, trigger_value=True)
            asked.rerun_script.fragment_id = delta.fragment_id
    return _answer(opened, asked)


def _answer(opened: ClientConnection, asked: BackMsg) -> list[bytes]:
    opened.send(asked.SerializeToString())
    received: list[bytes] = []
    while True:
        received.append(bytes(opened.recv(timeout=SECONDS, decode=False)))
        message = ForwardMsg.FromString(received[-1])
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                continue
            return received
