"""Taking what a person entered out of a version: the rows of an entry, and what they say.

A row that nothing points to is deleted. One that figures or other rows of that version still name
stays without a text of anybody's: so an earlier day has its figures, and hides what it did.

DELETE and UPDATE take no bound parameter for a table or column: the names written into them are
those of kpi/tables/spec.py and of the store's own schema, never a person's.
"""

import re
from datetime import datetime
from typing import Any

import duckdb

from kpi.additions.checks import undo_problems
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import REMOVED_TEXT
from kpi.store.current_metadata import write_current
from kpi.store.current_rows import rebuild_all_rows
from kpi.store.metadata import read_catalog
from kpi.store.uses import read_uses
from kpi.tables.spec import SPECS
from kpi.tables.table_spec import TableSpec

# Columns that name rows in a way of their own, and the table of these.
_OF_IDS = {"succeeded_by": "area", "part_of": "population_group", "inputs": "indicator"}
_PARTS = re.compile(r"[;+/,:= ]+")


def take_out_entry(
    entered_at: datetime, day: str, by: str, why: str, connection: duckdb.DuckDBPyConnection
) -> None:
    """Takes an entry's rows and texts out of an open version, current and former ones.

    What is left is that it was removed: on a day, by whom and why.
    """
    connection.execute("BEGIN")
    needed = _pointed_to(entered_at, connection)
    kept: dict[str, set[str]] = {}
    for spec in _stored(connection):
        if spec.has_ids:
            ids = _ids(spec, connection, entered_at)
            kept[spec.column_names[0]] = ids & needed[spec.column_names[0]]
            _delete(spec, kept[spec.column_names[0]], entered_at, connection)
            _forget_ids(spec, ids, connection)
        else:
            # Of an area or a group, which may be kept; a status goes.
            owners = kept.get(_owner(spec), set()) if spec.part == "metadata" else set()
            _delete(spec, owners, entered_at, connection)
        _empty_texts(spec, entered_at, connection)
    connection.execute(
        _FORGET,
        {
            "moment": entered_at,
            "removed": REMOVED_TEXT,
            "day": day,
            "by": by,
            "why": why,
            "stays": any(kept.values()),
        },
    )
    write_current(connection)
    rebuild_all_rows(connection)
    connection.execute("COMMIT")


def refuse_if_needed_today(
    entered_at: datetime, connection: duckdb.DuckDBPyConnection, remedy: str
) -> None:
    """Refuses to remove rows that today's figures or rows need, unless they were corrected since.

    Changes nothing. Raises KpiError with what needs them, and the remedy.
    """

    def ask(sql: str) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        return connection.execute(sql).fetchall()

    before = read_catalog(ask)
    connection.execute("BEGIN")
    for spec in _stored(connection):
        _delete(spec, set(), entered_at, connection)
    write_current(connection)
    needed = list(undo_problems(before, read_catalog(ask), read_uses(connection)))
    if connection.execute(_WITHOUT_INITIATIVE).fetchone():
        needed.append("En indsats i den har en status i en anden registrering. Fortryd den først.")
    connection.execute("ROLLBACK")
    if needed:
        more = f" Det samme gælder {len(needed) - 3} til." if len(needed) > 3 else ""
        raise KpiError("Registreringen kan ikke slettes", " ".join(needed[:3]) + more + remedy)


def _stored(connection: duckdb.DuckDBPyConnection) -> list[TableSpec]:
    """The tables of a version that keep what people entered; what is pointed to comes first."""
    tables = {table for (table,) in connection.execute(_WITH_ENTERED).fetchall()}
    return [spec for spec in SPECS.values() if spec.rows_table in tables]


def _owner(spec: TableSpec) -> str:
    """The column that says which area or group a row is a part of."""
    return "area_id" if spec.name == "area_set" else spec.column_names[0]


def _ids(
    spec: TableSpec, connection: duckdb.DuckDBPyConnection, entered_at: datetime | None = None
) -> set[str]:
    """The ids of a table's rows: of an entry's, or of all."""
    rows = connection.execute(
        _IDS, {"table": spec.rows_table, "column": spec.column_names[0], "moment": entered_at}
    )
    return {row_id for (row_id,) in rows.fetchall() if row_id}


