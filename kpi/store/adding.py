"""Adding and correcting what names the figures, beside data/, as a new version.

No row is overwritten: a correction is a new row with the same id, and is current until its entry is
withdrawn (kpi/store/withdrawing_entries.py). `init` keeps the rows that people entered: they take
precedence over a row of data/ with the same id, also over one that came into data/ later.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

import duckdb

from kpi.additions.checks import addition_problems
from kpi.additions.model import ADDED_NAMES, catalog_rows
from kpi.additions.rows import as_written
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.lengths import refuse_long_texts
from kpi.domain.period import DENMARK
from kpi.domain.personal import refuse_personal_texts
from kpi.plan.changes import CHANGED, NEW, SAME, PlanChange
from kpi.store import versions as place
from kpi.store.connection import connect, open_store
from kpi.store.current_rows import rebuild_rows
from kpi.store.entering import insert_entry, refusal
from kpi.store.newly_hidden import newly_hidden, note_hidden
from kpi.store.next_version import next_version_copy
from kpi.store.uses import read_uses
from kpi.tables.spec import COLUMNS, Row

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Added:
    """The version that contains the rows, each change, and the entry.

    `entry_id` is None when nothing was new; there is no new version then. `hidden` is how many
    figures of each indicator were shown and are no more.
    """

    version: str
    changes: tuple[PlanChange, ...]
    entry_id: int | None = None
    hidden: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows were added or corrected."""
        return sum(change.kind != SAME for change in self.changes)


def check_additions(
    table: str,
    rows: Sequence[Mapping[str, str]],
    home: Path | None = None,
    lines: Sequence[int] | None = None,
) -> list[PlanChange]:
    """What `add` would change, a change a row. Changes nothing.

    `table` is one of ADDABLE; a row holds text by its columns, and may write names for ids and
    Danish words for the tables' own. A column that a row lacks stays as it is.
    Raises RowsRefusedError that lists every problem; `lines` says where the rows are in a file.
    """
    home = home or place.home_folder()
    version = place.current_version(home)
    catalog = _catalog_of(home, version)
    with connect(place.version_path(home, version), None) as connection:
        return _checked(table, rows, lines, catalog, connection)


def add(
    table: str,
    rows: Sequence[Mapping[str, str]],
    by: str,
    home: Path | None = None,
    origin: str = "",
    lines: Sequence[int] | None = None,
) -> Added:
    """Adds new rows and corrects current ones, as a new version; `origin` names their file.

    Raises KpiError for an empty or long `by`, and RowsRefusedError as `check_additions`; then
    nothing is changed. Rows that are current already are ignored.
    """
    if not by.strip():
        raise KpiError("Der mangler et navn", "Skriv, hvem der registrerer.")
    refuse_long_texts(by)
    refuse_personal_texts(by, origin)
    home = home or place.home_folder()
    with next_version_copy(home) as (version, unfinished):
        catalog = _catalog_of(home, version)
        with duckdb.connect(str(unfinished)) as connection:
            changes = tuple(_checked(table, rows, lines, catalog, connection))
            new = [change.row for change in changes if change.kind != SAME]
            if not new:
                return Added(version, changes)
            entry_id = insert_entry(_kept(table, new, catalog), by.strip(), origin, connection)
            hidden = _settled(changes, connection)
            connection.execute("CHECKPOINT")
        number = place.next_version(home)
        place.make_current(home, unfinished, number)
    _LOG.info("added %s rows of %s as version %s", len(new), table, number)
    return Added(number, changes, entry_id, hidden)


def check_hidden(
    table: str,
    rows: Sequence[Mapping[str, str]],
    home: Path | None = None,
    lines: Sequence[int] | None = None,
) -> Mapping[str, int]:
    """How many shown figures of each indicator `add` would hide. Changes nothing.

    Tried in a copy of the version, so it takes as long as `add`. Raises as `check_additions`.
    """
    home = home or place.home_folder()
    with next_version_copy(home) as (version, unfinished):
        catalog = _catalog_of(home, version)
        with duckdb.connect(str(unfinished)) as connection:
            changes = _checked(table, rows, lines, catalog, connection)
            new = [change.row for change in changes if change.kind != SAME]
            if not any(change.kind == CHANGED for change in changes):
                return {}
            insert_entry(_kept(table, new, catalog), "", "", connection)
            return _settled(changes, connection)


def _catalog_of(home: Path, version: str) -> Catalog:
    store = open_store(home, version)
    try:
        return store.catalog()
    finally:
        store.close()


def _settled(
    changes: Sequence[PlanChange], connection: duckdb.DuckDBPyConnection
) -> Mapping[str, int]:
    """Settles anew what is hidden after a correction; how many figures are hidden by it."""
    if not any(change.kind == CHANGED for change in changes):
        return {}
    note_hidden(connection)
    # What is hidden and compared follows of kinds, levels and least numbers.
    connection.execute("BEGIN")
    rebuild_rows(connection, [])
    connection.execute("COMMIT")
    return newly_hidden(connection)


def _checked(
    table: str,
    rows: Sequence[Mapping[str, str]],
    lines: Sequence[int] | None,
    catalog: Catalog,
    connection: duckdb.DuckDBPyConnection,
) -> list[PlanChange]:
    if not rows:
        raise KpiError("Ingen rækker", "Der er ingen rækker at registrere.")
    uses = read_uses(connection)
    entered = as_written(
        table,
        [dict(row) for row in rows],
        catalog,
        uses.is_of_another,
        datetime.now(DENMARK).date(),
    )
    numbered = list(zip(lines or count(1), entered, strict=False))
    problems = addition_problems(table, numbered, catalog, uses)
    if problems:
        is_form = lines is None and len(rows) == 1
        name = ADDED_NAMES[table]
        raise refusal(
            [
                replace(problem, file=name, row=None if is_form else problem.row)
                for problem in problems
            ]
        )
    current = catalog_rows(table, catalog)
    return [_change(table, row, current.get(row[COLUMNS[table][0]])) for row in entered]


def _change(table: str, row: Row, before: Row | None) -> PlanChange:
    kind = NEW if before is None else SAME if row == before else CHANGED
    return PlanChange(table, row, before, kind)


def _kept(table: str, rows: Sequence[Row], catalog: Catalog) -> dict[str, list[Row]]:
    """The rows by the table that keeps them: a group's reference and an area's sets have theirs."""
    tables: dict[str, list[Row]] = {table: [dict(row) for row in rows]}
    if table == "population_group":
        tables["group_reference"] = [dict(row) for row in rows]
    if table == "area":
        names = {set_id: area_set.name for set_id, area_set in catalog.area_sets.items()}
        tables["area_set"] = [
            {"set_id": set_id, "name": names.get(set_id, ""), "area_id": row["area_id"]}
            for row in rows
            for set_id in row["set_ids"].split(";")
        ]
    return tables
