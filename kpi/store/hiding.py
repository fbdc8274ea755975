"""Hiding small numbers in today's rows: what is shown is what stands in current_observation.

The true rows of what is hidden are kept in `hidden_observation`, which no reader asks for: only a
publication needs them, to see what changes.
"""

import duckdb
import pandas as pd

from kpi.period import parse_period
from kpi.small_cells import Cell
from kpi.small_numbers import cells_to_hide, told_stretches


def hide_small_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes every number that must be hidden out of current_observation.

    Expects the true rows there; makes `hidden_observation` anew.
    """
    connection.execute(_NOTHING_HIDDEN)
    connection.execute(_COUNTED)
    connection.execute(_CONCERNED)
    connection.execute(_MIXED)
    told = {one.indicator_id for one in told_stretches(_cells(connection, _CELLS_OF_SERIES))}
    for indicator_id in sorted(told):
        connection.execute("INSERT INTO concerned VALUES ($1)", [indicator_id])
    cells = _cells(connection, _CELLS)
    connection.execute("DROP TABLE concerned; DROP TABLE mixed; DROP VIEW counted")
    if not cells:
        return
    hidden = cells_to_hide(cells)
    columns = ["indicator_id", "area_id", "group_id", "period", "is_small"]
    rows = [(*key, small) for key, small in hidden.items()]
    connection.register("incoming", pd.DataFrame(rows, columns=columns))
    connection.execute("CREATE OR REPLACE TEMP TABLE to_hide AS FROM incoming")
    connection.unregister("incoming")
    connection.execute(_KEEP)
    connection.execute(_HIDE)
    connection.execute("DROP TABLE to_hide")


def _cells(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Cell]:
    return [
        Cell(indicator_id, area_id, group_id, parse_period(period), *rest)
        for indicator_id, area_id, group_id, period, *rest in connection.execute(sql).fetchall()
    ]


def hide_as_today(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes out of an earlier day's rows what is hidden today, where it is the same number.

    A number that was shown then may be the one that would tell a small one now. Expects the version
    attached as `spor`.
    """
    connection.execute(_HIDE_AS_TODAY)


def show_small_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts the true rows back, for a publication to work on; hide them again before it ends."""
    connection.execute(_SHOW)


_NOTHING_HIDDEN = """
CREATE OR REPLACE TABLE hidden_observation AS FROM current_observation LIMIT 0
"""

# Rows that are numbers of persons, or percentages of a known number of them.
_COUNTED = """
CREATE OR REPLACE TEMP VIEW counted AS
SELECT now.*, min_cell, indicator.kind
FROM current_observation AS now
JOIN source USING (source_id)
JOIN indicator USING (indicator_id)
WHERE indicator.kind = 'count'
    OR (indicator.kind = 'proportion' AND (numerator IS NOT NULL OR denominator IS NOT NULL
        OR status = 'suppressed'))
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

# Of the other indicators the series whose periods may add up: those of an indicator's rarer kinds
# of period, or of ranges, so that a large file of one kind is hardly looked at.
_MIXED = """
CREATE OR REPLACE TEMP TABLE mixed AS
WITH kinds AS (
    SELECT indicator_id, period_kind, count(*) AS figures, max(min_cell) AS min_cell
    FROM counted
    ANTI JOIN concerned USING (indicator_id)
    GROUP BY indicator_id, period_kind
),
rarer AS (
    SELECT indicator_id, period_kind
    FROM kinds
    QUALIFY max(min_cell) OVER (PARTITION BY indicator_id) > 0 AND (
        period_kind IN ('range', 'rolling_year', 'year_to_date')
        OR row_number() OVER (PARTITION BY indicator_id ORDER BY figures DESC, period_kind) > 1
    )
)
SELECT DISTINCT indicator_id, area_id, group_id
FROM counted SEMI JOIN rarer USING (indicator_id, period_kind)
"""

