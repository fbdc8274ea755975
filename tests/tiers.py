"""What `make test` runs at once and what it leaves to `make soak`, which runs every case.

Left out are tests and cases marked `soak`, and of a module all slow cases but two: its first and
its last. Tests are slow that take a fixture of their own (a store, a folder, a page), or are marked
`some_cases`; marked `every_case` they are run whole: problem codes, pages, days, places of personal
numbers, kinds of small numbers.

Whoever names a file or a test on the command line gets all of it.
"""

import inspect
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

# Fixtures that are there already and only read, or cost nothing.
_AT_HAND = frozenset(("capsys", "catalog", "built_home", "monkeypatch", "plan", "shipped", "store"))

# Of a module so many slow cases say that its rules are there; who changes one runs it whole.
_MOST_SLOW = 2

Case = TypeVar("Case")


def is_whole(named: Sequence[str], keyword: str) -> bool:
    """Whether everything is run that the command line selects by folders, files, tests and -k."""
    files = [name for name in named if Path(name.split("::")[0]).is_file()]
    return "SPOR_SOAK" in os.environ or bool(files or keyword)


def split(items: Sequence[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that `make test` runs and those that it leaves, each in the order given."""
    run: set[pytest.Item] = set()
    slow: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("soak"):
            continue
        if _is_slow(item):
            slow.setdefault(item.nodeid.split("::")[0], []).append(item)
        else:
            run.add(item)
    run.update(case for cases in slow.values() for case in evenly(cases, _MOST_SLOW))
    return [item for item in items if item in run], [item for item in items if item not in run]


def _is_slow(item: pytest.Item) -> bool:
    if item.get_closest_marker("every_case") or not isinstance(item, pytest.Function):
        return False
    given = item.callspec.params if hasattr(item, "callspec") else {}
    fixtures = _arguments(item.function) - given.keys()
    return bool(fixtures or item.get_closest_marker("some_cases"))


@cache
def _arguments(function: Callable[..., object]) -> frozenset[str]:
    """What a test takes that is not at hand. Kept, as all cases of a test take the same."""
    return frozenset(inspect.signature(function).parameters) - {"self"} - _AT_HAND


def evenly(cases: Sequence[Case], most: int) -> list[Case]:
    """So many of the cases, two at least, evenly spaced: the first and the last are among them."""
    last = len(cases) - 1
    if last < most:
        return [*cases]
    return [cases[round(step * last / (most - 1))] for step in range(most)]
