"""Figures that are made of a hidden number: its share, an index, a density or an average of it.

Nothing says of what they are made. Whoever sees that a figure is as many times a number wherever
both are shown (20,0 % of Aarhus' 100 are 20), in a series, in the areas of a whole or in the groups
of a place, that it is what two numbers leave (`compared_with_hidden.py`), two numbers at a price
each (`prices_beside_hidden.py`), or an average of three years, divides and knows the number. A
number is a count, those who have something, and the value of a share, a mean or an amount: 28,3
points less than 33,3 % of 60 are three. So the figure is hidden wherever the number is, and nowhere
else: it tells nothing that this does not.
"""

from collections.abc import Sequence

import duckdb

from kpi.store.compared_with_hidden import keep_compared
from kpi.store.constant_beside_hidden import keep_constant_beside
from kpi.store.prices_beside_hidden import keep_prices_beside
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# A row as `hidden_row` names it.
Place = tuple[object, ...]


def made_of_hidden(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[Place]
) -> tuple[list[Place], set[Place]]:  # fmt: skip
    """The rows of other indicators that tell one of the hidden numbers by what they are made of.

    And the keys (indicator, area, group, period) of the hidden numbers that public figures tell,
    which cannot be hidden. `hidden` are all rows that are hidden, as `hidden_row` names them;
    expects `counted_row`.
    """
    if not hidden:
        return [], set()
    bring_in(connection, table_of(hidden, _COLUMNS))
    connection.execute(_FIGURES)
    rows: list[Place] = []
    keys: set[Place] = set()
    if connection.execute(_PAIRS).fetchone() != (0,):
        connection.execute(_NUMBERS)
        connection.execute(_AS_MANY_TIMES)
        keep_compared(connection)
        keep_constant_beside(connection)
        keep_prices_beside(connection)
        connection.execute(_AVERAGES)
        rows = connection.execute(_MADE).fetchall()
        keys = set(connection.execute("FROM disclosed_by_public").fetchall())
        connection.execute(_END)
    let_go(connection)
    connection.execute("DROP TABLE figure; DROP TABLE pair; DROP TABLE averaged_pair")
    return rows, keys


# What says of no number itself; a count only where it may be a difference. What is approximate, or
# a limit, shows of nothing what it is made of, and tells a number where the others do.
_FIGURES = """
CREATE OR REPLACE TEMP TABLE figure AS
SELECT indicator_id, area_id, group_id, period, source_id, batch_id,
    coalesce(value, (low + high) / 2) AS value,
    coalesce(decimals, 1) AS decimals, step_of(decimals) AS rounding,
    status NOT IN ('at_least', 'at_most', 'range', 'approximate') AS is_exact,
    min_cell > 0 AS is_own
FROM observation
JOIN counted_kind USING (indicator_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
WHERE NOT removed AND coalesce(value, low + high) IS NOT NULL
    AND numerator IS NULL AND denominator IS NULL
QUALIFY kind <> 'count' OR min(observation.value) OVER (PARTITION BY indicator_id) < 0
"""
_PAIRS = """
CREATE OR REPLACE TEMP TABLE pair AS
WITH number_hidden AS (
    SELECT DISTINCT indicator_id, area_id, period FROM incoming
    UNION
    SELECT indicator_id, ever_within.area_id, period
    FROM incoming JOIN ever_within ON ever_within.parent_id = incoming.area_id
),
beside AS (
    SELECT made_id, number_hidden.indicator_id
    FROM (SELECT DISTINCT indicator_id AS made_id, area_id FROM figure WHERE is_own) AS place
    JOIN (SELECT DISTINCT indicator_id, area_id FROM number_hidden) AS number_hidden
        USING (area_id)
    UNION
    -- Of the many public ones only those that stand beside a hidden number.
    SELECT made_id, number_hidden.indicator_id
    FROM (
        SELECT DISTINCT indicator_id AS made_id, area_id, period FROM figure WHERE NOT is_own
    ) AS place
    JOIN number_hidden USING (area_id, period)
)
FROM beside WHERE made_id <> indicator_id;

-- Of one indicator a year's figure may be the average of its months'.
CREATE OR REPLACE TEMP TABLE averaged_pair AS
FROM pair
UNION
SELECT indicator_id, indicator_id
FROM (SELECT DISTINCT indicator_id, period FROM published_outline)
JOIN period USING (period)
SEMI JOIN incoming USING (indicator_id)
SEMI JOIN (FROM figure WHERE is_own) AS figure USING (indicator_id)
GROUP BY indicator_id
HAVING count(DISTINCT kind) > 1;
SELECT count(*) FROM averaged_pair
"""

