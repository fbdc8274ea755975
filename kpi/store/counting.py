"""Which rows ever published are numbers of persons, and of how many each of them is.

A percentage is a number of persons where the number of all is known: by the row itself, by another
of the same key, by its numerator, or by the denominators of other groups and areas, which add up.
A mean or an amount that says of how many it is implies that number. Where two lack it beside their
total, how near each is to the total's percentage or mean gives it (kpi/suppression/mixtures.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice

import duckdb

from kpi.store.ties import Ties
from kpi.suppression.areas import all_around
from kpi.suppression.cells import Key
from kpi.suppression.groups import ways_to_make
from kpi.suppression.mixtures import Rate, of_mixture
from kpi.system.incoming import table_of

_KEY = ["indicator_id", "area_id", "group_id", "period"]
# A number of all may follow from one that follows itself.
_MOST_ROUNDS = 5


def count_persons(connection: duckdb.DuckDBPyConnection, ties: Ties) -> None:
    """Makes the view `counted` of all rows ever published that are numbers of persons."""
    connection.execute(_KNOWN)
    of_others = connection.execute(_OF_OTHERS).fetchall()
    if of_others:
        known: dict[Key, float] = {row[:4]: row[4] for row in of_others if not row[5]}
        lacking: set[Key] = {row[:4] for row in of_others if row[5]}
        rates = {row[:4]: Rate(*row[6:]) for row in of_others if row[6] is not None}
        denominators = _by_sums(known, lacking - known.keys(), rates, ties)
        rows = [(*key, of_key) for key, of_key in denominators.items()]
        connection.register("incoming", table_of(rows, [*_KEY, "of_key"]))
        connection.execute("INSERT INTO known_denominator BY NAME FROM incoming")
        connection.unregister("incoming")
    connection.execute(_COUNTED)


def _by_sums(
    known: Mapping[Key, float], lacking: set[Key], rates: Mapping[Key, Rate], ties: Ties
) -> dict[Key, float]:
    """The denominators that follow from others: where a total or its parts lack one or two."""
    ways: list[tuple[int, tuple[str, ...]]] = [
        (2, (whole_id, *part_ids))
        for groups in (ties.groups, ties.former)
        for whole_id, part_ids in ways_to_make(groups)
    ]
    levels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area_id, whole_id, level in sorted(all_around(ties.areas)):
        levels[whole_id, level].append(area_id)
    there = {key[1] for key in known} | {key[1] for key in lacking}
    for (whole_id, _), part_ids in levels.items():
        if whole_id in there:
            ways.append((1, (whole_id, *(part_id for part_id in part_ids if part_id in there))))
    denominators: dict[Key, float] = {}
    for _ in range(_MOST_ROUNDS):
        now = {**known, **denominators}
        more = {
            key: number
            for key in lacking - denominators.keys()
            for number in _of_ways(key, ways, now)
        }
        if not more:
            more = dict(_of_two(ways, now, lacking - denominators.keys(), rates))
        if not more:
            break
        denominators |= more
    return denominators


def _of_ways(
    key: Key, ways: Sequence[tuple[int, tuple[str, ...]]], known: Mapping[Key, float]
) -> Iterator[float]:
    """What the other numbers of each sum leave for a key, where all of them are known."""
    for place, ids in ways:
        if len(ids) < 2 or key[place] not in ids:
            continue
        numbers = {
            id_: known.get((key[0], id_ if place == 1 else key[1], id_ if place == 2 else key[2],
                            key[3]))
            for id_ in ids
            if id_ != key[place]
        }  # fmt: skip
        parts = sum(number or 0 for id_, number in numbers.items() if id_ != ids[0])
        left = parts if key[place] == ids[0] else (numbers[ids[0]] or 0) - parts
        if left > 0 and None not in numbers.values():
            yield left


def _of_two(
    ways: Sequence[tuple[int, tuple[str, ...]]], known: Mapping[Key, float], lacking: Set[Key],
    rates: Mapping[Key, Rate],
) -> Iterator[tuple[Key, float]]:  # fmt: skip
    """The numbers of all of two keys of a sum that lack it, as far as their rates imply them."""
    places = {(place, key[0], key[3 - place], key[3]) for key in lacking for place in (1, 2)}
    for its_place, indicator_id, other, period in sorted(places):
        for place, ids in ways:
            if place != its_place or len(ids) < 3:
                continue
            keys: list[Key] = [
                (indicator_id, id_, other, period) if place == 1
                else (indicator_id, other, id_, period)
                for id_ in ids
            ]  # fmt: skip
            unknown = [*islice((key for key in keys if key not in known), 3)]
            if len(unknown) == 2 and lacking >= {*unknown} and rates.keys() >= {*keys}:
                by_place = of_mixture(
                    [rates[key] for key in keys], [known.get(key) for key in keys]
                )
                yield from ((keys[place], number) for place, number in by_place.items())


# The least number of all that is said of each key that has a percentage without one.
_KNOWN = """
CREATE OR REPLACE TEMP TABLE known_denominator AS
WITH lacking AS (
    SELECT DISTINCT indicator_id, area_id, group_id, period
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    WHERE kind = 'proportion' AND denominator IS NULL
        AND coalesce(value, low, high) IS NOT NULL
)
SELECT indicator_id, area_id, group_id, period, min(denominator) AS of_key
FROM observation SEMI JOIN lacking USING (indicator_id, area_id, group_id, period)
WHERE denominator IS NOT NULL
GROUP BY ALL
"""

# The keys that still lack a number of all, and the known ones of the same place beside them; each
# with its newest percentage or mean, and by how much that may be rounded.
_OF_OTHERS = """
WITH lacking AS (
    SELECT DISTINCT indicator_id, area_id, group_id, period
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    JOIN strictest_limit USING (source_id, batch_id)
    ANTI JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE kind <> 'count' AND min_cell > 0 AND denominator IS NULL AND numerator IS NULL
        AND coalesce(value, low, high) IS NOT NULL
        AND indicator_id IN (SELECT indicator_id FROM observation WHERE denominator IS NOT NULL)
),
places AS (
    SELECT DISTINCT indicator_id, period FROM lacking
),
beside AS (
    SELECT indicator_id, area_id, group_id, period, min(denominator) AS of_key,
        arg_max(
            CASE WHEN numerator IS NULL OR denominator = 0 THEN value
                ELSE if(kind = 'proportion', 100, 1) * numerator / denominator END, batch_id
        ) AS rate,
        arg_max(
            if(numerator IS NULL, 0.5 * pow(10, -coalesce(decimals, 1)), 0), batch_id
        ) AS rounding,
        bool_or(kind = 'proportion') AS is_share
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    SEMI JOIN places USING (indicator_id, period)
    WHERE (SELECT count(*) FROM lacking) > 0
    GROUP BY ALL
)
SELECT indicator_id, area_id, group_id, period, of_key, lacking.period IS NOT NULL AS is_lacking,
    rate, rounding, is_share
