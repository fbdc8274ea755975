"""Hidden numbers that other indicators disclose: the number of all of a share is another's count.

Nothing says which indicators count the same persons. Whoever sees that two of them say the same
wherever both are shown knows it: what guards a small number in one is then hidden in the other as
well. Whether both say the same of a hidden number does not matter: else whoever publishes a copy
with a guess in it would see by what is hidden there whether he is right.
"""

from collections.abc import Mapping, Sequence

import duckdb

from kpi.store.put_aside import put_aside
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = [
    "indicator_id", "area_id", "group_id", "period", "source_id", "batch_id", "was_shown",
    "is_for_sum", "least", "most",
]  # fmt: skip
_UNKNOWN = (None, None)
_SAMPLE = 500


def keep_said(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `said`: what every row says of numbers of persons. Expects `counted_row`."""
    put_aside(connection, "said", _SAID)


def keep_implied_elsewhere(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]],
    means: Sequence[tuple[object, ...]],
    ranges: Mapping[tuple[object, ...], tuple[float, float]],
) -> bool:  # fmt: skip
    """Adds rows of other indicators that disclose a hidden number to `stays_hidden`; True if any.

    `hidden` are rows as `hidden_row` names them, and those that sources hide, each with whether
    people have read it, and `means` those of `hidden_sum`; `ranges` what their counts may be by all
    that is shown. Small counts of others are hidden anyway; a mean whose sum is a hidden number is
    added to `hidden_sum`. What says the same is in `tied` then. Expects `said`, if any is hidden.
    """
    connection.execute(_NOTHING_TIED)
    if not hidden:
        return False
    rows_with_ranges = [
        (*row, is_for_sum, *ranges.get(row[:-1], _UNKNOWN))
        for rows, is_for_sum in ((hidden, False), (means, True)) for row in rows
    ]  # fmt: skip
    bring_in(connection, table_of(rows_with_ranges, _COLUMNS))
    connection.execute(_MACROS)
    connection.execute(_HIDDEN_NOW)
    let_go(connection)
    connection.execute(_GUARDS)
    connection.execute(_PAIRS)
    rows, others = connection.execute(_SIZE).fetchone() or (0, 0)
    is_any_new = False
    if others:
        connection.execute(_SAMPLED, {"every": max(rows // others // _SAMPLE, 1)})
        if connection.execute(_ALIKE).fetchone():
            connection.execute(_SAME)
            is_any_new = connection.execute(_KEEP).fetchone() is not None
            is_any_new |= connection.execute(_KEEP_SUMS).fetchone() is not None
    connection.execute(_END)
    return is_any_new


_MACROS = """
CREATE OR REPLACE TEMP MACRO number_of(name, value, numerator, denominator, remainder) AS
CASE name WHEN 'value' THEN value WHEN 'numerator' THEN numerator
    WHEN 'denominator' THEN denominator ELSE remainder END;
CREATE OR REPLACE TEMP MACRO rounding_of(name, of_numerator, of_denominator) AS
CASE name WHEN 'numerator' THEN of_numerator WHEN 'denominator' THEN of_denominator
    WHEN 'remainder' THEN of_numerator + of_denominator ELSE 0 END;

CREATE OR REPLACE TEMP MACRO is_counted(name, kind) AS
name = 'value' OR (name = 'denominator' AND kind <> 'proportion');
CREATE OR REPLACE TEMP MACRO least_known(
    name, kind, number, rounding, of_all, hidden, is_other_hidden
) AS
CASE WHEN coalesce(hidden.was_shown, true) THEN number - rounding
    WHEN hidden.least IS NOT NULL AND is_counted(name, kind) THEN hidden.least
    WHEN number > 0 AND number < hidden.min_cell THEN 1
    WHEN is_other_hidden THEN hidden.min_cell
    WHEN kind <> 'proportion' THEN number - rounding
    WHEN name = 'denominator' OR of_all - number NOT BETWEEN 1 AND hidden.min_cell - 1 THEN 0
    ELSE of_all - hidden.min_cell + 1 - rounding END;
CREATE OR REPLACE TEMP MACRO most_known(
    name, kind, number, rounding, of_all, hidden, is_other_hidden
) AS
CASE WHEN coalesce(hidden.was_shown, true) THEN number + rounding
    WHEN hidden.least IS NOT NULL AND is_counted(name, kind) THEN hidden.most
    WHEN number > 0 AND number < hidden.min_cell THEN hidden.min_cell - 1
    WHEN is_other_hidden THEN 'inf'::DOUBLE
    WHEN kind <> 'proportion' THEN number + rounding
    WHEN name = 'denominator' THEN 'inf'::DOUBLE
    WHEN of_all - number NOT BETWEEN 1 AND hidden.min_cell - 1 THEN of_all + rounding
    ELSE of_all - 1 + rounding END;
"""
_HIDDEN_NOW = """
CREATE OR REPLACE TEMP TABLE hidden_now AS
SELECT incoming.* REPLACE (least::DOUBLE AS least, most::DOUBLE AS most), min_cell
FROM incoming LEFT JOIN strictest_limit USING (source_id, batch_id);
"""
# All that a row says of numbers of persons, and by how much each may be rounded: of a share also
# how many have something, how many lack it, and of how many it is; a mean is of so many. Hidden for
# all these, but for the number of all of a share only where it guards one that is small itself: 3
# of other origin, 2 of whom have work.
_SAID = """
WITH published_row AS (
    SELECT indicator_id, area_id, group_id, period, source_id, batch_id, kind, status,
        if(kind = 'count', value, NULL) AS value,
        CASE kind WHEN 'count' THEN denominator
            WHEN 'proportion' THEN whole_of(value, numerator, denominator, of_key)
            ELSE coalesce(of_all(kind, value, numerator, denominator), of_key)
        END AS of_row,
        CASE WHEN kind = 'proportion' THEN coalesce(
            having_of(kind, value, numerator, of_row, persons, decimals),
            round(value * of_row / 100)
        ) WHEN is_mean(kind) THEN sum_of(kind, value, numerator, of_row, decimals)
            ELSE numerator END AS having_it,
        CASE WHEN kind = 'proportion'
                AND having_of(kind, value, numerator, of_row, persons, decimals) IS NULL
            THEN step_of(decimals) * of_row / 100
            WHEN is_mean(kind) AND numerator IS NULL THEN step_of(decimals) * of_row
            ELSE 0 END AS of_numerator,
        CASE WHEN kind <> 'count' AND denominator IS NULL AND numerator IS NOT NULL AND value > 0
            THEN step_of(decimals) * of_row / value ELSE 0 END AS of_denominator,
        numerator IS NOT NULL OR denominator IS NOT NULL AS is_own_numerator,
        coalesce(of_row = of_all(kind, value, numerator, denominator), false)
            AS is_own_denominator
    FROM counted_row AS observation
    LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE NOT removed AND status NOT IN ('at_least', 'at_most', 'range')
)
SELECT * EXCLUDE (of_row, having_it), having_it AS numerator, of_row AS denominator,
    if(kind = 'proportion', of_row - having_it, NULL) AS remainder
FROM published_row
"""
_GUARDS = """
CREATE OR REPLACE TEMP TABLE guard AS
WITH hidden_said AS (
    SELECT said.*, is_for_sum
    FROM said
    JOIN hidden_now USING (indicator_id, area_id, group_id, period, source_id, batch_id)
),
of_few AS (
    SELECT DISTINCT indicator_id, area_id, group_id, period
    FROM hidden_said JOIN strictest_limit USING (source_id, batch_id)
    WHERE kind = 'proportion' AND denominator > 0 AND denominator < min_cell
),
each AS (
    SELECT indicator_id, area_id, group_id, period,
        unnest(CASE kind WHEN 'count' THEN ['value'] WHEN 'proportion'
            THEN ['numerator', 'remainder']
            ELSE [if(is_for_sum, 'numerator', 'denominator')] END) AS name,
        unnest(CASE kind WHEN 'count' THEN [value] WHEN 'proportion'
            THEN [numerator, remainder]
            ELSE [if(is_for_sum, numerator, denominator)] END) AS number
    FROM hidden_said
    UNION
    SELECT indicator_id, area_id, group_id, period, 'denominator', denominator
    FROM hidden_said SEMI JOIN of_few USING (indicator_id, area_id, period)
    UNION
    SELECT indicator_id, area_id, group_id, period, 'denominator', denominator
    FROM hidden_said SEMI JOIN of_few USING (indicator_id, group_id, period)
)
FROM each WHERE number > 0
"""

# The indicators that say anything of the same keys as some guards.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE pair AS
WITH beside AS (
    SELECT guard.indicator_id, name, said.indicator_id AS other_id,
        unnest(['value', 'numerator', 'denominator', 'remainder']) AS other_name,
        unnest([said.value, said.numerator, said.denominator, remainder]) AS other_number
    FROM guard
    JOIN said USING (area_id, group_id, period)
    WHERE said.indicator_id <> guard.indicator_id
)
SELECT DISTINCT indicator_id, name, other_id, other_name
FROM beside WHERE other_number IS NOT NULL
"""

_SIZE = """
SELECT (SELECT count(*) FROM observation), (SELECT count(DISTINCT other_id) FROM pair)
"""
# Some hundred shown numbers of each show that large ones have nothing in common.
_SAMPLED = """
CREATE OR REPLACE TEMP TABLE sampled AS
SELECT *
FROM said
WHERE indicator_id IN (SELECT unnest([indicator_id, other_id]) FROM pair)
    AND hash(area_id, group_id, period) % $every::UBIGINT = 0
"""
_ALIKE = """
CREATE OR REPLACE TEMP TABLE alike AS
WITH shown AS (
    FROM sampled
    ANTI JOIN (FROM hidden_now WHERE NOT was_shown)
        USING (indicator_id, area_id, group_id, period, source_id, batch_id)
),
compared AS (
    SELECT pair.*,
        number_of(name, ours.value, ours.numerator, ours.denominator, ours.remainder) AS number,
        number_of(
            other_name, theirs.value, theirs.numerator, theirs.denominator, theirs.remainder
        ) AS other_number, rounding_of(name, ours.of_numerator, ours.of_denominator)
            + rounding_of(other_name, theirs.of_numerator, theirs.of_denominator) AS rounding
    FROM pair
    JOIN shown AS ours ON ours.indicator_id = pair.indicator_id
    JOIN shown AS theirs ON theirs.indicator_id = pair.other_id
        AND theirs.area_id = ours.area_id AND theirs.group_id = ours.group_id
        AND theirs.period = ours.period
),
unlike AS (
    SELECT indicator_id, name, other_id, other_name
    FROM compared
    WHERE number IS NOT NULL AND other_number IS NOT NULL
    GROUP BY ALL
    HAVING count(*) FILTER (abs(number - other_number) <= rounding + 0.5) < 0.8 * count(*)
)
FROM pair ANTI JOIN unlike USING (indicator_id, name, other_id, other_name);
SELECT 1 FROM alike LIMIT 1
"""

# And of these which say the same wherever people have read both, or else at the other places: at
# one already, as readers know by their names what indicators count. A hidden count, or the number
# that a mean is of, is the same as any that it may be by all that is shown, on either side: whoever
# publishes a guess where there is nothing else, or one that is hidden itself as it is small, would
# see by what is hidden beside it that it is right. So is a hidden share's: those who have it, where
# few lack it, are nearly all, and else any part of all. Two hidden ones say nothing of each other,
# but that few are not many.
_SAME = """
CREATE OR REPLACE TEMP TABLE compared AS
WITH bounded AS (
    SELECT alike.*, ours.area_id, ours.group_id, ours.period, theirs.source_id, theirs.batch_id,
        other_name = 'numerator' AND is_mean(theirs.kind) AS is_sum_of_mean,
        number_of(name, ours.value, ours.numerator, ours.denominator, ours.remainder) AS number,
        number_of(
            other_name, theirs.value, theirs.numerator, theirs.denominator, theirs.remainder
        ) AS other_number,
        rounding_of(name, ours.of_numerator, ours.of_denominator) AS rounding,
        rounding_of(other_name, theirs.of_numerator, theirs.of_denominator) AS other_rounding,
        NOT coalesce(hidden.was_shown, true) AS is_hidden,
        NOT coalesce(other_hidden.was_shown, true) AS is_other_hidden,
        least_known(
            name, ours.kind, number, rounding, ours.denominator, hidden, is_other_hidden
        ) AS least,
        most_known(
            name, ours.kind, number, rounding, ours.denominator, hidden, is_other_hidden
        ) AS most,
        least_known(
            other_name, theirs.kind, other_number, other_rounding, theirs.denominator,
            other_hidden, is_hidden
        ) AS other_least,
        most_known(
            other_name, theirs.kind, other_number, other_rounding, theirs.denominator,
            other_hidden, is_hidden
        ) AS other_most
    FROM alike
    JOIN said AS ours ON ours.indicator_id = alike.indicator_id
    JOIN said AS theirs ON theirs.indicator_id = alike.other_id
        AND theirs.area_id = ours.area_id AND theirs.group_id = ours.group_id
        AND theirs.period = ours.period
    LEFT JOIN hidden_now AS hidden ON hidden.indicator_id = ours.indicator_id
        AND hidden.area_id = ours.area_id AND hidden.group_id = ours.group_id
        AND hidden.period = ours.period AND hidden.source_id = ours.source_id
        AND hidden.batch_id = ours.batch_id
    LEFT JOIN hidden_now AS other_hidden ON other_hidden.indicator_id = theirs.indicator_id
        AND other_hidden.area_id = theirs.area_id AND other_hidden.group_id = theirs.group_id
        AND other_hidden.period = theirs.period AND other_hidden.source_id = theirs.source_id
        AND other_hidden.batch_id = theirs.batch_id
    WHERE number IS NOT NULL AND other_number IS NOT NULL
)
SELECT * EXCLUDE (is_hidden, is_other_hidden, least, most, other_least, other_most),
    least - other_most <= 0.5 AND other_least - most <= 0.5 AS is_equal,
    abs(number - other_number) <= rounding + other_rounding + 0.5 AS is_the_same,
    is_equal AND is_hidden AND is_other_hidden AS is_open,
    is_hidden OR is_other_hidden AS is_hidden
FROM bounded;
CREATE OR REPLACE TEMP TABLE same AS
WITH by_key AS (
    SELECT indicator_id, name, other_id, other_name, area_id, group_id, period,
        bool_or(is_equal AND NOT is_open) AS is_equal, bool_or(is_the_same) AS is_the_same,
        bool_and(is_hidden) AS is_hidden,
        bool_or(is_equal AND NOT is_open) OR NOT bool_or(is_open) AS is_compared
    FROM compared
    GROUP BY ALL
)
SELECT indicator_id, name, other_id, other_name,
    count(*) FILTER (is_equal AND NOT is_hidden) > 0
        AND count(*) FILTER (is_equal AND NOT is_hidden)
            >= 0.9 * count(*) FILTER (NOT is_hidden) AS is_seen,
    is_seen OR (
        count(*) FILTER (is_the_same) > 0 AND count(*) FILTER (is_the_same) >= 0.9 * count(*)
    ) AS is_tied
FROM by_key
GROUP BY ALL
HAVING is_tied OR (
    count(*) FILTER (is_equal) > 0
    AND count(*) FILTER (is_equal) >= 0.9 * count(*) FILTER (is_compared)
    -- What may be the same says nothing against what is seen not to be.
    AND count(*) FILTER (is_equal AND NOT is_hidden) >= 0.9 * count(*) FILTER (NOT is_hidden)
);
INSERT INTO tied SELECT indicator_id, name, other_id, other_name FROM same WHERE is_tied
"""
_NOTHING_TIED = """
CREATE OR REPLACE TEMP TABLE tied
    (indicator_id VARCHAR, name VARCHAR, other_id VARCHAR, other_name VARCHAR)
"""
_KEEP_THOSE = """
INSERT INTO {table}
SELECT DISTINCT other_id, area_id, group_id, period, compared.source_id, compared.batch_id
FROM compared
JOIN same USING (indicator_id, name, other_id, other_name)
SEMI JOIN guard USING (indicator_id, name, area_id, group_id, period, number)
JOIN strictest_limit USING (source_id, batch_id)
WHERE min_cell > 0 AND {those}
    AND (is_seen OR (compared.is_equal AND NOT compared.is_open))
EXCEPT FROM {table}
RETURNING 1
"""
_KEEP = _KEEP_THOSE.format(
    table="stays_hidden", those="other_number >= min_cell AND NOT is_sum_of_mean"
)
_KEEP_SUMS = _KEEP_THOSE.format(table="hidden_sum", those="is_sum_of_mean")
_END = """
DROP MACRO number_of; DROP MACRO rounding_of; DROP MACRO is_counted;
DROP MACRO least_known; DROP MACRO most_known;
DROP TABLE guard; DROP TABLE hidden_now; DROP TABLE pair;
DROP TABLE IF EXISTS sampled; DROP TABLE IF EXISTS alike; DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS same
"""
