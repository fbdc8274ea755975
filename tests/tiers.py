"""What `make test` runs at once and what it leaves to `make soak`, which runs every case.

Left out are tests and cases marked `soak`, and of a module all slow cases but its first; of one of
`tests/kpi` with quick tests as well, which say that its rules are there, that one too. Of the
functions that hide small numbers (`tests/kpi/suppression`) the last case of the last slow test is
run as well. Tests are slow that take a fixture of their own (a store, a folder, a page), or are
marked `some_cases`. Those of `tests/pages` that only look at a shared store (`usefixtures`) are
quicker: of a module the first is run. Marked `every_case` tests are run whole:
problem codes, pages, days, places of personal numbers. Of small numbers some tables are marked so,
and most are slow cases like others.

Of a module marked `second_look` all slow cases are left: it compares two ways to one answer, goes
through tables drawn by chance, or through what an earlier test of the same rule has looked at once.

Whoever names a file or a test on the command line gets all of it. What one test goes through in a
loop is left in the same way by `some`; of the slow cases of one test (tests/tables.py) two are
tried.

What only `make soak` runs grows stale unseen. `make soak PART=3/20` runs the third of twenty parts
of what `make test` leaves, `make soak PART=today` another one each day.
"""

import inspect
import os
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pytest

Case = TypeVar("Case")

# Fixtures that are there already and only read, or cost nothing.
_AT_HAND = frozenset(("capsys", "catalog", "built_home", "monkeypatch", "plan", "shipped", "store"))

# Of a module one slow case says that its rules are there; who changes one runs it whole. What finds
# the numbers to hide is many rules that may undo each other, and takes no store.
_TWO_OF = "tests/kpi/suppression/"
# So many quick tests say of a module of kpi/ what its first slow case would.
_QUICK_OF, _QUICK_ENOUGH = "tests/kpi/", 2
# A visit of a page takes a second, and a module has a page, or a place of one, of its own.
_VISITS, _MOST_VISITS = "tests/pages/", 1

# What `PART=today` is one of: a month of working days.
_PARTS, _TODAY = 20, "today"
_THIS_RUN = {"takes every case": True}


def take_every_case(whole: bool) -> None:
    """What `some` gives in this run; known before tests are collected."""
    _THIS_RUN["takes every case"] = whole


def takes_every_case() -> bool:
    """Whether this run tries all that tests go through."""
    return _THIS_RUN["takes every case"]


@contextmanager
def as_if(whole: bool) -> Iterator[None]:
    """For a test of what is taken: another answer meanwhile, and afterwards this run's again.

    What holds for all later tests of a process: every loop of theirs once went through all of its
    cases, and nobody saw anything but a slow run.
    """
    of_this_run = takes_every_case()
    take_every_case(whole)
    try:
        yield
    finally:
        take_every_case(of_this_run)