FROM beside LEFT JOIN lacking USING (indicator_id, area_id, group_id, period)
WHERE of_key IS NOT NULL OR is_lacking
"""

_COUNTED = """
CREATE OR REPLACE TEMP VIEW counted AS
SELECT published_row.* REPLACE (
        if(kind IN ('mean', 'amount'),
            coalesce(denominator, round(numerator / value), of_key), value) AS value,
        CASE WHEN kind = 'proportion' THEN coalesce(
            denominator, of_key, if(value > 0, round(100 * numerator / value), NULL)
        ) WHEN kind = 'count' THEN denominator END AS denominator,
        if(kind IN ('mean', 'amount'), NULL, numerator) AS numerator
    ),
    min_cell, if(kind IN ('mean', 'amount'), 'count', kind) AS kind
FROM observation AS published_row
JOIN strictest_limit USING (source_id, batch_id)
JOIN counted_kind USING (indicator_id, batch_id)
LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
WHERE NOT removed AND (
    kind = 'count'
    OR (kind = 'proportion' AND (
        numerator IS NOT NULL OR coalesce(denominator, of_key) IS NOT NULL
        OR status = 'suppressed'
    ))
    OR (kind IN ('mean', 'amount')
        AND coalesce(denominator, if(value > 0, numerator, NULL), of_key) IS NOT NULL)
)
"""
