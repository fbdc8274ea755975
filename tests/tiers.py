"""What `make test` runs at once and what it leaves to `make soak`, which runs every case.

Left out are tests and cases marked `soak`, and of a table of slow cases all but the first and the
last. A table is slow where its tests
take a fixture of their own (a store, a folder, a page), or where it is marked `some_cases`; marked
`every_case` it is run whole: problem codes, pages, days, places of personal numbers, kinds of small
numbers.

Whoever names a file or a test on the command line gets all of it.
"""

import inspect
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

# Fixtures that are there already and only read, or cost nothing.
_AT_HAND = frozenset(("capsys", "catalog", "built_home", "monkeypatch", "plan", "shipped", "store"))

Case = TypeVar("Case")


def is_whole(named: Sequence[str], keyword: str) -> bool:
    """Whether everything is run that the command line selects by folders, files, tests and -k."""
    files = [name for name in named if Path(name.split("::")[0]).is_file()]
    return "SPOR_SOAK" in os.environ or bool(files or keyword)


def split(items: Sequence[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that `make test` runs and those that it leaves, each in the order given."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        if not item.get_closest_marker("soak"):
            tables.setdefault(item.nodeid.split("[")[0], []).append(item)
    run = {
        item for table in tables.values() for item in (ends(table) if _is_slow(table[0]) else table)
    }
    return [item for item in items if item in run], [item for item in items if item not in run]


def _is_slow(item: pytest.Item) -> bool:
    if item.get_closest_marker("every_case") or not isinstance(item, pytest.Function):
        return False
    given = item.callspec.params if hasattr(item, "callspec") else {}
    fixtures = {*inspect.signature(item.function).parameters} - {*given, "self"} - _AT_HAND
    return bool(fixtures or item.get_closest_marker("some_cases"))


def ends(cases: Sequence[Case]) -> list[Case]:
    """The first and the last of the cases, which say that the rule is there."""
    return [*cases] if len(cases) < 2 else [cases[0], cases[-1]]
