"""Values that the source gives as a range (`2-3`, `10 til 12`): its two ends in one cell."""

from dataclasses import replace

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

# Two figures without a sign, the second perhaps with its percent.
# `01-02` is rather a day.
_END = r"(0(?:[.,][0-9]+)?|[1-9][0-9.,]*)"
_RANGE = rf"\s*{_END}\s*(?:-|–|til)\s*{_END}\s*(?:%|pct\.?|procent)?\s*"


def with_ranges(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Plan:
    """The plan of a file whose values may be ranges: the same column gives both ends.

    A file that has columns of limits says there what is a range.
    """
    place = plan.columns.get("value")
    if place is None or {"low", "high"} & plan.columns.keys():
        return plan
    # A name takes no bound parameter; `place` is the column's number.
    sql = _HAS_RANGE.replace("spelled_value", f"spelled_c{place}")
    if not connection.execute(sql, {"range": _RANGE}).fetchone():
        return plan
    both = {"low": place, "high": place}
    return replace(plan, columns={**plan.columns, **both})


def split_ranges(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """Makes the texts of the value and of its limits of those in one column."""
    line, count, text = connection.execute(_FOUND, {"range": _RANGE}).fetchall()[0]
    for sql in _TEXTS.values():
        connection.execute(sql, {"range": _RANGE})
    for role in _TEXTS:
        connection.table(f"of_range_{role}").create_view(f"spelled_{role}", replace=True)
    if not count:
        return []
    fields = fmt.counted(count, "felt er et interval", "felter er intervaller")
    return [
        Problem(
            "approximate", "", line, plan.name_of("value", table), shown(text),
            f"{fields} og læses med en lav og en høj grænse.",
            "De vises som intervaller og sammenlignes ikke.",
        )
    ]  # fmt: skip


_HAS_RANGE = """
SELECT 1 FROM spelled_value
WHERE (contains(text, '-') OR contains(text, '–') OR contains(text, 'til'))
    AND regexp_full_match(text, $range)
LIMIT 1
"""

# Of the rows in use only.
_FOUND = """
SELECT min(line), count(*), any_value(text ORDER BY record)
FROM candidate JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE regexp_full_match(text, $range)
"""

_TEXTS = {
    "value": """
        CREATE TABLE of_range_value AS
        SELECT spelling, if(regexp_full_match(text, $range), '', text) AS text FROM spelled_value
    """,
    "low": """
        CREATE TABLE of_range_low AS
        SELECT spelling, regexp_extract(text, '^' || $range || '$', 1) AS text FROM spelled_low
    """,
    "high": """
        CREATE TABLE of_range_high AS
        SELECT spelling, regexp_extract(text, '^' || $range || '$', 2) AS text FROM spelled_high
    """,
}
