"""Which rows ever published are numbers of persons, and of how many each of them is.

A percentage is a number of persons where the number of all is known: by the row itself, by another
of the same key, by its numerator, by another indicator of the same persons, or by the denominators
of other groups and areas (kpi/suppression/denominators.py), at any moment at which they were
current together.
A mean or an amount that says of how many it is implies that number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

import duckdb

from kpi.domain.period import parse_period
from kpi.store.counting_macros import MACROS
from kpi.store.counting_rates import keep_counted_rows
from kpi.store.declared_counts import (
    keep_declared,
    keep_declared_of_implied,
    keep_declared_of_shares,
)
from kpi.store.ever_shown import Publication, current_at, moments_of
from kpi.store.known_denominators import keep_known_denominators, keep_least
from kpi.store.rates_of_others import keep_rates_of_others
from kpi.store.shares_of_totals import keep_shares_of_totals
from kpi.store.ties import Ties
from kpi.suppression.adding_up import constraints_between
from kpi.suppression.cells import Key
from kpi.suppression.denominators import Ways, implied_denominators
from kpi.suppression.mixtures import Rate
from kpi.suppression.pairs import Counted, Shown
from kpi.suppression.share_systems import counted_together

# So many times what shares leave is looked for as the persons of others.
_MOST_STEPS = 2


class _Row(NamedTuple):
    """A row in the order of `_OF_OTHERS`; `of_all` is None where it does not say of how many.

    Of a percentage that has no row where a count that it is of stands it is that count's row.
    """

    indicator_id: str
    area_id: str
    group_id: str
    period: str
    source_id: str
    batch_id: int
    known_from: date
    removed: bool
    of_all: float | None
    rate: float | None
    rounding: float
    is_share: bool
    value: float | None
    numerator: float | None
    denominator: float | None
    stated_rounding: float
    limit: int
    is_stock: bool

    def shown(self, of_all: float | None) -> Shown:
        """What the row reports, with of how many it is where another row reports that."""
        rate = (
            None if self.value is None
            else Rate(self.value, self.stated_rounding, self.is_share)
        )  # fmt: skip
        of_all = self.denominator if self.denominator is not None else of_all
        return Shown(rate, of_all, self.numerator)


def count_persons(
    connection: duckdb.DuckDBPyConnection, publications: Mapping[int, Publication], ties: Ties
) -> None:
    """Makes the view `counted` of all rows ever published that are numbers of persons.

    `counted_other` are those of them of which more may be known than they say themselves,
    `counted_plain` the others.
    """
    connection.execute(MACROS)
    keep_counted_rows(connection)
    keep_known_denominators(connection)
    keep_declared(connection)
    keep_rates_of_others(connection)
    keep_declared_of_shares(connection)
    keep_shares_of_totals(connection, ties)
    # A share of a share is of those whom the sums of the other leave.
    for _ in range(_MOST_STEPS):
        if not (
            _keep_implied(connection, publications, ties) and keep_declared_of_implied(connection)
        ):
            break
    connection.execute("DROP TABLE count_without_rate")
    connection.execute(_GUARDED)
    connection.execute(_COUNTED)


def _keep_implied(
    connection: duckdb.DuckDBPyConnection, publications: Mapping[int, Publication], ties: Ties
) -> bool:
    """Lowers the denominators that are known to those that other rows imply; whether any do."""
    connection.execute(_LACKING)
    is_any = connection.execute(_IS_ANY_LACKING).fetchone() == (True,)
    rows = list(map(_Row._make, connection.execute(_OF_OTHERS).fetchall())) if is_any else []
    connection.execute("DROP TABLE lacking")
    ways = Ways(ties.areas, (ties.groups, ties.former))
    implied = [
        (*key, *counted)
        for _, of_indicator in groupby(rows, key=lambda row: row.indicator_id)
        for of_place in _places_of([*of_indicator])
        for key, counted in _of_place(of_place, publications, ways).items()
    ]
    if implied:
        keep_least(connection, implied)
    return bool(implied)


def _places_of(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows of an indicator, those of periods that overlap together."""
    place: list[_Row] = []
    last = date.min
    for row in sorted(rows, key=lambda row: parse_period(row.period).start):
        period = parse_period(row.period)
        if place and period.start > last:
            yield place
            place = []
        place.append(row)
        last = max(last, period.end)
    if place:
        yield place


