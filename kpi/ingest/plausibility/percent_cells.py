"""Percentages that lack the percent format of the other cells: 0,444 beside 44,4 %.

Excel stores 44,4 % as 0,444, so a cell whose format was lost looks like a hundredth of what it is.
What is known does not tell: the figure may be the first of its series, or a small one. So a person
is asked.
"""

from typing import NamedTuple

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.wording import first_listed
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

_MOST_ROWS_NAMED = 10


class _Plain(NamedTuple):
    """Cells of at most 1 without the format: the first of them, and how many others have it."""

    line: int | None
    text: str
    value: float
    lines: list[int]
    many: int
    percentages: int


def percent_cells(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> dict[int, Problem]:
    """An error for each indicator (by number) with cells of at most 1 beside percentages.

    Adds them to `asked_cell`. Expects `valid` and `word_value`, which tells in little time that no
    cell says it is one.
    """
    if connection.execute(_HAS_BOTH).fetchone() is None:
        return {}
    connection.execute(_ASKED)
    indicators = list(catalog.indicators.values())
    column = plan.name_of("value", table)
    return {
        number: _problem(indicators[number], column, _Plain(*cells))
        for number, *cells in connection.execute(_PLAIN).fetchall()
    }


def _problem(indicator: Indicator, column: str, plain: _Plain) -> Problem:
    cell, share = shown(plain.text), exact(round(plain.value * 100, 9), indicator)
    others = fmt.counted(plain.percentages, "anden celle", "andre celler")
    rows = first_listed([str(row) for row in plain.lines], _MOST_ROWS_NAMED)
    all_of_them = f" Det gælder {fmt.number(plain.many, 0)} celler i række {rows}."
    return Problem(
        "scale", "", plain.line, column, cell,
        f"{indicator.name}: »{cell}« er ikke vist som procent, men det er {others}. Er tallet "
        f"{share} eller {exact(plain.value, indicator)}?{all_of_them if plain.many > 1 else ''}",
        f"Er det {share}, så giv cellen samme procentformat som de andre. Er tallene procent, som "
        "de står i filen: --scale 1.",
        weight=plain.many,
    )  # fmt: skip


_HAS_BOTH = """
SELECT 1 FROM word_value
WHERE meaning = 'number' AND code IS NULL
HAVING bool_or(percent) AND bool_or(NOT percent AND number <> 0 AND abs(number) <= 1)
"""
# By indicator the first such cell, the rows of all, how many there are, and how many of its other
# cells are shown as percentages.
_PLAIN = """
WITH plain AS (
    SELECT indicator, record FROM valid WHERE NOT percent AND value <> 0 AND abs(value) <= 1
)
SELECT indicator, arg_min(candidate.line, record), arg_min(spelled_value.text, record),
    arg_min(word_value.number, record), list(DISTINCT candidate.line ORDER BY candidate.line),
    count(*),
    (SELECT count(*) FROM valid WHERE percent AND valid.indicator = plain.indicator) AS percentages
FROM plain
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
JOIN word_value ON word_value.spelling = candidate.value
GROUP BY indicator
HAVING percentages > 0
ORDER BY indicator
"""
_ASKED = """
INSERT INTO asked_cell
SELECT record, indicator FROM valid
WHERE NOT percent AND value <> 0 AND abs(value) <= 1
    AND indicator IN (SELECT indicator FROM valid WHERE percent)
"""
