"""Whether first figures of an indicator are of two scales: some fractions, some percentages.

A column that was put together of two files has one scale in some of its rows and another in the
rest. Nothing published need be known: it shows in the gap between them.
"""

from dataclasses import dataclass

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.compared import has_first_figures
from kpi.ingest.plausibility.evidence import exact, mended_in_file, power_of, times_words
from kpi.ingest.table.raw import RawTable

# Nothing is between the two: so many times the largest of the small ones is the smallest of the
# large ones, and so many times larger are the large ones in the middle.
_LEAST_GAP = 5.0
_FRACTION_GAP, _FRACTION_TIMES = 8.0, (30.0, 400.0)
# Of other kinds both sides must be alike among themselves and a power of ten apart, within a part
# of it; amounts grow with the area, so only thousands are a scale.
_ALIKE, _POWER_SLACK = 3.0, 1.5
_AMOUNT_TIMES = 500.0
_FEWEST = 2


@dataclass(frozen=True)
class Sides:
    """The small and the large figures of one indicator, by count, lowest, middle and highest.

    `small` and `large` are a record of each, None where all of them are published.
    """

    indicator: int
    small_count: int
    large_count: int
    small: tuple[float, float, float]
    large: tuple[float, float, float]
    small_record: int | None
    large_record: int | None


def two_scales(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    reported: frozenset[int],
) -> dict[int, Problem]:
    """An error for each indicator (number) with first figures of two scales; none in `reported`."""
    indicators = list(catalog.indicators.values())
    problems: dict[int, Problem] = {}
    if not has_first_figures(connection):
        return problems
    rows = connection.execute(_SIDES, {"reported": list(reported), "gap": _LEAST_GAP}).fetchall()
    for number, is_all, *rest in rows:
        small_count, large_count, *levels, small_record, large_record = rest
        sides = Sides(number, small_count, large_count, tuple(levels[:3]), tuple(levels[3:]),
                      small_record, large_record)  # fmt: skip
        indicator = indicators[number]
        if number in problems or not _is_two_scales(indicator, sides, bool(is_all)):
            continue
        problems[number] = _problem(connection, table, plan, indicator, sides)
    return problems


def _is_two_scales(indicator: Indicator, sides: Sides, is_all: bool) -> bool:
    (lowest, small, top), (bottom, large, highest) = sides.small, sides.large
    times, gap = large / small, bottom / top
    if indicator.is_proportion and top <= 1:
        least, most = _FRACTION_TIMES
        return sides.small_count >= _FEWEST and gap >= _FRACTION_GAP and least <= times <= most
    if is_all or min(sides.small_count, sides.large_count) < _FEWEST:
        return False
    is_alike = top / lowest <= _ALIKE and highest / bottom <= _ALIKE
    ratio = times / 10.0 ** power_of(times)
    is_power = 1 / _POWER_SLACK <= ratio <= _POWER_SLACK
    return is_alike and is_power and (indicator.kind != "amount" or times >= _AMOUNT_TIMES)


def _problem(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    indicator: Indicator,
    sides: Sides,
) -> Problem:
    """At a figure of the side that seems wrong: fractions, else the side with fewer figures."""
    is_fraction = indicator.is_proportion and sides.small[2] <= 1
    is_small = is_fraction or sides.small_count <= sides.large_count
    first, second = sides.small_record, sides.large_record
    record = first if (is_small and first is not None) or second is None else second
    line, text = connection.execute(_CELL, {"record": record}).fetchall()[0]
    power = power_of(sides.large[1] / sides.small[1])
    count, other_count = (
        (sides.small_count, sides.large_count) if is_small
        else (sides.large_count, sides.small_count)
    )  # fmt: skip
    question = "Er de andele (0-1)?" if is_fraction else "Er enheden en anden?"
    return Problem(
        "scale", "", line, plan.name_of("value", table), shown(text),
        f"{indicator.name}: Tallene har to størrelser. {count} af {count + other_count} er ca. "
        f"{times_words(-power if is_small else power)} end resten: omkring "
        f"{exact(sides.small[1] if is_small else sides.large[1], indicator)} mod "
        f"{exact(sides.large[1] if is_small else sides.small[1], indicator)}. {question}",
        mended_in_file(indicator), weight=count,
    )  # fmt: skip


