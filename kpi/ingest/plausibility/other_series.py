"""Figures under the wrong name: a group's or an indicator's that continue another published one's.

The other series need not be in the file. Each figure is plausible by itself; what shows it is that
nearly all of them are near the other's published figure of the area, and far from their own.
"""

from collections.abc import Container
from typing import Any

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import cells_of, exact
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.word_tables import save

# So many times nearer to the other's, in so many of the areas. All series of the unit are looked at
# in some areas, and those that fit there in all.
_TIMES, _PART, _PROBED = 3.0, 0.8, 12
# Of fewer areas only another group of the same indicator counts, and much nearer.
_FEWEST, _FEWEST_OF_ANY, _TIMES_OF_FEW = 3, 6, 5.0
# What is no movement: a small part of the figures, or some steps of their last digit.
_LEAST_MOVED, _LEAST_STEPS = 0.03, 3
# Of another indicator each area's figure must be near: within so much of what areas differ by. Else
# the figures are only about as large, and of a third one.
_NEAR = 0.5


def other_series(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    off_scale: Container[int],
) -> dict[int, Problem]:
    """A warning for each indicator (number) of which a group's newest figures continue another's.

    The other series' figures are the published ones of the same period, or else the newest before.
    Where all figures are exactly the other's, `copied` reports them. Makes `elsewhere`: indicator,
    population_group and period of the reported figures, which are not also reported row by row.
    Expects `newest_figure` and `newest_period` (newest.py).
    """
    connection.execute(_NONE_ELSEWHERE)
    if not connection.execute(_HAS_EARLIER).fetchone():
        return {}
    indicators, groups = list(catalog.indicators.values()), list(catalog.groups.values())
    save(connection, "unit_of_indicator", {
        "number": list(range(len(indicators))),
        "unit": [f"{indicator.unit} {indicator.kind}" for indicator in indicators],
        "decimals": [indicator.decimals for indicator in indicators],
    })  # fmt: skip
    moved = {"fewest": _FEWEST, "moved": _LEAST_MOVED, "steps": _LEAST_STEPS}
    connection.execute(_MOVED, moved)
    if connection.table("moved_series").limit(1).fetchone() is None:
        return {}
    connection.execute(_OTHERS)
    limits = {
        "times": _TIMES, "part": _PART, "fewest": _FEWEST, "fewest_of_any": _FEWEST_OF_ANY,
        "times_of_few": _TIMES_OF_FEW, "near": _NEAR,
    }  # fmt: skip
    for most_areas in (_PROBED, len(catalog.areas)):
        connection.execute(_NEARER, {"most_areas": most_areas, **limits})
        connection.execute("CREATE OR REPLACE TABLE other_of_series AS FROM nearer_series")
    column = plan.name_of("value", table)
    problems: dict[int, Problem] = {}
    for number, group, other, other_group, *evidence in connection.execute(_NEAREST).fetchall():
        if number in off_scale:
            continue
        connection.execute(_ELSEWHERE, {"indicator": number, "group": group})
        names = (
            (groups[group].name, groups[other_group].name)
            if number == other
            else (indicators[number].name, indicators[other].name)
        )
        problem = _problem(connection, column, catalog, number, names, evidence)
        if number not in problems or problems[number].weight < problem.weight:
            problems[number] = problem
    return problems


def _problem(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    catalog: Catalog,
    number: int,
    names: tuple[str, str],
    evidence: list[Any],
) -> Problem:
    indicator = list(catalog.indicators.values())[number]
    areas, nearer, area, period, record, value, earlier, other_value = evidence
    line, text = cells_of(connection, [record]).get(record, (None, None))
    own, other = names
    place = list(catalog.areas.values())[area].name
    moment = when(parse_period(period), indicator, catalog)
    right = "det rigtige nøgletal" if own == indicator.name else "den rigtige gruppe"
    return Problem(
        "other_series", "", line, column, shown(text),
        f"{indicator.name}: {nearer} af {areas} tal for »{own}« {moment} ligger nærmere de udgivne "
        f"tal for »{other}«. I {place} er tallet {exact(value, indicator)}, og de udgivne er "
        f"{exact(other_value, indicator)} for »{other}« og {exact(earlier, indicator)} for "
        f"»{own}«.",
        f"Kontrollér i kilden, at tallene er af {right}.", weight=nearer,
    )  # fmt: skip


