"""Few pages are computed at a time, the others after them in the order in which they came.

Python runs one thread at a time, so fifty pages at once would all be finished when the last one is;
and what is finished would be sent late, as the sender waits among them. One after the other, most
are there long before. Whoever waits for something else (a file that is read, a picture, the store's
lock) lets the others go on.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import streamlit as st

AT_ONCE = 2
# Who has waited so long goes on without a turn: nothing that hangs holds up all pages.
_MOST_SECONDS = 5.0
# Until a browser has received a chart and begun to draw it.
_BEGINNING = 0.04


class Turns:
    """So many turns, each handed over to the one who has waited longest."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self, most_seconds: float, *, is_first: bool = False) -> bool:
        """Waits for a turn, before all others where `is_first`; False where none came in time."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Event()
            (self._waiting.appendleft if is_first else self._waiting.append)(mine)
        if mine.wait(most_seconds):
            return True
        with self._lock:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        """Gives a turn on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


_TURNS = Turns(AT_ONCE)
_OWN = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Waits until it is this page's turn, which lasts to the end of the block.

    A part of a page that has its turn goes on with that: it has no other to give back.
    """
    if _has_turn():
        yield
        return
    _OWN.has_turn = _TURNS.take(_MOST_SECONDS)
    try:
        yield
    finally:
        _give_own()


@contextmanager
def paused() -> Iterator[None]:
    """Lets other pages go on while this one waits for something; then it goes on before them.

    Whoever has a turn waits for nobody, so those who wait always get theirs.
    """
    had_turn = _give_own()
    try:
        yield
    finally:
        if had_turn:
            _OWN.has_turn = _TURNS.take(_MOST_SECONDS, is_first=True)


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """Is `paused`, and says on the page for what (unless empty)."""
    with paused(), st.spinner(words) if words else nullcontext():
        yield


def let_draw() -> None:
    """Waits until the browser has begun with what was sent: it puts together all it has at once.

    What a press asks for is drawn sooner when the rest of the page comes after it.
    """
    with paused():
        time.sleep(_BEGINNING)


def _has_turn() -> bool:
    return bool(getattr(_OWN, "has_turn", False))


def _give_own() -> bool:
    had_turn = _has_turn()
    _OWN.has_turn = False
    if had_turn:
        _TURNS.give()
    return had_turn
