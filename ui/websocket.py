"""What passes on the websocket: the messages that pages need, and no word of the machine.

Streamlit acts on a dozen messages of a browser, whoever sends them. Some of them are for the
developer at his own machine (`clear_cache` empties the caches of all visitors, `install_skills`
writes files). What the browser shows needs five.
"""

import hashlib
from pathlib import Path

import streamlit
from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from ui.housekeeping import note_goodbye
from ui.unexpected import UNEXPECTED

NEEDED = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"})
# Downloads that are made when they are asked for, and the rows of a long table.
NEEDED_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})

# What a browser closes with when a window is closed or shows another address (RFC 6455): nobody
# comes back to its session. Without a word, or with another code, the way there broke.
_GOODBYES = (1000, 1001)

# How fields of a message are written, by the last three bits of their heads.
_VARINT, _EIGHT_BYTES, _SIZED, _FOUR_BYTES = 0, 1, 2, 5
_OF_THE_RUN = {
    field << 3 | _SIZED
    for field in (ForwardMsg.NEW_SESSION_FIELD_NUMBER, ForwardMsg.SESSION_EVENT_FIELD_NUMBER)
}


def needed_messages(app: ASGIApp) -> ASGIApp:
    """`app` on whose websockets `is_needed` decides what comes in, and what goes out is `trimmed`.

    Text and broken messages are dropped too: Streamlit would write a traceback to the log of each.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Puts the two filters on a websocket, and passes on the rest."""
        if scope["type"] != "websocket":
            await app(scope, receive, send)
            return
        session_id = ""

        async def receive_needed() -> Message:
            """The next message that is needed, or the end of them."""
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect" and message.get("code") in _GOODBYES:
                    note_goodbye(session_id)
                if message["type"] != "websocket.receive" or is_needed(message.get("bytes")):
                    return message

        async def send_trimmed(message: Message) -> None:
            """Sends the message without what no page of ours shows."""
            nonlocal session_id
            if not session_id:
                session_id = _session_of(message.get("bytes"))
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = {**message, "bytes": trimmed(message["bytes"])}
            await send(message)

        await app(scope, receive_needed, send_trimmed)

    return answer


def is_needed(content: bytes | None) -> bool:
    """Whether a page of ours needs this message of the browser.

    It is read by the class that Streamlit reads it by, so both see the same: of two kinds in one
    message, the last.
    """
    if content is None:
        return False
    if len(content) > get_max_widget_state_size_bytes():
        return True  # Streamlit closes the connection by its length, unread.
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return False
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in NEEDED_OPERATIONS
    if kind == "rerun_script" and not all(
        state.id for state in message.rerun_script.widget_states.widgets
    ):
        return False  # No element of ours has no id; Streamlit would write a traceback to the log.
    return kind in NEEDED


def trimmed(content: bytes) -> bytes:
    """A message of the server without the versions, the system, the path and the machine's ids.

    Few messages can contain them; all others are returned unread and unchanged.
    """
    if not _is_of_the_run(content):
        return content
    message = ForwardMsg.FromString(content)
    if message.session_event.HasField("script_compilation_exception"):
        # Its text and its stack name files; Streamlit shows them whatever `showErrorDetails` says.
        message.session_event.script_compilation_exception.Clear()
        message.session_event.script_compilation_exception.message = UNEXPECTED
    if message.WhichOneof("type") != "new_session":
        return bytes(message.SerializeToString())
    session = message.new_session
    session.ClearField("main_script_path")
    start = session.initialize
    for part in (start.user_info, start.environment_info):
        part.Clear()
        part.SetInParent()  # The browser looks into both.
    start.environment_info.streamlit_version = INSTALLED
    start.ClearField("recommend_skills_install")
    start.ClearField("skills_nudge_suppressed_reason")
    return bytes(message.SerializeToString())


def _session_of(content: bytes | None) -> str:
    """The session that a message begins; empty for all others."""
    if not content or not _is_of_the_run(content):
        return ""
    return str(ForwardMsg.FromString(content).new_session.initialize.session_id)


def _installed() -> str:
    """A substitute for Streamlit's version: another after an upgrade, and disclosing nothing.

    By it the browser sees that its page is outdated and fetches the new one. The time at which the
    package was installed cannot be guessed, so the version cannot be tried out either.
    """
    installed_at = Path(streamlit.__file__).stat().st_ctime_ns
    text = f"{streamlit.__version__} {installed_at}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


INSTALLED = _installed()


def _is_of_the_run(content: bytes) -> bool:
    """Whether a ForwardMsg is about the run as a whole; reads only the heads of its fields."""
    place = 0
    while place < len(content):
        head, place = _varint(content, place)
        kind = head & 7
        if head in _OF_THE_RUN or kind not in (_VARINT, _EIGHT_BYTES, _SIZED, _FOUR_BYTES):
            return True
        if kind == _VARINT:
            _, place = _varint(content, place)
        elif kind == _SIZED:
            size, place = _varint(content, place)
            place += size
        else:
            place += 4 if kind == _FOUR_BYTES else 8
    return False


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """The number of seven bits a byte that begins at `place`, and the place after it."""
    number = shift = 0
    while True:
        byte = content[place]
        number |= (byte & 0x7F) << shift
        place += 1
        shift += 7
        if byte < 0x80:
            return number, place
