"""Areas with a figure of an earlier year among others with new ones: rows that were not replaced.

A count of many digits that is exactly an earlier one of its own area is no chance. A percentage of
one decimal often is: of those it takes so many areas with a figure of the same earlier period.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.wording import first_listed
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.plausibility.repeats import FEWEST_UNCHANGED
from kpi.ingest.table.raw import RawTable

# How seldom a figure by chance is one of its own area's earlier ones, where one alone is reported:
# judged by the earlier ones within so much of it, and at least so many steps of its last digit.
_MOST_CHANCE, _NEAR, _STEPS = 0.0005, 0.05, 20
# Of several: how seldom so many are of the same earlier period. Figures move little from year to
# year, so they repeat each other more often than figures from anywhere would.
_MOST_CHANCE_OF_MANY, _OFTENER = 1e-4, 3.0
_FEWEST, _LEAST_PART, _MOST_PART = 4, 0.01, 0.2
# Where so many of a series' earlier figures repeat the one before, that is how often they do.
_MOSTLY = 0.5
_NAMES_SHOWN = 5
_HINT = "Kontrollér, at rækkerne er af den nye periode og ikke er blevet stående fra en tidligere."


@dataclass(frozen=True)
class Repeated:
    """How many areas' newest figures are those of one earlier period.

    `count` areas have one of it and `areas` of them the same; `sure` are those that are so by
    no chance. `part` is how often figures from anywhere would be the same, and `usual` how many of
    the series' earlier figures are the one before them.
    """

    indicator: int
    group: int
    period: str
    earlier: str
    count: int
    areas: tuple[int, ...]
    sure: tuple[int, ...]
    part: float
    line: int | None
    text: str | None
    value: float
    usual: float = 0.0

    @property
    def reported(self) -> tuple[int, ...]:
        """The areas to report: all where they are too many for chance, else those that are sure."""
        hits = len(self.areas)
        if hits == self.count >= FEWEST_UNCHANGED:
            return ()  # copied.py
        part = min(max(_OFTENER * self.part, _LEAST_PART), _MOST_PART)
        part = self.usual if self.usual >= _MOSTLY else part
        is_many = hits >= _FEWEST and _chance_of(hits, self.count, part) <= _MOST_CHANCE_OF_MANY
        return self.areas if is_many else self.sure


def _chance_of(hits: int, count: int, part: float) -> float:
    """How probable it is that so many or more of `count` are what each is with chance `part`."""
    # Hits are few of many, so less is worked out for those below.
    return 1 - sum(
        math.comb(count, number) * part**number * (1 - part) ** (count - number)
        for number in range(hits)
    )


def mixed_years(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator, group and earlier period that some areas' figures are of.

    Expects `newest_figure` and `earlier_figure` (newest.py).
    """
    # Mostly none is an earlier one, and nothing more is looked at.
    if connection.execute(_ANY_REPEATED).fetchone() is None:
        return []
    limits = {"chance": _MOST_CHANCE, "near": _NEAR, "steps": _STEPS, "fewest": _FEWEST}
    rows = connection.execute(_REPEATED, limits).fetchall()
    every = [
        Repeated(
            number,
            group,
            period,
            earlier,
            count,
            tuple(areas),
            tuple(sure),
            part,
            line,
            text,
            value,
        )
        for number, group, period, earlier, count, areas, sure, part, line, text, value in rows
    ]
    problems = []
    seen: set[tuple[int, int, int]] = set()
    for repeated in _with_usual(connection, every):
        number, group = repeated.indicator, repeated.group
        # An area whose figure is that of two earlier periods is reported of the last.
        reported = [area for area in repeated.reported if (number, group, area) not in seen]
        seen |= {(number, group, area) for area in reported}
        if reported:
            problems.append(_problem(repeated, reported, table, plan, catalog))
    return problems


def _with_usual(
    connection: duckdb.DuckDBPyConnection, every: Sequence[Repeated]
) -> Sequence[Repeated]:
    """`every` with how often the series repeat themselves: of those with too many for chance."""
    doubted = sorted(
        {(each.indicator, each.group) for each in every if len(each.reported) > len(each.sure)}
    )
    if not doubted:
        return every
    series = {"indicators": [number for number, _ in doubted], "groups": [at for _, at in doubted]}
    usual = {
        (number, group): part
        for number, group, part in connection.execute(_USUAL, series).fetchall()
    }
    return [replace(each, usual=usual.get((each.indicator, each.group), 0.0)) for each in every]


