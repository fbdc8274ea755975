"""An analyst without a browser: sends a file to the page Indlæs data and publishes it."""

import asyncio
import re
import uuid
from http.client import HTTPConnection
from urllib.parse import urlsplit

from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.websocket_viewer import Screen, Viewer

_HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;note\n"
_PAGE = "indlaes"


def extract(number: int, turn: int) -> bytes:
    """A small file of our own template that no other uploader or turn sends."""
    year, month = 2009 + turn % 12, 1 + (turn // 12 + 6 * number) % 12
    share = f"{50 + turn % 20},0"
    counted = f"{500 + 10 * (turn % 20)};1000"
    return f"{_HEAD}employment_rate;Odense;;{year}M{month:02d};{share};{counted};\n".encode()


async def publish_one(address: str, number: int, turn: int) -> None:
    """Publishes one file in a window of its own.

    Raises LookupError, with what the page says, when it cannot.
    """
    async with Viewer(address) as viewer:
        screen = await viewer.visit(_PAGE)
        field = _first(screen, "file_uploader")
        name, content = f"udtraek-{number}-{turn}.csv", extract(number, turn)
        file_id, upload_url = await viewer.file_address(name)
        await asyncio.to_thread(_send, address, upload_url, name, content)
        state = WidgetState(id=field)
        sent = state.file_uploader_state_value.uploaded_file_info.add()
        sent.file_id, sent.name, sent.size = file_id, name, len(content)
        sent.file_urls.file_id, sent.file_urls.upload_url = file_id, upload_url
        screen = await viewer.set(state)
        screen = await viewer.set(*_filled_in(screen))
        pressed = WidgetState(id=screen.widget("button", "Udgiv"), trigger_value=True)
        screen = await viewer.set(pressed)
        if not any("er udgivet" in text for text in screen.texts):
            raise LookupError(" | ".join(screen.texts)[:600])


def _filled_in(screen: Screen) -> list[WidgetState]:
    """Note, name, and a tick for every warning."""
    states = [
        WidgetState(id=screen.widget("text_input", "Note til historikken"), string_value="Prøve"),
        WidgetState(id=screen.widget("text_input", "Dit navn"), string_value="Mette Hansen"),
    ]
    for element in screen.elements.values():
        if element.WhichOneof("type") == "checkbox":
            states.append(WidgetState(id=element.checkbox.id, bool_value=True))
    return states


def _first(screen: Screen, kind: str) -> str:
    for element in screen.elements.values():
        if element.WhichOneof("type") == kind:
            return str(getattr(element, kind).id)
    raise LookupError(f"no {kind} on the page: {' | '.join(screen.texts)[:600]}")


def _send(address: str, upload_url: str, name: str, content: bytes) -> None:
    """Sends the file as the page does, with the token against forged requests."""
    server = HTTPConnection(urlsplit(address).netloc, timeout=60)
    server.request("GET", "/_stcore/health")
    answer = server.getresponse()
    answer.read()
    token = re.search(r"_streamlit_xsrf=([^;]+)", answer.getheader("Set-Cookie", ""))
    boundary = uuid.uuid4().hex
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Origin": address}
    if token:
        headers |= {"X-Xsrftoken": token[1], "Cookie": f"_streamlit_xsrf={token[1]}"}
    server.request(
        "PUT", upload_url, head.encode() + content + f"\r\n--{boundary}--\r\n".encode(), headers
    )
    answer = server.getresponse()
    answer.read()
    server.close()
    if answer.status >= 400:
        raise LookupError(f"the file was not taken: {answer.status}")
