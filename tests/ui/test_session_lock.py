"""A run that a press has stopped registers its fields while the next one goes through them."""

import inspect
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from streamlit.runtime import app_session, state
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from ui import session_lock
from ui.session_lock import LockedState, RunState, share_locks

_FIELDS = 200


@contextmanager
def _threads_that_change_often() -> Iterator[None]:
    """Python hands its threads on every few instructions."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _field(number: int) -> WidgetMetadata[str]:
    return WidgetMetadata(
        id=f"$$ID-{number}-None",
        deserializer=str,
        serializer=str,
        value_type="string_value",
    )


def _errors_of_overlapping_runs(stopped: SafeSessionState, following: SafeSessionState) -> int:
    """How often one of two runs failed while the stopped one registers fields."""
    has_begun = threading.Event()
    errors: list[Exception] = []

    def registers() -> None:
        has_begun.set()
        for number in range(_FIELDS):
            try:
                stopped.register_widget(_field(number), None)
            except (RuntimeError, KeyError) as error:
                errors.append(error)

    thread = threading.Thread(target=registers)
    thread.start()
    has_begun.wait()
    while thread.is_alive():
        try:
            following.on_script_will_rerun(None)
        except (RuntimeError, KeyError) as error:
            errors.append(error)
    thread.join()
    return len(errors)


def _two_runs(
    of_session: Callable[[], SessionState],
    of_run: Callable[[SessionState, Callable[[], None]], SafeSessionState],
) -> tuple[SafeSessionState, SafeSessionState]:
    session = of_session()
    return of_run(session, lambda: None), of_run(session, lambda: None)


def test_a_stopped_run_does_not_end_the_next_one() -> None:
    with _threads_that_change_often():
        errors = sum(
            _errors_of_overlapping_runs(*_two_runs(LockedState, RunState)) for _ in range(8)
        )
    assert errors == 0


def test_without_the_lock_it_does() -> None:
    """As Streamlit does it: once it has mended that, ours can go."""
    with _threads_that_change_often():
        assert any(
            _errors_of_overlapping_runs(*_two_runs(SessionState, SafeSessionState))
            for _ in range(1000)
        )


def test_runs_that_wait_for_each_other_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A button's work waits for a run, and that one for the state: neither hangs for good."""
    monkeypatch.setattr(session_lock, "_MOST_SECONDS", 0.1)
    lock = LockedState().lock
    is_held, has_ended = threading.Event(), threading.Event()

    def hold() -> None:
        with lock, lock:
            is_held.set()
            has_ended.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    assert is_held.wait(20)
    with lock:
        has_ended.set()
    thread.join(20)
    assert not thread.is_alive()
    with lock, lock:
        pass


def test_the_app_gives_every_session_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (
        (state, "SessionState"), (state, "SafeSessionState"), (script_runner, "SafeSessionState"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, getattr(module, name))
    share_locks()
    assert vars(script_runner)["SafeSessionState"] is RunState
    # It imports both when a session opens.
    assert "from streamlit.runtime.state import SessionState" in inspect.getsource(
        app_session.AppSession
    )
    assert state.SessionState is LockedState
