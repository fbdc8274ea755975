"""Rates that count persons or cases per so many persons, read as the percentages that they are.

3 of 150 children are 20,0 per 1.000 and 2,00 %: as many persons are behind the rate as behind the
percentage, so it is guarded as one. Its unit or its name says per how many; and where
they do not, in words that are known, its rows do: a value that is 1.000 times their quotient.
"""

import duckdb

from kpi.domain.counting_rates import counted_per, is_percent, may_count
from kpi.store.put_aside import put_aside
from kpi.store.slips import keep_slips


def keep_counted_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the view `counted_row`: all rows ever published, with the kind that guards them.

    Those that were slips are not among them (kpi/store/slips.py).
    `counting_rate` has the indicators that were ever said to be such a rate, and per how many.
    """
    connection.execute(_RATES)
    units = connection.execute(_UNITS).fetchall()
    pers = {
        (indicator_id, per, is_percent(unit))
        for indicator_id, kind, unit, name in units
        if (per := counted_per(kind, unit, name)) is not None
    }
    if of_one := {indicator_id for indicator_id, per, _ in pers if per == 1}:
        # Of whom each has one or more (cases of a child that has any) they are no part.
        rows = connection.execute(_SEVERAL_EACH, {"indicator_ids": sorted(of_one)}).fetchall()
        several = {indicator_id for (indicator_id,) in rows}
        pers = {each for each in pers if each[0] not in several}
    by_words = {indicator_id for indicator_id, _, _ in pers}
    by_rows = {each[0] for each in units if each[0] not in by_words and may_count(each[2])}
    if by_rows:
        rows = connection.execute(_PER_BY_ROWS, {"indicator_ids": sorted(by_rows)}).fetchall()
        pers |= {(indicator_id, per, False) for indicator_id, per in rows}
    if pers:
        connection.executemany("INSERT INTO counting_rate VALUES ($1, $2, $3)", sorted(pers))
    slips = _WITHOUT_SLIPS if keep_slips(connection) else ""
    put_aside(connection, "counted_row", _ROWS.format(slips=slips))


_RATES = """
CREATE OR REPLACE TEMP TABLE counting_rate (
    indicator_id VARCHAR, per INTEGER, is_percent BOOLEAN
)
"""
_UNITS = """
SELECT indicator_id, kind, unit, coalesce(name, '') FROM indicator
WHERE kind NOT IN ('count', 'proportion')
UNION
SELECT indicator_id, kind, unit, coalesce(name, '') FROM indicator_row
WHERE kind NOT IN ('count', 'proportion')
"""
_SEVERAL_EACH = """
SELECT DISTINCT indicator_id FROM observation
WHERE indicator_id IN (SELECT unnest($indicator_ids)) AND NOT removed
    AND greatest(value, low, high) > 1
"""
# Nine rows in ten are so many times their quotient, one of them by three digits.
_PER_BY_ROWS = """
WITH counted AS (
    SELECT indicator_id, value, numerator / denominator AS share, step_of(decimals) AS rounding
    FROM observation
    WHERE indicator_id IN (SELECT unnest($indicator_ids)) AND NOT removed
        AND numerator > 0 AND denominator > 0 AND value > 0
)
SELECT indicator_id, per
FROM counted
CROSS JOIN (FROM (VALUES (10), (100), (1000), (10000), (100000), (1000000)) AS pers(per)) AS pers
GROUP BY ALL
HAVING count(*) FILTER (abs(value - per * share) <= rounding + 1e-6) >= 0.9 * count(*)
    AND bool_or(abs(value - per * share) <= rounding + 1e-6 AND value > 20 * rounding)
"""

# As a percentage: of 1.000 a tenth, with a decimal more. Where more are counted than there are
# persons (several cases of each), or less than none (a change), it is no part of them; and a mean
# in percent is a share only where it says how many have it.
_WITHOUT_SLIPS = """
ANTI JOIN slipped_row USING (indicator_id, area_id, group_id, period, source_id, batch_id)
"""
_ROWS = """
WITH rate AS (
    SELECT indicator_id, max(per) AS per, bool_and(is_percent) AS is_percent
    FROM counting_rate
    GROUP BY indicator_id
),
read_row AS (
    SELECT observation.*, kind, per, is_percent,
        -- Most rows are of no such rate: nothing is worked out of them.
        CASE WHEN per IS NULL THEN false ELSE coalesce(
            kind NOT IN ('count', 'proportion')
                AND coalesce(value, 0) BETWEEN 0 AND per
                AND coalesce(low, 0) BETWEEN 0 AND per AND coalesce(high, 0) BETWEEN 0 AND per
                AND coalesce(numerator <= denominator, true)
                AND NOT (is_percent AND numerator IS NULL)
                AND (NOT is_percent OR denominator IS NULL OR value IS NULL
                    OR abs(value * denominator - 100 * numerator)
                        <= 0.5 * pow(10, -coalesce(decimals, 1)) * denominator + 1e-6),
            false
        ) END AS is_share
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    LEFT JOIN rate USING (indicator_id)
    {slips}
)
SELECT * EXCLUDE (per, is_percent, is_share) REPLACE (
    if(is_share, value * 100 / per, value) AS value,
    if(is_share, low * 100 / per, low) AS low,
    if(is_share, high * 100 / per, high) AS high,
    if(is_share, coalesce(decimals, 1) + round(log10(per))::INTEGER - 2, decimals) AS decimals,
    if(is_share, 'proportion', kind) AS kind
)
FROM read_row
"""
