"""Which rows ever published are numbers of persons, and of how many each of them is.

A percentage is a number of persons where the number of all is known: by the row itself, by another
of the same key, by its numerator, or by the numbers of all of other groups and areas, which add up.
A mean or an amount that says of how many it is tells that number.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pandas as pd

from kpi.small_areas import all_around
from kpi.small_cells import Key
from kpi.small_groups import ways_to_make
from kpi.store.ties import Ties

_KEY = ["indicator_id", "area_id", "group_id", "period"]
# A number of all may follow from one that follows itself.
_MOST_ROUNDS = 5


def count_persons(connection: duckdb.DuckDBPyConnection, ties: Ties) -> None:
    """Makes the view `counted` of all rows ever published that are numbers of persons."""
    connection.execute(_KNOWN)
    of_others = connection.execute(_OF_OTHERS).fetchall()
    if of_others:
        known: dict[Key, float] = {row[:4]: row[4] for row in of_others if row[4] is not None}
        lacking: set[Key] = {row[:4] for row in of_others if row[4] is None}
        found = _by_sums(known, lacking, ties)
        rows = [(*key, of_key) for key, of_key in found.items()]
        connection.register("incoming", pd.DataFrame(rows, columns=[*_KEY, "of_key"]))
        connection.execute("INSERT INTO known_denominator BY NAME FROM incoming")
        connection.unregister("incoming")
    connection.execute(_COUNTED)


def _by_sums(known: Mapping[Key, float], lacking: set[Key], ties: Ties) -> dict[Key, float]:
    """The numbers of all that follow from others: the last part of a whole, or the whole."""
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
            ways.append((1, (whole_id, *(one for one in part_ids if one in there))))
    found: dict[Key, float] = {}
    for _ in range(_MOST_ROUNDS):
        more = {
            key: number
            for key in lacking - found.keys()
            for number in _of_ways(key, ways, {**known, **found})
        }
        if not more:
            break
        found |= more
    return found


def _of_ways(
    key: Key, ways: Sequence[tuple[int, tuple[str, ...]]], known: Mapping[Key, float]
) -> Iterator[float]:
    """What the other numbers of each sum leave for a key, where all of them are known."""
    for place, ids in ways:
        if len(ids) < 2 or key[place] not in ids:
            continue
        numbers = {
            one: known.get((key[0], one if place == 1 else key[1], one if place == 2 else key[2],
                            key[3]))
            for one in ids
            if one != key[place]
        }  # fmt: skip
        parts = sum(number or 0 for one, number in numbers.items() if one != ids[0])
        left = parts if key[place] == ids[0] else (numbers[ids[0]] or 0) - parts
        if left > 0 and None not in numbers.values():
            yield left


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

# The keys that still lack a number of all, and the known ones of the same place beside them.
_OF_OTHERS = """
WITH lacking AS (
    SELECT DISTINCT indicator_id, area_id, group_id, period
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    JOIN strictest_limit USING (source_id, batch_id)
    ANTI JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE kind = 'proportion' AND min_cell > 0 AND denominator IS NULL AND numerator IS NULL
        AND coalesce(value, low, high) IS NOT NULL
        AND indicator_id IN (SELECT indicator_id FROM observation WHERE denominator IS NOT NULL)
),
beside AS (
    SELECT indicator_id, area_id, group_id, period, min(denominator) AS of_key
    FROM observation
    WHERE denominator IS NOT NULL AND indicator_id IN (SELECT indicator_id FROM lacking)
    GROUP BY ALL
),
places AS (
    SELECT DISTINCT indicator_id, period FROM lacking
)
SELECT indicator_id, area_id, group_id, period, of_key
FROM beside SEMI JOIN places USING (indicator_id, period)
WHERE EXISTS (FROM lacking)
UNION ALL
SELECT indicator_id, area_id, group_id, period, NULL
FROM lacking SEMI JOIN beside USING (indicator_id, period)
"""

_COUNTED = """
CREATE OR REPLACE TEMP VIEW counted AS
SELECT told.* REPLACE (
        if(kind IN ('mean', 'amount'), coalesce(denominator, round(numerator / value)), value)
            AS value,
        CASE WHEN kind = 'proportion' THEN coalesce(
            denominator, of_key, if(value > 0, round(100 * numerator / value), NULL)
        ) WHEN kind = 'count' THEN denominator END AS denominator,
        if(kind IN ('mean', 'amount'), NULL, numerator) AS numerator
    ),
    min_cell, if(kind IN ('mean', 'amount'), 'count', kind) AS kind
FROM observation AS told
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
        AND coalesce(denominator, if(value > 0, numerator, NULL)) IS NOT NULL)
)
"""
