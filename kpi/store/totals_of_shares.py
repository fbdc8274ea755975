"""Totals of counts that percentages tell: 40 persons are 40,0 % where all percentages come to 100.

Nobody published that they are 100 persons, nor says of how many a percentage is. Whoever sees that
the percentages of a split, of the areas of a level or of the parts of a year are all of it, and the
counts beside them have these proportions, divides and knows the total: as far as rounding leaves
one, by those counts of which the percentage is shown as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from math import ceil, floor, inf
from typing import NamedTuple

import duckdb

from kpi.domain.period import parse_period
from kpi.store.ties import Ties
from kpi.suppression.cells import Cell, Key
from kpi.suppression.distributions import total_of, ways_to_be_all

# By indicator.
Totals = Mapping[str, Sequence[Cell]]
# What decimal fractions are off by in a computer.
_OFF = 1e-6


def totals_of_shares(
    connection: duckdb.DuckDBPyConnection, hidden: Set[tuple[object, ...]], ties: Ties
) -> Totals:
    """The totals of counts that have no row, as public numbers; expects `counted_row`.

    `hidden` are the keys of which no number is shown. Of a number that was corrected the last one.
    """
    rows = connection.execute(_BESIDE).fetchall()
    rates: dict[Key, Cell] = {}
    rounding: dict[Key, float] = {}
    counts: dict[str, dict[tuple[str, ...], Cell]] = defaultdict(dict)
    for *base, kind, value, off, limit, level, parent_id, is_stock in rows:
        indicator_id, area_id, group_id, period = base
        cell = Cell(
            indicator_id, area_id, group_id, parse_period(period), value, None, limit, level,
            parent_id, is_stock=is_stock,
        )  # fmt: skip
        if kind == "count":
            counts[indicator_id][area_id, group_id, period] = cell
        else:
            rates[cell.base] = cell
            rounding[cell.base] = off
    totals: dict[str, dict[Key, Cell]] = defaultdict(dict)
    for total, parts in ways_to_be_all(rates, ties.groups, ties.areas):
        off_by_most = sum(rounding[part.base] for part in parts)
        if abs(sum(part.part or 0 for part in parts) - 100) > off_by_most + _OFF:
            continue
        for indicator_id, there in counts.items():
            persons = [there[part.base[1:]] for part in parts if part.base[1:] in there]
            if len(persons) < len(parts) or total[1:] in there:
                continue
            pairs = [
                _Pair(each.part or 0, part.part or 0, rounding[part.base],
                    hidden.isdisjoint({each.base, part.base}))
                for part, each in zip(parts, persons, strict=True)
            ]  # fmt: skip
            of_all = sum(pair.persons for pair in pairs)
            if _is_disclosed(of_all, pairs):
                cell = total_of((indicator_id, *total[1:]), of_all, persons[0], ties.areas)
                totals[indicator_id][cell.key] = cell
    return {indicator_id: [*of_keys.values()] for indicator_id, of_keys in totals.items()}


class _Pair(NamedTuple):
    """A count, and the percentage that it is of all."""

    persons: float
    rate: float
    off: float
    is_shown: bool


def _is_disclosed(of_all: float, pairs: Iterable[_Pair]) -> bool:
    """Whether all percentages are of one total, and those that are shown leave no other."""
    least, most = -inf, inf
    for pair in pairs:
        if not of_all or abs(pair.rate - 100 * pair.persons / of_all) > pair.off + _OFF:
            return False
        if pair.is_shown:
            least = max(least, 100 * pair.persons / (pair.rate + pair.off))
            if pair.rate > pair.off:
                most = min(most, 100 * pair.persons / (pair.rate - pair.off))
    return most < inf and ceil(least - _OFF) >= floor(most + _OFF)


_BESIDE = """
WITH said AS (
    SELECT indicator_id, observation.area_id, group_id, period, kind,
        arg_max(value, batch_id) AS value, arg_max(step_of(decimals), batch_id) AS rounding,
        max(min_cell)::INTEGER AS min_cell, any_value(coalesce(area.level, '')) AS level,
        any_value(area.parent_id) AS parent_id,
        bool_or(is_on_day(measured, period)) AS is_stock
    FROM counted_row AS observation
    SEMI JOIN small_indicator USING (indicator_id)
    JOIN strictest_limit USING (source_id, batch_id)
    LEFT JOIN area ON area.area_id = observation.area_id
    WHERE NOT removed AND value IS NOT NULL AND numerator IS NULL AND denominator IS NULL
        AND kind IN ('count', 'proportion')
        AND status NOT IN ('suppressed', 'at_least', 'at_most', 'range', 'approximate')
    GROUP BY ALL
)
SELECT indicator_id, area_id, group_id, period, kind, value, rounding, min_cell, level, parent_id,
    is_stock
FROM said
-- Beside each other, or the total of a count.
WHERE kind = 'count' OR (area_id, group_id, period) IN (
    SELECT (area_id, group_id, period) FROM said WHERE kind = 'count'
)
ORDER BY ALL
"""
