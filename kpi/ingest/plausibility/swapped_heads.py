"""Heads that are swapped: two groups, or two indicators, in most areas of a file."""

from collections.abc import Sequence

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.plausibility.rings import (
    FEWEST,
    GAP_OF_FEW,
    PART,
    PROBED,
    TIMES_OF_FEW,
    TIMES_OF_MANY,
    RingOfSeries,
)
from kpi.ingest.plausibility.swap_problem import (
    HINT,
    PROBED_FIGURES,
    Side,
    sides_of,
    swap_problem,
)


def swapped_heads(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    catalog: Catalog,
    rings: Sequence[RingOfSeries],
) -> list[Problem]:
    """A problem for each two groups of an indicator, or indicators of a group, not in a ring."""
    indicators, groups = list(catalog.indicators.values()), list(catalog.groups.values())
    limits = {
        "probed": PROBED, "times": TIMES_OF_MANY, "part": PART, "fewest": FEWEST,
        "times_of_few": TIMES_OF_FEW, "gap_of_few": GAP_OF_FEW,
    }  # fmt: skip
    problems = []
    for first, second, group, other_group, *rest in connection.execute(_PAIRS, limits).fetchall():
        indicator, other = indicators[first], indicators[second]
        pair = {(first, group), (second, other_group)}
        if indicator.unit != other.unit or any(pair <= set(ring.series) for ring in rings):
            continue
        count, area, period, *figures = rest
        names = (
            (groups[group].name, groups[other_group].name)
            if first == second
            else (indicator.name, other.name)
        )
        sides = sides_of(names, figures)
        begin = f"{indicator.name}: " if first == second else ""
        moment = when(parse_period(period), indicator, catalog)
        where = f"{list(catalog.areas.values())[area].name} {moment}"
        many = f" Det gælder {count} områder." if count > 1 else ""
        what = "grupperne" if first == second else "nøgletallene"
        problems.append(
            swap_problem(connection, column, sides, indicator,
                     f"{begin}{{}} har hinandens tal. I {where} er {{}}.{many}",
                     HINT.format(what), count)
        )  # fmt: skip
    return problems


def rings_of_heads(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    catalog: Catalog,
    rings: Sequence[RingOfSeries],
) -> list[Problem]:
    """A problem for each ring of groups of an indicator, or of indicators of a group."""
    indicators, groups = list(catalog.indicators.values()), list(catalog.groups.values())
    problems = []
    for ring in rings:
        own = [indicators[number] for number, _ in ring.series]
        if len({indicator.unit for indicator in own}) > 1:
            continue
        is_of_groups = len({indicator.indicator_id for indicator in own}) == 1
        names = [
            groups[group].name if is_of_groups else indicators[number].name
            for number, group in ring.series
        ]
        sides = tuple(
            Side(name, member.value, member.earlier, member.record)
            for name, member in zip(names, ring.members, strict=True)
        )
        begin = f"{own[0].name}: " if is_of_groups else ""
        many = f" Det gælder {ring.areas} områder." if ring.areas > 1 else ""
        problems.append(
            swap_problem(connection, column, sides, own[0],
                     f"{begin}{{}} har hinandens tal på skift: {{}}.{many}",
                     HINT.format("grupperne" if is_of_groups else "nøgletallene"), ring.areas)
        )  # fmt: skip
    return problems


# Two series of one period and area are two groups of an indicator, or two indicators of a group.
# Where all figures are exactly the other's earlier ones, `copied` reports them.
_PAIRS = f"""{PROBED_FIGURES},
pair AS (
    SELECT first.indicator, second.indicator AS other, first.population_group,
        second.population_group AS other_group, first.area, first.period,
        first.record, second.record AS other_record,
        first.value AS one_now, first.earlier AS one_before,
        second.value AS other_now, second.earlier AS other_before,
        abs(one_now - one_before) AS one_moved, abs(other_now - other_before) AS other_moved,
        abs(one_now - other_before) AS one_crossed, abs(other_now - one_before) AS other_crossed
    FROM figure AS first
    JOIN figure AS second USING (area, period)
    WHERE (first.indicator = second.indicator AND first.population_group < second.population_group)
        OR (first.indicator < second.indicator
            AND first.population_group = second.population_group)
),
judged AS (
    SELECT indicator, other, population_group, other_group, count(*) AS areas,
        sum(one_moved + other_moved) AS moved, sum(one_crossed + other_crossed) AS crossed,
        count(*) FILTER (one_crossed < one_moved AND other_crossed < other_moved) AS nearer,
        sum(abs(one_before - other_before)) AS gap,
        sum(greatest(abs(one_before), abs(other_before))) AS size,
        arg_max(pair, abs(one_before - other_before)) AS example
    FROM pair
    GROUP BY indicator, other, population_group, other_group
)
SELECT indicator, other, population_group, other_group, areas, example.area, known_period.id,
    example.one_now, example.one_before, example.record,
    example.other_now, example.other_before, example.other_record
FROM judged
JOIN known_period ON known_period.number = example.period
WHERE nearer >= $part * areas AND gap > 0 AND (
    (areas >= $fewest AND crossed * $times <= moved AND (crossed > 0 OR areas = $fewest))
    OR (areas < $fewest AND crossed * $times_of_few <= moved AND gap >= $gap_of_few * size)
)
ORDER BY indicator, other, population_group, other_group
"""  # noqa: S608
