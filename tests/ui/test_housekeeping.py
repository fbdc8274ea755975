"""What the server gives back: the handles and memory of sessions whose window is closed."""

import asyncio
import gc
import sys
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from ui import cache, housekeeping
from ui.keeping import kept

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


@pytest.mark.parametrize(("seconds_ago", "left"), [(9.0, 3), (11.0, 1)])
def test_a_session_whose_window_was_closed_stays_a_moment(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, seconds_ago: float, left: int
) -> None:
    manager = serve(120)
    asyncio.run(_leave_sessions(manager, 3))
    for stored in manager._session_storage.list()[:2]:
        housekeeping.note_goodbye(stored.session.id)
    housekeeping.note_goodbye("one that was resumed since")
    now = time.monotonic() + seconds_ago
    monkeypatch.setattr(time, "monotonic", lambda: now)
    assert housekeeping.forget_lost_sessions() == 3 - left
    assert len(manager._session_storage.list()) == left


def test_without_a_server_there_is_nothing_to_forget() -> None:
    assert housekeeping.forget_lost_sessions() == 0


@pytest.mark.parametrize(
    ("figures_too", "was_visited", "reads"),
    [
        (False, False, {"now": 1, "former": 1}),
        (False, True, {"now": 1, "former": 2}),
        (True, False, {"now": 2, "former": 2}),
    ],
)
def test_of_cached_figures_the_current_versions_stay_while_there_are_visits(
    home: Path, monkeypatch: pytest.MonkeyPatch, figures_too: bool, was_visited: bool,
    reads: dict[str, int],
) -> None:  # fmt: skip
    monkeypatch.setenv("KPI_HOME", str(home))
    read: Counter[str] = Counter()

    @kept(most=9)
    def figures(version_key: str, area_id: str) -> None:
        read[version_key] += 1

    now = cache.version()
    former = now.replace("000001@", "000001@1")
    keys = {"now": [now, cache.as_of(now, date(2025, 3, 19))],
            "former": [former, cache.as_of(former, date(2025, 3, 19)), "000000@5"]}  # fmt: skip
    every = [*keys["now"], *keys["former"]]
    for key in every:
        figures(key, "aarhus")
    housekeeping.give_back(figures_too, was_visited)
    for key in every:
        figures(key, "aarhus")
    assert read == {key: reads[kind] for kind in keys for key in keys[kind]}


def test_what_is_kept_of_no_version_goes_with_the_last_visitor_only(home: Path) -> None:
    asked: list[object] = []

    @kept(most=9)
    def drawn(*of: object) -> None:
        asked.append(of)

    for _ in range(2):
        drawn()
        drawn(date(2025, 3, 19))
        housekeeping.give_back(figures_too=False, was_visited=True)
    assert len(asked) == 2
    housekeeping.give_back(figures_too=True)
    drawn()
    assert len(asked) == 3


def test_whether_figures_of_a_former_version_went_is_said_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(home))

    @kept(most=9)
    def figures(version_key: str) -> None:
        pass

    figures(cache.version())
    housekeeping.forget_former_figures()
    figures("000000@5")
    assert [housekeeping.forget_former_figures() for _ in range(2)] == [True, False]


def test_while_there_is_no_store_everything_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @kept(most=9)
    def figures(version_key: str) -> object:
        return object()

    first = figures("000001@5")
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "none"))
    assert not housekeeping.forget_former_figures()
    assert figures("000001@5") is first


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
