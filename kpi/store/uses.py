"""What figures, the plan and statements say of themes, indicators, areas, groups and sources."""

from typing import Any

import duckdb

from kpi.additions.uses import Meaning, Uses, meaning_of
from kpi.store.current_entries import is_current_on, last_of_each
from kpi.tables.spec import SPECS, Row
from kpi.tables.table_spec import TableSpec

_COLUMNS = {
    "indicator": "indicator_id", "area": "area_id", "population_group": "group_id",
    "source": "source_id",
}  # fmt: skip


def read_uses(connection: duckdb.DuckDBPyConnection) -> Uses:
    """What today's figures and the current rows point to, and the ids of figures of any day."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        return connection.execute(sql).fetchall()

    figures: dict[str, dict[str, int]] = {table: {} for table in _COLUMNS}
    used: dict[str, set[str]] = {table: set() for table in (*_COLUMNS, "theme")}
    for *ids, count in ask(_FIGURES):
        for table, id_ in zip(_COLUMNS, ids, strict=True):
            figures[table][id_] = figures[table].get(id_, 0) + count
    batches: dict[str, dict[str, set[int]]] = {table: {} for table in _COLUMNS}
    for *known, batch_id, is_withdrawn in ask(_EVER):
        for table, id_ in zip(_COLUMNS, known, strict=True):
            used[table].add(id_)
            if not is_withdrawn:
                batches[table].setdefault(id_, set()).add(batch_id)
    return Uses(
        figures,
        pointing_rows(connection),
        {table: frozenset(ids) for table, ids in used.items()},
        {table: _meanings(table, connection) for table in used},
        {
            table: {id_: tuple(sorted(numbers)) for id_, numbers in by_id.items()}
            for table, by_id in batches.items()
        },
    )


def _meanings(table: str, connection: duckdb.DuckDBPyConnection) -> dict[str, frozenset[Meaning]]:
    """What each id of a table was ever entered as, withdrawn entries included."""
    spec = SPECS[table]
    meanings: dict[str, set[Meaning]] = {}
    columns = ", ".join(f"{name}::VARCHAR" for name in spec.column_names)
    for cells in connection.table(spec.rows_table).project(columns).fetchall():
        row = dict(zip(spec.column_names, cells, strict=True))
        meanings.setdefault(cells[0], set()).add(meaning_of(table, row))
    return {row_id: frozenset(known) for row_id, known in meanings.items()}


def pointing_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """A row of the plan, or a statement, that points to each id.

    What points where stands in the tables' specifications. Of several the one is named whose table
    comes first there.
    """
    users: dict[str, dict[str, str]] = {table: {} for table in (*_COLUMNS, "theme")}
    titles = {
        row["initiative_id"]: row["title"] for row in _current(SPECS["initiative"], connection)
    }
    for spec in reversed([*SPECS.values()]):
        if spec.part not in ("plan", "claim"):
            continue
        for row in _current(spec, connection):
            called = _CALLED.get(spec.name, f"en række i {spec.sheet}").format(
                **row, initiative=titles.get(row.get("initiative_id", ""), "")
            )
            for column in spec.columns:
                if column.refers_to in users:
                    ids = filter(None, row[column.name].split(";"))
                    users[column.refers_to] |= dict.fromkeys(ids, called)
    return users


def _current(spec: TableSpec, connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The table's current rows, as text."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        return connection.execute(sql).fetchall()

    columns = ", ".join(f"{name}::VARCHAR" for name in spec.column_names)
    rows = connection.table(spec.name).project(f"{columns}, entered_at").fetchall()
    is_current = is_current_on(ask, None)
    current = (
        last_of_each(rows, is_current)
        if spec.has_ids
        else [row[:-1] for row in rows if is_current(row[-1])]
    )
    return [
        {name: text or "" for name, text in zip(spec.column_names, row, strict=True)}
        for row in current
    ]


# What a row that points to something is called; of any other table a row of its sheet.
_CALLED = {
    "claim": "et udsagn i Regnetjek",
    "target": "et måltal",
    "remark": "en bemærkning til et tal",
    "comment": "forvaltningens bemærkning af {date}",
    "event": "hændelsen »{title}«",
    "initiative": "indsatsen »{title}«",
    "initiative_status": "en status på indsatsen »{initiative}«",
}
_FIGURES = """
SELECT indicator_id, area_id, group_id, source_id, sum(figures)::BIGINT
FROM figure_count
GROUP BY ALL
"""
_EVER = """
SELECT DISTINCT indicator_id, area_id, group_id, observation.source_id, batch_id,
    withdrawn_on IS NOT NULL
FROM observation LEFT JOIN batch USING (batch_id)
"""
