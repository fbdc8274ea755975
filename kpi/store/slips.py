"""Percentages that were slips: no numbers of persons, so that nothing is hidden because of them.

A file of fractions that was read as percentages says 0,125 % of 3.300, which would be four; it is
withdrawn, and the right file says 380 of them. The four never were, whoever remembers them learns
nothing, and what would have to guard them are all numbers that have anything to do with the 380.
"""

import duckdb

# A figure is a slip where the one in its place has ten times as much, and of far more persons than
# may be shown: a correction by a few persons is none, and its former number stays guarded.
_TIMES = 10


def keep_slips(connection: duckdb.DuckDBPyConnection) -> bool:
    """Makes the table `slipped_row` (as `hidden_row` names rows); whether there are any.

    Of percentages without counts that people have read: one that was hidden stays so, as else a
    false figure in its place would show it. Expects `counted_kind` and `strictest_limit`.
    """
    connection.execute(_BARE)
    if connection.execute(_IS_ANY_BARE).fetchone() == (True,):
        connection.execute(_SLIPPED, {"times": _TIMES})
    else:
        connection.execute(_NONE)
    connection.execute("DROP TABLE bare_share")
    (is_any,) = connection.execute("SELECT count(*) > 0 FROM slipped_row").fetchone() or (False,)
    return bool(is_any)


# Few former rows are percentages alone. A table of its own: the optimizer then knows how few, and
# does not put all of today's rows beside all former ones.
_BARE = """
CREATE OR REPLACE TEMP TABLE bare_share AS
SELECT indicator_id, area_id, group_id, period, source_id, batch_id, value
FROM past_observation
JOIN counted_kind USING (indicator_id, batch_id)
WHERE kind = 'proportion' AND NOT removed AND value BETWEEN 0 AND 100
    AND numerator IS NULL AND denominator IS NULL
"""
_IS_ANY_BARE = "SELECT count(*) > 0 FROM bare_share"
_SLIPPED = """
CREATE OR REPLACE TEMP TABLE slipped_row AS
WITH placed AS (
    SELECT indicator_id, area_id, group_id, period, 100 * numerator / denominator AS percent
    FROM current_observation
    JOIN strictest_limit USING (source_id, batch_id)
    WHERE denominator > 0 AND numerator >= $times * min_cell
        AND denominator - numerator >= $times * min_cell
)
SELECT DISTINCT indicator_id, area_id, group_id, period, former.source_id, batch_id
FROM bare_share AS former
JOIN placed USING (indicator_id, area_id, group_id, period)
ANTI JOIN (FROM hidden_row WHERE NOT was_shown) AS withheld
    USING (indicator_id, area_id, group_id, period, source_id, batch_id)
WHERE value * $times <= percent OR (100 - value) * $times <= 100 - percent
"""
_NONE = """
CREATE OR REPLACE TEMP TABLE slipped_row (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR, source_id VARCHAR,
    batch_id INTEGER
)
"""
