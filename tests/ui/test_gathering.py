"""What threads of pages tell the event loop: all of it, in order, and little of it wakes it."""

import asyncio
import inspect
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from ui.gathering import PAGE_THREAD, Gathering

_T = TypeVar("_T")


class _Counted:
    """A gathering on the running loop that counts how often the loop is woken."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._wake, self.woken = loop.call_soon_threadsafe, 0
        loop.call_soon_threadsafe = self._count  # type: ignore[method-assign,assignment]
        self.gathering = Gathering(loop)

    def _count(self, callback: Callable[..., object], *args: Any, **rest: Any) -> object:
        self.woken += 1
        return self._wake(callback, *args, **rest)


async def _told(counted: _Counted, name: str, threads: int, messages: int) -> list[tuple[int, int]]:
    """What arrives of so many messages of each of so many threads."""
    arrived: list[tuple[int, int]] = []

    def page(number: int) -> None:
        for message in range(messages):
            counted.gathering.call(arrived.append, (number, message))

    running = [threading.Thread(target=page, args=(each,), name=name) for each in range(threads)]
    for thread in running:
        thread.start()
    while len(arrived) < threads * messages:
        await asyncio.sleep(0.001)
    for thread in running:
        thread.join()
    return arrived


def _within_seconds(work: Coroutine[Any, Any, _T]) -> _T:
    async def bounded() -> _T:
        return await asyncio.wait_for(work, 20)

    return asyncio.run(bounded())


def test_every_message_of_every_page_arrives_in_its_order() -> None:
    async def of_eight() -> tuple[list[tuple[int, int]], int]:
        counted = _Counted()
        return await _told(counted, PAGE_THREAD, 8, 500), counted.woken

    arrived, woken = _within_seconds(of_eight())
    for number in range(8):
        assert [message for page, message in arrived if page == number] == list(range(500))
    assert len(arrived) == 8 * 500
    assert woken < 8 * 500 / 10


def test_a_message_after_a_pause_wakes_the_loop_at_once() -> None:
    async def twice() -> int:
        counted = _Counted()
        await _told(counted, PAGE_THREAD, 1, 1)
        await asyncio.sleep(0.05)
        await _told(counted, PAGE_THREAD, 1, 1)
        return counted.woken

    assert _within_seconds(twice()) == 2


def test_whoever_is_no_page_wakes_the_loop_each_time_and_the_loop_itself_never() -> None:
    async def of_others() -> tuple[int, int]:
        counted, is_told = _Counted(), asyncio.Event()
        await _told(counted, "another", 2, 50)
        woken = counted.woken
        counted.gathering.call(is_told.set)
        await is_told.wait()
        return woken, counted.woken

    assert _within_seconds(of_others()) == (100, 100)


def test_streamlit_calls_the_threads_of_pages_so() -> None:
    assert f'name="{PAGE_THREAD}"' in inspect.getsource(ScriptRunner.start)
