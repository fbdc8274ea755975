"""One lock for a session's state, whichever of its runs reads or writes it.

A press stops the run of a page and starts another one beside it, before the stopped run has come to
its next element. Streamlit gives each run a lock of its own on the state that both have, so a field
that the stopped run registers while the new one goes through the fields ends the new one: a
traceback instead of what was pressed.
"""

import threading
from collections.abc import Callable

from streamlit.runtime import state as streamlit_state
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

# Streamlit calls what a button does within its lock. Should that wait for a run that waits for the
# lock, both go on after so long, as they would without us.
_MOST_SECONDS = 5.0


class _Taken(threading.local):
    """Of each thread, whether it got the lock each time that it has not given it back."""

    def __init__(self) -> None:
        self.times: list[bool] = []


class _Lock:
    """A lock that a thread may take again, and that nobody waits for longer than a while."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._taken = _Taken()

    def __enter__(self) -> None:
        self._taken.times.append(self._lock.acquire(timeout=_MOST_SECONDS))

    def __exit__(self, *_: object) -> None:
        if self._taken.times.pop():
            self._lock.release()


class LockedState(SessionState):
    """A session's state with the lock of all its runs."""

    __slots__ = ("lock",)

    def __init__(self) -> None:
        super().__init__()
        self.lock = _Lock()


class RunState(SafeSessionState):
    """The state as a run of a page sees it."""

    def __init__(self, state: SessionState, yield_callback: Callable[[], None]) -> None:
        super().__init__(state, yield_callback)
        if isinstance(state, LockedState):
            # As Streamlit's own fields: setting an attribute would set a value of the session.
            object.__setattr__(self, "_lock", state.lock)


def share_locks() -> None:
    """From now on every session has one lock."""
    # AppSession takes both from here when a session opens; the runner has had its name since it was
    # loaded.
    vars(streamlit_state).update(SessionState=LockedState, SafeSessionState=RunState)
    vars(script_runner).update(SafeSessionState=RunState)
