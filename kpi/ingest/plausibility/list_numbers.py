"""Figures that only number the rows: the areas' codes, or each rank from 1 to the last once."""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.word_tables import save

# Of fewer areas some counts are from 1 to their number by themselves: of six, one in 700.
FEWEST_LISTED = 6
# A column that numbers rows does so in all of its periods: of a million figures some are enough.
_MOST_PERIODS = 20
# Codes have three or four digits, so that of a series of percentages none is compared.
_LOWEST_CODE, _HIGHEST_CODE = 80, 9999
_HINT = "Kontrollér, at det er kolonnen med tallene, der læses."


def list_numbers(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator of which all figures of a period are such numbers.

    Numbers that follow each other from row to row are those of a filled column (filled_down.py).
    Expects `share_of_period` (compared.py).
    """
    limits = {"fewest": FEWEST_LISTED, "lowest": _LOWEST_CODE, "highest": _HIGHEST_CODE,
              "most": _MOST_PERIODS}  # fmt: skip
    connection.execute(_MAY_BE_LISTED, limits)
    if connection.table("listed_period").limit(1).fetchone() is None:
        connection.execute("DROP TABLE listed_period")
        return []
    coded = [
        (number, area.code)
        for number, area in enumerate(catalog.areas.values())
        if area.code and area.code.isdecimal()
    ]
    save(
        connection, "area_code",
        {"number": [number for number, _ in coded], "listed_as": [code for _, code in coded]},
    )  # fmt: skip
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems: dict[int, Problem] = {}
    for number, area, count, is_code, value, line, text in connection.execute(_LISTED).fetchall():
        indicator = indicators[number]
        figures = exact(value, indicator)
        message = (
            f"{indicator.name}: Alle {count} tal er områdernes koder, {figures} for "
            f"{areas[area].name}."
            if is_code
            else f"{indicator.name}: De {count} tal er 1, 2, 3 og så videre til {count}, hvert "
            "én gang. Er de en placering eller et nummer?"
        )
        name = plan.name_of("value", table)
        problems.setdefault(
            number, Problem("swapped", "", line, name, shown(text), message, _HINT, weight=count)
        )
    connection.execute("DROP TABLE area_code; DROP TABLE listed_period")
    return list(problems.values())


_MAY_BE_LISTED = """
CREATE TABLE listed_period AS
SELECT indicator, population_group, period
FROM share_of_period
WHERE values_count >= $fewest AND (
    (lowest = 1 AND highest = values_count)
    OR (lowest >= $lowest AND highest <= $highest AND lowest = floor(lowest))
)
QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY population_group, period) <= $most
"""
_LISTED = """
WITH figure AS (
    SELECT valid.*, value - lag(value) OVER (
        PARTITION BY indicator, population_group, period ORDER BY record
    ) AS step
    FROM valid
    SEMI JOIN listed_period USING (indicator, population_group, period)
    WHERE value IS NOT NULL
),
judged AS (
    SELECT indicator, count(*) AS count,
        coalesce(bool_and(value = listed_as::INTEGER), false) AS is_code,
        count(listed_as) = count(*) AS are_coded, count(DISTINCT value) = count(*) AS is_each,
        max(value) = count(*) AND min(value) = 1 AS is_ranked,
        coalesce(bool_and(abs(step) = 1), true) AS is_filled,
        arg_min(figure.area, record) AS area, arg_min(value, record) AS value,
        min(record) AS record
    FROM figure LEFT JOIN area_code ON area_code.number = figure.area
    GROUP BY indicator, population_group, period
)
SELECT indicator, area, count, is_code AND are_coded, judged.value, candidate.line,
    spelled_value.text
FROM judged
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE (is_code AND are_coded) OR (is_ranked AND is_each AND NOT is_filled)
ORDER BY record
"""
