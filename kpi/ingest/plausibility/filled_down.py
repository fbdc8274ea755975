"""What a spreadsheet makes where a cell is dragged: 2021; 2022; 2023 and 74,6; 74,6; 74,6.

Down a column of areas the years rise; along a row of years all figures are the first one. Figures
that rise or repeat down a column: equal_rows.py.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.kinds import RATE_KINDS
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.wording import first_listed
from kpi.ingest.plausibility.evidence import exact

# Of fewer figures equal ones may be chance.
_FEWEST_PERIODS, _FEWEST_YEARS = 4, 4
# A file of fewer has none of them.
FEWEST_FILLED = min(_FEWEST_PERIODS, _FEWEST_YEARS)
# In larger files no series is followed by itself.
_MOST_ROWS = 200_000
_NAMES_SHOWN = 3
_HINT = "Kontrollér, at cellerne ikke er udfyldt ved at trække i den første."


def filled_down(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator whose periods look dragged down, or its figures along.

    Expects `share_of_period` (compared.py).
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    for number, count in connection.execute(_PERIODS, {"periods": _FEWEST_PERIODS}).fetchall():
        problems.append(
            Problem("same_value", "", None, None, None,
                    f"{indicators[number].name}: {fmt.number(count, 0)} områder har hver sin "
                    "periode, og ingen har to.",
                    "Kontrollér perioderne: er de udfyldt ved at trække i den første?",
                    weight=count)
        )  # fmt: skip
    flat = {"years": _FEWEST_YEARS, "most": _MOST_ROWS, "rates": RATE_KINDS}
    for number, named, value, first, last in connection.execute(_FLAT, flat).fetchall():
        indicator = indicators[number]
        names = first_listed([areas[area].name for area in named], _NAMES_SHOWN)
        since, until = (when(parse_period(period), indicator, catalog) for period in (first, last))
        problems.append(
            Problem("same_value", "", None, None, None,
                    f"{indicator.name}: {names} har samme tal i alle perioder "
                    f"{since}-{until.removeprefix('i ')}, fx {exact(value, indicator)}.",
                    _HINT, weight=len(named))
        )  # fmt: skip
    return problems


_PERIODS = """
WITH scattered AS (
    SELECT indicator, population_group
    FROM share_of_period
    GROUP BY indicator, population_group
    HAVING count(*) >= $periods AND max(values_count) = 1
)
SELECT indicator, count(DISTINCT area) AS areas
FROM valid SEMI JOIN scattered USING (indicator, population_group)
WHERE value IS NOT NULL AND status NOT IN ('at_least', 'at_most')
GROUP BY indicator, population_group
HAVING areas = count(*)
ORDER BY indicator
"""
# Percentages and means of whole years with a decimal; others often stand still.
_FLAT = """
WITH long_series AS (
    SELECT indicator, population_group
    FROM share_of_period
    JOIN known_period ON known_period.number = share_of_period.period
    JOIN known_indicator ON known_indicator.number = share_of_period.indicator
    WHERE known_period.kind IN ('year', 'school_year')
        AND list_contains($rates::VARCHAR[], known_indicator.kind::VARCHAR)
        AND (SELECT sum(values_count) FROM share_of_period) <= $most
    GROUP BY indicator, population_group
    HAVING count(*) >= $years
),
flat AS (
    SELECT valid.indicator, valid.area, min(valid.value) AS value,
        arg_min(known_period.id, known_period.start_date) AS first,
        arg_max(known_period.id, known_period.start_date) AS last
    FROM valid
    SEMI JOIN long_series USING (indicator, population_group)
    JOIN known_period ON known_period.number = valid.period
    WHERE known_period.kind IN ('year', 'school_year') AND valid.value IS NOT NULL
    GROUP BY valid.indicator, valid.population_group, valid.area
    HAVING count(*) >= $years AND min(valid.value) = max(valid.value)
        AND min(valid.value) <> floor(min(valid.value))
)
SELECT indicator, list(area ORDER BY area), any_value(value), min(first), max(last)
FROM flat
GROUP BY indicator
ORDER BY indicator
"""
