"""Values that are computed once for all who ask, the one that was not asked for longest let go of.

Streamlit's own cache can only be emptied as a whole. After a publication that would throw away what
the new version's first readers have just computed; here what an earlier version left goes alone.
"""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, ParamSpec, TypeVar

from ui.turns import paused

P = ParamSpec("P")
R = TypeVar("R")
Arguments = tuple[object, ...]

_ALL: "weakref.WeakSet[Kept[Any, Any]]" = weakref.WeakSet()


class Kept(Generic[P, R]):
    """A function that keeps its `most` newest values, and computes none twice at a time.

    Threads that ask for a value which another one computes wait for it. What raises is not kept:
    the next one tries again.
    """

    def __init__(self, compute: Callable[P, R], most: int) -> None:
        self._compute, self._most = compute, most
        self._lock = threading.Lock()
        self._values: OrderedDict[Arguments, R] = OrderedDict()
        self._computing: dict[Arguments, threading.Lock] = {}
        _ALL.add(self)

    def __call__(self, *args: P.args, **named: P.kwargs) -> R:
        """The value of the arguments, which must be hashable."""
        key: Arguments = (*args, *sorted(named.items()))
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            computing = self._computing.setdefault(key, threading.Lock())
        with _held(computing):
            with self._lock:
                if key in self._values:
                    return self._values[key]
            try:
                value = self._compute(*args, **named)
                self._keep(key, value)
            finally:
                with self._lock:
                    self._computing.pop(key, None)
        return value

    def known(self, *args: P.args, **named: P.kwargs) -> R | None:
        """The value of the arguments where it is there already; nothing is computed for it."""
        with self._lock:
            return self._values.get((*args, *sorted(named.items())))

    def _keep(self, key: Arguments, value: R) -> None:
        too_many = []
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                too_many.append(self._values.popitem(last=False))
        # Let go of here, where nobody waits for the lock: a store that nobody reads closes.

    def forget(self, is_gone: Callable[[Arguments], bool] = lambda _: True) -> int:
        """Lets go of the values of such arguments (all without a condition); how many it were."""
        let_go = []
        with self._lock:
            let_go += [self._values.pop(key) for key in [*self._values] if is_gone(key)]
        return len(let_go)


@contextmanager
def _held(lock: threading.Lock) -> Iterator[None]:
    if not lock.acquire(blocking=False):
        with paused():
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def kept(most: int) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Makes a function one that keeps its values."""

    def keep(compute: Callable[P, R]) -> Kept[P, R]:
        return Kept(compute, most)

    return keep


def forget(is_gone: Callable[[Arguments], bool] = lambda _: True) -> int:
    """Lets go of the values of such arguments in every function that keeps any; how many."""
    return sum(function.forget(is_gone) for function in [*_ALL])
