"""What passes on the websocket: which messages of a browser, and what of the server's own words."""

import asyncio
import sys
import time
from typing import Any

import pytest
import streamlit
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.tables import for_each
from ui.websocket import INSTALLED, NEEDED, NEEDED_OPERATIONS, is_needed, needed_messages, trimmed

KINDS = {field.name: field for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
OPERATIONS = [
    field.name
    for field in KINDS["backend_operation_request"].message_type.oneofs_by_name["payload"].fields
]


def back(kind: str) -> BackMsg:
    """A message of the browser of this kind, as small as it can be."""
    message = BackMsg()
    if KINDS[kind].message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return message


def operation(kind: str) -> bytes:
    message = BackMsg()
    getattr(message.backend_operation_request, kind).SetInParent()
    return bytes(message.SerializeToString())


def test_every_kind_of_message_is_decided_on() -> None:
    """A new kind of Streamlit's is dropped until a page needs it; those that are needed exist."""
    passed = {kind for kind in KINDS if is_needed(back(kind).SerializeToString())}
    assert passed == NEEDED < {*KINDS}
    assert {kind for kind in OPERATIONS if is_needed(operation(kind))} == NEEDED_OPERATIONS
    assert not passed & {"clear_cache", "set_run_on_save", "load_git_info"}
    assert not NEEDED_OPERATIONS & {"install_skills", "dismiss_skills_nudge"}


@for_each(
    ("content", "passes"),
    [
        # Of two kinds in one message the last counts, for Streamlit too.
        (back("rerun_script").SerializeToString() + back("clear_cache").SerializeToString(), False),
        (back("clear_cache").SerializeToString() + back("rerun_script").SerializeToString(), True),
        (b"", False),
        (None, False),
        (b"\xff" * 40, False),
        (back("rerun_script").SerializeToString()[:-1], False),
        (b"\x28\x01", False),  # clear_cache, written by hand
        (b"\xa8\x80\x00\x01", False),  # and with a head that is longer than it needs to be
        (b"\xf8\x07\x01", False),  # a field that nobody knows
    ],
)
def test_odd_messages(content: bytes | None, passes: bool) -> None:
    assert is_needed(content) is passes


@pytest.mark.parametrize(("widget_id", "passes"), [("a", True), ("", False)])
def test_an_element_without_an_id_is_none_of_ours(widget_id: str, passes: bool) -> None:
    message = back("rerun_script")
    for each in ("navn", widget_id):
        message.rerun_script.widget_states.widgets.add(id=each, string_value="x")
    assert is_needed(message.SerializeToString()) is passes


def test_a_message_that_is_too_long_is_left_to_streamlit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.websocket.get_max_widget_state_size_bytes", lambda: 10)
    assert is_needed(b"\xff" * 11)
    assert not is_needed(b"\xff" * 10)


def new_session() -> ForwardMsg:
    message = ForwardMsg(hash="abc")
    session = message.new_session
    session.name, session.page_script_hash = "navigation", "0123"
    session.main_script_path = "/srv/spor/ui/navigation.py"
    start = session.initialize
    start.session_id = "42"
    start.user_info.installation_id = start.user_info.installation_id_v4 = "machine"
    start.environment_info.streamlit_version = streamlit.__version__
    start.environment_info.python_version = "3.11.2.final.0"
    start.environment_info.server_os = sys.platform
    start.environment_info.has_display = True
    start.recommend_skills_install, start.skills_nudge_suppressed_reason = True, "headless"
    return message


def test_the_start_of_a_run_says_nothing_of_the_machine() -> None:
    sent = ForwardMsg.FromString(trimmed(new_session().SerializeToString()))
    expected = new_session()
    expected.new_session.ClearField("main_script_path")
    start = expected.new_session.initialize
    start.user_info.Clear()
    start.environment_info.Clear()
    start.environment_info.streamlit_version = INSTALLED
    start.recommend_skills_install, start.skills_nudge_suppressed_reason = False, ""
    assert sent == expected
    # The browser refuses a session without these two.
    assert sent.new_session.initialize.HasField("user_info")
    assert sent.new_session.initialize.HasField("environment_info")
    assert streamlit.__version__ not in INSTALLED


def test_a_script_that_does_not_compile_shows_no_path() -> None:
    message = ForwardMsg()
    exception = message.session_event.script_compilation_exception
    exception.message, exception.type = 'File "/srv/spor/ui/navigation.py", line 3', "SyntaxError"
    exception.stack_trace.append("/srv/spor/ui/navigation.py")
    content = trimmed(message.SerializeToString())
    shown = ForwardMsg.FromString(content).session_event.script_compilation_exception
    assert shown.message.startswith("Noget gik galt i programmet.")
    assert b"/srv" not in content
    assert b"SyntaxError" not in content


def test_other_messages_are_passed_on_unread() -> None:
    """A chart of 20 MB takes no longer than a word: its contents are not looked at."""
    message = ForwardMsg(hash="abc")
    message.delta.new_element.markdown.body = "new_session" * 2_000_000
    message.metadata.delta_path.extend([0, 1])
    content = message.SerializeToString()
    taken = []
    for _ in range(5):
        started = time.thread_time()
        assert trimmed(content) is content
        taken.append(time.thread_time() - started)
    assert min(taken) < 0.005
    for kind in ForwardMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        other = ForwardMsg(hash="abc")
        if kind.message_type:
            getattr(other, kind.name).SetInParent()
        else:
            setattr(other, kind.name, "x" if kind.name == "ref_hash" else 1)
        if kind.name != "new_session":
            assert trimmed(other.SerializeToString()) == other.SerializeToString()


def talk(*incoming: Message) -> tuple[list[Message], list[Message]]:
    """What Streamlit gets, and what the browser gets, when the browser sends this."""
    waiting, received, sent = list(incoming), list[Message](), list[Message]()

    async def streamlit_app(scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            received.append(message)
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "bytes": new_session().SerializeToString()})
        await send({"type": "websocket.send", "text": "navigation"})

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    app: Any = needed_messages(streamlit_app)
    asyncio.run(app({"type": "websocket", "path": "/_stcore/stream"}, receive, send))
    return received, sent


def test_only_needed_messages_reach_streamlit() -> None:
    needed: Message = {
        "type": "websocket.receive",
        "bytes": back("app_heartbeat").SerializeToString(),
    }
    received, sent = talk(
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": back("clear_cache").SerializeToString()},
        {"type": "websocket.receive", "text": "hej"},
        {"type": "websocket.receive", "bytes": b"\xff\xff"},
        needed,
        {"type": "websocket.disconnect"},
    )
    assert received == [{"type": "websocket.connect"}, needed]
    assert [message["type"] for message in sent] == ["websocket.accept"] + ["websocket.send"] * 2
    assert b"navigation.py" not in sent[1]["bytes"]


@pytest.mark.parametrize(("code", "is_one"), [(1000, True), (1001, True), (1006, False)])
def test_a_closed_window_says_goodbye_and_a_broken_way_does_not(
    monkeypatch: pytest.MonkeyPatch, code: int, is_one: bool
) -> None:
    closed: list[str] = []
    monkeypatch.setattr("ui.websocket.note_goodbye", closed.append)
    begun = new_session()
    begun.new_session.initialize.session_id = "s1"

    async def streamlit_app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.send", "bytes": begun.SerializeToString()})
        await receive()

    async def receive() -> Message:
        return {"type": "websocket.disconnect", "code": code}

    async def send(message: Message) -> None:
        pass

    app: Any = needed_messages(streamlit_app)
    asyncio.run(app({"type": "websocket"}, receive, send))
    assert closed == ["s1"] * is_one
