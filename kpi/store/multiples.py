"""Counts that are a constant share of another count, or a multiple of it: hidden where that is.

Nothing says that one indicator counts two for each person of another (parents, places, visits).
Whoever sees that it does wherever both are shown divides, and knows the hidden number. Unlike a
mean (kpi/store/made_of_hidden.py) such a count has sums of its own, so what is hidden of it needs
guards there.
"""

from collections.abc import Sequence

import duckdb

from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
_SAMPLE = 500


def keep_multiples(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]]
) -> tuple[set[str], bool]:
    """Adds the rows of multiples of hidden counts to `stays_hidden`.

    Gives the indicators that are such multiples, and whether any row is new there.

    `hidden` are rows as `hidden_row` names them. Whether a count is a multiple is seen by what is
    shown alone: at three places at least, in nine of ten, to five digits more than one place has
    by itself. Whether the hidden number fits does not matter: else a guess would be confirmed.
    """
    if not hidden:
        return set(), False
    bring_in(connection, table_of(hidden, _COLUMNS))
    multiples: set[str] = set()
    is_any_new = False
    size, others = connection.execute(_OTHERS).fetchone() or (0, 0)
    if others > 1:
        connection.execute(_SAMPLED, {"every": max(size // others // _SAMPLE, 1)})
        rows = connection.execute(_MULTIPLES).fetchall()
        multiples = {other_id for (other_id,) in rows}
        is_any_new = bool(rows) and connection.execute(_KEEP).fetchone() is not None
        connection.execute("DROP TABLE sampled_count; DROP TABLE multiple")
    let_go(connection)
    connection.execute("DROP TABLE count_beside")
    return multiples, is_any_new


# The counts that have rows where a hidden count has one, too, and those hidden counts themselves.
_OTHERS = """
CREATE OR REPLACE TEMP TABLE count_beside AS
WITH number_hidden AS (
    SELECT DISTINCT incoming.indicator_id, area_id, group_id, period
    FROM incoming JOIN counted_kind USING (indicator_id, batch_id)
    WHERE kind = 'count'
)
SELECT DISTINCT number_hidden.indicator_id, observation.indicator_id AS other_id
FROM observation
JOIN counted_kind USING (indicator_id, batch_id)
JOIN number_hidden USING (area_id, group_id, period)
WHERE kind = 'count' AND NOT removed AND observation.indicator_id <> number_hidden.indicator_id;
SELECT (SELECT count(*) FROM observation),
    (SELECT count(DISTINCT each) FROM (
        SELECT indicator_id AS each FROM count_beside
        UNION SELECT other_id FROM count_beside
    ))
"""
_SAMPLED = """
CREATE OR REPLACE TEMP TABLE sampled_count AS
SELECT indicator_id, area_id, group_id, period, arg_max(value, batch_id) AS value
FROM observation
WHERE NOT removed AND value > 0
    AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
    AND indicator_id IN (
        SELECT indicator_id FROM count_beside UNION SELECT other_id FROM count_beside
    )
    AND hash(area_id, group_id, period) % $every::UBIGINT = 0
    AND (indicator_id, area_id, group_id, period) NOT IN (
        SELECT (indicator_id, area_id, group_id, period) FROM incoming
    )
GROUP BY ALL
"""
# Half of the places have a larger quotient; by how much it may be off is what a rounding of one
# person leaves of it there.
_MULTIPLES = """
CREATE OR REPLACE TEMP TABLE multiple AS
WITH compared AS (
    SELECT count_beside.*, ours.value AS number, theirs.value AS other
    FROM count_beside
    JOIN sampled_count AS ours USING (indicator_id)
    JOIN sampled_count AS theirs ON theirs.indicator_id = count_beside.other_id
        AND theirs.area_id = ours.area_id AND theirs.group_id = ours.group_id
        AND theirs.period = ours.period
),
many_times AS (
    SELECT indicator_id, other_id, quantile_disc(other / number, 0.5) AS times,
        quantile_disc(number, 0.5) AS usual
    FROM compared
    GROUP BY ALL
    HAVING count(*) >= 3
),
fitting AS (
    SELECT indicator_id, other_id, other,
        if(times = round(times), 0, 0.5 + 0.5 * number / usual) AS rounding,
        abs(other - times * number) <= rounding + 1e-6 AS fits,
        log10(greatest(other / (1 + 2 * rounding), 1)) AS digits
    FROM compared JOIN many_times USING (indicator_id, other_id)
)
SELECT indicator_id, other_id
FROM fitting
GROUP BY ALL
HAVING count(*) FILTER (fits) >= greatest(3, 0.9 * count(*))
    AND sum(digits) FILTER (fits) - max(digits) FILTER (fits) >= 5;
SELECT DISTINCT other_id FROM multiple
"""
_KEEP = """
INSERT INTO stays_hidden
SELECT DISTINCT observation.indicator_id, observation.area_id, observation.group_id,
    observation.period, observation.source_id, observation.batch_id
FROM multiple
JOIN incoming USING (indicator_id)
JOIN observation ON observation.indicator_id = other_id
    AND observation.area_id = incoming.area_id AND observation.group_id = incoming.group_id
    AND observation.period = incoming.period
JOIN strictest_limit ON strictest_limit.source_id = observation.source_id
    AND strictest_limit.batch_id = observation.batch_id
WHERE min_cell > 0 AND NOT removed AND value >= min_cell
EXCEPT FROM stays_hidden
RETURNING 1
"""
