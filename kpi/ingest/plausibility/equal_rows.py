"""The same figure in several rows after each other: a cell dragged down, or looked up too far.

A lookup in Excel that does not ask for an exact match gives the row above, and an empty cell is
easily filled from it. By chance rows beside each other seldom have one figure, three hardly ever.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.plausibility.evidence import exact

# Rows that must have one figure; how often chance may make it in a file; what two rows' chance is
# at least, however far the figures lie apart. In no published period is a run so unlikely, in the
# order of names or of codes: there it would be for chances of 0.02.
FEWEST_ROWS, _CHANCE, _LEAST_OF_TWO = 3, 0.005, 0.005
# So many areas have earlier figures, which tell how often two are equal; counts below repeat.
_FEWEST_BEFORE, _LEAST_COUNT = 3, 100
# Of the steps from row to row so many go the other way; else the rows are sorted by their figures.
_LEAST_TURNS = 0.2
_NAMES_SHOWN = 5


def equal_rows(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each run of equal figures down the rows that chance would hardly make.

    Their areas' earlier figures differ. Expects `newest_figure` (newest.py).
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "rows": FEWEST_ROWS, "chance": _CHANCE, "least": _LEAST_OF_TWO, "before": _FEWEST_BEFORE,
        "least_count": _LEAST_COUNT, "turns": _LEAST_TURNS,
        "decimals": [indicator.decimals for indicator in indicators],
    }  # fmt: skip
    problems = []
    for number, named, value in connection.execute(_RUNS, limits).fetchall():
        indicator = indicators[number]
        names = first_listed([areas[area].name for area in named], _NAMES_SHOWN)
        problems.append(
            Problem("same_value", "", None, None, None,
                    f"{indicator.name}: {names} står efter hinanden og har samme tal, "
                    f"{exact(value, indicator)}. Før var deres tal forskellige.",
                    "Kontrollér, at cellerne ikke er udfyldt fra rækken over eller slået op "
                    "forkert.", weight=len(named))
        )  # fmt: skip
    return problems


_RUNS = """
WITH shown AS (
    SELECT newest_figure.*, kind, list_extract($decimals::INTEGER[], indicator + 1) AS decimals,
        lag(value) OVER down AS above
    FROM newest_figure
    JOIN known_indicator ON known_indicator.number = indicator
    WHERE kind <> 'amount'
    WINDOW down AS (PARTITION BY indicator, population_group ORDER BY record)
),
stretch AS (
    SELECT *, count(*) FILTER (value IS DISTINCT FROM above) OVER (
        PARTITION BY indicator, population_group ORDER BY record
    ) AS run
    FROM shown
),
repeated AS (
    SELECT indicator, population_group, sum(areas * (areas - 1)) AS equal_pairs
    FROM (
        SELECT indicator, population_group, count(*) AS areas
        FROM shown WHERE earlier IS NOT NULL
        GROUP BY indicator, population_group, earlier
    )
    GROUP BY indicator, population_group
),
series AS (
    SELECT indicator, population_group, count(*) AS areas, count(earlier) AS known,
        stddev_pop(value) AS spread, any_value(decimals) AS decimals,
        count(*) FILTER (value > above) AS rises, count(*) FILTER (value < above) AS falls,
        bool_and(value = floor(value)) AS is_whole
    FROM shown
    GROUP BY indicator, population_group
    HAVING known >= $before AND spread > 0 AND NOT (is_whole AND any_value(decimals) > 0)
        AND least(rises, falls) >= $turns * (rises + falls)
),
-- Two figures of normal distribution are equal as often as one step is of 3.5 deviations.
chance AS (
    SELECT indicator, population_group, areas, greatest(
        0.282 * pow(10, -decimals) / spread, equal_pairs / (known * (known - 1)), $least
    ) AS of_two
    FROM series JOIN repeated USING (indicator, population_group)
),
-- Nearly all are shorter, and a list of each in its order takes longer than all else.
long AS (
    SELECT indicator, population_group, run
    FROM stretch
    GROUP BY indicator, population_group, run
    HAVING count(*) >= $rows
)
SELECT indicator, list(area ORDER BY record), any_value(value)
FROM stretch
JOIN chance USING (indicator, population_group)
SEMI JOIN long USING (indicator, population_group, run)
WHERE NOT (kind = 'proportion' AND value IN (0, 100))
    AND (kind <> 'count' OR value >= $least_count)
GROUP BY indicator, population_group, run
HAVING count(*) >= $rows AND count(DISTINCT earlier) > 1
    AND any_value(areas) * pow(any_value(of_two), count(*) - 1) < $chance
ORDER BY indicator, min(record)
"""
