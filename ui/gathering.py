"""What pages tell the event loop, a few messages at a time.

A page sends a hundred messages within some fifty milliseconds. For each one Streamlit wakes the
event loop twice, and each time the page's thread loses its turn at Python to it: together a sixth
of the time that a page takes. Here the first message still wakes it at once; those that come in the
few milliseconds after it are handed over together.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any

# What a page's thread is called by Streamlit; a test says so when that changes.
PAGE_THREAD = "ScriptRunner.scriptThread"
# Too short for anyone to see, and as long as Python lets a thread run before another one's turn.
_SECONDS = 0.005


class Gathering:
    """Replaces `call_soon_threadsafe` of a loop; what a thread hands over keeps its order."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._loop_thread = threading.get_ident()
        self._wake = loop.call_soon_threadsafe
        self._waiting: deque[tuple[Callable[..., object], tuple[Any, ...], Context]] = deque()
        self._lock = threading.Lock()
        self._is_coming = False

    def call(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle | None:
        """As `call_soon_threadsafe`; of a page's thread nothing is given back to cancel it by."""
        if threading.get_ident() == self._loop_thread:
            return self._loop.call_soon(callback, *args, context=context)
        if threading.current_thread().name != PAGE_THREAD or self._loop.is_closed():
            return self._wake(callback, *args, context=context)
        with self._lock:
            self._waiting.append((callback, args, context or copy_context()))
            is_first, self._is_coming = not self._is_coming, True
        if is_first:
            self._wake(self._hand_over)
        return None

    def _hand_over(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, deque()
            self._is_coming = bool(waiting)
        for callback, args, context in waiting:
            self._loop.call_soon(callback, *args, context=context)
        if waiting:
            self._loop.call_later(_SECONDS, self._hand_over)


def gather_messages() -> None:
    """Lets the running event loop take the messages of pages together."""
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe = Gathering(loop).call  # type: ignore[method-assign,assignment]
