"""Percentages of how a total is divided, beside its number: 5,0 % and 95,0 % of 60 persons.

The percentages of a split, of the areas of a level or of the parts of a year say how persons are
divided where they come to 100. Of how many they are stands at the total alone, in another
indicator: whoever sees both multiplies. By its name a reader knows of which number they are; here
they are taken to be of each that they all fit, and of several of the smallest. Where metadata say
that an indicator divides another's persons, they need not come to 100: a part may have no row.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import chain
from math import ceil, floor
from typing import NamedTuple

import duckdb

from kpi.domain.period import parse_period
from kpi.store.known_denominators import keep_least
from kpi.store.ties import Ties
from kpi.suppression.cells import Cell, Key
from kpi.suppression.distributions import some_of_groups, ways_to_be_all
from kpi.system.incoming import bring_in, let_go, table_of

_KEY = ["indicator_id", "area_id", "group_id", "period"]
_AT_MOST_PLACES = 0.9
# What decimal fractions are off by in a computer.
_OFF = 1e-6
# So many totals that a part may be a percentage of are tried.
_MOST_TOTALS = 100
# No number of persons: none of the percentages fits it.
_NONE_FITS = -1
# Another indicator and one of its numbers.
_Number = tuple[str, str]
# Area, group and period.
_Where = tuple[str, ...]


class _Rate(NamedTuple):
    """A percentage, and by how much it may be rounded."""

    key: Key
    value: float
    off: float

    def persons(self, of_all: float) -> tuple[int, int]:
        """The fewest and the most persons that it may be of so many."""
        low, high = ((self.value + off) * of_all / 100 for off in (-self.off, self.off))
        return max(ceil(low - _OFF), 0), floor(high + _OFF)


# A total, and the percentages that are all of it.
_Division = tuple[_Where, Sequence[_Rate]]


def keep_shares_of_totals(connection: duckdb.DuckDBPyConnection, ties: Ties) -> None:
    """Adds of how many such percentages are to `known_denominator`.

    Their indicators are in `share_of_total` then. Expects `counted_row`, `published_by` and
    `small_indicator`.
    """
    connection.execute(_NONE)
    if connection.execute(_IS_ANY).fetchone() == (False,):
        return
    rates: dict[Key, Cell] = {}
    off: dict[Key, float] = {}
    for *base, value, rounding, level, parent_id in connection.execute(_RATES).fetchall():
        indicator_id, area_id, group_id, period = base
        cell = Cell(
            indicator_id, area_id, group_id, parse_period(period), value, None, 0, level, parent_id
        )
        rates[cell.base], off[cell.base] = cell, rounding
    divisions = [*_divisions(rates, off, ties)]
    declared = dict(connection.execute(_DECLARED).fetchall())
    parts = [*declared_parts([rates[key] for key in rates if key[0] in declared], off, ties)]
    if not divisions and not parts:
        return
    where = {total for of_indicator in divisions for total, _ in of_indicator}
    where |= {rate.key[1:] for each in divisions for _, of_total in each for rate in of_total}
    where |= {total for total, _ in parts}
    where |= {rate.key[1:] for _, of_total in parts for rate in of_total}
    bring_in(connection, table_of(sorted(where), ["area_id", "group_id", "period"]))
    numbers: dict[_Where, list[tuple[_Number, float]]] = defaultdict(list)
    for area_id, group_id, period, other_id, name, number in connection.execute(_TOTALS).fetchall():
        numbers[area_id, group_id, period].append(((other_id, name), number))
    let_go(connection)
    of_all: dict[Key, float] = {}
    for of_indicator in divisions:
        for key, total in _of_all(of_indicator, numbers).items():
            of_all[key] = min(total, of_all.get(key, total))
    for total_key, of_total in parts:
        other_id = declared[of_total[0].key[0]]
        said = {**_by_parts(of_total, numbers, _fit_each), **dict(numbers.get(total_key, ()))}
        for rate in of_total:
            for (indicator_id, _), total in said.items():
                if indicator_id == other_id and total > 0 and _fit_each([rate], total):
                    of_all[rate.key] = min(total, of_all.get(rate.key, total))
    if of_all:
        indicator_ids = sorted({key[0] for key in of_all})
        connection.execute(_KEEP_INDICATORS, {"ids": indicator_ids})
        these = [(*key, total, rates[key].part, off[key]) for key, total in sorted(of_all.items())]
        bring_in(connection, table_of(these, [*_KEY, "total", "rate", "rounding"]))
        connection.execute(_OF_AS_MANY)
        let_go(connection)
        keep_least(connection, [(*key, total, None) for key, total in sorted(of_all.items())])


def shares_of_totals(connection: duckdb.DuckDBPyConnection) -> Set[str]:
    """The indicators of such percentages."""
    return {each for (each,) in connection.execute("FROM share_of_total").fetchall()}


def _divisions(
    rates: Mapping[Key, Cell], off: Mapping[Key, float], ties: Ties
) -> Iterator[Sequence[_Division]]:
    """The divisions of each indicator, by groups, by areas or by periods, if they come to 100."""
    seen: dict[tuple[str, tuple[bool, ...], bool], list[tuple[bool, _Division]]] = defaultdict(list)
    ways = ((False, way) for way in ways_to_be_all(rates, ties.groups, ties.areas))
    lacking_one = ((True, way) for way in some_of_groups(rates, ties.groups))
    for is_lacking, (total, parts) in chain(ways, lacking_one):
        of_way = [_Rate(part.base, part.part or 0, off[part.base]) for part in parts]
        most_off = sum(rate.off for rate in of_way) + _OFF
        is_all = abs(sum(rate.value for rate in of_way) - 100) <= most_off
        # A rate of everyone says that no group's is a part of it.
        if total in rates:
            is_all = is_all and rates[total].part == 100
        along = tuple(a == b for a, b in zip(total, parts[0].base, strict=True))
        seen[total[0], along, is_lacking].append((is_all, (total[1:], of_way)))
    for places in seen.values():
        holding = [way for is_all, way in places if is_all]
        if holding and len(holding) >= _AT_MOST_PLACES * len(places):
            yield holding


def declared_parts(
    cells: Sequence[Cell], off: Mapping[Key, float], ties: Ties
) -> Iterator[_Division]:
    """The percentages that are declared to be parts, with every total that they may be of.

    Along groups, areas or years, whichever has no total of more than 100 %.
    """
    along: dict[tuple[str, str], list[tuple[_Where, _Rate]]] = defaultdict(list)
    for cell in cells:
        indicator_id, area_id, group_id, period = cell.base
        rate = _Rate(cell.base, cell.part or 0, off[cell.base])
        totals: list[tuple[_Where, str]] = [
            *(((area_id, part.group_id, period), f"group {part.split}")
              for part in ties.groups.get(group_id, ())),
            *(((whole_id, group_id, period), f"area {cell.area_level}")
              for whole_id, _ in ties.areas.get(area_id, ()) if whole_id),
        ]  # fmt: skip
        year = str(cell.period.start.year)
        if year != period and cell.period.end.year == cell.period.start.year:
            totals.append(((area_id, group_id, year), f"period {cell.period.kind}"))
        for total, way in totals:
            along[indicator_id, way].append((total, rate))
    for parts in along.values():
        together: dict[_Where, list[_Rate]] = defaultdict(list)
        for total, rate in parts:
            together[total].append(rate)
        if all(
            sum(rate.value - rate.off for rate in rates) <= 100 + _OFF
            for rates in together.values()
        ):
            yield from together.items()


def _of_all(
    divisions: Sequence[_Division], numbers: Mapping[_Where, Sequence[tuple[_Number, float]]]
) -> dict[Key, float]:
    """Of how many each percentage is, by the numbers of others that all of them fit."""
    fitting: dict[_Number, list[tuple[bool, float, Sequence[_Rate]]]] = defaultdict(list)
    for where, rates in divisions:
        by_number: dict[_Number, list[float]] = defaultdict(list)
        for each, number in numbers.get(where, ()):
            by_number[each].append(number)
        for each, number in _by_parts(rates, numbers, _fits).items():
            by_number.setdefault(each, [number])
        by_number = {
            each: few for each, several in by_number.items()
            if rates[0].key[0] != each[0]
            and (few := [each for each in several if all(rate.off * each < 100 for rate in rates)])
        }  # fmt: skip
        for each, several in by_number.items():
            # Where a number was corrected, any of its key's may be meant.
            right = [number for number in several if _fits(rates, number)]
            fitting[each].append((bool(right), min(right, default=0), rates))
    of_all: dict[Key, float] = {}
    for places in fitting.values():
        if sum(fits for fits, _, _ in places) >= _AT_MOST_PLACES * len(places):
            for fits, number, rates in places:
                for rate in rates if fits else ():
                    of_all[rate.key] = min(number, of_all.get(rate.key, number))
    return of_all


def _by_parts(
    rates: Sequence[_Rate], numbers: Mapping[_Where, Sequence[tuple[_Number, float]]],
    fits: Callable[[Sequence[_Rate], float], bool],
) -> dict[_Number, float]:  # fmt: skip
    """The least total that others imply where they say none: 22 are 88,00 % of 25.

    Of whole persons; `_NONE_FITS` where no total has all their parts for these percentages.
    """
    of_parts: dict[_Number, list[tuple[_Rate, float]]] = defaultdict(list)
    for rate in rates:
        for each, number in dict(numbers.get(rate.key[1:], ())).items():
            of_parts[each].append((rate, number))
    totals: dict[_Number, float] = {}
    for each, parts in of_parts.items():
        least = max(100 * number / (rate.value + rate.off) for rate, number in parts)
        most = min(
            (100 * number / (rate.value - rate.off) for rate, number in parts
             if rate.value > rate.off),
            default=0.0,
        )  # fmt: skip
        few = range(ceil(least - _OFF), min(floor(most + _OFF), ceil(least) + _MOST_TOTALS) + 1)
        fitting = (total for total in few if fits(rates, total))
        totals[each] = float(next(fitting, _NONE_FITS))
    return totals


def _fit_each(rates: Sequence[_Rate], of_all: float) -> bool:
    """Whether percentages may each be whole persons of so many."""
    return all(low <= high for low, high in (rate.persons(of_all) for rate in rates))


def _fits(rates: Sequence[_Rate], of_all: float) -> bool:
    """Whether percentages may be whole persons of so many, and all of them together."""
    ends = [rate.persons(of_all) for rate in rates]
    return all(low <= high for low, high in ends) and sum(low for low, _ in ends) <= of_all <= sum(
        high for _, high in ends
    )


_DECLARED = "SELECT indicator_id, min(other_id) FROM declared_count WHERE is_divided GROUP BY ALL"
_KEEP_INDICATORS = "INSERT INTO share_of_total SELECT unnest($ids::VARCHAR[])"
# Those who have it alone leave several totals, of which the least was taken: 1 is 1,3 % of 75 to
# 80. The parts of 77 are one sum only where all of them are of 77.
_OF_AS_MANY = """
UPDATE known_denominator
SET of_key = total, as_said = if(as_said IS NULL, NULL, total)
FROM incoming
WHERE incoming.indicator_id = known_denominator.indicator_id
    AND incoming.area_id = known_denominator.area_id
    AND incoming.group_id = known_denominator.group_id
    AND incoming.period = known_denominator.period
    AND of_key < total AND abs(100 * persons / total - rate) <= rounding + 1e-6
