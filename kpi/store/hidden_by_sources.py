"""The rows in which sources hide a number that other indicators may tell."""

import duckdb

from kpi.store.stated_rows import Place


def hidden_by_sources(connection: duckdb.DuckDBPyConnection) -> list[Place]:
    """The rows in which a source hides its number, where other indicators show one of the key."""
    connection.execute(_WITHHELD)
    periods = [period for (period,) in connection.execute(_PERIODS).fetchall()]
    hidden = (
        connection.execute(_HIDDEN_BY_SOURCES, {"periods": periods}).fetchall() if periods else []
    )
    connection.execute("DROP TABLE withheld_row")
    return hidden


# One that its source hides has no number; the others of its key tell it where they come to a total.
_WITHHELD = """
CREATE OR REPLACE TEMP TABLE withheld_row AS
SELECT DISTINCT indicator_id, area_id, group_id, period, source_id, batch_id
FROM observation
SEMI JOIN (
    FROM published_by
    SEMI JOIN small_indicator USING (indicator_id)
    JOIN strictest_limit USING (source_id, batch_id)
    WHERE hides_any AND min_cell > 0
) AS published USING (indicator_id, source_id, batch_id)
WHERE status = 'suppressed' AND value IS NULL AND NOT removed
"""
_PERIODS = "SELECT DISTINCT period FROM withheld_row"
# Few: of all other figures no table of keys is made.
_HIDDEN_BY_SOURCES = """
WITH of_others AS (
    SELECT DISTINCT indicator_id, area_id, group_id, period
    FROM observation
    SEMI JOIN withheld_row USING (area_id, group_id, period)
    WHERE list_contains($periods::VARCHAR[], period) AND value IS NOT NULL
)
FROM withheld_row
SEMI JOIN of_others ON of_others.indicator_id <> withheld_row.indicator_id
    AND of_others.area_id = withheld_row.area_id AND of_others.group_id = withheld_row.group_id
    AND of_others.period = withheld_row.period
ORDER BY ALL
"""