# The first figure of each series in the file and the newest published one of each other, in each
# group and level of areas; percentages also all together, since a whole group may be fractions.
# `is_all` come last: what shows within a group is reported there.
_SIDES = """
WITH first_one AS (
    SELECT record, noted.indicator, population_group, area, noted.value, known_indicator.kind,
        known_indicator.id AS indicator_id, coalesce(side, '') AS side
    FROM noted
    ANTI JOIN beside_far USING (record)
    JOIN known_indicator ON known_indicator.number = noted.indicator
    JOIN known_period ON known_period.number = noted.period
    LEFT JOIN series_side
        ON series_side.number = noted.indicator AND series_side.of_period = known_period.id
    WHERE earlier IS NULL AND noted.value > 0 AND known_indicator.kind <> 'count'
        AND NOT list_contains($reported::INTEGER[], noted.indicator)
),
asked AS (SELECT DISTINCT indicator, indicator_id, kind, side FROM first_one),
published_one AS (
    SELECT NULL::INTEGER AS record, asked.indicator, known_group.number AS population_group,
        known_area.number AS area, arg_max(now.value, now.period_end) AS value, asked.kind,
        asked.side
    FROM spor.current_observation AS now
    JOIN asked USING (indicator_id)
    JOIN known_group ON known_group.id = now.group_id
    JOIN known_area ON known_area.id = now.area_id
    LEFT JOIN series_side
        ON series_side.number = asked.indicator AND series_side.of_period = now.period
    WHERE asked.side = coalesce(series_side.side, '')
        AND now.value > 0 AND now.status NOT IN ('at_least', 'at_most')
    GROUP BY ALL
),
figure AS (
    SELECT record, indicator, population_group, level, kind, side, value
    FROM (
        SELECT record, indicator, population_group, area, value, kind, side FROM first_one
        UNION ALL BY NAME
        FROM published_one
    )
    JOIN known_area ON known_area.number = area
),
pooled AS (
    SELECT record, indicator, population_group, level, side, value, false AS is_all FROM figure
    UNION ALL
    -- A percentage is no fraction in any way of counting.
    SELECT record, indicator, NULL, NULL, '', value, true FROM figure WHERE kind = 'proportion'
),
spaced AS (
    SELECT *, value / lag(value) OVER (
        PARTITION BY is_all, indicator, population_group, level, side ORDER BY value
    ) AS step
    FROM pooled
),
cut AS (
    SELECT is_all, indicator, population_group, level, side, arg_max(value, step) AS least
    FROM spaced
    GROUP BY ALL
    HAVING max(step) >= $gap
)
SELECT pooled.indicator, is_all,
    count(*) FILTER (value < least), count(*) FILTER (value >= least),
    min(value) FILTER (value < least), median(value) FILTER (value < least),
    max(value) FILTER (value < least),
    min(value) FILTER (value >= least), median(value) FILTER (value >= least),
    max(value) FILTER (value >= least),
    min(record) FILTER (value < least), min(record) FILTER (value >= least)
FROM pooled
JOIN cut USING (is_all, indicator, side)
WHERE pooled.population_group IS NOT DISTINCT FROM cut.population_group
    AND pooled.level IS NOT DISTINCT FROM cut.level
GROUP BY pooled.indicator, is_all, pooled.population_group, pooled.level, side
ORDER BY pooled.indicator, is_all, pooled.population_group, pooled.level
"""

_CELL = """
SELECT candidate.line, spelled_value.text
FROM candidate JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE record = $record
"""
