"""Checking a small file as the command line and the page do, in one call."""

import atexit
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from kpi.domain.catalog import Catalog
from kpi.ingest.checked import Checked
from kpi.ingest.checking import check
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import Recipe, parse_recipe
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, open_store, version_path
from kpi.store.connection import compared_with, connect

# What a problem is known by: code, severity, row, column, value.
Reported = tuple[str, str, int | None, str | None, str | None]
Case = TypeVar("Case")
# An observation of a file: area, group, period, value, status.
Read = tuple[str, str, str, float | None, str]


# What is reported of a figure beside others, however well it is written: tests/kpi/ingest/
# test_plausible.py. Made-up figures are rarely plausible, so other tests look past these.
BESIDE_OTHERS = frozenset(
    ("big_change", "tenfold", "from_zero", "scale", "unlike_others", "same_value",
     "unchanged_period", "not_whole", "other_period_kind", "other_source", "begun_period")
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A store's newest version and its catalog: what files are compared with."""

    version: Path
    catalog: Catalog

    @classmethod
    def of(cls, home: Path) -> "Desk":
        """The desk of a store."""
        store = open_store(home)
        try:
            return cls(version_path(home, current_version(home)), store.catalog())
        finally:
            store.close()

    def check(
        self,
        content: str | bytes,
        recipe: str | Recipe | None = None,
        name: str = "udtræk.csv",
        recipes: Sequence[Recipe] = (),
        source_id: str | None = None,
        **said: Any,
    ) -> Checked:
        """What `check` reports of a file. `recipe` may be TOML text; `said` goes to Choices."""
        # Bytes are checked as they are; a text ends with its last line, as every program writes it.
        is_text = isinstance(content, str) and content and not content.startswith("{")
        if isinstance(content, str) and is_text and not content.endswith(("\n", "\r")):
            content += "\n"
        raw = content.encode() if isinstance(content, str) else content
        chosen = parse_recipe(recipe, "prøve") if isinstance(recipe, str) else recipe
        connection = _kept_connection(self.version)
        connection.execute("ATTACH ':memory:' AS own; USE own")
        try:
            return check(
                connection,
                Upload(name, raw),
                self.catalog,
                Choices(chosen, source_id, **said),
                lambda: recipes,
            )
        finally:
            connection.execute("USE memory; DETACH own")


# Opening a connection is a tenth of the check of a small file. It is kept for the next ones, each
# of which has a database of its own; of a few versions, since most are compared with once. After
# some it is opened anew: it grows slower with every database that it has had.
_MOST_KEPT, _MOST_CHECKS = 3, 25
_KEPT: dict[Path, tuple[ExitStack, duckdb.DuckDBPyConnection, Iterator[int]]] = {}


def _kept_connection(version: Path) -> duckdb.DuckDBPyConnection:
    if version in _KEPT and next(_KEPT[version][2]) == _MOST_CHECKS:
        _close(version)
    if version not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            _close(next(iter(_KEPT)))
        stack = ExitStack()
        _KEPT[version] = stack, stack.enter_context(compared_with(version, 0)), count(1)
    _KEPT[version] = _KEPT.pop(version)  # the last used is the last to go
    return _KEPT[version][1]


def _close(version: Path) -> None:
    stack, *_ = _KEPT.pop(version)
    stack.close()


@atexit.register
def _close_all() -> None:
    for version in list(_KEPT):
        _close(version)


def reported(checked: Checked) -> list[Reported]:
    """The problems of a file without their words."""
    return [
        (problem.code, problem.severity, problem.row, problem.column, problem.value)
        for problem in checked.problems
    ]


def reported_of_cells(checked: Checked) -> list[Reported]:
    """The same without what is reported of figures beside others."""
    return [problem for problem in reported(checked) if problem[0] not in BESIDE_OTHERS]


def codes_of_cells(checked: Checked) -> list[str]:
    """The codes without those of figures beside others."""
    return [code for code, *_ in reported_of_cells(checked)]


def codes(checked: Checked) -> list[str]:
    """The codes of a file's problems."""
    return [problem.code for problem in checked.problems]


def read(checked: Checked) -> list[Read]:
    """The new and changed observations of a file, in the file's order."""
    return [
        (change.area_id, change.group_id, change.period, change.new, change.new_status)
        for change in checked.changes
    ]


def apart(cases: Iterable[Case], of: Callable[[Case], object]) -> list[list[Case]]:
    """The cases in as few lists as possible, no two of a list being of the same.

    What is independent of each other is checked in one file: a file costs what it does whether it
    has one row or ten.
    """
    lists: list[dict[object, Case]] = []
    for case in cases:
        for others in lists:
            if of(case) not in others:
                others[of(case)] = case
                break
        else:
            lists.append({of(case): case})
    return [list(others.values()) for others in lists]


def municipal_figures(desk: Desk, indicator: str, group: str, period: str) -> Mapping[str, float]:
    """The published figures of municipalities, by their ids."""
    with connect(desk.version, None) as connection:
        rows = connection.execute(
            "SELECT area_id, value FROM current_observation JOIN area USING (area_id) "
            "WHERE indicator_id = ? AND group_id = ? AND period = ? AND level = 'municipality' "
            "AND value IS NOT NULL ORDER BY area_id",
            (indicator, group, period),
        ).fetchall()
    return dict(rows)
