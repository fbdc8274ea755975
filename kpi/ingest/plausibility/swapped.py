"""Series that have each other's figures: the heads of two groups swapped, two areas, a shifted row.

Each figure is plausible by itself. What shows it is that each series continues the other one: its
new figure is near the other's earlier one and far from its own.
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Any

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.rings import (
    FAR,
    LEAST_COUNT,
    NEAR,
    Ring,
    rings_in_long_lists,
    rings_in_short_lists,
    rings_of_series,
)
from kpi.ingest.plausibility.shifted_rows import shifted_rows
from kpi.ingest.plausibility.swap_problem import HINT, Side, sides_of, swap_problem
from kpi.ingest.plausibility.swapped_heads import rings_of_heads, swapped_heads
from kpi.ingest.table.raw import RawTable

# In fewer areas than these no movement is the usual one.
_FEWEST_AREAS = 6
# Figures that move as much as areas differ are of other areas: measured, years of one series move
# at most 0.88 times the usual difference, and figures of areas in another order 1.4 times.
# Where the period before was no more like the one before it, areas have no level of their own.
_FEWEST_SHUFFLED, _SHUFFLED, _STEADY = 12, 1.1, 0.9
_PAIRS_SHOWN = 3


def swapped_series(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    off_scale: Container[int] = frozenset(),
) -> list[Problem]:
    """A warning for each two groups, indicators or areas whose newest figures continue the other.

    Areas are not compared of indicators `off_scale`: their figures are like none before.
    Expects `newest_figure` and `earlier_figure` (newest.py).
    """
    series, areas = connection.execute(_SIZE).fetchone() or (0, 0)
    column = plan.name_of("value", table)
    of_series = rings_of_series(connection) if series > 2 else []
    problems = swapped_heads(connection, column, catalog, of_series) if series > 1 else []
    problems += rings_of_heads(connection, column, catalog, of_series)
    rings = rings_in_short_lists(connection) if areas > 1 else []
    if areas >= _FEWEST_AREAS:
        connection.execute(_USUAL, {"fewest": _FEWEST_AREAS})
        rings = [*rings_in_long_lists(connection), *rings]
    rings = [ring for ring in rings if ring.indicator not in off_scale]
    shuffled = _shuffled_areas(connection, catalog, off_scale) if areas >= _FEWEST_SHUFFLED else {}
    problems += shuffled.values()
    shifted: dict[int, Problem] = {}
    if areas >= _FEWEST_AREAS:
        shifted = shifted_rows(connection, column, catalog, (off_scale, shuffled))
        problems += shifted.values()
        spared = (off_scale, {*shuffled, *shifted})
        problems += _swapped_areas(connection, column, catalog, spared, rings)
    rings = [ring for ring in rings if ring.indicator not in {*shuffled, *shifted}]
    return problems + _rings(connection, column, catalog, rings)


def _rings(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    catalog: Catalog,
    rings: Sequence[Ring],
) -> list[Problem]:
    """A problem for each set of areas that has each other's figures, in whatever series."""
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    by_areas: dict[frozenset[int], list[Ring]] = defaultdict(list)
    for ring in rings:
        if ring not in by_areas[ring.areas]:
            by_areas[ring.areas].append(ring)
    problems = []
    for of_series in list(by_areas.values())[:_PAIRS_SHOWN]:
        indicator = indicators[of_series[0].indicator]
        sides = tuple(
            Side(areas[member.number].name, member.value, member.earlier, member.record)
            for member in of_series[0].members
        )
        many = f" Det gælder {len(of_series)} serier." if len(of_series) > 1 else ""
        how = " på skift" if len(sides) > 2 else ""
        problems.append(
            swap_problem(connection, column, sides, indicator,
                     f"{indicator.name}: {{}} har hinandens tal{how}: {{}}.{many}",
                     HINT.format("områderne"), len(of_series))
        )  # fmt: skip
    return problems


def _shuffled_areas(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, off_scale: Container[int]
) -> dict[int, Problem]:
    """A problem by indicator whose areas' figures are in another order. Expects `moving`."""
    indicators = list(catalog.indicators.values())
    problems: dict[int, Problem] = {}
    limits = {"fewest": _FEWEST_SHUFFLED, "shuffled": _SHUFFLED, "steady": _STEADY}
    for number, period, count in connection.execute(_SHUFFLED_AREAS, limits).fetchall():
        if number in off_scale:
            continue
        indicator = indicators[number]
        moment = when(parse_period(period), indicator, catalog)
        problems[number] = (
            Problem(
                "swapped", "", None, None, None,
                f"{indicator.name}: De {count} områders tal {moment} ligner ikke områdernes egne "
                "tidligere tal mere, end de ligner hinandens.",
                "Kontrollér i kilden, at tallene står ud for de rigtige områder, og at det er det "
                "rigtige nøgletal.", weight=count,
            )
        )  # fmt: skip
    return problems