def _of_place(
    rows: Sequence[_Row], publications: Mapping[int, Publication], ways: Ways
) -> dict[Key, tuple[float, float | None]]:
    """The least denominator of each key that lacked one, by all that it was ever beside.

    With how many have it where that follows, too. What another row of its key says may be so of
    this one, too, or have been another number then.
    """
    by_key: dict[Key, list[_Row]] = defaultdict(list)
    for row in rows:
        by_key[row[:4]].append(row)
    said = {
        key: min(numbers)
        for key, those in by_key.items()
        if (numbers := [row.of_all for row in those if row.of_all is not None])
    }
    counted: dict[Key, tuple[float, float | None]] = {}
    for current in dict.fromkeys(_together(by_key, publications)):
        there = {row[:4]: row for row in current if row is not None}
        known = {key: row.of_all for key, row in there.items() if row.of_all is not None}
        rates = {
            key: Rate(row.rate, row.rounding, row.is_share)
            for key, row in there.items() if row.rate is not None
        }  # fmt: skip
        remembered = {key: said[key] for key in said.keys() & there.keys()} | known
        for denominators_known in (known, remembered)[: 1 + (len(remembered) > len(known))]:
            lacking = there.keys() - denominators_known.keys()
            pairs: dict[Key, tuple[float, float | None]] = {
                key: (of_all, None)
                for at_once in _of_each_period(denominators_known, lacking, rates)
                for key, of_all in implied_denominators(*at_once, ways).items()
            }
            pairs = _least(pairs, _by_all(there, denominators_known, ways))
            counted = _least(counted, pairs)
    return counted


def _of_each_period(
    known: Mapping[Key, float], lacking: Iterable[Key], rates: Mapping[Key, Rate]
) -> Iterator[tuple[dict[Key, float], set[Key], dict[Key, Rate]]]:
    """The denominators that are known, the keys that lack one and the rates of each period."""
    by_period: dict[str, set[Key]] = defaultdict(set)
    for key in lacking:
        by_period[key[3]].add(key)
    for period, keys in by_period.items():
        yield (
            {key: of_all for key, of_all in known.items() if key[3] == period},
            keys,
            {key: rate for key, rate in rates.items() if key[3] == period},
        )


def _least(
    first: Mapping[Key, tuple[float, float | None]],
    second: Mapping[Key, tuple[float, float | None]],
) -> dict[Key, tuple[float, float | None]]:
    """The pairs of both, of a key that has two the one of the fewer persons."""
    return {
        key: min(
            (each[key] for each in (second, first) if key in each), key=lambda pair: pair[0]
        )
        for key in (*first, *second)
    }  # fmt: skip


def _by_all(
    there: Mapping[Key, _Row], denominators: Mapping[Key, float], ways: Ways
) -> dict[Key, Counted]:
    """Of how many each is that does not say so, by everything that is shown of a place at once."""
    if any((row.numerator or 0) % 1 or (row.denominator or 0) % 1 for row in there.values()):
        return {}  # no numbers of whole persons
    shown = {
        key: row.shown(None if row.numerator is not None else denominators.get(key))
        for key, row in there.items()
    }
    if all(each.rate is None or each.is_known for each in shown.values()):
        return {}  # every row says it itself, or by others that it is the quotient of
    limit = max(row.limit for row in there.values())
    is_stock = any(row.is_stock for row in there.values())
    return counted_together(shown, constraints_between(there.keys(), ways, is_stock), limit)


def _together(
    by_key: Mapping[Key, Sequence[_Row]], publications: Mapping[int, Publication]
) -> Iterator[tuple[_Row | None, ...]]:
    """The rows of all keys at each moment: of a key that has none then, the one nearest to it."""
    every = {(row.batch_id, row.known_from) for those in by_key.values() for row in those}
    moments, _ = moments_of(every, publications)
    places = [(those, current_at(those, moments)) for those in by_key.values()]
    for moment in range(len(moments)):
        yield tuple(_nearest(those, seen, moment) for those, seen in places)


def _nearest(
    rows: Sequence[_Row], moments_of_row: Sequence[frozenset[int]], moment: int
) -> _Row | None:
    distances = [
        (abs(each - moment), each > moment, place)
        for place, seen in enumerate(moments_of_row)
        for each in seen
    ]
    return rows[min(distances)[2]] if distances else None