# The numbers beside the figures, before them and of their wholes, as they were said last.
_NUMBERS = """
CREATE OR REPLACE TEMP TABLE newest AS
SELECT figure.indicator_id AS made_id, area_id, group_id, period,
    arg_max(value, batch_id) AS value,
    arg_max(rounding, batch_id) AS rounding, arg_max(decimals, batch_id) AS decimals,
    arg_max(is_exact, batch_id) AS is_exact, arg_max(is_own, batch_id) AS is_own,
    -- A share of one's own beside two counts is found by rates_of_others.py.
    NOT arg_max(is_own, batch_id) OR figure.indicator_id NOT IN (
        SELECT indicator_id FROM counting_rate WHERE NOT is_percent
        UNION SELECT indicator_id FROM counted_kind WHERE kind = 'proportion'
    ) AS may_be_of_two
FROM figure
SEMI JOIN averaged_pair ON made_id = figure.indicator_id
GROUP BY figure.indicator_id, area_id, group_id, period;

-- The last periods of the same kind, two to five of them or twelve, those around one, three or
-- five, and those that one consists of.
CREATE OR REPLACE TEMP TABLE span AS
WITH numbered AS (
    SELECT period, kind, start_date, end_date,
        row_number() OVER (PARTITION BY kind ORDER BY start_date) AS place
    FROM period
    WHERE kind IN ('year', 'half', 'quarter', 'month', 'school_year')
)
SELECT numbered.period, member.period AS member, 'last ' || length AS form, length
FROM numbered
SEMI JOIN newest USING (period)
CROSS JOIN (FROM (VALUES (2), (3), (4), (5), (12)) AS lengths(length)) AS lengths
JOIN numbered AS member ON member.kind = numbered.kind
    AND member.place BETWEEN numbered.place - length + 1 AND numbered.place
UNION ALL
SELECT numbered.period, member.period, 'around ' || length, length
FROM numbered
SEMI JOIN newest USING (period)
CROSS JOIN (FROM (VALUES (3), (5)) AS lengths(length)) AS lengths
JOIN numbered AS member ON member.kind = numbered.kind
    AND abs(member.place - numbered.place) <= length // 2
UNION ALL
SELECT numbered.period, member.period, member.kind,
    count(*) OVER (PARTITION BY numbered.period, member.kind)
FROM period AS numbered
SEMI JOIN newest USING (period)
JOIN numbered AS member ON member.kind <> numbered.kind
    AND member.start_date >= numbered.start_date AND member.end_date <= numbered.end_date;

CREATE OR REPLACE TEMP TABLE parent AS
SELECT area_id, min(parent_id) AS parent_id FROM ever_within GROUP BY area_id;

CREATE OR REPLACE TEMP TABLE whole AS
WITH RECURSIVE above AS (
    SELECT DISTINCT parent_id AS area_id FROM parent SEMI JOIN newest USING (area_id)
    UNION
    SELECT parent_id FROM parent JOIN above USING (area_id)
)
FROM above WHERE area_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE number AS
WITH place AS (SELECT area_id FROM newest UNION FROM whole),
said AS (
    SELECT counted_row.*, [if(kind = 'count', value, if(kind = 'proportion', numerator, NULL)),
        if(kind = 'count', NULL, value)] AS numbers
    FROM counted_row
    SEMI JOIN averaged_pair USING (indicator_id)
    SEMI JOIN place USING (area_id)
    WHERE NOT removed AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
),
each AS (
    SELECT indicator_id, area_id, group_id, period, batch_id, unnest(['persons', 'value']) AS name,
        unnest(numbers) AS number, unnest([0, step_of(decimals)]) AS number_rounding,
        false AS is_made
    FROM said
    UNION ALL
    -- What groups come to that has no row: as hidden as they are.
    SELECT indicator_id, area_id, group_id, period, 0, 'persons', number, 0,
        (indicator_id, area_id, period) IN (
            SELECT (indicator_id, area_id, period) FROM incoming
        )
    FROM implied_number
    SEMI JOIN averaged_pair USING (indicator_id)
    SEMI JOIN place USING (area_id)
    WHERE along = 'groups' AND name = 'value'
)
SELECT indicator_id, name, area_id, group_id, period, arg_max(number, batch_id) AS number,
    arg_max(number_rounding, batch_id) AS number_rounding,
    bool_or(incoming.indicator_id IS NOT NULL OR is_made) AS is_hidden
FROM each
LEFT JOIN (SELECT DISTINCT indicator_id, area_id, group_id, period FROM incoming) AS incoming
    USING (indicator_id, area_id, group_id, period)
WHERE number >= 0
GROUP BY ALL
"""