_NONE_ELSEWHERE = """
CREATE TABLE elsewhere (indicator INTEGER, population_group INTEGER, period INTEGER)
"""
_ELSEWHERE = """
INSERT INTO elsewhere
SELECT indicator, population_group, period FROM newest_period
WHERE indicator = $indicator AND population_group = $group
"""
_HAS_EARLIER = "SELECT 1 FROM newest_figure WHERE earlier IS NOT NULL LIMIT 1"

# The series whose newest figures are not about where they were.
_MOVED = """
CREATE TABLE moved_series AS
WITH size AS (
    SELECT indicator, population_group, period, count(*) AS areas,
        median(abs(value - earlier)) AS moved, median(abs(earlier)) AS level
    FROM newest_figure
    WHERE earlier IS NOT NULL
    GROUP BY indicator, population_group, period
)
SELECT size.indicator, population_group, size.period, areas, unit, end_date, alike
FROM size
JOIN newest_period USING (indicator, population_group)
JOIN unit_of_indicator ON unit_of_indicator.number = size.indicator
WHERE areas >= $fewest AND moved >= $moved * level AND moved >= $steps * pow(10, -decimals)
"""
# All published series that may be the other: of the unit, and of the same kind of period.
_OTHERS = """
CREATE TABLE other_of_series AS
WITH known AS (
    SELECT known_indicator.number AS other, known_group.number AS other_group,
        alike_as(period_kind, period_start, period_end) AS alike, min(period_end) AS first_end
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_group ON known_group.id = now.group_id
    GROUP BY ALL
)
SELECT moved_series.indicator, moved_series.population_group, other, other_group
FROM moved_series
JOIN known USING (alike)
JOIN unit_of_indicator ON unit_of_indicator.number = other
    AND unit_of_indicator.unit = moved_series.unit
WHERE first_end <= end_date AND (other = indicator) <> (other_group = population_group)
"""
_NEARER = """
CREATE OR REPLACE TABLE nearer_series AS
WITH asked_area AS (
    SELECT area FROM newest_figure GROUP BY area ORDER BY count(*) DESC, area LIMIT $most_areas
),
known AS (
    SELECT other_of_series.indicator, other_of_series.population_group, other, other_group,
        known_area.number AS area, arg_max(now.value, now.period_end) AS value
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_group ON known_group.id = now.group_id
    JOIN known_area ON known_area.id = now.area_id
    SEMI JOIN asked_area ON asked_area.area = known_area.number
    JOIN other_of_series ON other = known_indicator.number AND other_group = known_group.number
    JOIN moved_series USING (indicator, population_group)
    WHERE now.period_end <= end_date
        AND alike_as(now.period_kind, now.period_start, now.period_end) = moved_series.alike
        AND now.value IS NOT NULL AND NOT now.is_hidden
        AND now.status NOT IN ('at_least', 'at_most')
    GROUP BY ALL
),
beside AS (
    SELECT known.*, known.value AS known_value, newest_figure.record,
        newest_figure.value AS own, earlier,
        abs(own - earlier) AS moved, abs(own - known.value) AS crossed
    FROM known JOIN newest_figure USING (indicator, population_group, area)
    WHERE earlier IS NOT NULL
)
SELECT indicator, population_group, other, other_group, count(*) AS areas,
    count(*) FILTER (crossed < moved) AS nearer, median(crossed) / median(moved) AS apart,
    arg_max(beside, moved - crossed) AS example
FROM beside
GROUP BY indicator, population_group, other, other_group
HAVING nearer >= $part * areas AND max(crossed) > 0 AND median(moved) > 0 AND (
    (areas >= $fewest_of_any AND $times * median(crossed) <= median(moved)
        AND (indicator = other OR median(crossed) <= $near * mad(known_value)))
    OR (areas >= $fewest AND indicator = other
        AND $times_of_few * median(crossed) <= median(moved))
)
"""
_NEAREST = """
SELECT DISTINCT ON (nearer_series.indicator, nearer_series.population_group)
    nearer_series.indicator, nearer_series.population_group, other, other_group,
    nearer_series.areas, nearer, example.area, known_period.id, example.record, example.own,
    example.earlier, example.value
FROM nearer_series
JOIN moved_series USING (indicator, population_group)
JOIN known_period ON known_period.number = moved_series.period
WHERE 2 * nearer_series.areas >= moved_series.areas
ORDER BY nearer_series.indicator, nearer_series.population_group, apart, other, other_group
"""
