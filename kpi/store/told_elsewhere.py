"""Hidden numbers that other indicators tell: the number of all of a share is another one's count.

Nothing says which indicators speak of the same persons. Whoever sees that two of them say the same
wherever both stand knows it: what guards a small number in one is then hidden in the other as well.
"""

from collections.abc import Sequence

import duckdb
import pandas as pd

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]


def keep_told_elsewhere(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]]
) -> bool:
    """Adds rows of other indicators that tell a hidden number to `stays_hidden`; whether any do.

    `hidden` are rows as `hidden_row` names them. Small counts of others are hidden anyway.
    """
    if not hidden:
        return False
    connection.register("incoming", pd.DataFrame(list(hidden), columns=_COLUMNS))
    connection.execute(_GUARDS)
    connection.unregister("incoming")
    found = False
    if connection.execute(_ALIKE).fetchone():
        found = connection.execute(_SAME).fetchone() is not None
    connection.execute("DROP TABLE guard; DROP VIEW said; DROP TABLE alike")
    return found


# All that a row says of numbers of persons.
_GUARDS = """
CREATE OR REPLACE TEMP VIEW said AS
SELECT indicator_id, area_id, group_id, period, source_id, batch_id,
    if(kind = 'count', value, NULL) AS value, if(kind = 'proportion', numerator, NULL) AS numerator,
    denominator
FROM observation
JOIN counted_kind USING (indicator_id, batch_id)
WHERE NOT removed AND status NOT IN ('at_least', 'at_most', 'range');

CREATE OR REPLACE TEMP TABLE guard AS
SELECT indicator_id, area_id, group_id, period, value IS NULL AS is_numerator,
    coalesce(value, numerator) AS number
FROM said
SEMI JOIN incoming USING (indicator_id, area_id, group_id, period, source_id, batch_id)
WHERE coalesce(value, numerator) > 0
"""

# The indicators that say the same of some guards; of many guards a few are so by chance.
_ALIKE = """
CREATE OR REPLACE TEMP TABLE alike AS
WITH equal AS (
    SELECT guard.indicator_id, is_numerator, said.indicator_id AS other_id,
        unnest(['value', 'numerator', 'denominator']) AS other_name,
        unnest([said.value = number, said.numerator = number, said.denominator = number])
            AS is_equal
    FROM guard
    JOIN said USING (area_id, group_id, period)
    WHERE said.indicator_id <> guard.indicator_id
        AND (said.value = number OR said.numerator = number OR said.denominator = number)
)
SELECT indicator_id, is_numerator, other_id, other_name
FROM equal JOIN (SELECT indicator_id, count(*) AS guards FROM guard GROUP BY ALL)
    USING (indicator_id)
WHERE is_equal
GROUP BY ALL
HAVING count(*) >= 0.02 * any_value(guards);
SELECT 1 FROM alike LIMIT 1
"""

# And of these which are so wherever both stand: by chance seldom two or more are.
_SAME = """
WITH compared AS (
    SELECT alike.*, ours.area_id, ours.group_id, ours.period, theirs.source_id, theirs.batch_id,
        if(is_numerator, ours.numerator, ours.value) AS number,
        CASE other_name WHEN 'value' THEN theirs.value WHEN 'numerator' THEN theirs.numerator
            ELSE theirs.denominator END AS other_number
    FROM alike
    JOIN said AS ours ON ours.indicator_id = alike.indicator_id
    JOIN said AS theirs ON theirs.indicator_id = alike.other_id
        AND theirs.area_id = ours.area_id AND theirs.group_id = ours.group_id
        AND theirs.period = ours.period
    WHERE number IS NOT NULL AND other_number IS NOT NULL
),
same AS (
    SELECT indicator_id, is_numerator, other_id, other_name
    FROM compared
    GROUP BY ALL
    HAVING count(DISTINCT (area_id, group_id, period)) > 1
        AND count(DISTINCT (area_id, group_id, period)) FILTER (number = other_number)
            >= 0.9 * count(DISTINCT (area_id, group_id, period))
)
INSERT INTO stays_hidden
SELECT DISTINCT other_id, area_id, group_id, period, compared.source_id, compared.batch_id
FROM compared
SEMI JOIN same USING (indicator_id, is_numerator, other_id, other_name)
SEMI JOIN guard USING (indicator_id, area_id, group_id, period, number)
JOIN strictest_limit USING (source_id, batch_id)
WHERE other_number = number AND min_cell > 0 AND number >= min_cell
EXCEPT FROM stays_hidden
RETURNING 1
"""
