"""What the server gives back by itself: memory, files of an event loop, sessions that are gone.

Streamlit forgets a session two minutes after its window was closed, but only looks when the next
one opens or closes; Python and the C library keep what is freed for later. A server that fifty
people have used in the morning would keep their memory and handles until the next morning.
"""

import ctypes
import gc
import logging
import sys
import threading
import time
from functools import cache
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from kpi.domain.errors import KpiError
from kpi.store import current_version, home_folder

_LOG = logging.getLogger(__name__)
_ROUND_SECONDS = 5.0
# Nobody has looked at a page for so long: the next one waits a moment longer for its figures.
_IDLE_SECONDS = 75.0
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
        self._version = ""

    def note_visit(self) -> None:
        """Postpones the clearing up: somebody looks at a page."""
        self._last_visit = time.monotonic()

    def run(self) -> None:
        """A round every `_ROUND_SECONDS`, as long as the server runs."""
        self._version = version_now()
        while True:
            time.sleep(_ROUND_SECONDS)
            last = self._last_visit
            is_idle = last != self._cleared_after and time.monotonic() - last >= _IDLE_SECONDS
            version = version_now()
            # What was computed of an earlier version nobody asks for again, of no day.
            is_new, self._version = version != self._version, version
            try:
                give_back(is_idle or is_new, last != self._collected_after)
            except (RuntimeError, AttributeError, OSError):
                # The rounds go on: without them memory would only grow.
                _LOG.exception("housekeeping failed")
            self._collected_after = last
            if is_idle:
                self._cleared_after = last


_ROUNDS = _Rounds()


def note_visit() -> None:
    """Notes that a page is being shown; the caches stay while there are visits."""
    _ROUNDS.note_visit()


@cache
def keep_house() -> None:
    """Starts the rounds, once in a process."""
    _bound_arenas()
    _ROUNDS.start()


def give_back(figures_too: bool, was_visited: bool = False) -> None:
    """One round: forgets sessions that nobody can resume, and hands freed memory back.

    The cached figures go too (`figures_too`) when nobody has looked at a page for a while, and when
    another version is current. Garbage is searched for where pages were shown since the last round:
    Streamlit's own search after every run is off (.streamlit/config.toml), as it took two thirds of
    the processor's time with fifty people, while every page waited.
    """
    forgotten = forget_lost_sessions()
    if figures_too:
        st.cache_resource.clear()
    if forgotten or figures_too or was_visited:
        gc.collect()
    _trim()


def forget_lost_sessions() -> int:
    """How many sessions were dropped because their window has been closed too long to resume."""
    sessions = _sessions()
    storage: Any = getattr(sessions, "_session_storage", None)
    if sessions is None or not isinstance(storage, MemorySessionStorage):
        return 0
    with sessions._storage_lock:
        lost = storage._cache.expire()  # type: ignore[attr-defined]
    for _, stored in lost:
        # Closes the session's event loop, which has three handles.
        stored.session.shutdown()
    return len(lost)


def version_now() -> str:
    """The current version; empty while there is none that can be read."""
    try:
        return current_version(home_folder())
    except KpiError:
        return ""


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
    if sys.platform == "linux" and (library := _c_library()) is not None:
        library.malloc_trim(0)


@cache
def _c_library() -> Any:
    """The C library where it is glibc; None for others, which have no such settings."""
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
