"""A viewer without a browser: speaks with a running app as Streamlit's page does, over a websocket.

A browser costs 200 MB and a core; this costs a connection, so fifty of them fit beside the server
that they load. What the server sends is parsed only as far as a viewer's next step needs it.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

_MOST_SECONDS = 120.0
_MOST_BYTES = 256 * 1024**2


@dataclass
class Screen:
    """What one run of a page has sent: its elements by place, and how long it took."""

    seconds: float = 0.0
    size: int = 0
    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)
    is_compiled: bool = True

    @property
    def errors(self) -> list[str]:
        """The texts of every exception and error box on the screen."""
        texts = [] if self.is_compiled else ["the script could not be compiled"]
        for element in self.elements.values():
            kind = element.WhichOneof("type")
            if kind == "exception":
                texts.append(f"{element.exception.type}: {element.exception.message}")
            elif kind == "alert" and element.alert.format == element.alert.ERROR:
                texts.append(element.alert.body)
        return texts

    @property
    def texts(self) -> list[str]:
        """Everything that is written on the screen, in the order it was sent."""
        kinds = ("markdown", "alert", "heading", "text")
        return [
            getattr(element, kind).body
            for element in self.elements.values()
            if (kind := element.WhichOneof("type")) in kinds
        ]

    def widget(self, kind: str, label: str) -> str:
        """The id of the first widget of a kind (`button`, `text_input` ...) with a label.

        Raises LookupError when there is none.
        """
        for element in self.elements.values():
            if element.WhichOneof("type") == kind and getattr(element, kind).label == label:
                return str(getattr(element, kind).id)
        labels = [
            getattr(element, kind).label
            for element in self.elements.values()
            if element.WhichOneof("type") == kind
        ]
        raise LookupError(f"no {kind} »{label}« among {labels}")


class Viewer:
    """One person's window: `async with Viewer(address) as viewer: await viewer.visit("tema")`."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._socket: ClientConnection | None = None
        self._states: dict[str, WidgetState] = {}
        self._page, self._query = "", ""
        self.session_id = ""
        self.screen = Screen()

    async def __aenter__(self) -> Self:
        stream = urlsplit(self._address)._replace(scheme="ws").geturl() + "/_stcore/stream"
        self._socket = await connect(
            stream,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self._address,  # type: ignore[arg-type]
            max_size=_MOST_BYTES,
            ping_interval=None,
            compression=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def visit(self, page: str, query: Mapping[str, str] | None = None) -> Screen:
        """Goes to a page, as a link does, and waits until its script has ended."""
        self._page, self._query = page, urlencode(query or {})
        self._states = {}
        return await self.run()

    async def set(self, *states: WidgetState) -> Screen:
        """Sets widgets and runs the page; a pressed button is let go of again."""
        self._states |= {state.id: state for state in states}
        screen = await self.run()
        for state in states:
            if state.WhichOneof("value") == "trigger_value":
                del self._states[state.id]
        return screen

    async def run(self) -> Screen:
        """Runs the page as it stands, and keeps what it sends as `screen`."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        message.rerun_script.widget_states.CopyFrom(WidgetStates(widgets=self._states.values()))
        message.rerun_script.context_info.timezone = "Europe/Copenhagen"
        message.rerun_script.context_info.locale = "da-DK"
        message.rerun_script.context_info.url = f"{self._address}/{self._page}"
        self.screen = Screen()
        started = time.perf_counter()
        await self._send(message)
        await asyncio.wait_for(self._read(), _MOST_SECONDS)
        self.screen.seconds = time.perf_counter() - started
        return self.screen

    async def file_address(self, name: str) -> tuple[str, str]:
        """The id and address that the server gives a file which is about to be sent."""
        request = BackMsg()
        request.file_urls_request.request_id = name
        request.file_urls_request.session_id = self.session_id
        request.file_urls_request.file_names.append(name)
        await self._send(request)
        while True:
            message = await asyncio.wait_for(self._receive(), _MOST_SECONDS)
            if message.WhichOneof("type") == "file_urls_response":
                (urls,) = message.file_urls_response.file_urls
                return urls.file_id, urls.upload_url

    async def _send(self, message: BackMsg) -> None:
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def _receive(self) -> ForwardMsg:
        assert self._socket is not None
        content = await self._socket.recv()
        assert isinstance(content, bytes)
        self.screen.size += len(content)
        message = ForwardMsg()
        message.ParseFromString(content)
        return message

    async def _read(self) -> None:
        """Reads until a run has ended for good: one that was cut short is run again."""
        while True:
            message = await self._receive()
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.screen.elements.clear()
                self.session_id = message.new_session.initialize.session_id or self.session_id
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                place = tuple(message.metadata.delta_path)
                self.screen.elements[place] = message.delta.new_element
            elif kind == "delta" and message.delta.WhichOneof("type") == "add_block":
                self.screen.elements.pop(tuple(message.metadata.delta_path), None)
            elif kind == "script_finished":
                finished = ForwardMsg.ScriptFinishedStatus
                if message.script_finished == finished.FINISHED_EARLY_FOR_RERUN:
                    continue
                self.screen.is_compiled = (
                    message.script_finished != finished.FINISHED_WITH_COMPILE_ERROR
                )
                return
