"""The rows in which small numbers are looked for: of indicators that have any, or tell of any."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

import duckdb
import pandas as pd

from kpi.small_areas import all_around
from kpi.small_groups import ways_to_make, wholes_of
from kpi.small_numbers import tells_of_few
from kpi.store.counting import count_persons
from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.store.ties import Ties

_AT_ONCE = 50_000


def rows_concerned(
    connection: duckdb.DuckDBPyConnection,
    publications: Mapping[int, Publication],
    memory: Memory,
    ties: Ties,
) -> Iterator[list[Row]]:
    """All rows ever published of each indicator that may have something to hide, one at a time.

    Expects the true rows in current_observation, and what guards them (kpi/store/strictest.py).
    """
    count_persons(connection, ties)
    connection.execute(_CONCERNED)
    connection.execute(_OUTLINE)
    _add_concerned_by_sums(connection, ties)
    connection.execute(_MIXED)
    for rows in [*_by_indicator(connection, _ROWS_OF_SERIES)]:
        cells = shown_numbers(rows, publications, memory).cells
        if tells_of_few(cells, ties.groups, ties.areas, ties.former):
            connection.execute("INSERT INTO concerned VALUES ($1)", [rows[0].indicator_id])
    yield from _by_indicator(connection, _ROWS)
    connection.execute(_END)


def _by_indicator(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[list[Row]]:
    """The rows of each indicator; the connection is not to be used for anything else meanwhile."""
    result = connection.execute(sql)
    every = chain.from_iterable(iter(lambda: result.fetchmany(_AT_ONCE), []))
    for _, rows in groupby(every, key=lambda row: row[0]):
        yield list(map(Row._make, rows))


def _add_concerned_by_sums(connection: duckdb.DuckDBPyConnection, ties: Ties) -> None:
    """The indicators with few persons between a whole and its parts, by what is published.

    Groups and areas in one statement: each has a number, by which a million rows are joined.
    """
    around = sorted(all_around(ties.areas))
    ways = (ties.groups, ties.former)
    groups = sorted({one for way in ways for one in way})
    areas = sorted({area_id for *pair, _ in around for area_id in pair})
    group, area = ({one: n for n, one in enumerate(every)} for every in (groups, areas))
    # Areas are numbered behind the groups; of no split is 0.
    lies = {
        (group[part_id], group[one.group_id], one.split, True)
        for way in ways
        for part_id in way
        for one in wholes_of(part_id, way)
        if one.group_id in group
    } | {
        (len(group) + area[one], len(group) + area[whole], level, False)
        for one, whole, level in around
    }
    split = {one: number for number, one in enumerate(sorted({"", *(each[2] for each in lies)}))}
    within = [(part, whole, split[of], is_group) for part, whole, of, is_group in sorted(lies)]
    made = [
        (number, group[whole_id], len(part_ids), group[part_id])
        for number, (whole_id, part_ids) in enumerate(
            sorted({each for way in ways for each in ways_to_make(way)})
        )
        if whole_id in group
        for part_id in part_ids
    ]
    tables: dict[str, tuple[list[str], Sequence[tuple[object, ...]]]] = {
        "numbered_group": (["group_id", "number"], [*group.items()]),
        "numbered_area": (
            ["area_id", "number"],
            [(one, len(group) + n) for one, n in area.items()],
        ),
        "lies_within": (["number", "whole", "split", "is_group"], within),
        "is_made": (["way", "whole", "parts", "part"], made),
    }
    for name, (columns, rows) in tables.items():
        connection.register(name, _frame(columns, rows))
    connection.execute(_CONCERNED_BY_SUMS)
    for name in tables:
        connection.unregister(name)


def _frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    texts = {"group_id": "string", "area_id": "string", "is_group": "bool"}
    return frame.astype({one: texts.get(one, "int32") for one in columns})


# Indicators with a small number, a hidden one or a limit.
_CONCERNED = """
CREATE OR REPLACE TEMP TABLE concerned AS
SELECT DISTINCT indicator_id
FROM counted
WHERE min_cell > 0 AND (
    status IN ('suppressed', 'at_least', 'at_most', 'range')
    OR (kind = 'count' AND value > 0 AND value < min_cell)
    OR (kind = 'count' AND denominator - value > 0 AND denominator - value < min_cell)
    OR (numerator > 0 AND numerator < min_cell)
    OR (denominator - numerator > 0 AND denominator - numerator < min_cell)
    OR (
        kind = 'proportion' AND numerator IS NULL AND value > 0 AND value < 100
        AND least(value, 100 - value) * denominator < 100 * min_cell
    )
)
"""

# What there is of each indicator, in few rows: all of them are read once for it.
_OUTLINE = """
CREATE OR REPLACE TEMP TABLE outline AS
SELECT indicator_id, period, count(*) AS figures, max(min_cell) AS min_cell
FROM counted
GROUP BY indicator_id, period
"""

# And of the others those where a group leaves few of another, or all of a split or a level do.
# Where many parts are larger than their whole, the numbers are not of persons within persons, and
# tell none. Where the parts were not all published together, only all days tell what was shown.
# One statement, since a table of this transaction would be read by one thread; numbers of keys in
# place of their texts, one for place and whole, of which a million rows are joined with each other.
# Kept are the rows of all (`told`) and the wholes: a copy of their millions of parts takes longer
# than to read them twice. A rest of less than a millionth of a person is what adding leaves over.
_CONCERNED_BY_SUMS = """
INSERT INTO concerned
WITH several AS MATERIALIZED (
    SELECT indicator_id, row_number() OVER (ORDER BY indicator_id)::INTEGER AS indicator
    FROM outline
    ANTI JOIN concerned USING (indicator_id)
    GROUP BY indicator_id
    HAVING max(min_cell) > 0 AND sum(figures) > 1
),
told AS MATERIALIZED (
    SELECT indicator, numbered_group.number AS group_number, numbered_area.number AS area_number,
        hash(indicator_id, area_id, period) AS of_area,
        hash(indicator_id, group_id, period) AS of_group, min_cell,
        if(kind = 'count', value, coalesce(numerator, value * denominator / 100)) AS persons,
        denominator, hash(source_id, batch_id) AS origin
    FROM counted
    JOIN several USING (indicator_id)
    LEFT JOIN numbered_group USING (group_id)
    LEFT JOIN numbered_area USING (area_id)
),
published AS NOT MATERIALIZED (
    SELECT indicator, of_area AS place, group_number AS number, min_cell, persons, denominator,
        origin
    FROM told WHERE group_number IS NOT NULL
    UNION ALL
    SELECT indicator, of_group, area_number, min_cell, persons, denominator, origin
    FROM told WHERE area_number IS NOT NULL
),
made AS MATERIALIZED (
    SELECT indicator, place, is_made.whole AS number, max(min_cell) AS min_cell,
        sum(persons) AS persons, sum(denominator) AS denominator, max(origin) AS origin
    FROM published JOIN is_made ON is_made.part = published.number
    GROUP BY indicator, place, is_made.whole, way
    HAVING count(DISTINCT published.number) = max(parts)
),
numbered AS NOT MATERIALIZED (FROM published UNION ALL FROM made),
whole AS MATERIALIZED (
    SELECT xor(place, hash(number)) AS key, persons, denominator, min_cell,
        number IN (SELECT number FROM numbered_group) AS is_group
    FROM numbered
    WHERE number IN (SELECT whole FROM lies_within)
),
part AS NOT MATERIALIZED (
    SELECT indicator, xor(place, hash(lies_within.whole)) AS key, split, is_group, persons,
        denominator, min_cell, origin
    FROM numbered JOIN lies_within USING (number)
),
left_over AS (
    SELECT indicator, whole.persons - part.persons AS persons,
        whole.denominator - part.denominator AS denominator,
        greatest(whole.min_cell, part.min_cell) AS min_cell
    FROM part JOIN (FROM whole WHERE is_group) AS whole USING (key)
    WHERE part.is_group
),
by_part AS (
    SELECT indicator,
        count(*) FILTER (persons < -0.5) >= 20
            AND 10 * count(*) FILTER (persons < -0.5) >= count(*) AS is_no_part,
        bool_or((persons > 1e-6 AND persons < min_cell)
            OR (denominator > 0 AND denominator < min_cell)) AS leaves_few
    FROM left_over
    GROUP BY indicator
),
together AS (
    SELECT any_value(indicator) AS indicator, key, any_value(part.is_group) AS is_group,
        sum(persons) AS persons, max(min_cell) AS min_cell,
        if(count(denominator) = count(*), sum(denominator), NULL) AS denominator,
        min(origin) <> max(origin) AS is_mixed
    FROM part
    ANTI JOIN (FROM by_part WHERE leaves_few AND NOT is_no_part) USING (indicator)
    WHERE split > 0
    GROUP BY key, split
    HAVING count(*) > 1 OR NOT any_value(part.is_group)
),
rest AS (
    SELECT indicator, together.is_group, is_mixed, whole.persons - together.persons AS persons,
        whole.denominator - together.denominator AS denominator,
        greatest(whole.min_cell, together.min_cell) AS min_cell
    FROM together JOIN whole USING (key)
),
by_rest AS (
    SELECT indicator, is_group,
        bool_or(min_cell > 0 AND (
            is_mixed
            OR (persons > 1e-6 AND persons < min_cell)
            OR (persons > -1e-6 AND denominator - persons > 1e-6
                AND denominator - persons < min_cell)
        )) AS leaves_few,
        count(*) FILTER (persons < -0.5) >= 20
            AND 10 * count(*) FILTER (persons < -0.5) >= count(*) AS is_no_part
    FROM rest
    GROUP BY indicator, is_group
),
few AS (
    SELECT indicator FROM by_part WHERE leaves_few AND NOT is_no_part
    UNION
    SELECT indicator
    FROM by_rest LEFT JOIN by_part USING (indicator)
    WHERE by_rest.leaves_few AND NOT if(
        is_group, coalesce(by_part.is_no_part, false), by_rest.is_no_part
    )
)
SELECT indicator_id FROM several SEMI JOIN few USING (indicator)
"""

# Of the other indicators the series whose periods may add up: those of an indicator's rarer kinds
# of period, or of ranges, so that a large file of one kind is hardly looked at.
_MIXED = """
CREATE OR REPLACE TEMP TABLE rarer AS
WITH kinds AS (
    SELECT indicator_id, period.kind, sum(figures) AS figures, max(min_cell) AS min_cell
    FROM outline
    JOIN period USING (period)
    ANTI JOIN concerned USING (indicator_id)
    GROUP BY indicator_id, period.kind
),
rarer_kind AS (
    SELECT indicator_id, kind
    FROM kinds
    QUALIFY max(min_cell) OVER (PARTITION BY indicator_id) > 0 AND (
        kind IN ('range', 'rolling_year', 'year_to_date')
        OR row_number() OVER (PARTITION BY indicator_id ORDER BY figures DESC, kind) > 1
    )
)
SELECT indicator_id, period
FROM outline JOIN period USING (period) SEMI JOIN rarer_kind USING (indicator_id, kind);

