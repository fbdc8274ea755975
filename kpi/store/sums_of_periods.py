"""Numbers that are what another indicator counts in several periods: hidden with one of these.

Three years counted as one, written as of the last (31 beside 12 and 16 of two of them leave 3), the
months of a year until one of them, or a total that grows by each period's number. Nothing says so:
whoever sees that it holds wherever all is shown subtracts. Such a number has sums of its own, so
what is hidden of it needs guards there; and where it is hidden for itself, its periods may not tell
it either.
"""

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# About so many numbers of an indicator show that it is no sum of another's.
_SAMPLE = 500


class SumsOfPeriods(NamedTuple):
    """The indicators concerned, whether any row is new in `stays_hidden`, and what is `disclosed`.

    By public sums, that is: keys (indicator, area, group, period) of hidden numbers.
    """

    indicators: frozenset[str] = frozenset()
    is_any_new: bool = False
    disclosed: frozenset[tuple[object, ...]] = frozenset()


def keep_sums_of_periods(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]]
) -> SumsOfPeriods:
    """Adds to `stays_hidden` what periods and sums of them tell of each other's hidden numbers.

    `hidden` are rows as `hidden_row` names them. That a number is such a sum is seen by what is
    shown alone: at nine places in ten, to so many digits that no comparison comes out by chance.
    Whether it holds at the hidden number does not matter: else a guess would be confirmed. Expects
    `number_said` (numbers_said.py).
    """
    if not hidden:
        return SumsOfPeriods()
    bring_in(connection, table_of(hidden, _COLUMNS))
    connection.execute(_NUMBERS)
    seen = SumsOfPeriods()
    if connection.execute(_PAIRS).fetchone() != (0,):
        connection.execute(_SAMPLED, {"sample": _SAMPLE})
        connection.execute(_COMPARED.format(numbers="sampled_in_time", pairs="pair_in_time"))
        indicators = connection.execute(_CHOSEN).fetchall()
        if indicators:
            numbers, pairs = "number_in_time", "chosen_sum"
            connection.execute(_COMPARED.format(numbers=numbers, pairs=pairs))
            connection.execute(_TELLING)
            keys = connection.execute(_DISCLOSED).fetchall()
            seen = SumsOfPeriods(
                frozenset(each for (each,) in indicators),
                connection.execute(_KEEP).fetchone() is not None,
                frozenset(keys),
            )
        connection.execute(_END)
    let_go(connection)
    connection.execute("DROP TABLE number_in_time; DROP TABLE pair_in_time")
    return seen