def some(cases: Sequence[Case], most: int) -> Sequence[Case]:
    """Of the cases that one test goes through the first, the last and others between, in order.

    As many at most, all of them where every case is run. For cases that say nothing of each other.
    """
    if takes_every_case() or len(cases) <= most:
        return cases
    return [cases[place * (len(cases) - 1) // max(most - 1, 1)] for place in range(most)]


def in_turn(cases: Sequence[Case], number: int) -> Sequence[Case]:
    """Of the cases one, another for each number; all of them where every case is run.

    For two tables of which each case goes with each: every case of both is tried.
    """
    return cases if takes_every_case() else [cases[number % len(cases)]]


def is_whole(named: Sequence[str], keyword: str) -> bool:
    """Whether everything is run that the command line selects by folders, files, tests and -k."""
    files = [name for name in named if Path(name.split("::")[0]).is_file()]
    return "SPOR_SOAK" in os.environ or bool(files or keyword)


def split(items: Sequence[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that `make test` runs and those that it leaves, each in the order given."""
    run: set[pytest.Item] = set()
    slow: dict[str, dict[str, pytest.Item]] = {}
    visits: dict[str, list[pytest.Item]] = {}
    quick: Counter[str] = Counter()
    for item in items:
        module = item.nodeid.split("::")[0]
        if item.get_closest_marker("soak"):
            continue
        if _is_slow(item):
            if item.get_closest_marker("second_look"):
                continue
            slow.setdefault(module, {})[item.nodeid] = item
        elif _is_visit(item):
            visits.setdefault(module, []).append(item)
        else:
            run.add(item)
            quick[module] += 1
    run.update(
        cases[name]
        for module, cases in slow.items()
        for name in those_that_stay([*cases], quick[module])
    )
    run.update(chain.from_iterable(some(cases, _MOST_VISITS) for cases in visits.values()))
    return [item for item in items if item in run], [item for item in items if item not in run]


def leave_unbuilt(metafunc: pytest.Metafunc) -> int:
    """Takes from one test the cases that `split` would leave whatever the others are.

    A case costs a fifth of a millisecond to build, in each process. Of a test the slow cases stay
    that may be the first or the last of their module. Returns how many it took.
    """
    of_test = {mark.name for mark in metafunc.definition.iter_markers()}
    # pytest has no public way to see the cases that the marks of a test made.
    calls = metafunc._calls
    marks = [of_test | {mark.name for mark in call.marks} for call in calls]
    slow = [
        place
        for place, call in enumerate(calls)
        if "soak" not in marks[place]
        and _is_slow_case(marks[place], metafunc.function, call.params)
    ]
    left = {place for place, names in enumerate(marks) if "soak" in names}
    left |= {*(slow if "second_look" in of_test else slow[1:-1])}
    # A test without any would be built as one that has no table.
    if len(left) == len(calls):
        left -= {0}
    metafunc._calls = [call for place, call in enumerate(calls) if place not in left]
    return len(left)


def part_of(left: Sequence[pytest.Item], part: str, today: date) -> list[pytest.Item]:
    """Of what `make test` leaves the part `3/20`, or `today`'s: each has some of every folder.

    Raises pytest.UsageError for another word.
    """
    todays = f"{today.toordinal() % _PARTS + 1}/{_PARTS}"
    number, _, count = (todays if part == _TODAY else part).partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise pytest.UsageError(f"PART is a part such as 3/{_PARTS}, or {_TODAY}: not {part}")
    return [*left[int(number) - 1 :: int(count)]]


def _is_slow(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    given = item.callspec.params if hasattr(item, "callspec") else {}
    return _is_slow_case({mark.name for mark in item.iter_markers()}, item.function, given)


def _is_visit(item: pytest.Item) -> bool:
    """Whether a test that is not slow looks at a page of a store that others look at, too."""
    marks = {mark.name for mark in item.iter_markers()}
    return item.nodeid.startswith(_VISITS) and "usefixtures" in marks and "every_case" not in marks


def _is_slow_case(
    marks: Container[str], test: Callable[..., object], given: Mapping[str, object]
) -> bool:
    """Whether a case is slow that has these marks and whose table gives these arguments."""
    if "every_case" in marks:
        return False
    return bool(has_own_fixtures(test, given) or "some_cases" in marks)


def has_own_fixtures(test: Callable[..., object], given: Container[str]) -> bool:
    """Whether a test takes more than its cases give it (by name) and what is at hand."""
    return any(name not in given for name in _arguments(test))


@cache
def _arguments(function: Callable[..., object]) -> frozenset[str]:
    """What a test takes that is not at hand. Kept, as all cases of a test take the same."""
    return frozenset(inspect.signature(function).parameters) - {"self"} - _AT_HAND


def those_that_stay(cases: Sequence[str], quick: int) -> list[str]:
    """Of the slow cases of a module, by their pytest ids, those that `make test` runs.

    With how many quick tests the module has beside them.
    """
    first, last = cases[0], cases[-1]
    if first.startswith(_TWO_OF):
        is_of_one_test = first.partition("[")[0] == last.partition("[")[0]
        return [first] if is_of_one_test else [first, last]
    return [] if first.startswith(_QUICK_OF) and quick >= _QUICK_ENOUGH else [first]