# A percentage of a known number of persons is a number of persons, too.
_PERSONS = """
WITH persons AS (
    SELECT counted.*, level, parent_id,
        CASE WHEN kind = 'count' THEN 1 ELSE denominator / 100 END AS persons_a_unit,
        status IN ('at_least', 'at_most', 'range') AS is_bound
    FROM counted
    JOIN area USING (area_id)
    SEMI JOIN {those}
)
SELECT indicator_id, area_id, group_id, period,
    CASE
        WHEN is_bound THEN NULL
        WHEN kind = 'count' THEN value
        ELSE coalesce(numerator, round(value * persons_a_unit, 6))
    END,
    denominator, min_cell, level, parent_id,
    CASE WHEN is_bound
        THEN round(coalesce(low, if(status = 'at_least', value, NULL)) * persons_a_unit, 6) END,
    CASE WHEN is_bound
        THEN round(coalesce(high, if(status = 'at_most', value, NULL)) * persons_a_unit, 6) END,
    is_bound
FROM persons
WHERE status = 'suppressed' OR kind = 'count' OR numerator IS NOT NULL
    OR (denominator IS NOT NULL AND coalesce(value, low, high) IS NOT NULL)
"""
# All numbers of persons of the indicators concerned: a public one may tell a hidden one.
_CELLS = _PERSONS.format(those="concerned USING (indicator_id)")
_CELLS_OF_SERIES = _PERSONS.format(those="mixed USING (indicator_id, area_id, group_id)")

_KEEP = """
INSERT INTO hidden_observation
SELECT current_observation.* FROM current_observation
SEMI JOIN to_hide USING (indicator_id, area_id, group_id, period)
"""

# `<5` is told of a small count; anything else hidden is only said to be hidden, a limit too: the
# number itself may be large. Words of the source
# and remarks go too: they may hold the number.
_HIDE = """
UPDATE current_observation
SET value = NULL, numerator = NULL, denominator = NULL, status = 'suppressed', decimals = NULL,
    note = NULL, low = NULL, high = NULL, is_hidden = true,
    as_published = CASE WHEN to_hide.is_small AND indicator.kind = 'count'
        AND current_observation.denominator IS NULL
        AND current_observation.status NOT IN ('at_least', 'at_most', 'range')
        THEN '<' || source.min_cell END
FROM to_hide, indicator, source
WHERE to_hide.indicator_id = current_observation.indicator_id
    AND to_hide.area_id = current_observation.area_id
    AND to_hide.group_id = current_observation.group_id
    AND to_hide.period = current_observation.period
    AND indicator.indicator_id = current_observation.indicator_id
    AND source.source_id = current_observation.source_id
"""

_HIDE_AS_TODAY = """
UPDATE current_observation
SET value = NULL, numerator = NULL, denominator = NULL, status = 'suppressed', decimals = NULL,
    note = NULL, low = NULL, high = NULL, is_hidden = true, as_published = today.as_published
FROM spor.hidden_observation AS hidden
JOIN spor.current_observation AS today USING (indicator_id, area_id, group_id, period)
WHERE hidden.indicator_id = current_observation.indicator_id
    AND hidden.area_id = current_observation.area_id
    AND hidden.group_id = current_observation.group_id
    AND hidden.period = current_observation.period
    AND hidden.value IS NOT DISTINCT FROM current_observation.value
    AND hidden.numerator IS NOT DISTINCT FROM current_observation.numerator
    AND hidden.denominator IS NOT DISTINCT FROM current_observation.denominator
    AND hidden.low IS NOT DISTINCT FROM current_observation.low
    AND hidden.high IS NOT DISTINCT FROM current_observation.high
"""

_SHOW = """
UPDATE current_observation
SET value = hidden.value, numerator = hidden.numerator, denominator = hidden.denominator,
    status = hidden.status, decimals = hidden.decimals, note = hidden.note,
    as_published = hidden.as_published, low = hidden.low, high = hidden.high, is_hidden = false
FROM hidden_observation AS hidden
WHERE hidden.indicator_id = current_observation.indicator_id
    AND hidden.area_id = current_observation.area_id
    AND hidden.group_id = current_observation.group_id
    AND hidden.period = current_observation.period
"""
