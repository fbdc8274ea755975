"""Figures that all moved together as they never did: another age, unit or definition.

Each figure is near its earlier one, and each area's place among the others is as before. What shows
it is that the areas' common movement is many times what it was between any two earlier periods, or
that all areas took it alike: a crisis moves some more than others, another definition does not.
"""

import math
from collections.abc import Collection
from typing import NamedTuple

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
# Of most of a country a common movement is also far where it is so many times what lies between
# the quarters of the areas' own movements, now and usually: of 90 published years none was more
# than 4.0 times, of months 2.8. It is also so many times what the series usually moved from its own
# median, and at least so many points, or so much of a figure.
_MOST_OF_A_COUNTRY, _TIMES_SPREAD, _TIMES_USUAL, _LEAST_POINTS, _LEAST_PART = (
    60,
    5.0,
    3.0,
    1.0,
    0.05,
)
_HINT = (
    "Kontrollér, at tallene er opgjort som de tidligere: samme aldersgruppe, enhed, periode og "
    "definition. Er de rigtige, så skriv forklaringen i noten."
)


class _Shift(NamedTuple):
    """The areas' common movement, its quarters, and the range of the earlier ones, if any."""

    median: float
    areas: int
    first: float
    third: float
    lowest: float
    highest: float
    most: float | None


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
        "most_areas": _MOST_OF_A_COUNTRY, "times_spread": _TIMES_SPREAD,
        "times_usual": _TIMES_USUAL, "points": _LEAST_POINTS, "part": _LEAST_PART,
    }  # fmt: skip
    indicators = list(catalog.indicators.values())
    problems: dict[int, Problem] = {}
    for number, period, before, is_even, *movement in connection.execute(
        _SHIFTS, limits
    ).fetchall():
        indicator = indicators[number]
        if number in problems or number in off_scale:
            continue
        if is_across(parse_period(period), parse_period(before), indicator):
            continue
        since = since_when(parse_period(before), indicator, catalog)
        shift = _Shift(*movement)
        problems[number] = Problem(
            "big_change", "", None, None, None,
            f"{indicator.name}: {(_evenly if is_even else _beyond)(shift, since, indicator)}",
            _HINT, weight=abs(shift.median / (shift.most or shift.median)),
        )  # fmt: skip
    return list(problems.values())


def _beyond(shift: _Shift, since: str, indicator: Indicator) -> str:
    """A common movement beside the earlier ones."""
    return (
        f"Medianen af {shift.areas} områders ændring {since} er "
        f"{_moved(shift.median, indicator)}, og mellem tidligere perioder var den "
        f"fra {_moved(shift.lowest, indicator)} til {_moved(shift.highest, indicator)}."
    )


def _evenly(shift: _Shift, since: str, indicator: Indicator) -> str:
    """A common movement, what parts the areas' own, and the earlier ones if there are any."""
    words = (
        f"Næsten alle {shift.areas} områder har flyttet sig lige meget {since}: medianen er "
        f"{_moved(shift.median, indicator)}, og halvdelen ligger mellem "
        f"{_moved(shift.first, indicator)} og {_moved(shift.third, indicator)}."
    )
    if shift.most is None:
        return words
    return (
        f"{words} Mellem tidligere perioder var medianen "
        f"fra {_moved(shift.lowest, indicator)} til {_moved(shift.highest, indicator)}."
    )


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
    SELECT figure.*, kind, is_quantity, shown_decimals,
        if(is_quantity, if(value > 0, ln(value), NULL), value) AS own,
        own - lag(own) OVER series AS moved,
        date_diff('day', lag(period_end) OVER series, period_end) AS days
    FROM figure JOIN known_indicator ON known_indicator.number = figure.indicator
    WINDOW series AS (PARTITION BY record ORDER BY period_end)
),
shift AS (
    SELECT indicator, population_group, level, is_newest, period_end, median(moved) AS shift,
        median(days) AS days, count(moved) AS areas,
        quantile_cont(moved, 0.25) AS first, quantile_cont(moved, 0.75) AS third,
        CASE any_value(kind) WHEN 'proportion' THEN $points
            ELSE $part * if(any_value(is_quantity), 1, median(value)) END AS least,
        -- Rounded figures are alike by themselves.
        greatest(third - first, if(any_value(is_quantity), 0, pow(10, -any_value(shown_decimals))))
            AS spread
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
        greatest($outside * apart, $outside / 2 * most) AS beyond,
        median(shift) AS middle, mad(shift) AS deviation, median(spread) AS usual_spread
    FROM shift
    WHERE NOT is_newest
    GROUP BY indicator, population_group, level
),
judged AS (
    SELECT *, abs(shift - coalesce(middle, 0)) AS far,
        coalesce(steps >= $steps AND most > 0 AND (
            abs(shift) > $times * most * greatest(1, days / least_days)
            OR steps >= $many_steps AND areas >= $many_areas AND days <= 1.1 * least_days
                AND shift NOT BETWEEN lowest - beyond AND highest + beyond
        ), false) AS is_beyond,
        areas >= $most_areas AND far >= least
            AND far > $times_spread * greatest(spread, coalesce(usual_spread, 0))
                * greatest(1, days / coalesce(least_days, 366))
            AND far >= $times_usual * coalesce(deviation, 0) AS is_even
    FROM (FROM shift WHERE is_newest) AS shift
    LEFT JOIN usual USING (indicator, population_group, level)
)
SELECT indicator, known_period.id, period_before.period, NOT is_beyond, shift, areas, first,
    third, lowest, highest, most
FROM judged
JOIN newest_period USING (indicator, population_group)
JOIN known_period ON known_period.number = newest_period.period
JOIN period_before USING (indicator, population_group)
WHERE is_beyond OR is_even
ORDER BY indicator, is_beyond DESC, abs(shift) / most DESC
"""
