"""Single figures that moved as their own series never did, though by less than half: a wrong digit.

A count of 6,470 that became 5,176 is nothing strange, unless it never moved a twentieth in a month.
"""

import math
from collections.abc import Collection

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import since_when
from kpi.domain.plausibility import CONFIRMED
from kpi.domain.series_break import is_across
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

# A step is this many times the largest of at least so many earlier ones of its own series, and so
# many times what three in four areas moved beyond the common movement. Of 62,795 steps of published
# and downloaded counts, means and amounts three are so, and of 4,068 of published shares one.
_TIMES, _FEWEST_STEPS, _TIMES_OF_OTHERS, _FEWEST_AREAS = 2.0, 5, 4.0, 6
# Smaller steps are never reported (parts of a total, points of a share), of counts neither those
# within so many of their standard errors.
_LEAST_STEP, _LEAST_POINTS, _LEAST_COUNT, _ERRORS = 0.05, 1.0, 20, 5.0
STEP_LIMITS = {
    "times": _TIMES, "steps": _FEWEST_STEPS, "others": _TIMES_OF_OTHERS, "areas": _FEWEST_AREAS,
    "least": _LEAST_STEP, "points": _LEAST_POINTS, "least_count": _LEAST_COUNT, "errors": _ERRORS,
}  # fmt: skip
HINT = f"Kontrollér tallet og området i kilden. Er det rigtigt, så begynd noten med »{CONFIRMED}«."


def own_steps(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    off_scale: Collection[int],
) -> list[Problem]:
    """A warning at each newest figure that moved farther than its series ever did.

    Those that `changed` has are reported already. Expects `newest_figure` and `earlier_figure`
    (newest.py).
    """
    if connection.execute(_ANY_LONG_SERIES, {"steps": _FEWEST_STEPS}).fetchone() is None:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    for number, area, period, before, *figures, line, text in connection.execute(
        _STEPS, STEP_LIMITS
    ).fetchall():
        indicator = indicators[number]
        if number in off_scale or is_across(parse_period(period), parse_period(before), indicator):
            continue
        value, earlier, most, most_in_all = figures
        beyond = " ud over det, de andre områder flyttede sig" if most < most_in_all else ""
        since = since_when(parse_period(before), indicator, catalog)
        problems.append(
            Problem(
                "big_change", "", line, plan.name_of("value", table), shown(text),
                f"Stor ændring for {areas[area].name}: {change_words(earlier, value, indicator)} "
                f"{since}, og mellem tidligere perioder højst "
                f"{step_words(most, indicator)}{beyond}.",
                HINT, weight=abs(value - earlier) / earlier,
            )
        )  # fmt: skip
    return problems


def change_words(earlier: float, value: float, indicator: Indicator) -> str:
    """`fra 6.470 til 5.176 (−20 %)`; of a share `fra 71,0 % til 68,1 %`."""
    figures = f"fra {exact(earlier, indicator)} til {exact(value, indicator)}"
    if indicator.is_proportion:
        return figures
    return f"{figures} ({fmt.percent(100 * (value / earlier - 1), 0, sign=True)})"


def step_words(moved: float, indicator: Indicator) -> str:
    """The largest earlier step: in points of a share, else in percent."""
    if indicator.is_proportion:
        # A quiet series moved less than its decimals show.
        points = fmt.number(moved, max(1, indicator.decimals))
        return f"{points}{fmt.NO_BREAK_SPACE}procentpoint"
    return fmt.percent(100 * (math.exp(moved) - 1), 1)


_ANY_LONG_SERIES = """
SELECT 1 FROM earlier_figure GROUP BY record HAVING count(*) > $steps LIMIT 1
"""
_STEPS = """
WITH last_figure AS (
    SELECT record, arg_max(earlier, period_end) AS last_earlier,
        arg_max(period, period_end) AS period_before
    FROM earlier_figure
    WHERE earlier > 0
    GROUP BY record
),
newest_step AS (
    SELECT newest_figure.* EXCLUDE (period, earlier), known_period.id AS period,
        last_earlier AS before, period_before,
        if(known_indicator.kind = 'proportion', value - last_earlier, ln(value / last_earlier))
            AS moved
    FROM newest_figure
    JOIN last_figure USING (record)
    JOIN known_indicator ON known_indicator.number = indicator
    JOIN known_period ON known_period.number = newest_figure.period
    WHERE value > 0
),
moving AS (
    SELECT *, count(*) OVER beside AS areas, median(moved) OVER beside AS shift
    FROM newest_step
    WINDOW beside AS (PARTITION BY indicator, population_group, level, period)
),
judged AS (
    SELECT *, if(areas >= $areas, least(abs(moved - shift), abs(moved)), abs(moved)) AS own,
        if(areas >= $areas, quantile_cont(abs(moved - shift), 0.75) OVER (
            PARTITION BY indicator, population_group, level, period
        ), 0) AS others
    FROM moving
),
-- Only where one moved far beside the others what all of them ever moved is asked.
far AS (
    SELECT judged.*, kind
    FROM judged
    JOIN known_indicator ON known_indicator.number = indicator
    WHERE own > if(kind = 'proportion', $points, $least) AND own > $others * others
),
figure AS (
    SELECT record, earlier_figure.period, period_end, earlier_figure.earlier AS value,
        false AS is_newest
    FROM earlier_figure
    JOIN newest_figure USING (record)
    SEMI JOIN far USING (indicator, population_group, level)
    WHERE earlier_figure.earlier > 0
    UNION ALL
    SELECT record, known_period.id, end_date, value, true
    FROM newest_figure
    JOIN known_period ON known_period.number = newest_figure.period
    SEMI JOIN far USING (indicator, population_group, level)
    WHERE value > 0
),
step AS (
    SELECT newest_figure.record, indicator, population_group, level, figure.period, is_newest, kind,
        lag(figure.value) OVER series AS before,
        if(kind = 'proportion', figure.value - before, ln(figure.value / before)) AS moved
    FROM figure
    JOIN newest_figure USING (record)
    JOIN known_indicator ON known_indicator.number = indicator
    WINDOW series AS (PARTITION BY figure.record ORDER BY period_end)
),
-- A share's step beyond what all areas' moved then: a crisis hides no wrong digit of a later year.
beyond AS (
    SELECT record, is_newest, moved,
        if(kind = 'proportion' AND count(moved) OVER together >= $areas,
            abs(moved - median(moved) OVER together), abs(moved)) AS beyond
    FROM step
    WINDOW together AS (PARTITION BY indicator, population_group, level, period)
),
usual AS (
    SELECT record, max(beyond) FILTER (NOT is_newest) AS most,
        max(abs(moved)) FILTER (NOT is_newest) AS most_in_all,
        count(moved) FILTER (NOT is_newest) AS steps
    FROM beyond
    GROUP BY record
)
SELECT far.indicator, far.area, far.period, period_before, far.value, before, most,
    most_in_all, candidate.line, spelled_value.text
FROM far
JOIN usual USING (record)
ANTI JOIN changed ON changed.record = far.record
LEFT JOIN candidate ON candidate.record = far.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ANTI JOIN confirmed_note ON confirmed_note.spelling = candidate.note
WHERE steps >= $steps AND own > $times * most
    AND (kind <> 'count' OR (least(far.value, before) >= $least_count
        AND own > $errors / sqrt(least(far.value, before))))
ORDER BY far.record
"""
