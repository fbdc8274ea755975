"""The same figure, or the same step, in several rows after each other: a cell dragged down.

A lookup in Excel that does not ask for an exact match gives the row above, an empty cell is easily
filled from it, and a cell dragged by its corner counts on: 74,9; 75,9; 76,9. By chance rows beside
each other seldom have one figure, three hardly ever.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.wording import first_listed
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.plausibility.repeats import FEWEST_SAME

# Rows that must have one figure, or rise by one step; how often chance may make it in a file; what
# two rows' chance is at least, however far the figures lie apart. In no published period is a run
# so unlikely, in the order of names or of codes: there it would be for chances of 0.02.
FEWEST_ROWS, _FEWEST_RISING, _CHANCE, _LEAST_OF_TWO = 3, 4, 0.005, 0.005
# Where all rows rise by one step they are so many; by one, one fewer.
_FEWEST_ALL = 6
# So many areas have earlier figures, which tell how often two are equal; else their own must be so
# many. Counts below repeat, and follow each other.
_FEWEST_BEFORE, _FEWEST_OWN, _LEAST_COUNT = 3, 4, 100
# Of the steps from row to row so many go the other way; else the rows are sorted by their figures.
_LEAST_TURNS = 0.2
_NAMES_SHOWN = 5
_HINT = "Kontrollér, at cellerne ikke er udfyldt fra rækken over eller slået op forkert."
_HINT_DRAGGED = "Kontrollér, at cellerne ikke er udfyldt ved at trække i den første."


def equal_rows(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each run of equal figures, or equal steps, that chance would hardly make.

    Where the areas have earlier figures, these differ. Expects `newest_figure` (newest.py).
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "rows": FEWEST_ROWS, "rising": _FEWEST_RISING, "chance": _CHANCE, "least": _LEAST_OF_TWO,
        "all": _FEWEST_ALL, "same": FEWEST_SAME, "before": _FEWEST_BEFORE, "own": _FEWEST_OWN,
        "least_count": _LEAST_COUNT,
        "turns": _LEAST_TURNS, "decimals": [indicator.decimals for indicator in indicators],
    }  # fmt: skip
    problems = []
    for number, named, value, step, known in connection.execute(_RUNS, limits).fetchall():
        indicator = indicators[number]
        names = first_listed([areas[area].name for area in named], _NAMES_SHOWN)
        problems.append(
            Problem("same_value", "", None, None, None,
                    f"{indicator.name}: {names} står efter hinanden og "
                    f"{_alike(indicator, value, step, known)}",
                    _HINT_DRAGGED if step else _HINT, weight=len(named))
        )  # fmt: skip
    return problems


def _alike(indicator: Indicator, value: float, step: float, known: int) -> str:
    """What the rows have in common; `known` of them have earlier figures."""
    if step:
        by = fmt.gap(abs(step), indicator).removeprefix("+")
        way = "stiger" if step > 0 else "falder"
        return f"{way} med {by} fra række til række, fra {exact(value, indicator)}."
    before = " Før var deres tal forskellige." if known > 1 else ""
    return f"har samme tal, {exact(value, indicator)}.{before}"


_RUNS = """
WITH shown AS (
    SELECT newest_figure.*, kind, list_extract($decimals::INTEGER[], indicator + 1) AS decimals,
        round(value - lag(value) OVER down, 6) AS step, lag(area) OVER down AS area_above
    FROM newest_figure
    JOIN known_indicator ON known_indicator.number = indicator
    WHERE kind <> 'amount'
    WINDOW down AS (PARTITION BY indicator, population_group ORDER BY record)
),
stepped AS (
    SELECT *, step IS DISTINCT FROM lag(step) OVER down AS begins,
        round(earlier - lag(earlier) OVER down, 6) AS step_before
    FROM shown
    WINDOW down AS (PARTITION BY indicator, population_group ORDER BY record)
),
stretch AS (
    SELECT *, count(*) FILTER (begins) OVER (
        PARTITION BY indicator, population_group ORDER BY record
    ) AS run
    FROM stepped
),
-- Nearly all are shorter, and a list of each in its order takes longer than all else.
long AS (
    SELECT indicator, population_group, run, count(*) + 1 AS rows, any_value(step) AS step
    FROM stretch
    WHERE step IS NOT NULL
    GROUP BY indicator, population_group, run
    HAVING count(*) + 1 >= if(any_value(step) = 0, $rows, $rising)
),
repeated AS (
    SELECT indicator, population_group, sum(areas * (areas - 1)) AS equal_pairs
    FROM (
        SELECT indicator, population_group, count(*) AS areas
        FROM shown SEMI JOIN long USING (indicator, population_group)
        WHERE earlier IS NOT NULL
        GROUP BY indicator, population_group, earlier
    )
    GROUP BY indicator, population_group
),
series AS (
    SELECT indicator, population_group, count(*) AS areas, count(earlier) AS known,
        if(known >= $before, greatest(stddev_pop(value), stddev_pop(earlier)), stddev_pop(value))
            AS spread,
        pow(10, -any_value(decimals)) AS unit, max(value) - min(value) AS reach,
        least(count(*) FILTER (step > 0), count(*) FILTER (step < 0))
            < $turns * count(*) FILTER (step <> 0) AS is_sorted,
        bool_and(value = floor(value)) AS is_whole
    FROM shown SEMI JOIN long USING (indicator, population_group)
    GROUP BY indicator, population_group
    HAVING (known >= $before OR areas >= $own) AND spread > 0
        AND NOT (is_whole AND any_value(decimals) > 0)
),
-- Two figures of normal distribution are equal as often as one step is of 3.5 deviations.
chance AS (
    SELECT indicator, population_group, areas, known, is_sorted,
        greatest(0.282 * unit / spread, equal_pairs / nullif(known * (known - 1), 0), $least)
            AS of_two,
        greatest(if(is_sorted, areas * unit / reach, 0.282 * unit / spread), $least) AS of_step
    FROM series LEFT JOIN repeated USING (indicator, population_group)
),
-- Sorted by their figures equal ones meet wherever they are. A cell dragged down rises by one; any
-- other step is the first one's, and only those after it are chance. Where all rows rise so, it is
-- none. Where all are equal, repeats.py says it.
unlikely AS (
    SELECT long.*, rows = areas AS are_all, CASE
        WHEN are_all AND step <> 0 AND rows >= $all - (abs(step) = 1)::INTEGER THEN 0
        WHEN step <> 0 THEN (areas - rows + 1) * pow(of_step, rows - if(abs(step) = 1, 1, 2))
        WHEN is_sorted THEN exp(
            lgamma(areas + 1) - lgamma(rows + 1) - lgamma(areas - rows + 1)
        ) * pow(of_two, rows - 1)
        ELSE areas * pow(of_two, rows - 1)
    END AS how_likely
    FROM long JOIN chance USING (indicator, population_group)
    WHERE how_likely < $chance
)
SELECT indicator, [arg_min(area_above, record)] || list(area ORDER BY record),
    min_by(value - step, record), any_value(step), count(DISTINCT earlier)
FROM stretch
JOIN (SELECT * EXCLUDE (step) FROM unlikely) USING (indicator, population_group, run)
GROUP BY indicator, population_group, run
HAVING (any_value(kind) <> 'count' OR min(value) >= $least_count
        OR (any_value(how_likely) = 0 AND any_value(step) <> 0))
    AND if(any_value(step) = 0,
        NOT (any_value(kind) = 'proportion' AND any_value(value) IN (0, 100))
        AND NOT (any_value(are_all) AND any_value(rows) >= $same
            - (any_value(value) <> floor(any_value(value)))::INTEGER)
        AND (count(earlier) = 0 OR count(DISTINCT earlier) > 1),
        -- Those before may rise so by themselves.
        count(step_before) < count(*) OR max(step_before) > min(step_before))
ORDER BY indicator, min(record)
"""
