"""Kept values: computed once however many ask, bounded in number, and none kept of a failure."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.tables import for_each
from ui.keeping import Kept, forget, kept

THREADS = 8


def test_threads_that_ask_at_once_share_one_computation() -> None:
    together = threading.Barrier(THREADS, timeout=60)
    is_computing, computed = threading.Event(), []

    @kept(most=2)
    def square(number: int) -> list[int]:
        is_computing.wait(60)
        computed.append(number)
        return [number * number]

    def ask(thread: int) -> list[int]:
        together.wait()
        return square(thread % 2)

    with ThreadPoolExecutor(THREADS) as threads:
        asked = [threads.submit(ask, thread) for thread in range(THREADS)]
        is_computing.set()
        answers = [answer.result(60) for answer in asked]
    assert sorted(computed) == [0, 1]
    assert {id(answer) for answer in answers} == {id(square(0)), id(square(1))}


def test_one_that_is_computed_holds_up_no_other() -> None:
    goes_on = threading.Event()

    @kept(most=9)
    def slow(number: int) -> int:
        assert not number or goes_on.wait(60)
        return number

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(slow, 1)
        assert slow(0) == 0
        slow.forget()
        goes_on.set()
        assert waiting.result(60) == 1


def test_a_failure_is_tried_again_and_by_those_who_waited_too() -> None:
    tries = []

    @kept(most=2)
    def sometimes(number: int) -> int:
        tries.append(number)
        if len(tries) == 1:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="7"):
        sometimes(7)
    assert [sometimes(7), sometimes(7)] == [7, 7]
    assert tries == [7, 7]


def test_the_one_that_was_not_asked_for_longest_goes_first() -> None:
    computed = []

    @kept(most=2)
    def value(number: int, *, unit: str = "") -> None:
        computed.append((number, unit))

    for number in (1, 2, 1, 3, 1, 2):
        value(number)
    assert computed == [(1, ""), (2, ""), (3, ""), (2, "")]
    value(1, unit="%")
    assert computed[-1] == (1, "%")


@for_each(("gone", "again"), [((), []), ((1,), [1]), ((1, 2), [1, 2])])
def test_what_is_forgotten_is_computed_anew(gone: tuple[int, ...], again: list[int]) -> None:
    computed: list[int] = []
    value: Kept[[int], None] = Kept(computed.append, most=9)
    for number in (1, 2):
        value(number)
    # Functions of the app may have kept a value, also one of no arguments.
    assert forget(lambda arguments: arguments[:1] in {(number,) for number in gone}) == len(gone)
    del computed[:]
    for number in (1, 2):
        value(number)
    assert computed == again
