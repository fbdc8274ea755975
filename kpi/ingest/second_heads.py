"""A second table beneath the first: its line of periods is no row of figures.

`Kommune;2010;2011` among rows under `Kommune;2008;2009` would be read as the figures 2010 and 2011,
and the rows beneath it as figures of other years than theirs.
"""

import duckdb

from kpi.errors import Problem
from kpi.ingest.plan import Plan
from kpi.ingest.raw import RawTable


def second_heads(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """An error for each line of a wide table that holds years as its heads do, as far apart."""
    period, value = plan.columns.get("period"), plan.columns.get("value")
    if not table.is_wide or period is None or value is None:
        return []
    for name, place in (("written_period", period), ("written_value", value)):
        spelling = duckdb.ColumnExpression(f"c{place}").alias("spelling")
        record, line = duckdb.ColumnExpression("record"), duckdb.ColumnExpression("line")
        cells = connection.table("raw").project(record, line, spelling)
        words = connection.table(f"spelled_c{place}")
        cells.join(words, "spelling").create_view(name, replace=True)
        # The few texts tell at once whether there is any such line.
        if not words.filter(_IS_YEAR).limit(1).fetchone():
            return []
    lines = connection.execute(_HEADS).fetchall()
    return [
        Problem(
            "not_a_table", "error", "", line, None, None,
            f"Rækken ligner kolonnenavne ({first}-{last}) til endnu en tabel.",
            "Del filen op, så hver tabel er en fil eller et ark for sig.",
        )
        for line, first, last in lines
    ]  # fmt: skip


_IS_YEAR = "regexp_full_match(ltrim(text, chr(2)), '(19|20)[0-9]{2}')"
_HEADS = """
WITH cell AS (
    SELECT value.line, try_cast(ltrim(value.text, chr(2)) AS INTEGER) AS year,
        try_cast(ltrim(period.text, chr(2)) AS INTEGER) AS head, value.text
    FROM written_value AS value JOIN written_period AS period USING (record)
)
SELECT line, min(year), max(year) FROM cell
WHERE trim(text) <> ''
GROUP BY line
HAVING count(*) > 1
    AND bool_and(coalesce(year BETWEEN 1900 AND 2100 AND head BETWEEN 1900 AND 2100, false))
    AND count(DISTINCT year - head) = 1 AND count(DISTINCT year) > 1
ORDER BY line
LIMIT 100
"""
