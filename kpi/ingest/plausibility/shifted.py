"""Figures that all moved together as they never did: another age, unit or definition.

Each figure is near its earlier one, and each area's place among the others is as before. What shows
it is that the areas' common movement is many times what it was between any two earlier periods.
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
from kpi.domain.series_break import is_across

# So many areas, so many earlier movements, and so many times the largest of these: of 96 published
# years of series none has moved so far (two have moved twice as far as before).
FEWEST_SHIFTED, _FEWEST_STEPS, _TIMES = 6, 4, 2.5
# A long history of many areas also says which way they move: of 63 published years with so many
# before them, one (incomes of 2008) was farther outside their range than six tenths of it.
_MANY_AREAS, _MANY_STEPS, _OUTSIDE = 20, 8, 0.6
# What nobody has chosen need not be as far outside: a part of what is between the movements but the
# farthest, so that a crisis is no measure. Of 64 published years five are: employment after the
# epidemic, incomes of 2008 and 2010, and two of housing.
_OUTSIDE_FETCHED = 0.4
_HINT = (
    "Kontrollér, at tallene er opgjort som de tidligere: samme aldersgruppe, enhed, periode og "
    "definition. Er de rigtige, så skriv forklaringen i noten."
)


def shifted_figures(
    connection: duckdb.DuckDBPyConnection,
    catalog: Catalog,
    off_scale: Collection[int],
    is_fetched: bool,
) -> list[Problem]:
    """A warning for each indicator whose newest figures moved together farther than ever before.

    Of what `is_fetched` less is farther. Indicators `off_scale` are reported already; across a
    break nothing is compared. Expects `newest_figure` and `earlier_figure` (newest.py).
    """
    limits = {
        "areas": FEWEST_SHIFTED, "steps": _FEWEST_STEPS, "times": _TIMES,
        "many_areas": _MANY_AREAS, "many_steps": _MANY_STEPS, "is_fetched": is_fetched,
        "outside": _OUTSIDE_FETCHED if is_fetched else _OUTSIDE,
    }  # fmt: skip
    indicators = list(catalog.indicators.values())
    problems: dict[int, Problem] = {}
    for number, period, before, shift, lowest, highest, most, areas in connection.execute(
        _SHIFTS, limits
    ).fetchall():
        indicator = indicators[number]
        if number in problems or number in off_scale:
            continue
        if is_across(parse_period(period), parse_period(before), indicator):
            continue
        since = since_when(parse_period(before), indicator, catalog)
        problems[number] = Problem(
            "big_change", "", None, None, None,
            f"{indicator.name}: Medianen af {areas} områders ændring {since} er "
            f"{_moved(shift, indicator)}, og mellem tidligere perioder var den "
            f"fra {_moved(lowest, indicator)} til {_moved(highest, indicator)}.",
            _HINT, weight=abs(shift / most),
        )  # fmt: skip
    return list(problems.values())


def _moved(shift: float, indicator: Indicator) -> str:
    """A common movement: of quantities in percent, else in the indicator's unit."""
    if indicator.is_quantity:
        return fmt.percent(100 * (math.exp(shift) - 1), 1, sign=True)
    return fmt.gap(shift, indicator)


_SHIFTS = """
WITH figure AS (
    SELECT newest_figure.record, indicator, population_group, level, period_end,
        earlier_figure.earlier AS value, false AS is_newest
    FROM newest_figure JOIN earlier_figure USING (record)
    UNION ALL
    SELECT record, indicator, population_group, level, end_date, value, true
    FROM newest_figure JOIN newest_period USING (indicator, population_group)
),
step AS (
    SELECT figure.*,
        if(is_quantity, if(value > 0, ln(value), NULL), value) AS own,
        own - lag(own) OVER series AS moved,
        date_diff('day', lag(period_end) OVER series, period_end) AS days
    FROM figure JOIN known_indicator ON known_indicator.number = figure.indicator
    WINDOW series AS (PARTITION BY record ORDER BY period_end)
),
shift AS (
    SELECT indicator, population_group, level, is_newest, period_end, median(moved) AS shift,
        median(days) AS days, count(moved) AS areas
    FROM step
    GROUP BY indicator, population_group, level, is_newest, period_end
    HAVING count(moved) >= $areas
),
usual AS (
    SELECT indicator, population_group, level, max(abs(shift)) AS most, min(days) AS least_days,
        min(shift) AS lowest, max(shift) AS highest, count(*) AS steps,
        arg_min(shift, shift, 2)[2] AS second_lowest, arg_max(shift, shift, 2)[2] AS second_highest,
        if($is_fetched, least(highest - second_lowest, second_highest - lowest), highest - lowest)
            AS apart,
        greatest($outside * apart, $outside / 2 * most) AS beyond
    FROM shift
    WHERE NOT is_newest
    GROUP BY indicator, population_group, level
    HAVING count(*) >= $steps AND most > 0
)
SELECT indicator, known_period.id, period_before.period, shift, lowest, highest, most, areas
FROM (FROM shift WHERE is_newest) AS shift
JOIN usual USING (indicator, population_group, level)
JOIN newest_period USING (indicator, population_group)
JOIN known_period ON known_period.number = newest_period.period
JOIN period_before USING (indicator, population_group)
WHERE abs(shift) > $times * most * greatest(1, days / least_days)
    OR steps >= $many_steps AND areas >= $many_areas AND days <= 1.1 * least_days
        AND shift NOT BETWEEN lowest - beyond AND highest + beyond
ORDER BY indicator, abs(shift) / most DESC
"""
