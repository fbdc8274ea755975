"""Percentages that no number of persons has among so few: a figure that was cut at its comma.

`74,3` between commas is 74 and 3: the percentage of a denominator of three, which is none, two or
three of them. Where the next column is no denominator, `readers/row_lengths.py` sees it.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import cells_of
from kpi.ingest.table.raw import RawTable

_FEWEST = 2


def shares_of_few(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """An error, once, where most whole percentages are of fewer than 100, and of none of them.

    Of rows without a numerator: what has one is compared with it (`row_checks.mismatches`).
    """
    if "denominator" not in plan.columns or "value" not in plan.columns:
        return []
    rows, impossible, first = connection.execute(_IMPOSSIBLE).fetchall()[0]
    if impossible < _FEWEST or 2 * impossible <= rows:
        return []
    ((value, denominator),) = connection.execute(_FIRST, {"record": first}).fetchall()
    line, text = cells_of(connection, [first]).get(first, (None, None))
    names = [plan.name_of(role, table) for role in ("value", "denominator")]
    cut = f"{fmt.number(value, 0)},{fmt.number(denominator, 0)}"
    return [
        Problem(
            "value_mismatch", "", line, names[0], shown(text),
            f"{fmt.percent(value, 0)} af {fmt.number(denominator, 0)} er intet helt antal, og det "
            f"gælder {fmt.number(impossible, 0)} af {fmt.number(rows, 0)} rækker. Er tallet {cut}, "
            f"så er det delt ved kommaet i »{names[0]}« og »{names[1]}«, og resten af rækken er "
            "rykket.",
            "Gem filen med semikolon mellem felterne, eller skriv tallene med punktum.",
            weight=impossible,
        )
    ]  # fmt: skip


# Of a value that is rounded to whole percent: whether any whole number lies within its rounding.
_IMPOSSIBLE = """
SELECT count(*), count(*) FILTER (is_impossible), min(record) FILTER (is_impossible)
FROM (
    SELECT record,
        floor((value + 0.5) * denominator / 100 + 1e-9)
            < ceil((value - 0.5) * denominator / 100 - 1e-9) AS is_impossible
    FROM valid
    JOIN known_indicator ON known_indicator.number = valid.indicator
    WHERE known_indicator.kind = 'proportion' AND value = round(value) AND numerator IS NULL
        AND denominator BETWEEN 1 AND 99 AND denominator = round(denominator) AND NOT approximate
)
"""
_FIRST = "SELECT value, denominator FROM valid WHERE record = $record"
