"""What the server gives back: the handles and memory of sessions whose window is closed."""

import asyncio
import gc
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from ui import housekeeping

_SESSIONS = 20
Serve = Callable[[int], WebsocketSessionManager]


def _manager(seconds_to_resume: int) -> WebsocketSessionManager:
    return WebsocketSessionManager(
        session_storage=MemorySessionStorage(ttl_seconds=seconds_to_resume),
        uploaded_file_manager=MemoryUploadedFileManager("/upload"),
        script_cache=ScriptCache(),
        message_enqueued_callback=None,
    )


async def _leave_sessions(manager: WebsocketSessionManager, count: int) -> None:
    """Sessions as they lie when their windows are closed; each has an event loop of its own."""
    for _ in range(count):
        session = AppSession(
            script_data=ScriptData(str(Path("ui/navigation.py").resolve()), is_hello=False),
            uploaded_file_manager=manager._uploaded_file_mgr,
            script_cache=manager._script_cache,
            message_enqueued_callback=None,
            user_info={},
        )
        manager._session_storage.save(SessionInfo(client=None, session=session))


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Makes the sessions that housekeeping sees; takes the seconds for which one can be resumed."""

    def of_seconds(seconds: int) -> WebsocketSessionManager:
        manager = _manager(seconds)
        monkeypatch.setattr(housekeeping, "_sessions", lambda: manager)
        return manager

    yield of_seconds
    gc.collect()


def _handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(sys.platform != "linux", reason="/proc lists a process's handles on Linux only")
def test_sessions_that_nobody_can_resume_give_their_handles_back(serve: Serve) -> None:
    manager = serve(1)
    gc.collect()
    before = _handles()
    asyncio.run(_leave_sessions(manager, _SESSIONS))
    assert _handles() >= before + _SESSIONS
    time.sleep(1.1)
    housekeeping.give_back(figures_too=False)
    assert _handles() <= before


def test_a_session_that_can_be_resumed_stays(serve: Serve) -> None:
    manager = serve(120)
    asyncio.run(_leave_sessions(manager, 3))
    assert housekeeping.forget_lost_sessions() == 0
    assert len(manager._session_storage.list()) == 3


def test_without_a_server_there_is_nothing_to_forget() -> None:
    assert housekeeping.forget_lost_sessions() == 0


@pytest.mark.parametrize(("figures_too", "reads"), [(False, 1), (True, 2)])
def test_cached_figures_are_forgotten_only_when_asked(figures_too: bool, reads: int) -> None:
    read: list[int] = []

    @st.cache_resource(show_spinner=False)
    def figures(version: str) -> int:
        read.append(1)
        return 1

    # Streamlit knows the function from the other case again.
    version = f"{reads:06d}"
    figures(version)
    housekeeping.give_back(figures_too)
    figures(version)
    assert len(read) == reads


@pytest.mark.parametrize("was_visited", [True, False])
def test_garbage_of_pages_is_searched_for_after_visits(was_visited: bool) -> None:
    class Page:
        itself: "Page"

    gc.collect()
    gc.disable()
    try:
        page = Page()
        page.itself = page
        left = weakref.ref(page)
        del page
        housekeeping.give_back(figures_too=False, was_visited=was_visited)
        assert (left() is None) == was_visited
    finally:
        gc.enable()


def test_the_version_that_holds_is_empty_where_none_does(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert housekeeping.version_now() == "000001"
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "none"))
    assert housekeeping.version_now() == ""
