"""Current themes, indicators, areas, groups and sources: of all rows ever given, the newest.

All rows are in `theme_row`, `indicator_row` and so on (metadata.sql). What data/ says of an
id is current until a person enters a row with the same id, and again when that entry is withdrawn.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import duckdb

from kpi.store.current_entries import entry_order, is_current_on, last_of_each
from kpi.system.incoming import table_of
from kpi.tables.spec import METADATA, SPECS

Stands = Callable[[datetime | None], bool]


def write_current(connection: duckdb.DuckDBPyConnection) -> None:
    """Rewrites the tables of METADATA: the row of each id that holds today."""
    is_current = is_current_on(lambda sql: connection.execute(sql).fetchall(), None)
    for table in METADATA:
        connection.execute(_EMPTY.format(table))
        write_standing(connection, table, is_current, into=table)


def write_standing(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    is_current: Stands,
    into: str,
    version: str = "",
) -> None:
    """Writes each id's newest current row of a table of METADATA into an empty table like it.

    `version` is the name that the version is attached under (`spor.`), where that is another's.
    """
    stored = connection.table(version + SPECS[table].rows_table)
    last = ("entered_by", "entered_at", "entered_at")
    names = [column for column in stored.columns if column not in last]
    columns = [*names, *last]
    rows = stored.select(*(duckdb.ColumnExpression(column) for column in columns)).fetchall()
    current = _newest(table, rows, is_current)
    if current:
        incoming = table_of(current, columns[:-1])
        own = connection.table(into).columns
        connection.from_arrow(incoming.select(own)).insert_into(into)


def _newest(table: str, rows: list[tuple[Any, ...]], is_current: Stands) -> Sequence[Sequence[Any]]:
    """The current rows, without their last column, the moment they were entered."""
    if table == "area_set":
        return _newest_sets(rows, is_current)
    newest = last_of_each(rows, is_current)
    # A group that is compared with none any more has a row that says so.
    return [row for row in newest if row[1] is not None] if table == "group_reference" else newest


def _newest_sets(rows: list[tuple[Any, ...]], is_current: Stands) -> list[list[Any]]:
    """An area is in the sets of the newest rows about it, which came in one go."""
    moments: dict[str, datetime | None] = {}
    for row in sorted(rows, key=entry_order):
        if is_current(row[-1]):
            moments[row[2]] = row[-1]
    return [list(row[:-1]) for row in rows if row[0] and moments.get(row[2], row) == row[-1]]


_EMPTY = "DELETE FROM {}"