# By how much a figure is a number, as near as it is rounded, in all that have the same base. What
# the base says of itself (100 % of it) is a row more. By chance a figure is as near to that as its
# rounding is to the differences between such figures. It is seen where all places say so, the
# hidden ones among them; or where the others do: then a figure at a hidden number is hidden
# whatever it says, so that nobody sees whether his guess is right.
_AS_MANY_TIMES = """
CREATE OR REPLACE TEMP TABLE in_class AS
SELECT newest.*, indicator_id, name, number, number_rounding, is_hidden AS is_unseen, way,
    CASE way WHEN 'areas' THEN parent_id ELSE area_id END AS of_area,
    CASE way WHEN 'groups' THEN 'all' ELSE group_id END AS of_group,
    CASE way WHEN 'series' THEN '' ELSE period END AS of_period
FROM newest
JOIN pair USING (made_id)
JOIN number USING (indicator_id, area_id, group_id, period)
LEFT JOIN parent USING (area_id)
CROSS JOIN (FROM (VALUES ('series'), ('areas'), ('groups')) AS ways(way)) AS ways
WHERE is_own AND number > number_rounding AND value >= 0
    AND NOT (way = 'areas' AND parent_id IS NULL) AND NOT (way = 'groups' AND group_id = 'all');

CREATE OR REPLACE TEMP TABLE same_base AS
WITH each AS (
    SELECT made_id, indicator_id, name, way, of_area, of_group, of_period, value,
        rounding + value * number_rounding / number AS rounding,
        (value - rounding) / (number + number_rounding) AS low,
        (value + rounding) / (number - number_rounding) AS high, with_base, is_unseen
    FROM in_class CROSS JOIN (FROM (VALUES (false), (true)) AS bases(with_base)) AS bases
    WHERE is_exact
    UNION ALL
    SELECT DISTINCT made_id, in_class.indicator_id, in_class.name, way, of_area, of_group,
        of_period, 100, 0, 100 / (base.number + base.number_rounding),
        100 / (base.number - base.number_rounding), true, base.is_hidden
    FROM in_class
    JOIN number AS base ON base.indicator_id = in_class.indicator_id AND base.name = in_class.name
        AND base.area_id = of_area AND base.group_id = of_group AND base.period = of_period
    WHERE base.number > base.number_rounding
),
by_class AS (
    SELECT made_id, indicator_id, name, way, with_base, of_area, of_group, of_period,
        max(low) AS low, min(high) AS high, max(low) <= min(high) + 1e-9 AS fits,
        count(*) FILTER (NOT is_unseen) AS seen,
        max(low) FILTER (NOT is_unseen) <= min(high) FILTER (NOT is_unseen) + 1e-9
            AND seen > 1 AS seen_fits,
        (count(*) - 1)
            * log10(greatest((max(value) - min(value)) / (2 * max(rounding)), 1)) AS digits,
        (seen - 1) * log10(greatest(
            (max(value) FILTER (NOT is_unseen) - min(value) FILTER (NOT is_unseen))
                / (2 * max(rounding) FILTER (NOT is_unseen)), 1)) AS seen_digits
    FROM each
    GROUP BY ALL
    HAVING count(*) > 1
),
chosen AS (
    SELECT made_id, indicator_id, name, way, with_base
    FROM by_class
    GROUP BY ALL
    HAVING (
        coalesce(sum(digits) FILTER (fits), 0) >= if(name = 'persons', 3, 4)
        AND count(*) FILTER (fits) >= 0.9 * count(*)
    ) OR (
        coalesce(sum(seen_digits) FILTER (seen_fits), 0) >= if(name = 'persons', 3, 4)
        AND count(*) FILTER (seen_fits) >= 0.9 * count(*) FILTER (seen > 1)
    )
)
FROM by_class SEMI JOIN chosen USING (made_id, indicator_id, name, way, with_base)
"""

