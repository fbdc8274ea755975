"""Turns of pages: so many at once, in the order in which they came, and nobody waits for ever."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from ui import turns
from ui.keeping import kept

AT_ONCE = 2


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[turns.Turns]:
    """Turns of which the tests of other pages hold none."""
    of_the_test = turns.Turns(AT_ONCE)
    monkeypatch.setattr(turns, "_TURNS", of_the_test)
    yield of_the_test
    assert of_the_test._free == AT_ONCE  # every turn was given back
    assert not of_the_test._waiting


def _start(own: turns.Turns, *pages: Callable[[], None]) -> list[threading.Thread]:
    """Pages that come one after the other: each has a turn, or waits for one, before the next."""
    threads = []
    for page in pages:
        before = _here(own)
        thread = threading.Thread(target=page, daemon=True)
        thread.start()
        threads.append(thread)
        _wait_until(lambda before=before: _here(own) > before)  # type: ignore[misc]
    return threads


def _here(own: turns.Turns) -> int:
    return AT_ONCE - own._free + len(own._waiting)


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.001)


def _end(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def test_pages_are_worked_out_in_the_order_they_came_and_few_at_once(own: turns.Turns) -> None:
    worked_out: list[int] = []
    may_end = [threading.Event() for _ in range(8)]

    def page(number: int) -> None:
        with turns.turn():
            worked_out.append(number)
            may_end[number].wait(30)

    threads = _start(own, *(partial(page, number) for number in range(AT_ONCE)))
    _wait_until(lambda: len(worked_out) == AT_ONCE)
    threads += _start(own, *(partial(page, number) for number in range(AT_ONCE, len(may_end))))
    assert sorted(worked_out) == [0, 1]
    # Whenever a page ends, the one that has waited longest is computed, and no other.
    for number in range(AT_ONCE, len(may_end)):
        may_end[number - AT_ONCE].set()
        _wait_until(lambda number=number: len(worked_out) > number)  # type: ignore[misc]
        assert worked_out[AT_ONCE:] == [*range(AT_ONCE, number + 1)]
    for event in may_end:
        event.set()
    _end(threads)


def test_a_page_that_waits_lets_others_go_on_and_then_goes_on_before_them(
    own: turns.Turns,
) -> None:
    steps: list[str] = []
    asked, answered = threading.Event(), threading.Event()
    may_end = {name: threading.Event() for name in ("first", "second", "third")}

    def reading() -> None:
        with turns.turn():
            with turns.paused():
                asked.set()
                answered.wait(30)
            steps.append("read")

    def works(name: str) -> None:
        with turns.turn():
            steps.append(name)
            may_end[name].wait(30)

    reader = threading.Thread(target=reading, daemon=True)
    reader.start()
    assert asked.wait(30)
    threads = _start(own, *(partial(works, name) for name in may_end))
    _wait_until(lambda: len(steps) == AT_ONCE)
    answered.set()
    _wait_until(lambda: _here(own) == len(threads) + 1)
    may_end["first"].set()
    _wait_until(lambda: len(steps) == 4)
    assert steps == ["first", "second", "read", "third"]
    for event in may_end.values():
        event.set()
    _end([reader, *threads])


def test_who_waits_for_a_value_that_another_computes_holds_no_turn() -> None:
    """Twice as many as there are turns wait for one value, and another page goes on."""
    started, goes_on = threading.Event(), threading.Event()
    answers: list[int] = []

    @kept(most=1)
    def value() -> int:
        started.set()
        with turns.paused():
            goes_on.wait(30)
        return 7

    def page() -> None:
        with turns.turn():
            answers.append(value())

    def other() -> None:
        with turns.turn():
            goes_on.set()

    threads = [threading.Thread(target=page, daemon=True) for _ in range(2 * AT_ONCE)]
    for thread in threads:
        thread.start()
    assert started.wait(30)
    threads.append(threading.Thread(target=other, daemon=True))
    threads[-1].start()
    _end(threads)
    assert answers == [7] * (2 * AT_ONCE)


def test_what_hangs_holds_up_nobody_for_good(
    own: turns.Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_MOST_SECONDS", 0.05)
    hangs = threading.Event()
    done: list[int] = []

    def hang() -> None:
        with turns.turn():
            hangs.wait(30)

    def page() -> None:
        with turns.turn():
            with turns.paused():
                pass
            done.append(1)

    threads = _start(own, *[hang] * AT_ONCE)
    pages = [threading.Thread(target=page, daemon=True) for _ in range(2)]
    for thread in pages:
        thread.start()
    _end(pages)
    assert len(done) == 2
    hangs.set()
    _end(threads)


def test_a_page_that_fails_gives_its_turn_back() -> None:
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turns.turn(), turns.paused():
            _ = 1 / 0


def test_a_part_of_a_page_goes_on_with_the_pages_turn(own: turns.Turns) -> None:
    """As a search does that is opened by a run of the whole page."""
    for _ in range(AT_ONCE + 1):
        with turns.turn():
            with turns.turn(), turns.paused():
                assert own._free == AT_ONCE
            assert own._free == AT_ONCE - 1
        assert own._free == AT_ONCE