def _pointed_to(entered_at: datetime, connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """The ids (column: ids) that figures of any day and the rows of others point to."""
    keys = {table: spec.column_names[0] for table, spec in SPECS.items()}
    needed: dict[str, set[str]] = {key: set() for key in keys.values()}
    for table, used in read_uses(connection).used_ids.items():
        needed[keys[table]] |= used
    for (source_ids,) in connection.execute("SELECT DISTINCT source_id FROM batch").fetchall():
        needed["source_id"] |= set(_PARTS.split(source_ids or ""))
    for spec in _stored(connection):
        for column in spec.columns:
            into = column.refers_to or _OF_IDS.get(column.name)
            if not into:
                continue
            cells = connection.execute(
                _CELLS_OF_OTHERS,
                {"table": spec.rows_table, "column": column.name, "moment": entered_at},
            ).fetchall()
            for (cell,) in cells:
                needed[keys[into]] |= set(_PARTS.split(cell or ""))
    return needed


def _delete(
    spec: TableSpec, kept: set[str], entered_at: datetime, connection: duckdb.DuckDBPyConnection
) -> None:
    """Deletes an entry's rows but those of the ids that are kept."""
    connection.execute(
        f"DELETE FROM {spec.rows_table} WHERE entered_at = $moment "  # noqa: S608
        f"AND NOT coalesce(list_contains($kept::VARCHAR[], {_owner(spec)}), false)",
        {"moment": entered_at, "kept": sorted(kept)},
    )


def _empty_texts(
    spec: TableSpec, entered_at: datetime, connection: duckdb.DuckDBPyConnection
) -> None:
    """Empties what a person may have worded in an entry's rows that are kept."""
    for column in spec.columns[1:]:
        is_text = column.cells in ("text", "date_or_words") and not column.choices
        # The name of an area's set is copied from the set.
        is_name = column.refers_to or column.name in _OF_IDS or spec.name == "area_set"
        if is_text and not is_name:
            connection.execute(
                f"UPDATE {spec.rows_table} SET {column.name} = $text "  # noqa: S608
                "WHERE entered_at = $moment",
                {"moment": entered_at, "text": REMOVED_TEXT if column.required else None},
            )


def _forget_ids(spec: TableSpec, ids: set[str], connection: duckdb.DuckDBPyConnection) -> None:
    """Takes ids that no row has any more out of what is remembered of them for hiding."""
    gone = sorted(ids - _ids(spec, connection))
    key = spec.column_names[0]
    for (table,) in connection.execute(_REMEMBERED, {"column": key}).fetchall() if gone else ():
        connection.execute(
            f"DELETE FROM {table} WHERE list_contains($ids::VARCHAR[], {key})",  # noqa: S608
            {"ids": gone},
        )


_IDS = """
SELECT DISTINCT COLUMNS(name -> name = $column) FROM query_table($table)
WHERE $moment::TIMESTAMP IS NULL OR entered_at = $moment
"""
_CELLS_OF_OTHERS = """
SELECT DISTINCT COLUMNS(name -> name = $column) FROM query_table($table)
WHERE entered_at IS DISTINCT FROM $moment
"""
_WITH_ENTERED = """
SELECT table_name FROM duckdb_columns()
WHERE column_name = 'entered_at' AND database_name = current_database() AND schema_name = 'main'
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
"""
_REMEMBERED = """
SELECT table_name FROM duckdb_columns()
WHERE column_name = $column AND database_name = current_database() AND schema_name = 'main'
    AND table_name IN ('strictest_limit', 'counted_kind', 'ever_within', 'ever_part_of')
"""
_WITHOUT_INITIATIVE = """
FROM initiative_status AS status LEFT JOIN entry USING (entered_at)
WHERE entry.withdrawn_on IS NULL AND initiative_id NOT IN (
    SELECT initiative_id FROM initiative LEFT JOIN entry USING (entered_at)
    WHERE withdrawn_on IS NULL
)
"""
_FORGET = """
UPDATE entry SET origin = $removed, withdrawn_by = $by, withdrawn_why = $why,
    withdrawn_on = CASE WHEN $stays THEN coalesce(withdrawn_on, $day::DATE) ELSE $day::DATE END
WHERE entered_at = $moment
"""
