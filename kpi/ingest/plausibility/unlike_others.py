"""The first figure of a series, which has no earlier ones, compared with those of other areas."""

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
from kpi.ingest.plausibility.evidence import CHECK_IN_SOURCE, exact
from kpi.ingest.table.raw import RawTable

# Fewer others do not show what is usual unless they are alike; of a single one a figure may be the
# tenth (with a slack), and a fraction shows beside it.
_FEWEST_OTHERS, _ALIKE, _TENFOLD_SLACK = 3, 1.5, 1.25
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
    reported: Collection[int | None],
) -> list[Problem]:
    """A warning at each first figure of a series that is of another order than all the others.

    Indicators that are off scale, and rows that are `reported`, have a problem already. Expects
    `first_figure` and `far_first` (beside_areas.py), and `asked_cell` (plausible.py).
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "fewest": _FEWEST_OTHERS, "fraction_times": _FRACTION_TIMES,
        "share_times": _SHARE_TIMES, "share_beyond": _SHARE_BEYOND,
        "count_times": _COUNT_TIMES, "count_beyond": _COUNT_BEYOND, "least_count": _LEAST_COUNT,
        "least_points": _LEAST_POINTS, "most": MOST_OF_A_CODE,
        "off_scale": list(off_scale), "alike": _ALIKE, "tenfold": _TENFOLD_SLACK,
        "reported": [row for row in reported if row is not None],
    }  # fmt: skip
    problems = []
    rows = connection.execute(_UNLIKE, limits).fetchall()
    for line, text, number, area, period, value, low, high, other_count, place, weight, _ in rows:
        indicator = indicators[number]
        least, most, own = (exact(figure, indicator) for figure in (low, high, value))
        span = least if least == most else f"{least.partition(fmt.NO_BREAK_SPACE)[0]}-{most}"
        others = fmt.counted(other_count, "andet", "andre")
        known = f"{others} {when(parse_period(period), indicator, catalog)}"
        if place == "newest":
            known = f"det nyeste tal for {others}"
        problems.append(
            Problem("unlike_others", "", line, plan.name_of("value", table),
                    shown(text),
                    f"Første tal for {areas[area].name} er langt fra de andre områders: {own} mod "
                    f"{span} i {known}.",
                    CHECK_IN_SOURCE, weight=weight)
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


# What a person asks first of two others is whether they are alike; of one, whether it is tenfold.
_UNLIKE = """
WITH judged AS (
    SELECT first_figure.*, low, high, middle, others, place, is_quantity AS grows, kind,
        if(grows, $count_times, $share_times) AS times,
        if(grows, $count_beyond, $share_beyond) AS beyond
    FROM far_first
    JOIN first_figure USING (record, indicator)
    JOIN known_indicator ON known_indicator.number = indicator
    WHERE place <> 'groups' AND middle > 0
        AND NOT list_contains($off_scale::INTEGER[], indicator::INTEGER)
),
unlike AS (
    SELECT *, if(value = 0, 20, abs(ln(value / middle))) AS weight
    FROM judged
    WHERE if(others = 1,
        value = 0 OR (NOT grows AND (
            value / low BETWEEN 10 / $tenfold AND 10 * $tenfold
            OR low / value BETWEEN 10 / $tenfold AND 10 * $tenfold)),
        (value >= times * middle AND value >= beyond * high)
        OR (value * times <= middle AND value * beyond <= low)
    )
    AND (others >= $fewest OR grows OR high <= $alike * low)
    AND CASE kind
        WHEN 'proportion' THEN greatest(value, low) >= $least_points
        WHEN 'count' THEN greatest(value, low) >= $least_count
        ELSE true
    END
    OR kind = 'proportion' AND value BETWEEN 1e-9 AND 1 AND value * $fraction_times <= low
)
SELECT line, text, indicator, area, known_period.id AS period_id,
    value, low, high, others, place, weight, count(*) OVER () AS total
FROM unlike
JOIN unconfirmed USING (record)
JOIN known_period ON known_period.number = unlike.period
ANTI JOIN asked_cell ON asked_cell.record = unlike.record
    AND asked_cell.indicator = unlike.indicator
WHERE NOT list_contains($reported::INTEGER[], line::INTEGER)
ORDER BY weight DESC, unlike.record
LIMIT $most
"""