def _problem(
    repeated: Repeated, reported: Sequence[int], table: RawTable, plan: Plan, catalog: Catalog
) -> Problem:
    indicator = list(catalog.indicators.values())[repeated.indicator]
    areas = list(catalog.areas.values())
    names = first_listed([areas[area].name for area in reported], _NAMES_SHOWN)
    now, then = (
        when(parse_period(period), indicator, catalog)
        for period in (repeated.period, repeated.earlier)
    )
    whose = f"{names} har {now} præcis"
    if len(reported) == 1:
        message = f"{whose} det tal, der er {then}: {exact(repeated.value, indicator)}."
    else:
        many = fmt.number(repeated.count, 0)
        message = f"{whose} de tal, der er {then} ({len(reported)} af {many} områder)."
    return Problem(
        "unchanged_period", "", repeated.line, plan.name_of("value", table), shown(repeated.text),
        f"{indicator.name}: {message}", _HINT, weight=len(reported),
    )  # fmt: skip


# `step` is what a figure is written to: whole, tenths ... How many earlier ones are near it tells
# how often one is the same by chance.
_ANY_REPEATED = """
SELECT 1 FROM newest_figure JOIN earlier_figure USING (record)
WHERE newest_figure.value = earlier_figure.earlier LIMIT 1
"""
_REPEATED = """
WITH stepped AS (
    SELECT newest_figure.* EXCLUDE (earlier),
        CASE WHEN value = floor(value) THEN 1 WHEN abs(10 * value - round(10 * value)) < 1e-7
            THEN 0.1 WHEN abs(100 * value - round(100 * value)) < 1e-7 THEN 0.01 ELSE 0.001
            END AS step,
        greatest($near * abs(value), $steps * step) AS span
    FROM newest_figure
),
reaching AS (
    SELECT record, max(earlier) - min(earlier) AS reach
    FROM earlier_figure
    GROUP BY record
    HAVING reach > 0
),
same AS (
    SELECT stepped.*, earlier_figure.period AS earlier_period
    FROM earlier_figure
    JOIN stepped USING (record)
    SEMI JOIN reaching USING (record)
    WHERE earlier_figure.earlier = stepped.value
),
judged AS (
    SELECT record, count(*) FILTER (abs(earlier - value) <= span) * step / (2 * span) AS chance
    FROM earlier_figure
    JOIN (SELECT DISTINCT record, value, step, span FROM same) USING (record)
    GROUP BY record, step, span
),
-- Of fewer that are not sure nothing is reported: what all areas had then is not asked.
doubted AS (
    SELECT indicator, population_group, earlier_period, list(area ORDER BY record) AS same_areas,
        coalesce(list(area ORDER BY record) FILTER (chance <= $chance), []) AS sure_areas,
        coalesce(min(record) FILTER (chance <= $chance), min(record)) AS first_record
    FROM same JOIN judged USING (record)
    GROUP BY indicator, population_group, earlier_period
    HAVING count(*) >= $fewest OR len(sure_areas) > 0
),
of_period AS (
    SELECT indicator, population_group, earlier_figure.period AS earlier_period,
        any_value(stepped.period) AS period, any_value(period_end) AS period_end,
        count(*) AS areas, median(least(1, step / reach)) AS part
    FROM earlier_figure
    JOIN stepped USING (record)
    JOIN reaching USING (record)
    GROUP BY indicator, population_group, earlier_figure.period
)
SELECT doubted.indicator, doubted.population_group, known_period.id, earlier_period, areas,
    same_areas, sure_areas, part, candidate.line, spelled_value.text, newest_figure.value
FROM doubted
JOIN of_period USING (indicator, population_group, earlier_period)
JOIN known_period ON known_period.number = of_period.period
JOIN newest_figure ON newest_figure.record = first_record
LEFT JOIN candidate ON candidate.record = newest_figure.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY doubted.indicator, doubted.population_group, period_end DESC
"""
# How many of a series' earlier figures are the one before them.
_USUAL = """
SELECT indicator, population_group, avg((earlier = before)::INTEGER)
FROM (
    SELECT indicator, population_group, earlier_figure.earlier,
        lag(earlier_figure.earlier) OVER (PARTITION BY record ORDER BY period_end) AS before
    FROM earlier_figure
    JOIN newest_figure USING (record)
    WHERE (indicator, population_group) IN (
        SELECT unnest($indicators::INTEGER[]), unnest($groups::INTEGER[])
    )
)
GROUP BY indicator, population_group
HAVING count(before) > 0
"""
