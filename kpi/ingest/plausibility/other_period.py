"""Published figures that come again under the period beside their own: a row moved by a cell.

In a wide table one area's row lies a column to the left, or all of them do; each figure is
plausible where it stands, and nearly all are what was published of the period before or after.
"""

from collections import defaultdict
from collections.abc import Sequence

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.plausibility.repeats import FEWEST_UNCHANGED, LEAST_COUNT

# So many of an area's figures are nearer to the published ones of the next period than to their
# own, so many times; of fewer, each is exactly one of those, and so many change a published figure:
# those of a period that is new change none.
_FEWEST, _FEWEST_EXACT, _FEWEST_CHANGED, _TIMES = 5, 3, 2, 4.0
# From this share of the areas on they are counted, not named.
_NEARLY_ALL = 0.8
_NAMES_SHOWN = 5
# A file of more published figures is not looked through.
_MOST_PUBLISHED = 200_000
# A file with fewer published figures has no such area.
FEWEST_MOVED = min(_FEWEST, _FEWEST_CHANGED)
_HINT = "Kontrollér, at tallene står under de rigtige perioder: er de rykket en celle?"


def other_period(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator and group with areas whose figures are of the next period.

    Expects `valid`, `published` and `share_of_period`.
    """
    limits = {
        "most": _MOST_PUBLISHED, "fewest": _FEWEST, "exact": _FEWEST_EXACT, "times": _TIMES,
        "changed": _FEWEST_CHANGED, "least": LEAST_COUNT, "copied": FEWEST_UNCHANGED,
    }  # fmt: skip
    moved: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    every: dict[tuple[int, int], int] = {}
    for number, group, area, areas, is_before in connection.execute(_MOVED, limits).fetchall():
        moved[number, group, is_before].append(area)
        every[number, group] = areas
    return [
        _problem(number, group, is_before, areas, every[number, group], catalog)
        for (number, group, is_before), areas in moved.items()
    ]


def _problem(
    number: int, group: int, is_before: bool, areas: Sequence[int], count: int, catalog: Catalog
) -> Problem:
    """The warning that so many of `count` areas have the figures of the period beside."""
    names = [area.name for area in catalog.areas.values()]
    those = first_listed([names[area] for area in areas], _NAMES_SHOWN)
    if len(areas) > 1 and len(areas) >= _NEARLY_ALL * count:
        those = f"{fmt.number(len(areas), 0)} af {fmt.number(count, 0)} områder"
    indicator = list(catalog.indicators.values())[number]
    return Problem(
        "swapped", "", None, None, None,
        f"{indicator.name}, {list(catalog.groups.values())[group].name}: {those} har de udgivne "
        f"tal for perioden {'før' if is_before else 'efter'} i stedet for deres egne.",
        _HINT, weight=len(areas),
    )  # fmt: skip


# `before` is the number of the period before; which one is after follows from the file's own. Small
# counts are often one another's, and a figure that is its own too is moved by nothing. A new
# period that has the published figures of the period before, which the file changes: two heads are
# swapped. Of four areas and more `copied_figures` asks about them.
_MOVED = """
WITH next_period AS (SELECT DISTINCT before AS period, period AS after FROM valid),
known AS (
    SELECT key, value FROM published
    WHERE value IS NOT NULL AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
        AND (SELECT count(*) FROM published) <= $most
),
beside AS (
    SELECT indicator, population_group, area, valid.value, own.value AS of_own,
        before.value AS of_before, after.value AS of_after,
        known_indicator.kind = 'count' AND valid.value < $least AS is_small
    FROM valid
    JOIN known_indicator ON known_indicator.number = valid.indicator
    LEFT JOIN known AS own USING (key)
    LEFT JOIN next_period ON next_period.period = valid.period
    LEFT JOIN known AS before ON before.key = valid.key - valid.period + valid.before
    LEFT JOIN known AS after ON after.key = valid.key - valid.period + next_period.after
    WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
),
distance AS (
    SELECT indicator, population_group, area, unnest([true, false]) AS is_before,
        unnest([of_before, of_after]) AS of_other, of_own, value,
        value IS DISTINCT FROM of_own AND NOT is_small AS is_moved
    FROM beside
),
judged AS (
    SELECT indicator, population_group, area, is_before, count(of_own) AS figures,
        count(DISTINCT value) FILTER (of_own IS NOT NULL) AS different,
        coalesce(sum(abs(value - of_own)), 0) AS from_own,
        coalesce(sum(abs(value - of_other)) FILTER (of_own IS NOT NULL), 0) AS from_other,
        bool_and(value = of_other) AS is_exact, count(*) FILTER (is_moved) AS moved,
        count(of_own) FILTER (is_moved) AS changed
    FROM distance
    WHERE of_other IS NOT NULL
    GROUP BY ALL
),
few AS (
    SELECT indicator, population_group, period, values_count FROM share_of_period
    WHERE values_count < $copied
),
exchanged AS (
    SELECT valid.indicator, valid.population_group, valid.area, count(*) OVER areas_of AS areas
    FROM few
    JOIN valid USING (indicator, population_group, period)
    JOIN known_indicator ON known_indicator.number = valid.indicator
    JOIN known AS before ON before.key = valid.key - valid.period + valid.before
    JOIN valid AS earlier ON earlier.key = before.key
    ANTI JOIN known ON known.key = valid.key
    WHERE valid.value = before.value AND earlier.value <> before.value
        AND (known_indicator.kind <> 'count' OR valid.value >= $least)
    WINDOW areas_of AS (PARTITION BY indicator, population_group, valid.period)
    QUALIFY count(*) OVER areas_of = any_value(values_count) OVER areas_of
        AND count(DISTINCT valid.value) OVER areas_of >= $changed
)
SELECT indicator, population_group, area, areas, true AS is_before FROM exchanged
UNION ALL
SELECT indicator, population_group, area,
    count(DISTINCT area) OVER (PARTITION BY indicator, population_group) AS areas, is_before
FROM judged
ANTI JOIN exchanged USING (indicator, population_group)
QUALIFY
    (from_own > $times * from_other AND different >= $exact
        AND (figures >= $fewest OR (figures >= $exact AND from_other = 0)))
    OR (is_exact AND moved >= $exact AND changed >= $changed)
ORDER BY indicator, population_group, is_before DESC, area
"""
