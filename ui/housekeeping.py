"""What the server gives back by itself: memory, files of an event loop, sessions that are gone.

Streamlit forgets a session two minutes after its window was closed, as if the way to it had only
broken, and looks when the next one opens or closes; Python and the C library keep what is freed for
later. A server that fifty people have used in the morning would keep their memory and handles until
the next morning.
"""

import ctypes
import gc
import logging
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from typing import Any

from streamlit import runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from kpi.domain.errors import KpiError
from ui.keeping import forget

_LOG = logging.getLogger(__name__)
_ROUND_SECONDS = 5
# Nobody has looked at a page for so long: the next one waits a moment longer for its figures.
_IDLE_SECONDS = 75.0
# So long the session of a closed window lies, should its page ask for it again all the same.
_GOODBYE_SECONDS = 10.0
# The names of glibc's settings (malloc.h), and what they are set to.
_ARENAS, _MOST_ARENAS = -8, 2
_MMAP_FROM, _MMAP_BYTES = -3, 1024**2
_TRIM_FROM, _TRIM_BYTES = -1, 4 * 1024**2


class _Rounds(threading.Thread):
    """The thread that goes the rounds, and when a page was last shown."""

    def __init__(self) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self._last_visit = self._cleared_after = time.monotonic()
        self._collected_after = self._last_visit

    def note_visit(self) -> None:
        """Postpones the clearing up: somebody looks at a page."""
        self._last_visit = time.monotonic()

    def run(self) -> None:
        """A round every `_ROUND_SECONDS`, as long as the server runs."""
        while True:
            try:
                self._wait()
                self._go_round()
            except (RuntimeError, AttributeError, OSError):
                # The rounds go on: without them memory would only grow.
                _LOG.exception("housekeeping failed")

    def _go_round(self) -> None:
        last = self._last_visit
        is_idle = last != self._cleared_after and time.monotonic() - last >= _IDLE_SECONDS
        was_visited, self._collected_after = last != self._collected_after, last
        if is_idle:
            self._cleared_after = last
        give_back(is_idle, was_visited)

    def _wait(self) -> None:
        """Until the next round, which is sooner when figures of a former version have gone.

        They are as many as those of the new one that come in their place.
        """
        for _ in range(_ROUND_SECONDS):
            time.sleep(1.0)
            if self._last_visit != self._collected_after and forget_former_figures():
                return


_ROUNDS = _Rounds()
# When the windows of sessions were closed.
_GOODBYES: dict[str, float] = {}


def note_visit() -> None:
    """Notes that a page is being shown; the caches stay while there are visits."""
    _ROUNDS.note_visit()


def note_goodbye(session_id: str) -> None:
    """Notes that a session's window was closed: it need not lie for two minutes."""
    _GOODBYES[session_id] = time.monotonic()


@cache
def keep_house() -> None:
    """Starts the rounds, once in a process."""
    _bound_arenas()
    _ROUNDS.start()


def give_back(figures_too: bool, was_visited: bool = False) -> None:
    """One round: forgets sessions that nobody can resume, and hands freed memory back.

    The cached figures go too (`figures_too`) when nobody has looked at a page for a while. Where
    pages were shown since the last round, those of an earlier version go, and garbage is searched
    for: Streamlit's own search after every run is off (.streamlit/config.toml), as it took two
    thirds of the processor's time with fifty people, while every page waited.
    """
    forgotten = forget_lost_sessions()
    if figures_too:
        forget()
    elif was_visited:
        forget_former_figures()
    if forgotten or figures_too or was_visited:
        gc.collect()
    _trim()


def forget_lost_sessions() -> int:
    """How many sessions were dropped because nobody can or will resume them."""
    sessions = _sessions()
    storage: Any = getattr(sessions, "_session_storage", None)
    if sessions is None or not isinstance(storage, MemorySessionStorage):
        return 0
    with sessions._storage_lock:
        lost = [stored for _, stored in storage._cache.expire()]  # type: ignore[attr-defined]
        for session_id in _long_gone():
            if (stored := storage.get(session_id)) is not None:
                storage.delete(session_id)
                lost.append(stored)
    for stored in lost:
        # Closes the session's event loop, which has three handles.
        stored.session.shutdown()
    return len(lost)


def _long_gone() -> list[str]:
    """The sessions whose windows were closed a while ago; each is named once."""
    before = time.monotonic() - _GOODBYE_SECONDS
    gone = [session_id for session_id, closed_at in [*_GOODBYES.items()] if closed_at < before]
    for session_id in gone:
        del _GOODBYES[session_id]
    return gone


def forget_former_figures() -> bool:
    """Lets go of what was computed of an earlier version; whether there was any.

    Nothing goes while there is no current version.
    """
    from ui import cache  # loads all that pages need: not before the first of them is shown

    with suppress(KpiError):
        return cache.forget_earlier_versions(cache.version()) > 0
    return False


def _sessions() -> WebsocketSessionManager | None:
    # Streamlit has no public way to its sessions; another edition than the pinned one is left be.
    server = runtime.get_instance() if runtime.exists() else None
    sessions = getattr(server, "_session_mgr", None)
    return sessions if isinstance(sessions, WebsocketSessionManager) else None


def _bound_arenas() -> None:
    """Lets all threads share two malloc arenas: what one thread frees, another can then use."""
    if sys.platform == "linux" and (library := _c_library()) is not None:
        library.mallopt(_ARENAS, _MOST_ARENAS)
        library.mallopt(_MMAP_FROM, _MMAP_BYTES)
        library.mallopt(_TRIM_FROM, _TRIM_BYTES)


def _trim() -> None:
    if "duckdb" in sys.modules:  # figures were read
        from kpi.system.freed_memory import give_back_freed

        give_back_freed()
    if sys.platform == "linux" and (library := _c_library()) is not None:
        library.malloc_trim(0)


@cache
def _c_library() -> Any:
    """The C library where it is glibc; None for others, which have no such settings."""
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
