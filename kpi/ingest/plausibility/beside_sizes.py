"""First counts of areas beside those of others, for each inhabitant: a digit too many in one.

A count grows with its area, so that of a city is many times that of a town, and alone it tells
little. Per inhabitant they are alike, and where one is eight times as large as the others, or an
eighth, a digit or a comma is out of place.
"""

from collections.abc import Collection

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import CHECK_IN_SOURCE, exact, ratio_words
from kpi.ingest.table.raw import RawTable

# So many others at least, alike within so many times; so far is a count from their median, and so
# far from the nearest of them. Of smaller counts chance may make it.
_FEWEST, _ALIKE, _TIMES, _BEYOND, _LEAST = 2, 3.0, 8.0, 4.0, 20
# Persons that nearly all areas are counted in; of fewer areas no size is known.
_FEWEST_SIZES = 10


def beside_sizes(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    reported: Collection[int | None],
) -> list[Problem]:
    """A warning at each first count that is far from those of the same period per inhabitant.

    Inhabitants are the published count of persons that most municipalities have. Rows that are
    `reported` have a problem already. Expects `first_figure` (beside_areas.py) and `unconfirmed`.
    """
    if connection.execute(_HAS_COUNTS).fetchone() is None:
        return []
    persons = [each.indicator_id for each in catalog.indicators.values()
               if each.is_total and each.unit == "persons"]  # fmt: skip
    limits = {"persons": persons, "sizes": _FEWEST_SIZES}
    sized = connection.execute(_SIZED_BY, limits).fetchone()
    if sized is None:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "of": sized[0], "group": sized[1], "period": sized[2], "fewest": _FEWEST, "alike": _ALIKE,
        "times": _TIMES, "beyond": _BEYOND, "least": _LEAST, "most": MOST_OF_A_CODE,
        "reported": [row for row in reported if row is not None],
    }  # fmt: skip
    problems = []
    rows = connection.execute(_FAR, limits).fetchall()
    for line, text, number, area, period, value, others, ratio, _ in rows:
        indicator = indicators[number]
        problems.append(
            Problem("unlike_others", "", line, plan.name_of("value", table), shown(text),
                    f"Første tal for {areas[area].name} er {exact(value, indicator)}, og i forhold "
                    f"til områdets størrelse er det {ratio_words(ratio)} end i "
                    f"{fmt.number(others, 0)} andre områder "
                    f"{when(parse_period(period), indicator, catalog)}.",
                    CHECK_IN_SOURCE, weight=abs(ratio))
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


_HAS_COUNTS = """
SELECT 1 FROM first_figure JOIN known_indicator ON known_indicator.number = indicator
WHERE kind = 'count' LIMIT 1
"""
_SIZED_BY = """
SELECT indicator_id, group_id, period FROM spor.coverage
WHERE list_contains($persons::VARCHAR[], indicator_id) AND municipalities >= $sizes
ORDER BY municipalities DESC, period_end DESC, indicator_id, group_id
LIMIT 1
"""
_FAR = """
WITH size AS (
    SELECT known_area.number AS area, level, now.value AS size
    FROM spor.current_observation AS now
    JOIN known_area ON known_area.id = now.area_id
    WHERE now.indicator_id = $of AND now.group_id = $group AND now.period = $period
        AND now.value > 0 AND NOT now.is_hidden
),
first_count AS (
    SELECT first_figure.record, indicator, population_group, period, first_figure.value,
        size.area, size.level, first_figure.value / size AS rate
    FROM first_figure
    JOIN known_indicator ON known_indicator.number = indicator
    JOIN size ON size.area = first_figure.area
    WHERE kind = 'count' AND known_indicator.id <> $of AND first_figure.value > 0
),
cell AS (SELECT DISTINCT indicator, population_group, period FROM first_count),
peer AS (
    SELECT valid.indicator, valid.population_group, valid.period, valid.area, level,
        valid.value / size AS rate
    FROM valid SEMI JOIN cell USING (indicator, population_group, period)
    JOIN size USING (area)
    WHERE valid.value > 0 AND status NOT IN ('at_least', 'at_most')
    UNION
    SELECT cell.indicator, cell.population_group, cell.period, size.area, size.level,
        now.value / size
    FROM cell
    JOIN known_indicator ON known_indicator.number = cell.indicator
    JOIN known_group ON known_group.number = cell.population_group
    JOIN known_period ON known_period.number = cell.period
    JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
        AND now.group_id = known_group.id AND now.period = known_period.id
    JOIN known_area ON known_area.id = now.area_id
    JOIN size ON size.area = known_area.number
    ANTI JOIN valid ON valid.indicator = cell.indicator AND valid.area = known_area.number
        AND valid.population_group = cell.population_group AND valid.period = cell.period
    WHERE now.value > 0 AND NOT now.is_hidden AND now.status NOT IN ('at_least', 'at_most')
),
usual AS (
    SELECT indicator, population_group, period, level, count(*) AS areas,
        median(rate) AS middle, min(rate, 2) AS lows, max(rate, 2) AS highs
    FROM peer GROUP BY indicator, population_group, period, level
),
beside AS (
    SELECT first_count.*, areas - 1 AS others, if(rate = lows[1], lows[2], lows[1]) AS low,
        if(rate = highs[1], highs[2], highs[1]) AS high,
        CASE WHEN rate = highs[1] THEN highs[2] WHEN rate = lows[1] THEN lows[2] END AS nearest,
        rate / if(areas > 3, middle, sqrt(low * high)) AS ratio
    FROM first_count JOIN usual USING (indicator, population_group, period, level)
),
far AS (
    SELECT *, greatest(ratio, 1 / ratio) AS weight FROM beside
    WHERE others >= $fewest AND weight >= $times
        AND greatest(rate / nearest, nearest / rate) >= $beyond
        AND (others > $fewest + 1 OR high <= $alike * low)
        AND greatest(value, value / ratio) >= $least
)
SELECT line, text, indicator, area, known_period.id, value, others, ratio, count(*) OVER ()
FROM far
JOIN unconfirmed USING (record)
JOIN known_period ON known_period.number = far.period
ANTI JOIN asked_cell ON asked_cell.record = far.record AND asked_cell.indicator = far.indicator
WHERE NOT list_contains($reported::INTEGER[], line::INTEGER)
ORDER BY weight DESC, far.record
LIMIT $most
"""
