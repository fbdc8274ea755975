"""Shares, means, rates and amounts of which nobody says whom they are of, beside hidden numbers.

A mean of three persons tells the three, and theirs, to whoever knows by its name that it is of
them: evidence of numbers seldom shows it. So does an amount: what each of them costs, at two
prices, or how far they are from a target. So where a count or a share is hidden, such figures of
the same area, group and period that say no counts, and of which nothing is declared, are hidden as
if they were of these persons, until somebody says whom they are of (`denominator_id`): an
indicator's, or none's that Spor has. So are means beside a count that so few would have together:
9 cases, 2,2 each, are four persons.
"""

from collections.abc import Sequence

import duckdb

from kpi.domain.whom import OF_NONE, Named, may_be_of_any
from kpi.store.stated_rows import Place
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]


def undeclared_beside(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[Place]
) -> list[Place]:
    """The rows that may be of persons whom a row of `hidden` counts, and are not hidden themselves.

    Which they are follows from which numbers are hidden, not from how many these are, and from
    numbers that are shown: everybody sees as much. Expects `counted_row`, `published_by`,
    `declared_count` and the macros.
    """
    if not (undeclared := _undeclared(connection)):
        return []
    connection.execute(_RATES, {"indicator_ids": undeclared})
    periods = [period for (period,) in connection.execute(_PERIODS).fetchall()]
    rows: list[Place] = []
    if periods:
        bring_in(connection, table_of([row for row in hidden if row[3] in {*periods}], _COLUMNS))
        rows = connection.execute(_BESIDE, {"periods": periods}).fetchall()
        let_go(connection)
    connection.execute("DROP TABLE undeclared_rate")
    return rows


def _undeclared(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The indicators with rows without counts of which neither a person nor a word says whom."""
    may_be = {each for (each,) in connection.execute(_ALONE, {"none": OF_NONE}).fetchall()}
    if not may_be:
        return []
    named = [
        Named(indicator_id, kind, unit, name, tuple(filter(None, others.split(";"))))
        for indicator_id, kind, unit, name, others in connection.execute(_NAMES).fetchall()
    ]
    # Of one that is not there any more nothing is said.
    said = {rate.indicator_id for rate in named if not may_be_of_any(rate, named)}
    return sorted(may_be - said)


# What was declared once stays known; that it is none's counts only while it stands.
_ALONE = """
SELECT DISTINCT indicator_id
FROM published_by
JOIN strictest_limit USING (source_id, batch_id)
WHERE has_any_alone AND min_cell > 0
    AND indicator_id NOT IN (SELECT indicator_id FROM declared_count WHERE name = 'denominator')
    AND indicator_id NOT IN (SELECT indicator_id FROM indicator WHERE denominator_id = $none)
"""
_NAMES = """
SELECT indicator_id, kind, unit, coalesce(name, ''), coalesce(aliases, '') FROM indicator
"""
_RATES = """
CREATE OR REPLACE TEMP TABLE undeclared_rate AS
SELECT indicator_id, area_id, group_id, period, source_id, batch_id, kind, min_cell,
    coalesce(value, (low + high) / 2) AS value,
    greatest(step_of(decimals), coalesce((high - low) / 2, 0)) AS rounding
FROM counted_row
JOIN strictest_limit USING (source_id, batch_id)
WHERE list_contains($indicator_ids::VARCHAR[], indicator_id) AND min_cell > 0 AND NOT removed
    AND kind <> 'count' AND numerator IS NULL AND denominator IS NULL
    AND coalesce(value, low, high) IS NOT NULL
"""
# As a list the few periods of such rates are looked for among the distinct texts where rows are
# read, before a million of them are joined with anything.
_PERIODS = "SELECT DISTINCT period FROM undeclared_rate ORDER BY period"
# A share with so few decimals is only of so few persons where these are a whole number of them;
# a mean may be of no whole sums, but where a count says them. Of whom a hidden mean or amount is,
# its row says, or nothing does. Groups of few are of fewer.
_BESIDE = """
WITH incoming_row AS (
    SELECT indicator_id::VARCHAR AS indicator_id, area_id::VARCHAR AS area_id,
        group_id::VARCHAR AS group_id, period::VARCHAR AS period, source_id::VARCHAR AS source_id,
        batch_id::INTEGER AS batch_id
    FROM incoming
),
counting AS (
    SELECT counted_row.indicator_id, area_id, group_id, period, min_cell
    FROM counted_row
    SEMI JOIN incoming_row
        USING (indicator_id, area_id, group_id, period, source_id, batch_id)
    JOIN strictest_limit USING (source_id, batch_id)
    WHERE list_contains($periods::VARCHAR[], period)
        AND (kind IN ('count', 'proportion') OR denominator IS NOT NULL)
),
of_few AS (
    SELECT rate.* EXCLUDE (kind, min_cell, value, rounding)
    FROM undeclared_rate AS rate
    JOIN counting ON counting.area_id = rate.area_id AND counting.period = rate.period
        AND counting.group_id IN (rate.group_id, 'all')
    WHERE counting.indicator_id <> rate.indicator_id AND (kind <> 'proportion' OR list_bool_or(
        list_transform(generate_series(1, counting.min_cell - 1), lambda persons:
            ceil((value - rounding) * persons / 100 - 1e-6)
                <= floor((value + rounding) * persons / 100 + 1e-6))
    ))
    UNION
    SELECT rate.* EXCLUDE (kind, min_cell, value, rounding)
    FROM undeclared_rate AS rate
    JOIN (
        SELECT area_id, group_id, period, value AS number
        FROM counted_row
        WHERE kind = 'count' AND value > 0 AND NOT removed
            AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
            AND list_contains($periods::VARCHAR[], period)
    ) AS having_it USING (area_id, group_id, period)
    WHERE kind NOT IN ('proportion', 'amount') AND list_bool_or(
        list_transform(generate_series(1, min_cell - 1), lambda persons:
            abs(number - value * persons) <= rounding * persons + 1e-6)
    )
)
SELECT DISTINCT indicator_id, area_id, group_id, period, source_id, batch_id
FROM (
    FROM of_few
    UNION
    SELECT rate.* EXCLUDE (kind, min_cell, value, rounding)
    FROM undeclared_rate AS rate
    SEMI JOIN (FROM of_few WHERE group_id = 'all') AS everyone USING (indicator_id, area_id, period)
)
ANTI JOIN incoming_row USING (indicator_id, area_id, group_id, period, source_id, batch_id)
ORDER BY ALL
"""
