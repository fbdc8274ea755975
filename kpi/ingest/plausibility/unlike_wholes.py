"""The first figure of a small area beside that of the municipality or city it is a part of.

A housing area, a parish or a school has few of its kind to be compared with (unlike_others.py), and
no earlier figure. Its share may be another than the whole's, but not of another order; and it has
no more of anything than the whole has.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.vocabulary import Level
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import CHECK_IN_SOURCE, exact
from kpi.ingest.table.raw import RawTable

# These are many, or have no whole.
_LARGE: tuple[Level, ...] = ("country", "region", "municipality")
# A rate so many times the whole's, or as many times less; or a share so many points from it.
# Smaller percentages are no surprise.
_TIMES, _POINTS, _LEAST_POINTS = 5.0, 40.0, 5.0


def unlike_wholes(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    off_scale: frozenset[int],
) -> list[Problem]:
    """A warning at each first figure of a small area that is far from that of its whole.

    The whole's figure is that of the same period, in the file or published, else its newest
    published one before. Expects `noted` and `beside_far` (compared.py).
    """
    within = _wholes_of_small_areas(catalog)
    small = sorted({part for part, *_ in within})
    if not small or connection.execute(_ANY_SMALL, {"small": small}).fetchone() is None:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "parts": [part for part, *_ in within], "wholes": [whole for _, whole, _ in within],
        "steps": [steps for *_, steps in within], "off_scale": list(off_scale), "times": _TIMES,
        "points": _POINTS, "least": _LEAST_POINTS, "most": MOST_OF_A_CODE,
        "totals": [at for at, indicator in enumerate(indicators) if indicator.is_total],
    }  # fmt: skip
    rows = connection.execute(_UNLIKE, limits).fetchall()
    problems = []
    for line, text, number, area, value, whole, of_whole, period, weight, _ in rows:
        indicator = indicators[number]
        what = "er større end" if indicator.is_total else "er langt fra"
        own, beside = exact(value, indicator), exact(of_whole, indicator)
        problems.append(
            Problem("unlike_others", "", line, plan.name_of("value", table), shown(text),
                    f"Første tal for {areas[area].name} {what} tallet for {areas[whole].name}, som "
                    f"det er en del af: {own} mod {beside} "
                    f"{when(parse_period(period), indicator, catalog)}.",
                    CHECK_IN_SOURCE, weight=weight)
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


def _wholes_of_small_areas(catalog: Catalog) -> list[tuple[int, int, int]]:
    """The numbers of each small area and of each that it lies in, and how many steps up that is."""
    areas = list(catalog.areas.values())
    numbers = {area.area_id: number for number, area in enumerate(areas)}
    within = []
    for number, area in enumerate(areas):
        steps, parent = 1, area.parent_id
        while area.level not in _LARGE and parent in numbers:
            within.append((number, numbers[parent], steps))
            steps, parent = steps + 1, catalog.areas[parent].parent_id
    return within


_ANY_SMALL = """
SELECT 1 FROM noted WHERE earlier IS NULL AND list_contains($small::INTEGER[], area) LIMIT 1
"""
_UNLIKE = """
WITH within AS (
    SELECT unnest($parts::INTEGER[]) AS area, unnest($wholes::INTEGER[]) AS whole,
        unnest($steps::INTEGER[]) AS steps
),
first_one AS (
    SELECT noted.record, noted.indicator, noted.population_group, noted.area, noted.period,
        noted.value, whole, steps, known_indicator.kind, is_quantity,
        list_contains($totals::INTEGER[], noted.indicator) AS is_total,
        known_period.id AS period_id, end_date,
        alike_as(known_period.kind, start_date, end_date) AS alike
    FROM noted
    ANTI JOIN beside_far USING (record)
    JOIN within USING (area)
    JOIN known_indicator ON known_indicator.number = noted.indicator
    JOIN known_period ON known_period.number = noted.period
    WHERE earlier IS NULL AND NOT list_contains($off_scale::INTEGER[], noted.indicator)
),
of_whole AS (
    SELECT first_one.*, valid.value AS whole_value, period_id AS whole_period, 0 AS age
    FROM first_one
    JOIN valid ON valid.indicator = first_one.indicator AND valid.area = whole
        AND valid.population_group = first_one.population_group AND valid.period = first_one.period
    WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
    UNION ALL
    SELECT first_one.*, now.value, now.period, 1 + date_diff('day', now.period_end, end_date)
    FROM first_one
    JOIN known_indicator ON known_indicator.number = first_one.indicator
    JOIN known_group ON known_group.number = first_one.population_group
    JOIN known_area ON known_area.number = whole
    JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
        AND now.group_id = known_group.id AND now.area_id = known_area.id
        AND alike_as(now.period_kind, now.period_start, now.period_end) = alike
    WHERE now.value IS NOT NULL AND NOT now.is_hidden AND now.period_end <= end_date
        AND now.status NOT IN ('at_least', 'at_most')
),
nearest AS (SELECT DISTINCT ON (record) * FROM of_whole ORDER BY record, steps, age),
unlike AS (
    SELECT *, abs(ln(greatest(value, 0.001) / whole_value)) AS weight
    FROM nearest
    WHERE whole_value > 0 AND value >= 0 AND if(is_quantity, is_total AND value > whole_value,
        greatest(value, whole_value) >= if(kind = 'proportion', $least, 0) AND (
            value NOT BETWEEN whole_value / $times AND whole_value * $times
            OR kind = 'proportion' AND abs(value - whole_value) >= $points
        ))
)
SELECT line, text, indicator, area, value, whole,
    whole_value, whole_period, weight, count(*) OVER () AS total
FROM unlike JOIN unconfirmed USING (record)
ORDER BY weight DESC, record
LIMIT $most
"""
