"""What there is of each indicator, in few rows: how many figures, whether any is of few persons.

What is published never changes, so `published_outline` keeps what each publication has of an
indicator and period: a later one adds its own. What would have to be asked of every row is asked of
it. Only rows of which more is known than they say themselves are looked at again.
"""

import duckdb

# Indicators of more rows are settled by themselves.
MOST_ROWS = 20_000


def keep_published_outline(
    connection: duckdb.DuckDBPyConnection, batch_id: int | None = None
) -> None:
    """Brings `published_outline` up to all rows ever published.

    With `batch_id` only that publication is new, and nothing else may have changed. Leaves the
    temporary table `published_by` of what each publication has of an indicator, and
    `small_indicator` of those with at most MOST_ROWS rows.
    """
    connection.execute(_MACROS)
    if batch_id is None:
        connection.execute(_OF_ALL)
    else:
        connection.execute(_OF_BATCH, {"batch": batch_id})
    connection.execute(_PUBLISHED, {"most": MOST_ROWS})


def keep_outline(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `outline` of all rows ever published that are numbers of persons.

    Expects `published_outline`, and of counting.py `guarded`, `counting_rate`, `known_denominator`
    and `counted_other`.
    """
    connection.execute(_OF_THEMSELVES)
    is_any_other = connection.execute(_OTHERS).fetchone() == (True,)
    if is_any_other:
        connection.execute(_OF_OTHERS)
    connection.execute(_OUTLINE)


# Whether a number is of its period's last day: counted on it, or from whenever on until it. What is
# counted since the beginning of a range, a rolling year or a year to date is of the whole period.
_MACROS = """
CREATE OR REPLACE TEMP MACRO is_on_day(measured, period) AS coalesce(
    measured = 'at' OR (measured = 'since' AND NOT contains(period, ':')), false
)
"""
# Of rows that say the same of themselves (how many do, how many of them say a numerator, both
# numbers, a value) the fewest persons that one would be of: of a count its value, of a share those
# who have something or lack it.
_ROWS = """
SELECT indicator_id, source_id, batch_id, period, status, removed,
    is_on_day(measured, period) AS is_stock,
    count(*) AS figures, count(numerator) AS numerators, count(denominator) AS denominators,
    count(denominator - numerator) AS of_both, count(value) AS numbers,
    count(CASE WHEN denominator IS NULL THEN coalesce(value, low, high) END)
        AS without_denominator,
    count(CASE WHEN denominator IS NULL AND numerator IS NULL THEN coalesce(value, low, high) END)
        AS alone,
    least(
        min(if(numerator > 0 AND denominator IS NOT NULL, numerator, NULL)),
        min(if(denominator - numerator > 0, denominator - numerator, NULL))
    ) AS least_of_share,
    least(
        least_of_share, min(if(value > 0, value, NULL)),
        min(if(denominator - value > 0, denominator - value, NULL)),
        min(if(numerator > 0, numerator, NULL)),
        min(if(numerator IS NULL AND denominator > 0, denominator, NULL))
    ) AS least_of_count
FROM {rows}
GROUP BY indicator_id, source_id, batch_id, period, status, removed, is_stock
ORDER BY indicator_id, source_id, batch_id, period, status, removed, is_stock
"""
_OF_ALL = "CREATE OR REPLACE TABLE published_outline AS " + _ROWS.format(rows="observation")
_OF_BATCH = "INSERT INTO published_outline " + _ROWS.format(
    rows="observation WHERE batch_id = $batch"
)

# Of which indicators and sources each publication has rows, and what any of them lacks or has.
_PUBLISHED = """
CREATE OR REPLACE TEMP TABLE published_by AS
SELECT indicator_id, source_id, batch_id, sum(figures)::BIGINT AS figures,
    bool_or(of_both < figures) AS lacks_counts,
    bool_or(numerators > 0 OR denominators > 0) AS has_counts,
    bool_or(without_denominator > 0) AS lacks_denominator, bool_or(alone > 0) AS has_any_alone,
    bool_or(NOT removed AND status = 'suppressed' AND numbers < figures) AS hides_any
FROM published_outline
GROUP BY indicator_id, source_id, batch_id;

CREATE OR REPLACE TEMP TABLE small_indicator AS
SELECT indicator_id FROM published_by GROUP BY indicator_id HAVING sum(figures) <= $most
"""

# Rows that need no other to be judged: counts, shares that say both numerator and denominator, and
# hidden shares that say neither, where nothing else is known of their indicator.
_OF_THEMSELVES = """
CREATE OR REPLACE TEMP TABLE outline_part AS
WITH part AS (
    SELECT published_outline.*, min_cell, guarded_kind = 'count' AS is_count,
        status IN ('suppressed', 'at_least', 'at_most', 'range') AS is_bound,
        figures - numerators - denominators + of_both AS neither,
        numerators + denominators > 2 * of_both
            OR indicator_id IN (SELECT indicator_id FROM known_denominator) AS is_known_better
    FROM published_outline
    JOIN guarded USING (indicator_id, source_id, batch_id)
    WHERE is_plain AND NOT removed
)
SELECT indicator_id, period, figures, min_cell, is_stock,
    min_cell > 0 AND (is_bound OR coalesce(least_of_count < min_cell, false)) AS is_concerned
FROM part WHERE is_count
UNION ALL
SELECT indicator_id, period, of_both, min_cell, is_stock,
    min_cell > 0 AND (is_bound OR coalesce(least_of_share < min_cell, false))
FROM part WHERE NOT is_count AND of_both > 0
UNION ALL
SELECT indicator_id, period, neither, min_cell, is_stock, min_cell > 0
FROM part WHERE NOT is_count AND status = 'suppressed' AND neither > 0 AND NOT is_known_better
"""
_OTHERS = """
CREATE OR REPLACE TEMP TABLE outline_of_rows AS
SELECT DISTINCT indicator_id, source_id, batch_id, period, status
FROM published_outline
JOIN guarded USING (indicator_id, source_id, batch_id)
WHERE is_any_other AND NOT removed AND (
    numerators + denominators > 2 * of_both
    OR (NOT is_plain AND numerators + denominators > 0)
    OR (figures > of_both AND indicator_id IN (SELECT indicator_id FROM known_denominator))
    OR (NOT is_plain AND status = 'suppressed'
        AND indicator_id IN (SELECT indicator_id FROM counting_rate))
);
SELECT count(*) > 0 FROM outline_of_rows
"""
_OF_OTHERS = """
INSERT INTO outline_part
SELECT indicator_id, period, count(*), min_cell,
    bool_or(is_on_day(measured, period)),
    coalesce(bool_or(min_cell > 0 AND (
        status IN ('suppressed', 'at_least', 'at_most', 'range')
        OR (kind = 'count' AND value > 0 AND value < min_cell)
        OR (kind = 'count' AND denominator - value > 0 AND denominator - value < min_cell)
        OR (numerator > 0 AND numerator < min_cell)
        OR (numerator IS NULL AND denominator > 0 AND denominator < min_cell)
        OR (denominator - numerator > 0 AND denominator - numerator < min_cell)
        OR (
            kind = 'proportion' AND numerator IS NULL AND value > 0 AND value < 100
            AND least(value, 100 - value) * denominator < 100 * min_cell
        )
        -- Rounded, it may be of few.
        OR (fewest < most AND (fewest < min_cell OR denominator - most < min_cell))
    )), false)
FROM counted_other
SEMI JOIN outline_of_rows USING (indicator_id, source_id, batch_id, period, status)
GROUP BY indicator_id, period, min_cell
"""
# What there is of each indicator and period, and whether a number of it is small, hidden or a
# limit.
_OUTLINE = """
CREATE OR REPLACE TEMP TABLE outline AS
SELECT indicator_id, period, sum(figures)::BIGINT AS figures, max(min_cell) AS min_cell,
    bool_or(is_stock) OR contains(period, 'D') AS is_stock,
    bool_or(is_concerned) AS is_concerned
FROM outline_part
GROUP BY indicator_id, period;
DROP TABLE outline_part; DROP TABLE outline_of_rows
"""