"""
_NONE = "CREATE OR REPLACE TEMP TABLE share_of_total (indicator_id VARCHAR)"
# Asked of the publications first: to go through their rows takes long.
_IS_ANY = """
SELECT count(*) > 0
FROM published_by
SEMI JOIN small_indicator USING (indicator_id)
JOIN counted_kind USING (indicator_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
WHERE has_any_alone AND min_cell > 0 AND kind = 'proportion'
"""
# Of a number that was corrected the last one.
_RATES = """
SELECT indicator_id, observation.area_id, group_id, period, arg_max(value, batch_id),
    arg_max(step_of(decimals), batch_id), any_value(coalesce(area.level, '')),
    any_value(area.parent_id)
FROM counted_row AS observation
SEMI JOIN small_indicator USING (indicator_id)
SEMI JOIN (
    FROM published_by JOIN strictest_limit USING (source_id, batch_id)
    WHERE has_any_alone AND min_cell > 0
) AS own USING (indicator_id)
LEFT JOIN area ON area.area_id = observation.area_id
WHERE kind = 'proportion' AND NOT removed AND value IS NOT NULL
    AND numerator IS NULL AND denominator IS NULL
    AND status NOT IN ('suppressed', 'at_least', 'at_most', 'range', 'approximate')
GROUP BY indicator_id, observation.area_id, group_id, period
ORDER BY ALL
"""
_TOTALS = """
WITH each AS (
    SELECT area_id, group_id, period, indicator_id, unnest(['value', 'denominator']) AS name,
        unnest([if(kind = 'count', value, NULL), denominator]) AS number
    FROM counted_row
    SEMI JOIN incoming USING (area_id, group_id, period)
    WHERE NOT removed AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
)
SELECT DISTINCT * FROM each WHERE number >= 1 AND number % 1 = 0 ORDER BY ALL
"""