# The average of the last periods, or of those that a period consists of.
_AVERAGES = """
CREATE OR REPLACE TEMP TABLE averaged AS
WITH compared AS (
    SELECT newest.made_id, newest.area_id, newest.group_id, newest.period, newest.value,
        newest.rounding, newest.is_exact, number.indicator_id, name, form,
        avg(number) AS mean, avg(newest.rounding + number_rounding) + 1e-6 AS most_off,
        bool_or(is_hidden) AS is_telling
    FROM newest
    JOIN averaged_pair AS pair USING (made_id)
    JOIN span USING (period)
    JOIN number ON number.indicator_id = pair.indicator_id AND number.area_id = newest.area_id
        AND number.group_id = newest.group_id AND number.period = member
    -- Of one indicator no average of the last periods contains the period's own figure.
    WHERE made_id <> pair.indicator_id OR form NOT SIMILAR TO '(last|around) .*'
    GROUP BY ALL
    HAVING count(*) = any_value(length)
),
judged AS (
    SELECT *, abs(value - mean) <= most_off AS fits,
        log10(greatest(abs(value) / (2 * most_off), 1)) AS digits
    FROM compared
    WHERE is_exact
),
chosen AS (
    SELECT made_id, indicator_id, name, form
    FROM judged
    GROUP BY ALL
    HAVING (
        coalesce(sum(digits) FILTER (fits), 0) >= 3 AND count(*) FILTER (fits) >= 0.9 * count(*)
    ) OR (
        coalesce(sum(digits) FILTER (fits AND NOT is_telling), 0) >= 3
        AND count(*) FILTER (fits AND NOT is_telling) >= 0.9 * count(*) FILTER (NOT is_telling)
    )
)
SELECT made_id, area_id, group_id, period
FROM compared SEMI JOIN chosen USING (made_id, indicator_id, name, form)
WHERE is_telling
"""

# At each hidden number; and wherever it has the base that a hidden number is.
_MADE = """
WITH at_hidden AS (
    SELECT made_id, area_id, group_id, period
    FROM in_class
    JOIN number USING (indicator_id, name, area_id, group_id, period)
    SEMI JOIN same_base USING (made_id, indicator_id, name, way)
    WHERE is_hidden
),
of_hidden AS (
    SELECT made_id, in_class.area_id, in_class.group_id, in_class.period
    FROM same_base
    JOIN number ON number.indicator_id = same_base.indicator_id AND is_hidden
        AND number.name = same_base.name
        AND number.area_id = of_area AND number.group_id = of_group
        AND (number.period = of_period OR way = 'series')
        AND number.number BETWEEN 100 / high - number.number_rounding - 1e-6
            AND 100 / low + number.number_rounding + 1e-6
    JOIN in_class USING (made_id, way, of_area, of_group, of_period)
    WHERE in_class.indicator_id = same_base.indicator_id AND in_class.name = same_base.name
        AND low > 0 AND fits
),
telling AS (FROM at_hidden UNION FROM of_hidden UNION FROM compared_with
    UNION FROM averaged UNION FROM constant_beside UNION FROM price_beside)
SELECT indicator_id, area_id, group_id, period, source_id, batch_id
FROM figure
SEMI JOIN telling ON telling.made_id = figure.indicator_id AND telling.area_id = figure.area_id
    AND telling.group_id = figure.group_id AND telling.period = figure.period AND is_own
ANTI JOIN incoming USING (indicator_id, area_id, group_id, period, source_id, batch_id)
ORDER BY ALL
"""
_END = """
DROP TABLE newest; DROP TABLE parent; DROP TABLE whole; DROP TABLE number; DROP TABLE in_class;
DROP TABLE same_base; DROP TABLE compared_with; DROP TABLE disclosed_by_public;
DROP TABLE averaged; DROP TABLE span; DROP TABLE constant_beside; DROP TABLE price_beside
"""
