"""A run that a press has stopped registers its fields while the next one goes through them."""

import inspect
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
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


def _errors_of_a_field_between(
    monkeypatch: pytest.MonkeyPatch, stopped: SafeSessionState, following: SafeSessionState
) -> int:
    """How often one of two runs failed, where one goes through two fields and one registers more.

    What is registered comes while the first of the two is looked at, or waits for the lock.
    """
    for number in range(2):
        stopped.register_widget(_field(number), None)
    entered = [WidgetState(id=_field(number).id, string_value="ja") for number in range(2)]
    is_between, is_registered = threading.Event(), threading.Event()
    errors: list[Exception] = []
    look_at: Callable[[SessionState, str], bool] = vars(SessionState)["_widget_changed"]

    def look_and_wait(session: SessionState, widget_id: str) -> bool:
        if not is_between.is_set():
            is_between.set()
            is_registered.wait(0.3)
        return look_at(session, widget_id)

    def registers() -> None:
        is_between.wait(20)
        stopped.register_widget(_field(2), None)
        is_registered.set()

    monkeypatch.setattr(SessionState, "_widget_changed", look_and_wait)
    thread = threading.Thread(target=registers)
    thread.start()
    try:
        following.on_script_will_rerun(WidgetStates(widgets=entered))
    except (RuntimeError, KeyError) as error:
        errors.append(error)
    thread.join(20)
    assert is_between.is_set()
    assert is_registered.is_set()
    return len(errors)


def test_a_stopped_run_does_not_end_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _errors_of_a_field_between(monkeypatch, *_two_runs(LockedState, RunState)) == 0


def test_without_the_lock_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Streamlit does it: once it has mended that, ours can go."""
    assert _errors_of_a_field_between(monkeypatch, *_two_runs(SessionState, SafeSessionState)) == 1


@pytest.mark.soak
def test_no_moment_of_a_stopped_run_ends_the_next_one() -> None:
    with _threads_that_change_often():
        errors = sum(
            _errors_of_overlapping_runs(*_two_runs(LockedState, RunState)) for _ in range(8)
        )
    assert errors == 0


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