CREATE OR REPLACE TEMP TABLE mixed AS
SELECT DISTINCT indicator_id, area_id, group_id
FROM counted SEMI JOIN rarer USING (indicator_id, period)
"""

# A percentage of a known number of persons is a number of persons, too: a whole one where it is
# rounded. Rows without a number count as well: they stand in the place of an earlier one.
_PERSONS = """
WITH told AS (
    SELECT observation.* REPLACE (
            if(kind = 'mean', NULL, denominator) AS denominator,
            if(kind = 'mean', NULL, numerator) AS numerator,
            if(kind = 'mean',
                coalesce(denominator, if(value > 0, round(numerator / value), NULL)), value
            ) AS value,
            if(kind = 'mean', NULL, low) AS low, if(kind = 'mean', NULL, high) AS high,
            if(kind = 'mean' AND status <> 'suppressed', 'ok', status) AS status
        ),
        if(kind = 'mean', 'count', kind) AS kind, known_denominator.of_key
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE kind IN ('count', 'proportion', 'mean') AND {those}
),
persons AS (
    SELECT told.* EXCLUDE (denominator),
        coalesce(
            denominator, of_key,
            if(kind = 'proportion' AND value > 0, round(100 * numerator / value), NULL)
        ) AS denominator,
        status IN ('at_least', 'at_most', 'range') AS is_bound
    FROM told
),
unit AS (
    SELECT *,
        CASE WHEN kind = 'count' THEN 1 ELSE denominator / 100 END AS a_unit,
        0.5 * pow(10, -coalesce(decimals, 1)) * a_unit + 1e-6 AS rounding
    FROM persons
)
SELECT indicator_id, unit.area_id, group_id, unit.period,
    CASE
        WHEN is_bound THEN NULL
        WHEN kind = 'count' THEN value
        WHEN numerator IS NOT NULL THEN numerator
        WHEN abs(value * a_unit - round(value * a_unit)) <= rounding THEN round(value * a_unit)
        ELSE round(value * a_unit, 6)
    END AS part,
    denominator, min_cell, coalesce(area.level, former.level, ''),
    if(area.area_id IS NULL, former.parent_id, area.parent_id),
    CASE WHEN is_bound
        THEN round(coalesce(low, if(status = 'at_least', value, NULL)) * a_unit, 6) END,
    CASE WHEN is_bound
        THEN round(coalesce(high, if(status = 'at_most', value, NULL)) * a_unit, 6) END,
    is_bound, source_id, batch_id, coalesce(release.published, batch.known_from), removed,
    NOT removed AND (
        status = 'suppressed' OR (kind = 'count' AND (is_bound OR value IS NOT NULL))
        OR (kind = 'proportion' AND numerator IS NOT NULL)
        OR (kind = 'proportion' AND denominator IS NOT NULL
            AND coalesce(value, low, high) IS NOT NULL)
    ),
    coalesce(measured = 'at', false)
FROM unit
JOIN strictest_limit USING (source_id, batch_id)
LEFT JOIN area ON area.area_id = unit.area_id
LEFT JOIN (
    SELECT area_id, min(level) AS level, min(parent_id) AS parent_id FROM ever_within GROUP BY ALL
) AS former ON former.area_id = unit.area_id
JOIN batch USING (batch_id)
LEFT JOIN source_release AS release ON batch.origin = 'data'
    AND release.source_id = unit.source_id AND release.period = unit.period
WHERE kind = 'count' OR kind = 'proportion'
ORDER BY indicator_id, unit.area_id, group_id, unit.period, batch_id, source_id
"""
# All numbers of persons of the indicators concerned: a public one may tell a hidden one.
_ROWS = _PERSONS.format(those="indicator_id IN (FROM concerned)")
_ROWS_OF_SERIES = _PERSONS.format(
    those="(indicator_id, observation.area_id, observation.group_id) IN (FROM mixed)"
)
_END = """
DROP TABLE concerned; DROP TABLE outline; DROP TABLE rarer; DROP TABLE mixed;
DROP VIEW counted; DROP TABLE known_denominator
"""