def _swapped_areas(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    catalog: Catalog,
    spared: Sequence[Container[int]],
    rings: Sequence[Ring],
) -> list[Problem]:
    """A problem for each two areas, but of the indicators that are `spared` and within `rings`."""
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    by_areas: dict[tuple[int, int], list[Any]] = defaultdict(list)
    limits = {"far": FAR, "near": NEAR, "least": LEAST_COUNT}
    for number, first, second, *figures in connection.execute(_AREA_PAIRS, limits).fetchall():
        is_in_ring = any(
            ring.indicator == number and {first, second} <= ring.areas for ring in rings
        )
        if not is_in_ring and not any(number in numbers for numbers in spared):
            by_areas[first, second].append((indicators[number], figures))
    pairs = []
    for (first, second), series in list(by_areas.items())[:_PAIRS_SHOWN]:
        indicator, figures = series[0]
        sides = sides_of((areas[first].name, areas[second].name), figures)
        many = f" Det gælder {len(series)} serier." if len(series) > 1 else ""
        pairs.append(
            swap_problem(connection, column, sides, indicator,
                     f"{indicator.name}: {{}} har hinandens tal: {{}}.{many}",
                     HINT.format("områderne"), len(series))
        )  # fmt: skip
    return pairs


# How many series there are, and in how many areas at most.
_SIZE = """
SELECT count(*), max(areas)
FROM (
    SELECT count(*) AS areas FROM newest_figure WHERE earlier IS NOT NULL
    GROUP BY indicator, population_group
)
"""
# How an area's figure moves beyond what they all do: of quantities in parts of themselves. Most
# figures of a month do not move at all: the usual is never less than the smallest step that one
# takes, beyond the common one where they all move.
_USUAL = """
CREATE TABLE moving AS
WITH scaled AS (
    SELECT newest_figure.*, is_quantity,
        if(is_quantity, ln(value), value) AS own,
        if(is_quantity, ln(earlier), earlier) AS own_before
    FROM newest_figure
    JOIN known_indicator ON known_indicator.number = newest_figure.indicator
    WHERE earlier IS NOT NULL AND (NOT is_quantity OR (value > 0 AND earlier > 0))
),
stepped AS (
    SELECT *, own - own_before AS step, median(step) OVER (
        PARTITION BY indicator, population_group, level
    ) AS shift
    FROM scaled
),
common AS (
    SELECT indicator, population_group, level, count(*) AS areas, any_value(shift) AS shift,
        mad(own_before) AS apart, mad(step) AS moved,
        greatest(moved, if(
            moved > 0,
            min(abs(step - shift)) FILTER (abs(step - shift) > 1e-9),
            min(abs(step)) FILTER (abs(step) > 1e-9)
        )) AS usual
    FROM stepped
    GROUP BY indicator, population_group, level
    HAVING count(*) >= $fewest
)
SELECT scaled.* EXCLUDE (own), own - shift AS own, areas, usual, apart
FROM scaled JOIN common USING (indicator, population_group, level)
WHERE usual > 0
"""
_SHUFFLED_AREAS = """
WITH doubted AS (
    FROM moving
    SEMI JOIN (FROM period_before WHERE number IS NULL) USING (indicator, population_group)
    WHERE areas >= $fewest AND usual >= $shuffled * apart AND apart > 0
),
last_two AS (
    SELECT record, arg_max(earlier, period_end, 2) AS figures
    FROM earlier_figure SEMI JOIN doubted USING (record)
    GROUP BY record
    HAVING count(*) > 1
)
SELECT indicator, any_value(known_period.id), any_value(areas)
FROM doubted
JOIN known_period ON known_period.number = doubted.period
LEFT JOIN last_two USING (record)
GROUP BY indicator, population_group, level
HAVING count(figures) < $fewest OR mad(figures[1] - figures[2]) < $steady * mad(figures[2])
ORDER BY indicator, population_group
"""
_AREA_PAIRS = """
WITH far AS (
    FROM moving
    WHERE abs(own - own_before) > $far * usual
        AND (NOT is_quantity OR least(value, earlier) >= $least)
)
SELECT first.indicator, first.area, second.area,
    first.value, first.earlier, first.record, second.value, second.earlier, second.record
FROM far AS first
JOIN far AS second USING (indicator, population_group, level)
WHERE first.area < second.area
    AND abs(first.own - second.own_before) <= $near * first.usual
    AND abs(second.own - first.own_before) <= $near * first.usual
ORDER BY first.indicator, first.population_group, first.area, second.area
"""