# The places in which a row lacks a number of all. A table of its own: the optimizer then knows how
# few they are, and looks for them among all rows ever instead of the other way round.
_LACKING = """
CREATE OR REPLACE TEMP TABLE lacking AS
SELECT DISTINCT indicator_id, period
FROM published_outline
JOIN counted_kind USING (indicator_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
WHERE kind <> 'count' AND min_cell > 0 AND alone > 0
"""
# To plan what follows takes longer than most publications have, so it is not asked of none.
_IS_ANY_LACKING = """
SELECT (SELECT count(*) FROM lacking) + (SELECT count(*) FROM count_without_rate) > 0
"""
# All rows ever of those places in which another row has one; each with its percentage or mean, and
# by how much that may be rounded.
_OF_OTHERS = """
WITH there AS (
    SELECT indicator_id, period,
        bool_or(coalesce(numerator, denominator, of_key) IS NOT NULL) AS is_evidence
    FROM observation
    SEMI JOIN lacking USING (indicator_id)
    LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    GROUP BY indicator_id, period
    UNION ALL
    SELECT DISTINCT indicator_id, period, true FROM count_without_rate
),
-- Those that a period of a lacking row is part of, and what else is.
spanned AS (
    SELECT DISTINCT indicator_id, there.period, is_evidence, period.start_date, period.end_date
    FROM there JOIN period USING (period)
),
around AS (
    SELECT DISTINCT spanned.*
    FROM spanned
    JOIN (FROM lacking JOIN period USING (period)) AS other USING (indicator_id)
    WHERE spanned.start_date <= other.end_date AND spanned.end_date >= other.start_date
),
near AS (
    SELECT DISTINCT spanned.*
    FROM spanned
    JOIN around AS other USING (indicator_id)
    WHERE spanned.start_date <= other.end_date AND spanned.end_date >= other.start_date
),
places AS (
    FROM near SEMI JOIN (FROM near WHERE is_evidence) AS evident USING (indicator_id)
)
SELECT indicator_id, area_id, group_id, observation.period, observation.source_id, batch_id,
    coalesce(released_on, batch.known_from) AS known_from, removed,
    coalesce(of_all(kind, value, numerator, denominator), of_key) AS of_row,
    CASE WHEN numerator IS NULL OR coalesce(of_row, 0) = 0 THEN value
        ELSE if(kind = 'proportion', 100, 1) * numerator / of_row END,
    if(numerator IS NULL, step_of(decimals), 0), kind = 'proportion',
    CASE WHEN status NOT IN ('at_least', 'at_most', 'range', 'approximate') THEN value END,
    coalesce(numerator, persons), coalesce(denominator, if(numerator IS NULL, as_said, NULL)),
    step_of(decimals), min_cell,
    is_on_day(measured, observation.period) OR contains(observation.period, 'D')
FROM counted_row AS observation
JOIN strictest_limit USING (source_id, batch_id)
SEMI JOIN places USING (indicator_id, period)
LEFT JOIN period_release USING (batch_id, source_id, period)
JOIN batch USING (batch_id)
LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
UNION ALL
-- Counts of others that these are of, at places where they have no row themselves.
SELECT indicator_id, area_id, group_id, period, source_id, batch_id,
    coalesce(released_on, batch.known_from), removed, of_all, NULL, 0, true, NULL, persons,
    of_all, 0, min_cell, false
FROM count_without_rate
JOIN strictest_limit USING (source_id, batch_id)
LEFT JOIN period_release USING (batch_id, source_id, period)
JOIN batch USING (batch_id)
SEMI JOIN near USING (indicator_id, period)
ORDER BY indicator_id, period, area_id, group_id, batch_id, source_id
"""

# What guards the rows of a publication. is_plain: counts, and percentages with both their numbers,
# are taken as they are. is_any_other: some of its rows are not.
_GUARDED = """
CREATE OR REPLACE TEMP TABLE guarded AS
SELECT indicator_id, source_id, batch_id, min_cell, kind AS guarded_kind,
    kind IN ('count', 'proportion') AS is_plain,
    NOT is_plain OR (kind = 'proportion' AND lacks_counts) AS is_any_other
FROM published_by
JOIN counted_kind USING (indicator_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
"""

# Most rows of a large file say themselves of how many they are: nothing is worked out of them, nor
# looked up in any other table.
_COUNTED = """
CREATE OR REPLACE TEMP VIEW counted_other AS
SELECT published_row.* REPLACE (
        if(kind NOT IN ('count', 'proportion'),
            coalesce(of_all(kind, value, numerator, denominator), of_key), value) AS value,
        CASE WHEN kind = 'proportion' THEN whole_of(value, numerator, denominator, of_key)
            WHEN kind = 'count' THEN denominator END AS denominator,
        CASE WHEN kind IN ('count', 'proportion') THEN having_of(
            kind, value, numerator, whole_of(value, numerator, denominator, of_key), persons,
            decimals
        ) END AS numerator,
        if(kind NOT IN ('count', 'proportion'), 'count', kind) AS kind
    ),
    min_cell,
    fewest_of(
        kind, value, numerator, coalesce(denominator, as_said), of_key, decimals
    ) AS fewest,
    most_of(
        kind, value, numerator, coalesce(denominator, as_said), of_key, decimals
    ) AS most
FROM counted_row AS published_row
JOIN (FROM guarded WHERE is_any_other) AS guarded USING (indicator_id, source_id, batch_id)
LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
WHERE NOT removed AND NOT (
    is_plain
    AND (guarded_kind = 'count' OR (numerator IS NOT NULL AND denominator IS NOT NULL))
) AND (
    kind = 'count'
    OR (kind = 'proportion' AND (
        numerator IS NOT NULL OR coalesce(denominator, of_key) IS NOT NULL
        OR status = 'suppressed'
    ))
    OR (kind NOT IN ('count', 'proportion')
        AND coalesce(denominator, if(value > 0, numerator, NULL), of_key) IS NOT NULL)
);

CREATE OR REPLACE TEMP VIEW counted_plain AS
SELECT observation.*, guarded_kind AS kind, min_cell, NULL::DOUBLE AS fewest, NULL::DOUBLE AS most
FROM observation
JOIN guarded USING (indicator_id, source_id, batch_id)
WHERE NOT removed AND is_plain
    AND (guarded_kind = 'count' OR (numerator IS NOT NULL AND denominator IS NOT NULL));

CREATE OR REPLACE TEMP VIEW counted AS
FROM counted_plain UNION ALL FROM counted_other
"""
