"""Taking the rows of published files out of a version, and what named them."""

import duckdb

from kpi.store.current_rows import rebuild_all_rows


def take_out(
    batch_ids: list[int], day: str, by: str, why: str, connection: duckdb.DuckDBPyConnection
) -> None:
    """Takes the batches' rows, names and periods out of an open version.

    What is left of them is that they were removed: on a day, by whom and why.
    """
    connection.execute("BEGIN")
    periods = connection.execute(_PERIODS, {"batches": batch_ids}).fetchall()
    for statement in _REMOVE:
        connection.execute(statement, {"batches": batch_ids})
    connection.execute(
        _FORGET,
        {"batches": batch_ids, "day": day, "by": by, "why": why},
    )
    rebuild_all_rows(connection)
    _take_out_periods({period for (period,) in periods}, connection)
    connection.execute("COMMIT")


def _take_out_periods(periods: set[str], connection: duckdb.DuckDBPyConnection) -> None:
    """Takes out the file's periods that no table names any longer: they show what it had."""
    tables = connection.execute(_WITH_PERIODS).fetchall()
    named = {
        period
        for (table,) in tables
        for (period,) in connection.table(table).project("period").distinct().fetchall()
    }
    connection.execute(_NO_PERIODS, {"periods": sorted(periods - named)})


_PERIODS = """
SELECT DISTINCT period FROM current_observation
WHERE list_contains($batches::INTEGER[], batch_id)
UNION
SELECT DISTINCT period FROM past_observation
WHERE list_contains($batches::INTEGER[], batch_id)
"""
_NO_PERIODS = "DELETE FROM period WHERE list_contains($periods::VARCHAR[], period)"
_WITH_PERIODS = """
SELECT table_name FROM duckdb_columns()
WHERE column_name = 'period' AND database_name = current_database() AND schema_name = 'main'
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
    AND table_name <> 'period'
"""
# What guarded a number beside one of the file would be shown again, and disclose it to whoever
# remembers what the file had: it stays hidden. So does what the file had for a guard, when it is
# published again: mostly it is the same number. A row without a batch is of all that come.
_REMOVE = (
    """
    INSERT INTO stays_hidden
    SELECT DISTINCT indicator_id, area_id, group_id, period, '' AS source_id, 0 AS batch_id
    FROM hidden_row
    WHERE list_contains($batches::INTEGER[], batch_id) AND NOT is_small
    EXCEPT FROM stays_hidden
    """,
    # What stood in a sum with such a guard, and was shown, is no guard for it.
    """
    INSERT INTO stays_hidden
    WITH guard AS (FROM stays_hidden WHERE batch_id = 0)
    SELECT DISTINCT indicator_id, area_id, group_id, period, '' AS source_id, -1 AS batch_id
    FROM observation
    WHERE list_contains($batches::INTEGER[], batch_id)
        AND (indicator_id, area_id, group_id, period) NOT IN (
            SELECT (indicator_id, area_id, group_id, period) FROM hidden_row
            WHERE list_contains($batches::INTEGER[], batch_id)
        )
        AND (
            (indicator_id, group_id, period) IN (SELECT (indicator_id, group_id, period) FROM guard)
            OR (indicator_id, area_id, period)
                IN (SELECT (indicator_id, area_id, period) FROM guard)
            OR (indicator_id, area_id, group_id)
                IN (SELECT (indicator_id, area_id, group_id) FROM guard)
        )
    EXCEPT FROM stays_hidden
    """,
    """
    INSERT INTO stays_hidden
    SELECT hidden_row.* EXCLUDE (is_small, was_shown, is_told) FROM hidden_row
    WHERE NOT list_contains($batches::INTEGER[], batch_id) AND indicator_id IN (
        SELECT indicator_id FROM observation WHERE list_contains($batches::INTEGER[], batch_id)
    )
    EXCEPT FROM stays_hidden
    """,
    "DELETE FROM stays_hidden WHERE list_contains($batches::INTEGER[], batch_id)",
    "DELETE FROM undeclared_row WHERE list_contains($batches::INTEGER[], batch_id)",
    "DELETE FROM past_observation WHERE list_contains($batches::INTEGER[], batch_id)",
    "DELETE FROM current_observation WHERE list_contains($batches::INTEGER[], batch_id)",
    "DELETE FROM hidden_observation WHERE list_contains($batches::INTEGER[], batch_id)",
    "DELETE FROM hidden_row WHERE list_contains($batches::INTEGER[], batch_id)",
)
_FORGET = """
UPDATE batch SET state = 'purged', original_name = '', original_sha256 = '', recipe = NULL,
    note = '', rows_new = 0, rows_changed = 0, rows_removed = 0, rows_reattributed = 0,
    withdrawn_on = $day::DATE, withdrawn_by = $by, withdrawn_why = $why
WHERE list_contains($batches::INTEGER[], batch_id)
"""
