"""Published figures that all change by the same factor, or the same amount: another measure.

A source that corrects its figures changes some, and each by its own amount. Where nearly all of
them change alike, the new ones are counted in another way: other prices, another denominator.
Alike is by one factor in all of a series, by one in each of its periods (a year's own prices), or
by one that falls from each year of an area to the next, as the figures of fixed prices do.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.wording import first_listed

# Of so many published figures at least nine in ten change, and nine in ten of those alike.
_FEWEST, _NEARLY_ALL = 8, 0.9
# Of fewer, these at least, all change alike, and by so many times what they are rounded to.
_FEW, _FAR = 4, 10.0
# Larger changes are reported one by one (big_changes.py).
_LARGEST_FACTOR = 1.5
# Figures whose change is so many times what rounding does to them.
_TIMES_ROUNDING = 3.0
# So many published figures are compared, evenly spread; more would tell nothing else.
_MOST_COMPARED = 20_000
# The factor of so many years falls from each to the next, in all by so much.
_FEWEST_YEARS, _LEAST_FALL = 8, 1.05
# A file with fewer published figures changes none alike.
FEWEST_ALIKE = min(_FEW, _FEWEST_YEARS)
_MOST_NAMED = 5
_HINT = (
    "Er det den samme opgørelse? Kontrollér priser, nævner og afgrænsning i kilden. Er det en "
    "rettelse af alle tal, så kræver det ingen handling."
)


def same_change(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator and group whose published figures all change alike.

    Of several ways to change alike the first of those above is reported. Hidden figures, limits and
    zeros are left out. Expects `valid` and `published`.
    """
    limits = {
        "fewest": _FEWEST, "nearly_all": _NEARLY_ALL, "largest": _LARGEST_FACTOR,
        "times": _TIMES_ROUNDING, "few": _FEW, "far": _FAR,
    }  # fmt: skip
    (count,) = connection.execute(_PAIRS, {"most": _MOST_COMPARED}).fetchone() or (0,)
    if count < FEWEST_ALIKE:
        return []
    indicators, groups = list(catalog.indicators.values()), list(catalog.groups.values())
    messages: dict[tuple[int, int], tuple[str, int]] = {}
    for number, group, compared, changed, factor, added, is_factor in connection.execute(
        _ALIKE, limits
    ).fetchall():
        alike = _alike(factor, added, is_factor, indicators[number])
        text = f"{changed} af {compared} udgivne tal ændres {alike}."
        messages[number, group] = text, changed
    for number, group, changed, periods in connection.execute(_ALIKE_BY_PERIOD, limits).fetchall():
        parts = [
            f"{when(parse_period(period), indicators[number], catalog)} "
            f"{_alike(factor, added, is_factor, indicators[number])}"
            for period, factor, added, is_factor in periods
        ]
        text = f"Næsten alle udgivne tal ændres ens, {first_listed(parts, _MOST_NAMED)}."
        messages.setdefault((number, group), (text, changed))
    areas = list(catalog.areas.values())
    falling = {"fewest": _FEWEST_YEARS, "fall": _LEAST_FALL}
    for number, group, changed, places, first, last in connection.execute(
        _FALLING, falling
    ).fetchall():
        names = first_listed([areas[place].name for place in places], _MOST_NAMED)
        text = (
            f"{names}: De udgivne tal ændres med en faktor, der falder fra periode til periode, "
            f"fra {_factor(first)} til {_factor(last)}, som tal i faste priser gør."
        )
        messages.setdefault((number, group), (text, changed))
    return [
        Problem(
            "same_change", "", None, None, None,
            f"{indicators[number].name}, {groups[group].name}: {text}", _HINT, weight=changed,
        )
        for (number, group), (text, changed) in sorted(messages.items())
    ]  # fmt: skip


def _factor(factor: float) -> str:
    """`+3,1 %` for 1.031."""
    return fmt.percent(100 * (factor - 1), 1, sign=True)


