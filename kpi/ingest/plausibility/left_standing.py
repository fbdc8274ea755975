"""Figures of the period before that stand under the new one: an area's own, or rows in a stretch.

One percentage that is last year's is no wonder. That all of an area's figures are, whatever they
measure, or those of several rows after each other, is: nobody typed over them.
"""

import math
from collections.abc import Sequence

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.plausibility.repeats import FEWEST_UNCHANGED, LEAST_COUNT

# An area has so many figures at least, and so many of them are the ones before; how often chance
# may make it in a file. Figures repeat as often as they did before, and at least so often.
_FEWEST, _NEARLY_ALL, _CHANCE, _LEAST_OFTEN = 3, 0.8, 0.001, 0.01
# Rows after each other, and the same of those.
_FEWEST_ROWS, _CHANCE_OF_ROWS, _LEAST_OFTEN_IN_ROWS = 3, 0.005, 0.02
# A file of fewer figures has neither.
FEWEST_STANDING = min(_FEWEST, _FEWEST_ROWS)
_NAMES_SHOWN = 5
_HINT = "Kontrollér, at rækkerne er af den nye periode og ikke er blevet stående fra en tidligere."


def left_standing(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, reported: Sequence[Problem]
) -> list[Problem]:
    """A warning of areas whose figures are all as before, and of each such stretch of rows.

    None of a stretch whose first area is named in `reported` already (mixed_years.py). Series in
    which all areas are as before are others' (`repeats`); small counts, 0 and 100 % repeat by
    themselves. Expects `newest_figure` and `earlier_figure` (newest.py).
    """
    limits = {"fewest": FEWEST_UNCHANGED, "least": LEAST_COUNT}
    connection.execute(_AS_BEFORE, limits)
    if connection.execute("SELECT 1 FROM as_before WHERE is_same LIMIT 1").fetchone() is None:
        return []
    return _of_areas(connection, catalog) + _of_rows(connection, catalog, reported)


def _of_areas(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    names = [area.name for area in catalog.areas.values()]
    limits = {"figures": _FEWEST, "part": _NEARLY_ALL, "least": _LEAST_OFTEN}
    standing: list[str] = []
    figures = 0
    for area, count, same, areas, logarithm in connection.execute(_AREAS, limits).fetchall():
        if areas * math.comb(count, same) * math.exp(logarithm) < _CHANCE:
            standing.append(names[area])
            figures += same
    if not standing:
        return []
    who = first_listed(standing, _NAMES_SHOWN)
    message = f"{who}: {fmt.number(figures, 0)} tal er præcis dem fra perioden før, på tværs af "
    return [
        Problem(
            "unchanged_period", "", None, None, None, f"{message}nøgletal eller grupper.", _HINT,
            weight=len(standing),
        )
    ]  # fmt: skip


def _of_rows(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, reported: Sequence[Problem]
) -> list[Problem]:
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "rows": _FEWEST_ROWS, "chance": _CHANCE_OF_ROWS, "least": _LEAST_OFTEN_IN_ROWS,
    }  # fmt: skip
    problems = []
    for number, named in connection.execute(_STRETCHES, limits).fetchall():
        begin = f"{indicators[number].name}: {areas[named[0]].name}"
        if any(problem.message.startswith(begin) for problem in reported):
            continue
        names = first_listed([areas[area].name for area in named], _NAMES_SHOWN)
        problems.append(
            Problem("unchanged_period", "", None, None, None,
                    f"{indicators[number].name}: {names} står efter hinanden og har præcis de tal, "
                    "de havde i perioden før.", _HINT, weight=len(named))
        )  # fmt: skip
    return problems


# What is published already is no new figure.
_AS_BEFORE = """
CREATE TABLE as_before AS
WITH standing AS (
    SELECT valid.record FROM valid JOIN published USING (key)
    SEMI JOIN newest_figure USING (record)
    WHERE valid.value = published.value
),
last_one AS (
    SELECT record, arg_max(earlier, period_end) AS before FROM earlier_figure GROUP BY record
),
beside AS (
    SELECT record, indicator, population_group, area, value = before AS is_same
    FROM newest_figure
    JOIN last_one USING (record)
    JOIN known_indicator ON known_indicator.number = indicator
    ANTI JOIN standing USING (record)
    WHERE value <> 0 AND (kind <> 'count' OR value >= $least)
        AND NOT (kind = 'proportion' AND value = 100)
),
all_same AS (
    SELECT indicator, population_group FROM beside
    GROUP BY indicator, population_group
    HAVING count(*) >= $fewest AND bool_and(is_same)
)
FROM beside ANTI JOIN all_same USING (indicator, population_group)
"""
# How often a series' figures were the one before, by all its areas' steps: of those in `own`.
_OFTEN = """
step AS (
    SELECT indicator, population_group,
        earlier_figure.earlier = lag(earlier_figure.earlier) OVER down AS repeats
    FROM earlier_figure
    JOIN newest_figure USING (record)
    SEMI JOIN own USING (indicator, population_group)
    WINDOW down AS (PARTITION BY record ORDER BY period_end)
),
often AS (
    SELECT indicator, population_group,
        (count(*) FILTER (repeats) + 1) / (count(repeats) + 2) AS chance
    FROM step GROUP BY indicator, population_group
)
"""
_AREAS = """
WITH suspect AS (
    SELECT area, count(*) AS figures, count(*) FILTER (is_same) AS same FROM as_before
    GROUP BY area
    HAVING figures >= $figures AND same >= $part * figures
),
own AS (FROM as_before SEMI JOIN suspect USING (area) WHERE is_same),
OFTEN
SELECT area, any_value(figures), any_value(same),
    (SELECT count(DISTINCT area) FROM as_before), sum(ln(greatest($least, chance)))
FROM own
JOIN often USING (indicator, population_group)
JOIN suspect USING (area)
GROUP BY area
ORDER BY area
""".replace("OFTEN", _OFTEN)
# By what the other rows do, too.
_STRETCHES = """
WITH placed AS (
    SELECT *, row_number() OVER down - row_number() OVER alike AS stretch,
        count(*) OVER series AS rows, count(*) FILTER (is_same) OVER series AS same
    FROM as_before
    WINDOW series AS (PARTITION BY indicator, population_group),
        down AS (PARTITION BY indicator, population_group ORDER BY record),
        alike AS (PARTITION BY indicator, population_group, is_same ORDER BY record)
),
own AS (
    SELECT indicator, population_group, list(area ORDER BY record) AS areas,
        min(record) AS record, any_value(rows) AS rows, any_value(same) AS same
    FROM placed
    WHERE is_same
    GROUP BY indicator, population_group, stretch
    HAVING count(*) >= $rows
),
OFTEN
SELECT indicator, areas
FROM own JOIN often USING (indicator, population_group)
WHERE rows * pow(
    greatest($least, chance, (same - len(areas) + 1) / (rows - len(areas) + 2)),
    len(areas)
) < $chance
ORDER BY indicator, record
""".replace("OFTEN", _OFTEN)
