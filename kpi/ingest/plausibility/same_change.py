"""Published figures that all change by the same factor, or the same amount: another measure.

A source that corrects its figures changes some, and each by its own amount. Where nearly all of
them change alike, the new ones are counted in another way: other prices, another denominator.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator

# Of so many published figures at least nine in ten change, and nine in ten of those alike.
_FEWEST, _NEARLY_ALL = 8, 0.9
# Larger changes are reported one by one (big_changes.py).
_LARGEST_FACTOR = 1.5
# Figures whose change is so many times what rounding does to them.
_TIMES_ROUNDING = 3.0
# So many published figures are compared, evenly spread; more would tell nothing else.
_MOST_COMPARED = 20_000
_HINT = (
    "Er det den samme opgørelse? Kontrollér priser, nævner og afgrænsning i kilden. Er det en "
    "rettelse af alle tal, så kræver det ingen handling."
)


def same_change(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator and group whose published figures all change alike.

    Hidden figures, limits and zeros are left out. Expects `valid` and `published`.
    """
    indicators, groups = list(catalog.indicators.values()), list(catalog.groups.values())
    limits = {
        "fewest": _FEWEST, "nearly_all": _NEARLY_ALL, "largest": _LARGEST_FACTOR,
        "times": _TIMES_ROUNDING, "most": _MOST_COMPARED,
    }  # fmt: skip
    return [
        Problem(
            "same_change", "", None, None, None,
            f"{indicators[number].name}, {groups[group].name}: {changed} af {compared} udgivne tal "
            f"ændres {_alike(factor, added, is_factor, indicators[number])}.",
            _HINT, weight=changed,
        )
        for number, group, compared, changed, factor, added, is_factor in connection.execute(
            _ALIKE, limits
        ).fetchall()
    ]  # fmt: skip


def _alike(factor: float, added: float, is_factor: bool, indicator: Indicator) -> str:
    """`med samme faktor, +3,1 %`; `med det samme, +2,0 procentpoint`."""
    if is_factor:
        return f"med samme faktor, {fmt.percent(100 * (factor - 1), 1, sign=True)}"
    return f"lige meget, {fmt.gap(added, indicator)}"


# The figures' own decimals say how much rounding may part two that change alike.
_ALIKE = """
WITH known AS (
    SELECT key, value AS earlier FROM published
    WHERE value <> 0 AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
        AND key % (SELECT 1 + count(*) // $most FROM published) = 0
),
pair AS (
    SELECT indicator, population_group, value, earlier, pow(10, -coalesce(decimals, 0)) AS step
    FROM valid JOIN known USING (key)
    WHERE value <> 0 AND status NOT IN ('at_least', 'at_most')
),
middle AS (
    SELECT indicator, population_group, count(*) AS compared,
        count(*) FILTER (value <> earlier) AS changed, median(value / earlier) AS factor,
        median(value - earlier) AS added,
        median(abs(value - earlier) / step) >= $times AS is_beyond_rounding
    FROM pair
    GROUP BY indicator, population_group
    HAVING changed >= $fewest AND changed >= $nearly_all * compared AND is_beyond_rounding
        AND factor BETWEEN 1 / $largest AND $largest
),
alike AS (
    SELECT indicator, population_group, compared, changed, factor, added,
        count(*) FILTER (abs(value - factor * earlier) <= step) AS by_factor,
        count(*) FILTER (abs(value - earlier - added) <= step / 2) AS by_sum
    FROM middle JOIN pair USING (indicator, population_group)
    WHERE value <> earlier
    GROUP BY ALL
)
SELECT indicator, population_group, compared, changed, factor, added, by_factor >= by_sum
FROM alike
WHERE greatest(by_factor, by_sum) >= $nearly_all * changed
ORDER BY indicator, population_group
"""