def _alike(factor: float, added: float, is_factor: bool, indicator: Indicator) -> str:
    """`med samme faktor, +3,1 %`; `med det samme, +2,0 procentpoint`."""
    if is_factor:
        return f"med samme faktor, {_factor(factor)}"
    return f"lige meget, {fmt.gap(added, indicator)}"


# The figures' own decimals say how much rounding may part two that change alike.
_PAIRS = """
CREATE TABLE changed_pair AS
WITH known AS (
    SELECT key, value AS earlier FROM published
    WHERE value <> 0 AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
        AND key % (SELECT 1 + count(*) // $most FROM published) = 0
)
SELECT indicator, population_group, area, period, value, earlier,
    pow(10, -coalesce(decimals, 0)) AS step
FROM valid JOIN known USING (key)
WHERE value <> 0 AND status NOT IN ('at_least', 'at_most')
"""
# Of a series, or of a series in one period (`of`): whether nearly all figures that are changed are
# changed by one factor, or by one sum.
_CHANGED_ALIKE = """
WITH middle AS (
    SELECT {of}, count(*) AS compared,
        count(*) FILTER (value <> earlier) AS changed, median(value / earlier) AS factor,
        median(value - earlier) AS added,
        median(abs(value - earlier) / step) AS roundings
    FROM changed_pair
    GROUP BY {of}
    HAVING ((changed >= $fewest AND changed >= $nearly_all * compared AND roundings >= $times)
            OR (changed BETWEEN $few AND $fewest - 1 AND changed = compared AND roundings >= $far))
        AND factor BETWEEN 1 / $largest AND $largest
),
alike AS (
    SELECT {of}, compared, changed, factor, added,
        count(*) FILTER (abs(value - factor * earlier) <= step) AS by_factor,
        count(*) FILTER (abs(value - earlier - added) <= step / 2) AS by_sum,
        by_factor > by_sum OR (by_factor = by_sum
            AND sum(abs(value - factor * earlier)) <= sum(abs(value - earlier - added)))
            AS is_factor
    FROM middle JOIN changed_pair USING ({of})
    WHERE value <> earlier
    GROUP BY ALL
)
"""
_OF_SERIES = """
SELECT indicator, population_group, compared, changed, factor, added, is_factor
FROM alike
WHERE greatest(by_factor, by_sum) >= $nearly_all * changed
ORDER BY indicator, population_group
"""
_OF_PERIODS = """
SELECT indicator, population_group, sum(changed)::BIGINT,
    list((known_period.id, factor, added, is_factor) ORDER BY end_date DESC)
FROM alike JOIN known_period ON known_period.number = alike.period
WHERE greatest(by_factor, by_sum) >= $nearly_all * changed
GROUP BY indicator, population_group
ORDER BY indicator, population_group
"""
_ALIKE = _CHANGED_ALIKE.format(of="indicator, population_group") + _OF_SERIES
_ALIKE_BY_PERIOD = _CHANGED_ALIKE.format(of="indicator, population_group, period") + _OF_PERIODS
_FALLING = """
WITH step_of_factor AS (
    SELECT indicator, population_group, area, value / earlier AS factor, start_date,
        lag(value / earlier) OVER (
            PARTITION BY indicator, population_group, area, kind ORDER BY end_date
        ) AS factor_before, kind
    FROM changed_pair JOIN known_period ON known_period.number = changed_pair.period
    WHERE value <> earlier
),
falling AS (
    SELECT indicator, population_group, area, count(*) AS changed,
        arg_min(factor, start_date) AS first, arg_max(factor, start_date) AS last
    FROM step_of_factor
    GROUP BY indicator, population_group, area, kind
    HAVING changed >= $fewest AND first >= $fall * last AND last > 0
        AND bool_and(factor < coalesce(factor_before, factor + 1))
)
SELECT indicator, population_group, sum(changed)::BIGINT, list(area ORDER BY changed DESC, area),
    max(first), arg_max(last, first)
FROM falling
GROUP BY indicator, population_group
ORDER BY indicator, population_group
"""