# What each indicator says in each period, as it was said last; `place` numbers periods of a kind by
# the calendar. Of how many a share is guards only what is few itself, and a mean.
_NUMBERS = """
CREATE OR REPLACE TEMP TABLE number_in_time AS
WITH numbered AS (
    SELECT period, kind, year(start_date) AS year,
        CASE kind WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half' THEN 6 ELSE 12 END
            AS months,
        date_diff('month', DATE '1900-01-01', start_date) // months AS place,
        if(months < 12, (month(start_date) - 1) // months + 1, NULL) AS place_in_year
    FROM period
    WHERE kind IN ('year', 'half', 'quarter', 'month', 'school_year')
),
hidden_key AS (SELECT DISTINCT indicator_id, area_id, group_id, period FROM incoming),
divided AS (SELECT DISTINCT indicator_id FROM number_said WHERE name <> 'denominator'),
highest AS (SELECT max(min_cell) AS min_cell FROM strictest_limit),
newest AS (
    SELECT indicator_id, name, area_id, group_id, period,
        arg_max(number, batch_id) AS number, min(number) AS least, bool_or(is_stock) AS is_stock
    FROM number_said
    GROUP BY ALL
)
SELECT newest.* EXCLUDE (least), kind, year, place, place_in_year,
    hidden_key.indicator_id IS NOT NULL AS is_hidden,
    is_hidden AND (
        name <> 'denominator' OR divided.indicator_id IS NULL
        OR least BETWEEN 1 AND highest.min_cell - 1
    ) AS is_guarded
FROM newest
JOIN numbered USING (period)
LEFT JOIN hidden_key USING (indicator_id, area_id, group_id, period)
LEFT JOIN divided ON divided.indicator_id = newest.indicator_id
CROSS JOIN highest
"""
# Two indicators of which one has something hidden in a series that both have.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE pair_in_time AS
WITH series AS (
    SELECT indicator_id, area_id, group_id, kind, bool_or(is_guarded) AS is_guarded
    FROM number_in_time GROUP BY ALL
)
SELECT DISTINCT ours.indicator_id, other.indicator_id AS sum_id
FROM series AS ours
JOIN series AS other USING (area_id, group_id, kind)
WHERE ours.indicator_id <> other.indicator_id AND (ours.is_guarded OR other.is_guarded);
SELECT count(*) FROM pair_in_time
"""
# Whole series of areas and groups.
_SAMPLED = """
CREATE OR REPLACE TEMP TABLE sampled_in_time AS
FROM number_in_time
SEMI JOIN (
    SELECT indicator_id FROM pair_in_time UNION SELECT sum_id FROM pair_in_time
) USING (indicator_id)
WHERE hash(area_id, group_id) % (
    SELECT greatest(count(*) // count(DISTINCT indicator_id) // $sample, 1) FROM number_in_time
)::UBIGINT = 0
"""
# Each number beside what the other says in the periods that it may be the sum of, and where a total
# grows also beside the total before. Before the other's first period nothing is known of it.
_COMPARED = """
CREATE OR REPLACE TEMP TABLE compared_in_time AS
WITH form AS (
    FROM (VALUES ('last', 2), ('last', 3), ('last', 4), ('last', 5), ('last', 12), ('year', 12))
        AS forms(form, length)
),
first_place AS (
    SELECT indicator_id, kind, min(place) AS first_place FROM {numbers} GROUP BY ALL
),
pair AS (SELECT DISTINCT indicator_id, sum_id FROM {pairs}),
beside AS (
    SELECT pair.indicator_id, ours.name, sum_id, sums.name AS sum_name, area_id, group_id, kind,
        sums.period, sums.place, sums.place_in_year, sums.number AS sum_number,
        sums.is_hidden AS is_sum_hidden, sums.is_guarded AS is_sum_guarded,
        sums.place - ours.place AS back, ours.year = sums.year AS is_of_year,
        ours.period AS our_period, ours.number, ours.is_hidden, ours.is_guarded
    FROM {numbers} AS sums
    JOIN pair ON pair.sum_id = sums.indicator_id
    JOIN {numbers} AS ours USING (area_id, group_id, kind)
    WHERE ours.indicator_id = pair.indicator_id AND NOT ours.is_stock
        AND ours.place BETWEEN sums.place - 11 AND sums.place
)
SELECT indicator_id, name, sum_id, sum_name, area_id, group_id, kind, period, place, form, length,
    sum_number, made, sum_number AS change, is_sum_hidden, is_sum_guarded, is_hidden, is_guarded,
    periods = if(form = 'year', place_in_year, length) AS is_whole,
    place - if(form = 'year', place_in_year, length) + 1 >= first_place AS is_since,
    newest, guarded
FROM (
    SELECT indicator_id, name, sum_id, sum_name, area_id, group_id, kind, period, place,
        place_in_year, form, length, sum_number, is_sum_hidden, is_sum_guarded,
        sum(number) AS made, count(*) AS periods, bool_or(is_hidden) AS is_hidden,
        bool_or(is_guarded) AS is_guarded, max(our_period) FILTER (back = 0) AS newest,
        list(our_period) FILTER (is_guarded) AS guarded
    FROM beside
    JOIN form ON back < length AND (form = 'last' OR (is_of_year AND place_in_year IS NOT NULL))
    GROUP BY ALL
)
JOIN first_place USING (indicator_id, kind)
UNION ALL
SELECT beside.indicator_id, beside.name, sum_id, sum_name, beside.area_id, beside.group_id,
    beside.kind, beside.period, beside.place, 'growing', 1, sum_number,
    beside.number + earlier.number, beside.number, is_sum_hidden OR earlier.is_hidden,
    (is_sum_guarded OR earlier.is_guarded) AND is_sum_hidden <> earlier.is_hidden,
    beside.is_hidden, beside.is_guarded, true, true,
    beside.period, if(beside.is_guarded, [our_period], [])
FROM beside
JOIN {numbers} AS earlier ON earlier.indicator_id = sum_id AND earlier.name = sum_name
    AND earlier.area_id = beside.area_id AND earlier.group_id = beside.group_id
    AND earlier.kind = beside.kind AND earlier.place = beside.place - 1
WHERE back = 0
"""
# By chance a sum is another's number as seldom as these differ, and a total grows by it as seldom
# as that is large.
_CHOSEN = """
CREATE OR REPLACE TEMP TABLE chosen_sum AS
WITH shown AS (
    SELECT *, abs(made - sum_number) < 1e-6 AS fits,
        max(change) OVER same - min(change) OVER same AS spread
    FROM compared_in_time
    WHERE is_whole AND NOT is_hidden AND NOT is_sum_hidden
    WINDOW same AS (PARTITION BY indicator_id, name, sum_id, sum_name, form, length)
),
by_form AS (
    SELECT indicator_id, name, sum_id, sum_name, form, length, count(*) AS places,
        count(*) FILTER (fits) AS fitting,
        coalesce(sum(log10(greatest(least(change, spread), 1))) FILTER (fits), 0) AS digits
    FROM shown
    GROUP BY ALL
)
SELECT indicator_id, name, sum_id, sum_name, form, length
FROM by_form
WHERE fitting >= greatest(2, 0.9 * places)
    AND digits >= 3 + log10((SELECT count(*) FROM by_form));
SELECT DISTINCT sum_id FROM chosen_sum UNION SELECT DISTINCT indicator_id FROM chosen_sum
"""
# A sum goes with a hidden number in it. Of a total that grows only those between two hidden numbers
# stay, the most there are: the difference of any others is one. A sum that is hidden for itself
# hides its newest period, and a total that of the next one.
_TELLING = """
CREATE OR REPLACE TEMP TABLE sum_of_periods AS
FROM compared_in_time
SEMI JOIN chosen_sum USING (indicator_id, name, sum_id, sum_name, form, length);

CREATE OR REPLACE TEMP TABLE telling AS
WITH total AS (
    SELECT chosen_sum.indicator_id, chosen_sum.name, sum_id, sum_name, area_id, group_id, kind,
        period, place
    FROM chosen_sum
    JOIN number_in_time AS sums ON sums.indicator_id = sum_id AND sums.name = sum_name
    WHERE form = 'growing'
),
placed AS (
    SELECT total.*, count(ours.place) AS hidden_before
    FROM total
    LEFT JOIN number_in_time AS ours ON ours.indicator_id = total.indicator_id
        AND ours.name = total.name AND ours.area_id = total.area_id
        AND ours.group_id = total.group_id AND ours.kind = total.kind
        AND ours.place <= total.place AND ours.is_guarded
    GROUP BY ALL
),
stretch AS (
    SELECT *, count(*) OVER (
            PARTITION BY indicator_id, name, sum_id, sum_name, area_id, group_id, kind,
                hidden_before
        ) AS totals
    FROM placed
),
kept AS (
    SELECT *, first_value(hidden_before) OVER (
            PARTITION BY indicator_id, name, sum_id, sum_name, area_id, group_id, kind
            ORDER BY totals DESC, hidden_before DESC
        ) AS kept_before
    FROM stretch
)
SELECT sum_id AS indicator_id, area_id, group_id, period
FROM sum_of_periods WHERE form <> 'growing' AND is_guarded AND is_since
UNION
SELECT sum_id, area_id, group_id, period FROM kept WHERE hidden_before <> kept_before
UNION
SELECT indicator_id, area_id, group_id, newest
FROM sum_of_periods
WHERE is_sum_guarded AND NOT is_hidden AND is_whole AND newest IS NOT NULL
"""
# A public sum cannot be hidden.
_DISCLOSED = """
SELECT DISTINCT sums.indicator_id, area_id, group_id, guarded[1]
FROM sum_of_periods AS sums
WHERE is_guarded AND is_whole AND len(guarded) = 1 AND NOT is_sum_hidden
    AND (sum_id, area_id, group_id, period) NOT IN (
        SELECT (indicator_id, area_id, group_id, period)
        FROM observation JOIN strictest_limit USING (source_id, batch_id)
        WHERE min_cell > 0
    )
ORDER BY ALL
"""
_KEEP = """
INSERT INTO stays_hidden
SELECT DISTINCT indicator_id, area_id, group_id, period, source_id, batch_id
FROM observation
SEMI JOIN telling USING (indicator_id, area_id, group_id, period)
ANTI JOIN incoming USING (indicator_id, area_id, group_id, period, source_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
WHERE min_cell > 0 AND NOT removed AND coalesce(value, low, high) IS NOT NULL
EXCEPT FROM stays_hidden
RETURNING 1
"""
_END = """
DROP TABLE sampled_in_time; DROP TABLE compared_in_time; DROP TABLE chosen_sum;
DROP TABLE IF EXISTS sum_of_periods; DROP TABLE IF EXISTS telling
"""
