"""Figures under a period that no other row has, or in another order than the published ones.

A year typed wrong in one row of a file of 2025 changes the published figure of 2024, by as little
as figures move in a year. And a row whose heads run the other way has its own figures, all of them
under other periods.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

# A period is a file's usual one with so many areas, and so large a part of the figures.
_FEWEST_AREAS, _LEAST_PART = 4, 0.75
# So many changed figures of a series, all but one at most, are published ones of its other periods,
# and would so seldom be by chance.
# Figures move little from year to year, so that a revised one is oftener one of them than a figure
# from anywhere would be.
_FEWEST_CHANGED, _MOST_CHANCE, _OFTENER = 4, 0.001, 2.0
# A file of fewer figures has neither, nor one without published figures.
FEWEST_BESIDE = min(_FEWEST_AREAS, _FEWEST_CHANGED)
# A file of more published figures is not looked through.
_MOST_PUBLISHED = 200_000


def lone_periods(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning at each such row, and for each such series. Expects `valid` and `published`."""
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    groups = list(catalog.groups.values())
    problems = []
    limits = {"fewest": _FEWEST_AREAS, "part": _LEAST_PART}
    for number, area, period, usual, others, value, stands, line, text in connection.execute(
        _LONE, limits
    ).fetchall():
        indicator = indicators[number]
        own, every = (
            period_name(parse_period(each), indicator, catalog) for each in (period, usual)
        )
        problems.append(
            Problem(
                "fewer_areas", "", line, plan.name_of("period", table), shown(text),
                f"{indicator.name}: {areas[area].name} har intet tal for {every}, som "
                f"{fmt.counted(others, 'andet område', 'andre områder')} har, men ændrer det "
                f"udgivne for {own} fra {exact(stands, indicator)} til {exact(value, indicator)}.",
                "Kontrollér, at rækkens periode er skrevet rigtigt.",
            )
        )  # fmt: skip
    limits = {
        "most": _MOST_PUBLISHED, "fewest": _FEWEST_CHANGED, "chance": _MOST_CHANCE,
        "oftener": _OFTENER,
    }  # fmt: skip
    problems += [
        Problem(
            "swapped", "", None, None, None,
            f"{indicators[number].name}, {groups[group].name}, {areas[area].name}: {same} af "
            f"{count} tal, der ændres, er områdets egne udgivne tal for andre perioder.",
            "Kontrollér, at tallene står under de rigtige perioder: er rækkefølgen vendt?",
        )
        for number, group, area, same, count in connection.execute(_REORDERED, limits).fetchall()
    ]  # fmt: skip
    return problems


_LONE = """
WITH counted AS (
    SELECT indicator, population_group, period, count(DISTINCT area) AS areas
    FROM valid
    GROUP BY indicator, population_group, period
),
usual AS (
    SELECT indicator, population_group, arg_max(period, areas) AS period, max(areas) AS areas
    FROM counted
    GROUP BY indicator, population_group
    HAVING count(*) > 1 AND max(areas) >= greatest($fewest, $part * sum(areas))
)
SELECT valid.indicator, valid.area, own.id, others.id, usual.areas, valid.value, published.value,
    candidate.line, spelled_period.text
FROM valid
JOIN usual ON usual.indicator = valid.indicator
    AND usual.population_group = valid.population_group AND usual.period <> valid.period
ANTI JOIN valid AS beside ON beside.indicator = valid.indicator AND beside.area = valid.area
    AND beside.population_group = valid.population_group AND beside.period = usual.period
JOIN published ON published.key = valid.key
JOIN known_period AS own ON own.number = valid.period
JOIN known_period AS others ON others.number = usual.period
LEFT JOIN candidate ON candidate.record = valid.record
LEFT JOIN spelled_period ON spelled_period.spelling = candidate.period
WHERE NOT published.is_hidden AND valid.value <> published.value
ORDER BY valid.record
LIMIT 20
"""
# What is figured with is the series' own figures: how many different ones there are of all that
# lie between the least and the greatest.
_REORDERED = """
WITH figure AS (
    SELECT indicator, population_group, area, valid.value, published.value AS stands,
        power(10, -least(coalesce(valid.decimals, 0), 6)) AS step
    FROM valid
    JOIN published USING (key)
    WHERE NOT published.is_hidden AND valid.value IS NOT NULL AND published.value IS NOT NULL
        AND (SELECT count(*) FROM published) <= $most
),
series AS (
    SELECT indicator, population_group, area, list(DISTINCT stands) AS known,
        list(value) FILTER (value <> stands) AS changed, min(step) AS step,
        max(stands) - min(stands) AS span
    FROM figure
    GROUP BY indicator, population_group, area
    HAVING count(*) FILTER (value <> stands) >= $fewest
)
SELECT indicator, population_group, area, same, len(changed)
FROM (
    SELECT *, len(list_filter(changed, figure -> list_contains(known, figure))) AS same,
        least(1, $oftener * len(known) / (1 + span / step)) AS likely
    FROM series
)
WHERE same >= greatest($fewest, len(changed) - 1)
    AND power(likely, same) * if(same < len(changed), len(changed), 1) < $chance
ORDER BY indicator, population_group, area
LIMIT 20
"""
