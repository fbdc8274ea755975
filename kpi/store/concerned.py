"""The rows in which small numbers are looked for: of indicators that have any, or tell of any."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

import duckdb
import pandas as pd

from kpi.small_groups import Groups, wholes_of
from kpi.small_numbers import told_stretches
from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers

_AT_ONCE = 50_000


def rows_concerned(
    connection: duckdb.DuckDBPyConnection,
    publications: Mapping[int, Publication],
    memory: Memory,
    groups: Sequence[Groups],
) -> Iterator[list[Row]]:
    """All rows ever published of each indicator that may have something to hide, one at a time.

    `groups`: as they lie in each other, in one way or several. Expects the true rows in
    current_observation, and what guards them (kpi/store/strictest.py).
    """
    connection.execute(_COUNTED)
    connection.execute(_CONCERNED)
    connection.execute(_OUTLINE)
    _add_concerned_by_groups(connection, groups)
    connection.execute(_MIXED)
    for rows in [*_by_indicator(connection, _ROWS_OF_SERIES)]:
        if told_stretches(shown_numbers(rows, publications, memory).cells):
            connection.execute("INSERT INTO concerned VALUES ($1)", [rows[0].indicator_id])
    yield from _by_indicator(connection, _ROWS)
    connection.execute(_END)


def _by_indicator(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[list[Row]]:
    """The rows of each indicator; the connection is not to be used for anything else meanwhile."""
    result = connection.execute(sql)
    every = chain.from_iterable(iter(lambda: result.fetchmany(_AT_ONCE), []))
    for _, rows in groupby(every, key=lambda row: row[0]):
        yield list(map(Row._make, rows))


def _add_concerned_by_groups(
    connection: duckdb.DuckDBPyConnection, groups: Sequence[Groups]
) -> None:
    """The indicators with few persons between a group and a part of it, by what is published."""
    ids = sorted({group_id for way in groups for group_id in way})
    numbers = {group_id: number for number, group_id in enumerate(ids)}
    within: set[tuple[str, int, int | None, str]] = {
        (group_id, numbers[group_id], numbers[one.group_id], one.split)
        for way in groups
        for group_id in way
        for one in wholes_of(group_id, way)
        if one.group_id in numbers
    }
    rows = [*((group_id, number, None, "") for group_id, number in numbers.items()), *within]
    frame = pd.DataFrame(rows, columns=["group_id", "number", "whole", "split"])
    frame = frame.astype({"number": "int32", "whole": "Int32"})
    connection.register("group_within", frame)
    connection.execute(_CONCERNED_BY_GROUPS)
    connection.unregister("group_within")


# All rows ever published that are numbers of persons, or percentages of a known number of them: by
# the row itself, by another of the same key, or by their numerator.
_COUNTED = """
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
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW counted AS
SELECT told.* REPLACE (
        coalesce(
            denominator, of_key, if(value > 0, round(100 * numerator / value), NULL)
        ) AS denominator
    ),
    min_cell, kind
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
)
"""

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
SELECT indicator_id, period, count(*) AS figures, max(min_cell) AS min_cell,
    min(hash(group_id)) AS first_group, max(hash(group_id)) AS last_group
FROM counted
GROUP BY indicator_id, period
"""

# And of the others those where a group leaves few of another, or all of a split do. Where many
# parts are larger than their whole, the numbers are not of persons within persons, and tell none.
# One statement, since a table of this transaction would be read by one thread; numbers of keys in
# place of their texts, one for place and group, of which a million rows are joined with each other.
_CONCERNED_BY_GROUPS = """
INSERT INTO concerned
WITH several AS MATERIALIZED (
    SELECT indicator_id, row_number() OVER (ORDER BY indicator_id)::INTEGER AS indicator
    FROM outline
    ANTI JOIN concerned USING (indicator_id)
    GROUP BY indicator_id
    HAVING max(min_cell) > 0 AND min(first_group) <> max(last_group)
),
grouped AS MATERIALIZED (
    SELECT indicator, hash(indicator_id, area_id, period) AS place, number, min_cell,
        if(kind = 'count', value, coalesce(numerator, value * denominator / 100)) AS persons,
        denominator
    FROM counted
    JOIN several USING (indicator_id)
    JOIN (SELECT DISTINCT group_id, number FROM group_within) USING (group_id)
),
within AS (SELECT DISTINCT number, whole, split FROM group_within WHERE whole IS NOT NULL),
whole AS (
    SELECT xor(place, hash(number)) AS key, persons, denominator, min_cell
    FROM grouped
    WHERE number IN (SELECT whole FROM within)
),
part AS (
    SELECT indicator, xor(place, hash(whole)) AS key, persons, denominator, min_cell
    FROM grouped
    JOIN (SELECT DISTINCT number, whole FROM within) USING (number)
),
left_over AS (
    SELECT indicator, whole.persons - part.persons AS persons,
        whole.denominator - part.denominator AS denominator,
        greatest(whole.min_cell, part.min_cell) AS min_cell
    FROM part JOIN whole USING (key)
),
by_part AS (
    SELECT indicator,
        count(*) FILTER (persons < -0.5) >= 20
            AND 10 * count(*) FILTER (persons < -0.5) >= count(*) AS is_no_part,
        bool_or((persons > 0 AND persons < min_cell)
            OR (denominator > 0 AND denominator < min_cell)) AS leaves_few
    FROM left_over
    GROUP BY indicator
),
together AS (
    SELECT indicator, place, whole, sum(persons) AS persons, max(min_cell) AS min_cell
    FROM grouped
    JOIN within USING (number)
    ANTI JOIN (FROM by_part WHERE is_no_part OR leaves_few) USING (indicator)
    WHERE split <> ''
    GROUP BY ALL
    HAVING count(*) > 1
),
few AS (
    SELECT indicator FROM by_part WHERE leaves_few AND NOT is_no_part
    UNION
    SELECT together.indicator
    FROM together
    JOIN grouped ON grouped.place = together.place AND grouped.number = together.whole
    WHERE grouped.persons > together.persons
        AND grouped.persons - together.persons < greatest(grouped.min_cell, together.min_cell)
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
    SELECT observation.*, kind, known_denominator.of_key
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE {those}
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
    )
FROM unit
JOIN strictest_limit USING (source_id, batch_id)
LEFT JOIN area ON area.area_id = unit.area_id
LEFT JOIN (
    SELECT area_id, min(level) AS level, min(parent_id) AS parent_id FROM ever_within GROUP BY ALL
) AS former ON former.area_id = unit.area_id
JOIN batch USING (batch_id)
LEFT JOIN source_release AS release ON batch.origin = 'data'
    AND release.source_id = unit.source_id AND release.period = unit.period
WHERE kind IN ('count', 'proportion')
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
