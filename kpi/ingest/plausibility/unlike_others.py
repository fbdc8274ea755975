"""The first figure of a series, which has no earlier ones, compared with those of other areas.

The others are the areas of the same level in the same period, in the file and published.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.compared import has_first_figures
from kpi.ingest.plausibility.evidence import CHECK_IN_SOURCE, exact
from kpi.ingest.table.raw import RawTable

# Fewer others do not show what is usual, but a fraction shows beside a single percentage.
_FEWEST_OTHERS = 3
_FRACTION_TIMES = 30.0
# How many times the median, and how many times the highest (or below the lowest) of the others: of
# shares and means, which are alike everywhere, and of counts and amounts, which grow with the area.
_SHARE_TIMES, _SHARE_BEYOND = 5.0, 2.0
_COUNT_TIMES, _COUNT_BEYOND = 100.0, 10.0
# Smaller counts and percentages are no surprise anywhere.
_LEAST_COUNT, _LEAST_POINTS = 20.0, 5.0


def unlike_others(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    off_scale: frozenset[int],
) -> list[Problem]:
    """A warning at each first figure of a series that is of another order than all the others.

    Indicators that are off scale are reported already.
    """
    if not has_first_figures(connection):
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "fewest": _FEWEST_OTHERS, "fraction_times": _FRACTION_TIMES,
        "share_times": _SHARE_TIMES, "share_beyond": _SHARE_BEYOND,
        "count_times": _COUNT_TIMES, "count_beyond": _COUNT_BEYOND, "least_count": _LEAST_COUNT,
        "least_points": _LEAST_POINTS, "most": MOST_OF_A_CODE,
        "off_scale": list(off_scale),
    }  # fmt: skip
    problems = []
    rows = connection.execute(_UNLIKE, limits).fetchall()
    for line, text, number, area, period, value, low, high, other_count, weight, _ in rows:
        indicator = indicators[number]
        least, most, own = (exact(figure, indicator) for figure in (low, high, value))
        span = least if least == most else f"{least.partition(fmt.NO_BREAK_SPACE)[0]}-{most}"
        problems.append(
            Problem("unlike_others", "", line, plan.name_of("value", table),
                    shown(text),
                    f"Første tal for {areas[area].name} er langt fra de andre områders: {own} mod "
                    f"{span} i {fmt.counted(other_count, 'andet', 'andre')} "
                    f"{when(parse_period(period), indicator, catalog)}.",
                    CHECK_IN_SOURCE, weight=weight)
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


# `first_one` are values without a known one to compare with; in a gap there always is one.
_UNLIKE = """
WITH first_one AS (
    SELECT noted.*, level, known_indicator.kind, is_quantity, known_indicator.id AS indicator_id,
        known_group.id AS group_id, known_period.id AS period_id
    FROM noted
    ANTI JOIN beside_far USING (record)
    JOIN known_area ON known_area.number = noted.area
    JOIN known_indicator ON known_indicator.number = noted.indicator
    JOIN known_group ON known_group.number = noted.population_group
    JOIN known_period ON known_period.number = noted.period
    WHERE earlier IS NULL AND NOT list_contains($off_scale::INTEGER[], noted.indicator)
),
cell AS (SELECT DISTINCT indicator, population_group, period, indicator_id, group_id, period_id
    FROM first_one),
own AS (
    SELECT valid.indicator, valid.population_group, valid.period, valid.area, valid.value
    FROM valid SEMI JOIN cell USING (indicator, population_group, period)
    WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
),
peer AS (
    FROM own
    UNION ALL
    SELECT cell.indicator, cell.population_group, cell.period, known_area.number, now.value
    FROM spor.current_observation AS now
    JOIN cell ON cell.indicator_id = now.indicator_id AND cell.group_id = now.group_id
        AND cell.period_id = now.period
    JOIN known_area ON known_area.id = now.area_id
    ANTI JOIN own ON own.indicator = cell.indicator AND own.area = known_area.number
        AND own.population_group = cell.population_group AND own.period = cell.period
    WHERE now.value IS NOT NULL AND now.status NOT IN ('at_least', 'at_most')
),
usual AS (
    -- The lowest and highest two, so that a value can be left out of its own company.
    SELECT indicator, population_group, period, level, median(value) AS middle,
        min(value, 2) AS lows, max(value, 2) AS highs, count(*) AS areas
    FROM peer JOIN known_area ON known_area.number = peer.area
    GROUP BY indicator, population_group, period, level
    HAVING count(*) > 1
),
judged AS (
    SELECT first_one.*, middle, areas - 1 AS others,
        if(value = lows[1], lows[2], lows[1]) AS low,
        if(value = highs[1], highs[2], highs[1]) AS high,
        is_quantity AS grows,
        if(grows, $count_times, $share_times) AS times,
        if(grows, $count_beyond, $share_beyond) AS beyond
    FROM first_one JOIN usual USING (indicator, population_group, period, level)
    WHERE middle > 0 AND value >= 0
),
unlike AS (
    SELECT *, if(value = 0, 20, abs(ln(value / middle))) AS weight
    FROM judged
    WHERE (
        (value >= times * middle AND value >= beyond * high)
        OR (value * times <= middle AND value * beyond <= low)
    ) AND others >= $fewest AND CASE kind
        WHEN 'proportion' THEN greatest(value, middle) >= $least_points
        WHEN 'count' THEN greatest(value, middle) >= $least_count
        ELSE true
    END
    OR kind = 'proportion' AND value BETWEEN 1e-9 AND 1 AND value * $fraction_times <= low
)
SELECT line, text, indicator, area, period_id,
    value, low, high, others, weight, count(*) OVER () AS total
FROM unlike JOIN unconfirmed USING (record)
ORDER BY weight DESC, record
LIMIT $most
"""
