"""Figures that are added up as they go: months from the year's beginning, shares down to 100 %.

Each is plausible where it stands. That they grow as the year does, or from row to row until they
are the whole, no chance makes.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.wording import first_listed

# So many months or quarters of a year, one after the other; and rows whose shares end with 100 %.
_FEWEST_MONTHS, _FEWEST_QUARTERS, _FEWEST_SHARES = 4, 3, 5
# Figures that are as many times larger in the last part as that is later in the year: they grow by
# this at least, and stray from it, in logarithms, by so much of that growth at most.
_LEAST_GROWTH, _STRAYING = 1.3, 0.35
# So many months from January on are no chance where only one area of many has them.
_SURE = 6
# Smaller numbers may grow so by chance.
_LEAST, _LEAST_LAST = 5, 20
# In larger files the series of so many areas are looked at.
_MOST_ROWS, _AREAS = 200_000, 20
_NAMES_SHOWN = 3
FEWEST_CUMULATED = min(_FEWEST_MONTHS, _FEWEST_QUARTERS, _FEWEST_SHARES)


def cumulated(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator whose months, or whose rows, look added up.

    Expects `share_of_period` (compared.py) and `newest_figure` (newest.py).
    """
    return [*_months(connection, catalog), *_shares(connection, catalog)]


def _months(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    if connection.execute(_HAS_PARTS).fetchone() is None:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "months": _FEWEST_MONTHS, "quarters": _FEWEST_QUARTERS, "growth": _LEAST_GROWTH,
        "straying": _STRAYING, "least": _LEAST, "last": _LEAST_LAST, "sure": _SURE,
        "most": _MOST_ROWS, "areas": _AREAS,
    }  # fmt: skip
    problems = []
    for number, named, first, last in connection.execute(_CUMULATED, limits).fetchall():
        indicator, end = indicators[number], parse_period(last)
        names = first_listed([areas[area].name for area in named], _NAMES_SHOWN)
        since = when(parse_period(first), indicator, catalog).removeprefix("i ")
        until = when(end, indicator, catalog).removeprefix("i ")
        to_date = parse_period(f"{end.end.year}M01:{end.end.year}M{end.end.month:02d}A").name()
        problems.append(
            Problem("other_period_kind", "", None, None, None,
                    f"{indicator.name}, {names}: Tallene for {since} til {until} vokser i takt med "
                    "året, som tal, der er lagt sammen fra årets begyndelse.",
                    f"Er de år til dato, så hent tallene for hver periode, eller skriv perioden "
                    f"sådan: {to_date}. Er de for perioderne selv, kræver det ingen handling.",
                    weight=len(named))
        )  # fmt: skip
    return problems


def _shares(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    indicators = list(catalog.indicators.values())
    rows = connection.execute(_UP_TO_WHOLE, {"fewest": _FEWEST_SHARES}).fetchall()
    return [
        Problem("swapped", "", None, None, None,
                f"{indicators[number].name}: {count} områders tal vokser fra række til række, "
                "indtil det sidste er 100 %.",
                "Er de kumuleret, så hent andelen for hvert område for sig.", weight=count)
        for number, count in rows
    ]  # fmt: skip


_HAS_PARTS = """
SELECT 1 FROM share_of_period
JOIN known_period ON known_period.number = share_of_period.period
JOIN known_indicator ON known_indicator.number = share_of_period.indicator
WHERE known_period.kind IN ('month', 'quarter') AND is_quantity
LIMIT 1
"""
_CUMULATED = """
WITH part_of_year AS (
    SELECT number AS period, id, kind, year(start_date) AS year,
        if(kind = 'month', month(start_date), quarter(start_date)) AS part
    FROM known_period WHERE kind IN ('month', 'quarter')
),
looked_at AS (
    SELECT DISTINCT area FROM valid
    WHERE (SELECT sum(values_count) FROM share_of_period) <= $most
    UNION
    SELECT number FROM known_area WHERE number < $areas
),
stretch AS (
    SELECT valid.indicator, population_group, area, part_of_year.kind, year, count(*) AS parts,
        min(part) AS first_part, max(part) AS last_part, arg_min(part_of_year.id, part) AS first,
        arg_max(part_of_year.id, part) AS last, list(value ORDER BY part) AS figures,
        max(value / part) / min(value / part) AS straying
    FROM valid
    SEMI JOIN looked_at USING (area)
    JOIN part_of_year USING (period)
    JOIN known_indicator ON known_indicator.number = valid.indicator
    WHERE is_quantity AND value > 0 AND status NOT IN ('at_least', 'at_most')
    GROUP BY ALL
    HAVING parts >= if(part_of_year.kind = 'month', $months, $quarters)
        AND last_part - first_part = parts - 1
        AND min(value) >= $least AND max(value) >= $last
),
judged AS (
    SELECT *, figures[-1] / figures[1] AS growth, figures = list_sort(figures)
        AND growth >= $growth AND ln(straying) <= $straying * ln(growth) AS is_cumulated
    FROM stretch
)
SELECT indicator, list(DISTINCT area ORDER BY area) FILTER (is_cumulated),
    arg_max(first, year) FILTER (is_cumulated), arg_max(last, year) FILTER (is_cumulated)
FROM judged
GROUP BY indicator
HAVING 2 * count(*) FILTER (is_cumulated) > count(*)
    OR bool_or(is_cumulated AND first_part = 1 AND parts >= $sure)
ORDER BY indicator
"""
_UP_TO_WHOLE = """
WITH step AS (
    SELECT indicator, population_group, value, earlier, record,
        value - lag(value) OVER (
            PARTITION BY indicator, population_group ORDER BY record
        ) AS step
    FROM newest_figure
    JOIN known_indicator ON known_indicator.number = indicator
    WHERE kind = 'proportion'
)
SELECT indicator, count(*)
FROM step
GROUP BY indicator, population_group
HAVING count(*) >= $fewest AND min(step) > 0 AND max(value) BETWEEN 99.9 AND 100.1
    -- Ranked figures may end so, too, where one is 100 %.
    AND (count(earlier) = 0 OR max(earlier) < 99.9)
ORDER BY indicator
"""
